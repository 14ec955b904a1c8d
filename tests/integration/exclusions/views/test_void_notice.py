"""Voiding a notice that was logged in error."""

import uuid

import pytest
from django.test import Client

from casework.models import Duty, Reading, TimelineEvent
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.page_form import errors, filled


def address(exclusion: Exclusion) -> str:
    return f"/exclusions/{exclusion.case.reference}/void/"


def test_voided_notice_says_so_who_and_why(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    saved = officer.post(address(exclusion), filled(officer, address(exclusion), because="Logged twice"))

    held = Exclusion.objects.get()
    assert (held.voided_by, held.voided_because, held.version) == (cast.asha, "Logged twice", 2)
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "This notice is voided" in page
    assert "Logged twice" in page
    assert cast.asha.name in page
    assert "A voided notice has no duties." in page
    assert "Arrange day-six education" not in page


def test_voiding_is_told_on_the_timeline_and_ends_every_duty(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    officer.post(address(exclusion), filled(officer, address(exclusion), because="Logged twice"))

    event = TimelineEvent.objects.get(event="notice_voided")
    assert (event.by, event.data) == (cast.asha, {"because": "Logged twice"})
    assert set(Duty.objects.values_list("ended_because", flat=True)) == {"The notice was voided"}


def test_reading_is_audited(officer: Client, exclusion: Exclusion) -> None:
    officer.get(address(exclusion))

    assert Reading.objects.filter(pupil=exclusion.case.pupil, surface="void a notice").count() == 1


def test_without_a_reason_nothing_is_voided(officer: Client, exclusion: Exclusion) -> None:
    refused = officer.post(address(exclusion), filled(officer, address(exclusion), because=" "))

    assert errors(refused) == {"because": "Answer: Why"} or "because" in errors(refused)
    assert Exclusion.objects.get().voided_at is None


def test_second_click_voids_once(officer: Client, exclusion: Exclusion) -> None:
    typed = filled(officer, address(exclusion), because="Logged twice")

    first, second = officer.post(address(exclusion), typed), officer.post(address(exclusion), typed)

    assert first.headers["Location"] == second.headers["Location"]
    assert TimelineEvent.objects.filter(event="notice_voided").count() == 1


def test_stale_page_says_so_and_keeps_what_was_typed(officer: Client, exclusion: Exclusion) -> None:
    typed = filled(officer, address(exclusion), because="Logged twice")
    Exclusion.objects.update(version=7)

    stale = officer.post(address(exclusion), typed)

    assert "Somebody else changed this exclusion" in stale.content.decode()
    assert "Logged twice" in stale.content.decode()
    again = typed | {"version": stale.context["form"]["version"].value(), "token": uuid.uuid4()}
    assert officer.post(address(exclusion), again).status_code == 302


def test_wrong_method_is_refused(officer: Client, exclusion: Exclusion) -> None:
    assert officer.put(address(exclusion)).status_code == 405


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_voids_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, cast: Cast
) -> None:
    refused = client_of(cast.everybody()[who]).post(address(exclusion), {"because": "x", "version": 1})

    assert refused.status_code == 404
    assert Exclusion.objects.get().voided_at is None


@pytest.mark.parametrize("tail", ["outcome/", "provision/", "steps/governors-told/", "correct/", "void/"])
def test_nothing_more_is_recorded_on_a_voided_notice(officer: Client, exclusion: Exclusion, tail: str) -> None:
    officer.post(address(exclusion), filled(officer, address(exclusion), because="Logged twice"))

    answer = officer.get(f"/exclusions/{exclusion.case.reference}/{tail}")

    assert answer.headers["Location"] == f"/exclusions/{exclusion.case.reference}/"
