"""Recording what came of a permanent exclusion."""

import uuid
from typing import Any

import pytest
from django.test import Client

from casework.models import TimelineEvent
from exclusions.models import Exclusion, OutcomeEvent
from tests import notice_form as notice
from tests.cast import Cast, person
from tests.conftest import ClientOf
from tests.crowd import all_at_once

STALE = "Somebody else changed this exclusion while you had it open. What you typed is below: check it and save again"


def address(exclusion: Exclusion) -> str:
    return f"/exclusions/{exclusion.case.reference}/outcome/"


def answers(exclusion: Exclusion, **changes: Any) -> dict[str, Any]:
    held = Exclusion.objects.get(pk=exclusion.pk)
    typed = {"event": "averted", "on": "20/10", "note": "Place found.", "version": held.version, "token": uuid.uuid4()}
    return typed | changes


def test_record_outcome_keeps_the_event_and_shows_it(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    saved = officer.post(address(exclusion), answers(exclusion))

    assert saved.headers["Location"] == f"/exclusions/{exclusion.case.reference}/"
    event = OutcomeEvent.objects.get()
    assert (event.event, event.note, event.recorded_by) == ("averted", "Place found.", cast.asha)
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "What came of this exclusion is recorded." in page
    assert "No more is due: averted" in page


def test_recorded_outcome_writes_its_timeline(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    officer.post(address(exclusion), answers(exclusion))

    event = TimelineEvent.objects.get(event="outcome_recorded")
    assert (event.by, event.data) == (cast.asha, {"event": "averted", "on": "2026-10-20"})
    assert (
        "Averted on Tuesday 20 October 2026."
        in officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()
    )


def test_inclusion_officer_may_record_an_outcome(client_of: ClientOf, exclusion: Exclusion, cast: Cast) -> None:
    assert client_of(cast.imran).post(address(exclusion), answers(exclusion)).status_code == 302


@pytest.mark.parametrize("who", ["ruth", "administrator", "stranger"])
def test_colleague_without_the_right_records_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, cast: Cast
) -> None:
    refused = client_of(cast.everybody()[who]).post(address(exclusion), answers(exclusion))

    assert refused.status_code == 404
    assert not OutcomeEvent.objects.exists()


def test_suspension_has_no_outcome_to_record(officer: Client, suspension: Exclusion) -> None:
    assert officer.post(address(suspension), answers(suspension)).status_code == 404
    assert not OutcomeEvent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"event": ""}, "event", "Choose what happened"),
        ({"event": "forgotten"}, "event", "Choose one from the list"),
        ({"on": ""}, "on", "Enter on what day"),
        ({"on": "5/11"}, "on", "The day must be today or in the past"),
        ({"on": "9/10"}, "on", "The day must not come before the exclusion was decided"),
        ({"token": ""}, "token", "This page is out of date. Nothing was saved: open it again"),
        ({"version": ""}, "version", "This page is out of date. Nothing was saved: open it again"),
        ({"note": "x" * 501}, "note", "Use 500 characters or fewer: this has 501"),
    ],
)
def test_wrong_answer_has_its_message(
    changes: dict[str, str], field: str, message: str, officer: Client, exclusion: Exclusion
) -> None:
    answer = officer.post(address(exclusion), answers(exclusion, **changes))

    assert notice.errors(answer)[field] == message
    assert not OutcomeEvent.objects.exists()


def test_averted_after_the_governors_decided_is_refused_at_the_field(officer: Client, exclusion: Exclusion) -> None:
    officer.post(address(exclusion), answers(exclusion, event="upheld by governors", on="19/10"))

    answer = officer.post(address(exclusion), answers(exclusion))

    assert "The governors have already decided" in notice.errors(answer)["event"]
    assert OutcomeEvent.objects.count() == 1


def test_stale_page_says_so_and_keeps_what_was_typed_and_a_second_try_succeeds(
    officer: Client, exclusion: Exclusion, cast: Cast, client_of: ClientOf
) -> None:
    mine = answers(exclusion, event="upheld by governors", note="Typed with care.")
    client_of(cast.imran).post(address(exclusion), answers(exclusion, event="cancelled", on="19/10"))

    stale = officer.post(address(exclusion), mine)

    assert STALE in stale.content.decode()
    assert "Typed with care." in stale.content.decode()
    assert OutcomeEvent.objects.count() == 1
    again = mine | {"version": stale.context["form"]["version"].value()}
    assert officer.post(address(exclusion), again).status_code == 302
    assert OutcomeEvent.objects.count() == 2


def test_second_click_records_nothing_more(officer: Client, exclusion: Exclusion) -> None:
    typed = answers(exclusion)

    first, second = officer.post(address(exclusion), typed), officer.post(address(exclusion), typed)

    assert first.headers["Location"] == second.headers["Location"]
    assert OutcomeEvent.objects.count() == 1


def test_colleagues_token_records_nothing_and_leads_to_the_first_page(
    officer: Client, exclusion: Exclusion, client_of: ClientOf
) -> None:
    typed = answers(exclusion)
    officer.post(address(exclusion), typed)

    answer = client_of(person("bo", role="eas_officer")).post(address(exclusion), typed)

    assert answer.headers["Location"] == "/"
    assert OutcomeEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_colleagues_at_once_change_one_version_once(cast: Cast, exclusion: Exclusion, officer: Client) -> None:
    typed = answers(exclusion)

    def save() -> int:
        window = Client()
        window.cookies = officer.cookies
        return window.post(address(exclusion), typed | {"token": str(uuid.uuid4())}).status_code

    statuses = all_at_once([save] * 10)

    assert sorted(statuses) == [200] * 9 + [302], "One is kept; nine are told that it changed meanwhile."
    assert OutcomeEvent.objects.count() == 1
