"""Arranging education for an excluded child."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from casework.models import TimelineEvent
from exclusions.models import Exclusion, Provider, Provision
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.factories.exclusions import ProviderFactory


@pytest.fixture
def provider(db: None) -> Provider:
    row: Provider = ProviderFactory.create()
    return row


def address(exclusion: Exclusion) -> str:
    return f"/exclusions/{exclusion.case.reference}/provision/"


def answers(exclusion: Exclusion, provider: Provider, **changes: Any) -> dict[str, Any]:
    held = Exclusion.objects.get(pk=exclusion.pk)
    typed = {
        "provider": provider.pk, "starts_on": "19/10", "hours_a_week": "25", "agreed_cost": "2200",
        "version": held.version, "token": uuid.uuid4(),
    }  # fmt: skip
    return typed | changes


def test_arrange_provision_keeps_it_and_shows_it(
    officer: Client, exclusion: Exclusion, provider: Provider, cast: Cast
) -> None:
    saved = officer.post(address(exclusion), answers(exclusion, provider))

    row = Provision.objects.get()
    assert (row.provider, row.hours_a_week, row.agreed_cost, row.arranged_by) == (
        provider, Decimal("25.0"), Decimal("2200.00"), cast.asha,
    )  # fmt: skip
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "Education is arranged" in page
    assert "£2,200.00" in page


def test_arranged_provision_writes_its_timeline(
    officer: Client, exclusion: Exclusion, provider: Provider, cast: Cast
) -> None:
    officer.post(address(exclusion), answers(exclusion, provider))

    event = TimelineEvent.objects.get(event="provision_arranged")
    assert (event.by, event.data["starts_on"]) == (cast.asha, "2026-10-19")


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_arranges_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, provider: Provider, cast: Cast
) -> None:
    refused = client_of(cast.everybody()[who]).post(address(exclusion), answers(exclusion, provider))

    assert refused.status_code == 404
    assert not Provision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"provider": ""}, "provider", "Choose a provider"),
        ({"starts_on": "9/10"}, "starts_on", "Education must start on or after the first day out, Monday 12 October"),
        ({"ends_on": "16/10"}, "ends_on", "The last day must be the first day of education or later"),
        ({"hours_a_week": "many"}, "hours_a_week", "Hours a week must be a number, for example 25"),
        ({"hours_a_week": "0"}, "hours_a_week", "It must be 0.5 or more"),
        ({"agreed_cost": "a lot"}, "agreed_cost", "Agreed cost must be a number of pounds, for example 2200"),
        ({"agreed_cost": "-1"}, "agreed_cost", "It must be 0 or more"),
    ],
)
def test_wrong_answer_has_its_message(
    changes: dict[str, str], field: str, message: str, officer: Client, exclusion: Exclusion, provider: Provider
) -> None:
    answer = officer.post(address(exclusion), answers(exclusion, provider) | changes)

    assert notice.errors(answer)[field] == message
    assert not Provision.objects.exists()


def test_provider_no_longer_in_use_is_not_offered(officer: Client, exclusion: Exclusion, provider: Provider) -> None:
    Provider.objects.update(in_use=False)

    answer = officer.post(address(exclusion), answers(exclusion, provider))

    assert "provider" in notice.errors(answer)


def test_stale_page_says_so_and_keeps_what_was_typed(officer: Client, exclusion: Exclusion, provider: Provider) -> None:
    mine = answers(exclusion, provider, agreed_cost="4321")
    officer.post(address(exclusion), answers(exclusion, provider))

    stale = officer.post(address(exclusion), mine)

    assert "Somebody else changed this exclusion" in stale.content.decode()
    assert 'value="4321"' in stale.content.decode()
    assert Provision.objects.count() == 1


def test_second_click_arranges_nothing_more(officer: Client, exclusion: Exclusion, provider: Provider) -> None:
    typed = answers(exclusion, provider)

    for _ in range(2):
        assert officer.post(address(exclusion), typed).headers["Location"].endswith(f"{exclusion.case.reference}/")

    assert Provision.objects.count() == 1
