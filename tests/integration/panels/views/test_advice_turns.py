"""Whose turn it is when an officer departs from the advice: as the page shows it, without the place that was advised."""

from typing import Any

import pytest
from django.test import Client

from casework.models import School
from panels.models import CandidateSchool, ItemRecord, OfficerDecision, Referral
from panels.selectors.turns import choices_of
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.advice import at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import errors


@pytest.fixture
def referral(advised: Referral, other: School, cast: Cast) -> Referral:
    """Two schools are considered, and the panel advised the one whose turn it is."""
    CandidateSchool.objects.create(referral=advised, school=other, added_at=NOW, added_by=cast.asha)
    return advised


def test_officer_who_names_the_school_whose_turn_it_is_gives_no_reason_for_it(
    manager: Client, referral: Referral, receiving: School
) -> None:
    assert "By turn the place goes to Receiving School." in words(manager.get(at(referral, "decide/")))

    answer = decide(manager, referral, **otherwise(receiving, departs_because=""))

    assert answer.status_code == 302
    assert ItemRecord.objects.get().suggested == receiving


def test_officer_who_names_another_school_gives_a_reason_which_stands_among_the_turns(
    manager: Client, referral: Referral, receiving: School, other: School
) -> None:
    def send(**changes: Any) -> Any:
        return decide(manager, referral, **otherwise(other, **changes))

    says = "Write why you depart from the turn of Receiving School"
    assert errors(send(departs_because="")) == {"departs_because": says}
    assert not OfficerDecision.objects.exists()

    assert send().status_code == 302
    record = ItemRecord.objects.get()
    assert (record.school, record.suggested) == (other, receiving)
    turns = words(manager.get(f"/panels/{referral.panel.code}/turns/"))
    assert "Nearer" in turns


def test_school_that_nobody_considered_departs_from_the_turn_that_was_shown(
    manager: Client, referral: Referral, receiving: School, other: School
) -> None:
    CandidateSchool.objects.filter(school=other).delete()
    before = choices_of(referral, on=TODAY)
    assert before
    assert before.suggestion.urn == int(receiving.urn)

    answer = decide(manager, referral, **otherwise(other, departs_because=""))

    assert errors(answer) == {"departs_because": "Write why you depart from the turn of Receiving School"}
    assert not CandidateSchool.objects.filter(school=other).exists()
