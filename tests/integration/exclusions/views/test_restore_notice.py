"""Restoring a voided notice."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Duty, Pupil, TimelineEvent
from exclusions.models import Exclusion
from exclusions.services import voiding
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import exclusions as exclusion_rows
from tests.page_form import errors, filled


@pytest.fixture
def voided(exclusion: Exclusion, cast: Cast) -> str:
    """The address at which a voided notice is restored."""
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, because="Wrong child")
    return f"/exclusions/{exclusion.case.reference}/restore/"


@pytest.fixture
def logged_again(voided: str, cast: Cast, pupil: Pupil, place: Place) -> Exclusion:
    """A notice of the same child, school and day, logged after the other was voided."""
    return exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)


def test_restored_notice_stands_with_its_duties(officer: Client, voided: str, cast: Cast) -> None:
    ended = Duty.objects.count()
    saved = officer.post(voided, filled(officer, voided, because="It was this child"))

    held = Exclusion.objects.get()
    assert (held.voided_at, held.voided_by, held.voided_because) == (None, None, "")
    assert Duty.objects.count() == ended
    assert not Duty.objects.filter(ended_because="The notice was voided").exists()
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "The notice stands again." in page
    assert "Notice restored: It was this child" in page
    assert TimelineEvent.objects.get(event="notice_restored").by == cast.asha


def test_without_a_reason_it_stays_voided(officer: Client, voided: str) -> None:
    refused = officer.post(voided, filled(officer, voided))

    assert "because" in errors(refused)
    assert Exclusion.objects.get().voided_at


def test_second_click_restores_once(officer: Client, voided: str) -> None:
    typed = filled(officer, voided, because="It was this child")

    answers = [officer.post(voided, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert TimelineEvent.objects.filter(event="notice_restored").count() == 1


def test_a_notice_that_stands_has_nothing_to_restore(officer: Client, exclusion: Exclusion) -> None:
    answer = officer.get(f"/exclusions/{exclusion.case.reference}/restore/")

    assert answer.headers["Location"] == f"/exclusions/{exclusion.case.reference}/"


def test_wrong_method_is_refused(officer: Client, voided: str) -> None:
    assert officer.put(voided).status_code == 405


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_restores_nothing(who: str, client_of: ClientOf, voided: str, cast: Cast) -> None:
    refused = client_of(cast.everybody()[who]).post(voided, {"because": "x", "version": 2})

    assert refused.status_code == 404
    assert Exclusion.objects.get().voided_at


def test_restoring_asks_nothing_where_no_other_notice_stands(officer: Client, voided: str) -> None:
    page = officer.get(voided)

    assert "all_the_same" not in page.context["form"].fields
    assert "This looks like notice" not in page.content.decode()


def test_notice_logged_again_meanwhile_is_restored_only_with_a_tick(
    officer: Client, voided: str, logged_again: Exclusion
) -> None:
    evidence = f"This looks like notice {logged_again.case.reference}, permanent exclusion from Monday 12 October"
    assert evidence in officer.get(voided).content.decode()
    typed = filled(officer, voided, because="It was this child", all_the_same=None)

    refused = officer.post(voided, typed)

    assert errors(refused) == {"all_the_same": "Tick that you have checked this, or leave the notice voided"}
    page = refused.content.decode()
    assert "It was this child" in page
    assert page.index(evidence) < page.index('id="id_all_the_same"')
    assert Exclusion.objects.standing().count() == 1
    officer.post(voided, {**typed, "all_the_same": "on"})
    assert Exclusion.objects.standing().count() == 2


def test_voided_suspension_that_shares_a_day_with_another_is_asked_about(
    officer: Client, suspension: Exclusion, cast: Cast, pupil: Pupil, place: Place
) -> None:
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=suspension, version=1, because="Wrong days")
    exclusion_rows.exclusion(
        pupil=pupil, school=place.primary, by=cast.asha, kind="suspension",
        first_day=date(2026, 9, 22), last_day=date(2026, 9, 23),
    )  # fmt: skip
    address = f"/exclusions/{suspension.case.reference}/restore/"

    refused = officer.post(address, filled(officer, address, because="It was right", all_the_same=None))

    assert "has the child out already on Tuesday 22 September" in refused.content.decode()
    assert "all_the_same" in errors(refused)
