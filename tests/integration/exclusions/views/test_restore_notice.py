"""Restoring a voided notice."""

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Duty, TimelineEvent
from exclusions.models import Exclusion
from exclusions.services import voiding
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.page_form import errors, filled


@pytest.fixture
def voided(exclusion: Exclusion, cast: Cast) -> str:
    """The address at which a voided notice is restored."""
    voiding.void(by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, because="Wrong child")
    return f"/exclusions/{exclusion.case.reference}/restore/"


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
