"""Plans' dates, statuses, states, cells and measures, each by its table."""

import re
from datetime import date
from fractions import Fraction

import pytest

from tests.tables.reader import day, days, rows
from wsoa.rules.heat import NothingToShow, cell
from wsoa.rules.measures import BadMeasure, Measure, Reading, expected_on, judged, target_from_change
from wsoa.rules.states import (
    ActionFacts,
    Proposed,
    ReasonNeeded,
    Update,
    is_stale,
    proposed,
    rounds_without_a_word,
    standing,
)
from wsoa.rules.terms import PRINTED, STATE_LABELS, Layout, State
from wsoa.rules.written_dates import written_date
from wsoa.rules.written_statuses import written_status

Cells = dict[str, str]


def named(table: str, column: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows(table), ids=[each[column] or "empty" for each in rows(table)])


@named("written_dates", "text")
def test_written_date(row: Cells) -> None:
    found = written_date(row["text"])

    assert found.text == row["text"], "As written."
    assert (found.starts_on, found.due) == (day(row["starts_on"]), day(row["due"]))
    assert (found.ongoing, found.every, found.remark) == (row["ongoing"] == "yes", row["every"], row["remark"])
    assert "; ".join(found.faults) == row["faults"]


@named("written_statuses", "text")
def test_written_status(row: Cells) -> None:
    found = written_status(row["text"], Layout(row["layout"]))

    assert found.text == row["text"], "As written."
    assert ";".join(found.states) == row["states"]
    assert "; ".join(found.faults) == row["faults"]


def facts(row: Cells) -> ActionFacts:
    updates = []
    for text in filter(None, row["updates"].split(";")):
        on, per_cent, behind = text.split()
        done, is_behind = None if per_cent == "-" else int(per_cent), None if behind == "-" else behind == "yes"
        updates.append(Update(date.fromisoformat(on), done, is_behind))
    return ActionFacts(written_date(row["when"]), tuple(updates), tuple(days(row["asked_on"])))


@named("action_states", "situation")
def test_state_of_an_action(row: Cells) -> None:
    found = proposed(facts(row), on=date.fromisoformat(row["on"]))

    assert (found.state, found.because) == (row["state"], row["because"])


@named("heat_cells", "states")
def test_cell_of_the_heat_map(row: Cells) -> None:
    found = cell([State(word.replace("-", " ")) for word in row["states"].split()])

    assert (found.state, found.count) == (row["state"], row["count"])


def test_priority_without_actions_has_no_cell() -> None:
    with pytest.raises(NothingToShow):
        cell([])


@named("measures", "situation")
def test_measure(row: Cells) -> None:
    baseline = Reading(date.fromisoformat(row["baseline_on"]), Fraction(row["baseline"])) if row["baseline"] else None
    measure = Measure(
        "down" if row["direction"] == "down" else "up", Fraction(row["target"]), baseline, day(row["due"])
    )
    readings = [
        Reading(date.fromisoformat(on), Fraction(value))
        for on, value in (text.split() for text in row["readings"].split(";") if text)
    ]

    found = judged(measure, readings, on=date.fromisoformat(row["on"]))

    assert (found.state or "") == row["state"], found.because
    if row["expected"]:
        assert found.expected == Fraction(row["expected"])


def test_line_is_flat_outside_its_days() -> None:
    measure = Measure("down", Fraction(0), Reading(date(2026, 1, 1), Fraction(10)), date(2026, 1, 11))

    assert expected_on(measure, date(2025, 1, 1)) == 10
    assert expected_on(measure, date(2027, 1, 1)) == 0


def test_measure_that_ends_as_it_begins_is_refused() -> None:
    measure = Measure("down", Fraction(0), Reading(date(2026, 1, 1), Fraction(10)), date(2026, 1, 1))

    with pytest.raises(BadMeasure):
        judged(measure, [], on=date(2026, 1, 1))


def test_target_set_as_a_change_is_exact() -> None:
    assert target_from_change(Fraction(212), Fraction(-30)) == Fraction("148.4")
    assert target_from_change(Fraction(80), Fraction(15)) == 92


def test_override_keeps_both_and_needs_a_reason() -> None:
    rule = Proposed(State.OVERDUE, "Its date has passed")

    assert standing(rule).state is State.OVERDUE
    assert not standing(rule).is_overridden
    with pytest.raises(ReasonNeeded):
        standing(rule, chosen=State.ON_TRACK, reason="  ", by="Manager")
    found = standing(rule, chosen=State.ON_TRACK, reason="The board moved it", by="Manager")
    assert (found.proposed.state, found.state, found.reason) == (State.OVERDUE, State.ON_TRACK, "The board moved it")
    assert found.is_overridden


def test_two_rounds_without_a_word_make_an_action_stale_unless_it_is_done() -> None:
    asked = (date(2026, 1, 9), date(2026, 2, 13), date(2026, 3, 27))
    heard = ActionFacts(written_date("Dec 26"), (Update(date(2026, 2, 13), 25),), asked)
    silent = ActionFacts(written_date("Dec 26"), (Update(date(2026, 1, 10), 25),), asked)
    done = ActionFacts(written_date("Dec 26"), (Update(date(2026, 1, 10), 100),), asked)
    on = date(2026, 4, 1)

    assert (rounds_without_a_word(heard, on=on), is_stale(heard, on=on)) == (1, False)
    assert (rounds_without_a_word(silent, on=on), is_stale(silent, on=on)) == (2, True)
    assert not is_stale(done, on=on)
    assert not is_stale(silent, on=date(2026, 3, 26)), "Only one round had asked since."


def test_every_state_is_printed_by_every_layout_and_has_a_word() -> None:
    assert set(STATE_LABELS) == {str(state) for state in State}
    for layout in Layout:
        assert set(PRINTED[layout]) == set(State)
        assert not any(re.search(r"\bnone\b", word.casefold()) for word in PRINTED[layout].values())
