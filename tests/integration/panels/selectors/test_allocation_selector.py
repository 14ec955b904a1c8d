"""By when a place must be allocated: 20 school days after the child came under the protocol, by the home authority."""

from datetime import date

import pytest

from casework.models import Pupil, TermSpell
from exclusions.models import Exclusion
from panels.models import Panel, Referral
from panels.selectors.allocation import allocation_of
from tests.cast import Cast
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows


@pytest.fixture
def referral(fap: Panel, exclusion: Exclusion, cast: Cast) -> Referral:
    rows.terms(fap, by=cast.administrator)
    pupil: Pupil = exclusion.case.pupil
    referral_rows.no_plan(pupil)
    spp = referral_rows.specialists(by=cast.administrator)
    referral_rows.sent_on(referral_rows.referral(spp, pupil, by=cast.asha))
    return referral_rows.referral(fap, pupil, by=cast.asha, in_year_tried="Asked")


def test_twenty_school_days_after_the_referral_by_the_home_authoritys_calendar(referral: Referral) -> None:
    found = allocation_of(referral)

    assert found
    assert found.deadline
    assert (found.deadline.due, found.deadline.rule) == (date(2026, 12, 2), "R54")
    assert found.deadline.counted_from == date(2026, 11, 4)


def test_day_on_which_schools_are_closed_moves_it(referral: Referral) -> None:
    from tests.factories.casework import ClosureFactory

    ClosureFactory.create(authority=referral.pupil.home_authority, on=date(2026, 11, 20), reason="INSET")

    found = allocation_of(referral)

    assert found
    assert found.deadline
    assert found.deadline.due == date(2026, 12, 3)


def test_nothing_is_guessed_beyond_the_term_dates(referral: Referral) -> None:
    TermSpell.objects.filter(last_day__gte=date(2026, 11, 20)).delete()

    found = allocation_of(referral)

    assert found
    assert found.deadline is None


def test_specialists_have_no_such_day(referral: Referral) -> None:
    spp = Referral.objects.select_related("panel", "pupil").get(panel__code="spp")

    assert allocation_of(spp) is None
