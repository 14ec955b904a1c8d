"""A Fair Access referral is refused for what the specialists said: advice is not told as their decision."""

from typing import Any

import pytest
from django.test import Client

from exclusions.models import Exclusion
from panels.models import ItemRecord, Panel, Referral
from panels.services import advice as service
from panels.services.advice import OfficersWord
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.page_form import errors, filled


@pytest.fixture
def advised(fap: Panel, exclusion: Exclusion, cast: Cast) -> Referral:
    """The referral of a child for whom the specialists advised a specialist place today."""
    rows.terms(fap, by=cast.administrator)
    referral_rows.no_plan(exclusion.case.pupil)
    specialists = referral_rows.specialists(by=cast.administrator)
    made = referral_rows.referral(specialists, exclusion.case.pupil, by=cast.asha)
    item = sitting_rows.listed(sitting_rows.sitting(specialists, by=cast.asha, on=TODAY), made, by=cast.asha)
    minutes_rows.recorded(item, by=cast.chair, outcome="specialist_place", is_advice=True)
    return made


def refused(client: Client, exclusion: Exclusion) -> str:
    here = f"/panels/refer/?case={exclusion.case.reference}"
    sent: dict[str, Any] = filled(client, here, panel="fap-secondary", categories=[], in_year_tried="Two schools asked")
    return errors(client.post(here, sent))["panel"]


def test_refusal_says_that_the_advice_waits(clerk: Client, exclusion: Exclusion, advised: Referral) -> None:
    says = refused(clerk, exclusion)

    assert "It has advised, and an officer has not decided yet." in says
    assert "it has not decided" not in says
    ItemRecord.objects.update(is_advice=False)
    assert "it has not decided" in refused(clerk, exclusion)


def test_refusal_says_that_an_officer_decided(
    clerk: Client, exclusion: Exclusion, advised: Referral, cast: Cast
) -> None:
    word = OfficersWord(follows=False, declares_no_tie=True, outcome="other", because="Taught at home until Easter.")
    service.decide(by=cast.ruth, at=NOW, on=TODAY, referral=advised, version=1, word=word)

    says = refused(clerk, exclusion)

    assert "An officer decided on its advice: Other." in says
    assert "It decided" not in says
