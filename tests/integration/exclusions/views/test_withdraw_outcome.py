"""Taking back what came of an exclusion, recorded in error."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import TimelineEvent
from exclusions.models import Exclusion, OutcomeEvent
from exclusions.services import outcomes
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.page_form import errors, filled


def record(cast: Cast, exclusion: Exclusion, event: str, on: date) -> OutcomeEvent:
    version = Exclusion.objects.get(pk=exclusion.pk).version
    return outcomes.record(
        by=cast.asha, at=timezone.now(), exclusion=exclusion, version=version, event=event, on=on, note=""
    )


@pytest.fixture
def averted(cast: Cast, exclusion: Exclusion) -> str:
    """The address at which an outcome of 20 October is taken back."""
    event = record(cast, exclusion, "averted", date(2026, 10, 20))
    return f"/exclusions/{exclusion.case.reference}/outcome/{event.pk}/take-back/"


def outcome() -> str:
    return Exclusion.objects.with_outcome(as_at=date(2026, 11, 4)).get().outcome  # type: ignore[no-any-return]


def test_outcome_taken_back_stays_in_sight_and_counts_no_more(officer: Client, averted: str, cast: Cast) -> None:
    assert outcome() == "averted"

    saved = officer.post(averted, filled(officer, averted, because="Wrong case"))

    event = OutcomeEvent.objects.get()
    assert (event.withdrawn_by, event.withdrawn_because) == (cast.asha, "Wrong case")
    assert outcome() == "open"
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "<del>Averted on Tuesday 20 October 2026.</del>" in page
    assert "Wrong case" in page
    assert TimelineEvent.objects.get(event="outcome_withdrawn").by == cast.asha
    assert Exclusion.objects.get().version == 3


def test_the_day_is_free_again_once_its_outcome_is_taken_back(
    officer: Client, averted: str, exclusion: Exclusion, cast: Cast
) -> None:
    with pytest.raises(outcomes.ContradictsTheDay):
        record(cast, exclusion, "upheld by governors", date(2026, 10, 20))
    officer.post(averted, filled(officer, averted, because="Wrong case"))

    record(cast, exclusion, "upheld by governors", date(2026, 10, 20))

    assert outcome() == "completed"


def test_contradicting_outcome_of_one_day_is_refused_on_the_page(
    officer: Client, averted: str, exclusion: Exclusion
) -> None:
    page = f"/exclusions/{exclusion.case.reference}/outcome/"

    refused = officer.post(page, filled(officer, page, event="cancelled", on="20/10"))

    assert errors(refused)["on"].startswith("This day has another outcome on file: averted.")
    assert OutcomeEvent.objects.count() == 1


def test_governors_do_not_meet_after_an_averted_exclusion(officer: Client, averted: str, exclusion: Exclusion) -> None:
    page = f"/exclusions/{exclusion.case.reference}/steps/governors-met/"

    refused = officer.post(page, filled(officer, page, on="2/11"))

    assert errors(refused)["on"].startswith("By this day the file says: averted.")
    assert not exclusion.steps.exists()
    before = officer.post(page, filled(officer, page, on="19/10"))
    assert before.status_code == 302, "They may have met before it was averted."


def test_without_a_reason_it_stays(officer: Client, averted: str) -> None:
    refused = officer.post(averted, filled(officer, averted))

    assert "because" in errors(refused)
    assert OutcomeEvent.objects.get().withdrawn_at is None


def test_second_click_takes_back_once(officer: Client, averted: str) -> None:
    typed = filled(officer, averted, because="Wrong case")

    answers = [officer.post(averted, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert TimelineEvent.objects.filter(event="outcome_withdrawn").count() == 1


def test_wrong_method_is_refused(officer: Client, averted: str) -> None:
    assert officer.put(averted).status_code == 405


def test_outcome_of_another_case_is_not_there(officer: Client, averted: str, suspension: Exclusion) -> None:
    number = OutcomeEvent.objects.get().pk

    assert officer.get(f"/exclusions/{suspension.case.reference}/outcome/{number}/take-back/").status_code == 404


@pytest.mark.parametrize("who", ["ruth", "administrator", "stranger"])
def test_colleague_without_the_right_takes_nothing_back(
    who: str, client_of: ClientOf, averted: str, cast: Cast
) -> None:
    assert client_of(cast.everybody()[who]).post(averted, {"because": "x"}).status_code == 404
    assert OutcomeEvent.objects.get().withdrawn_at is None
