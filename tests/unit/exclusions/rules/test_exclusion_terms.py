from enum import StrEnum

import pytest

from exclusions.rules import terms
from exclusions.rules.terms import AvertedAfterGovernors, CancelledAfterGovernors, OutcomeEvent, what_came_of_it
from tests.tables.reader import rows

VOCABULARIES = [
    (terms.Kind, terms.KIND_LABELS),
    (terms.Session, terms.SESSION_LABELS),
    (terms.ToldBy, terms.TOLD_BY_LABELS),
    (terms.DutyHolder, terms.DUTY_HOLDER_LABELS),
    (terms.SchoolKind, terms.SCHOOL_KIND_LABELS),
    (terms.Outcome, terms.OUTCOME_LABELS),
    (terms.OutcomeEvent, terms.OUTCOME_EVENT_LABELS),
]


@pytest.mark.parametrize(("vocabulary", "labels"), VOCABULARIES, ids=lambda v: getattr(v, "__name__", ""))
def test_vocabulary_has_a_label_for_each_plain_value(vocabulary: type[StrEnum], labels: dict[str, str]) -> None:
    assert list(labels) == [term.value for term in vocabulary]
    assert all(type(value) is str and label for value, label in labels.items())


def test_every_event_leads_to_an_outcome() -> None:
    assert list(terms.OUTCOME_OF_EVENT) == [event.value for event in OutcomeEvent]
    assert set(terms.OUTCOME_OF_EVENT.values()) == set(terms.Outcome) - {terms.Outcome.OPEN}


@pytest.mark.parametrize("row", rows("outcomes"), ids=lambda row: row["events"] or "nothing")
def test_what_came_of_each_course_of_events_is_its_last_word(row: dict[str, str]) -> None:
    events = [OutcomeEvent(event) for event in row["events"].split("; ") if event]

    if row["outcome"] == "error":
        with pytest.raises(
            (AvertedAfterGovernors, CancelledAfterGovernors), match="The governors have already decided"
        ):
            what_came_of_it(events)
    else:
        assert what_came_of_it(events) == row["outcome"]
