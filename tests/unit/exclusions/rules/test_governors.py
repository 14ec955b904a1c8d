from datetime import date

import pytest

from exclusions.rules import events as ev
from exclusions.rules.deadlines import Deadline
from exclusions.rules.sources import cite
from exclusions.rules.terms import DutyHolder
from tests.clock_cases import CASE, also, ask, cells, earlier, exclusion, found, school_days_of
from tests.tables.reader import day, rows


def told(row: dict[str, str]) -> ev.BoardNotified:
    on = date.fromisoformat(row["told_on"])
    return ev.BoardNotified("n", on, CASE, row["representations"] == "yes", day(row["exam_on"]))


@pytest.mark.parametrize("row", rows("board_meetings"), ids=lambda row: row["situation"])
def test_board_meeting_of_each_situation_is_as_the_table_says(row: dict[str, str]) -> None:
    on = school_days_of(row)

    answered = ask(row, [*earlier(row["earlier"], on), exclusion(row, on), told(row)])

    meeting, before_exam = found(answered, "board_meeting"), found(answered, "board_meeting_before_exam")
    assert cells(meeting) == (row["due"], row["other_reading"], row["because"])
    assert also(meeting) == row["also_among_readings"]
    assert cells(before_exam)[0] == row["before_exam"]
    assert answered.totals[CASE].totals.band == row["band"]


EXAM = {"calendar": "A", "first_day": "2026-05-11", "kind": "suspension", "length": "5", "told_on": "2026-05-08"}


def test_board_meeting_carries_holder_rule_source_working_and_the_day_it_was_met() -> None:
    row = EXAM | {"representations": "", "exam_on": "2026-05-14"}
    met = [ev.BoardMet("m2", date(2026, 5, 20), CASE), ev.BoardMet("m1", date(2026, 5, 13), CASE)]

    answered = ask(row, [exclusion(row, school_days_of(row)), told(row), *met])

    meeting, before = answered.deadlines
    for each in (meeting, before):
        assert (each.duty_holder, each.rule, each.met_on) == (DutyHolder.BOARD, "R28", date(2026, 5, 13))
        assert cite(each.source) == "SI 2012/1033 regs 6, 15, 24"
        assert (each.rule_set.code, each.deemed_given_on) == ("2024-08", None)
    assert (meeting.counted_from, meeting.working[0].on) == (date(2026, 5, 8), date(2026, 5, 9))
    assert (meeting.working[-1].on, meeting.working[-1].count) == (meeting.due, 15)
    assert before.counted_from == date(2026, 5, 14)
    assert [(day.on, day.count) for day in before.working] == [(date(2026, 5, 13), 1)]


def test_board_meeting_that_nobody_held_is_not_met() -> None:
    row = EXAM | {"representations": "", "exam_on": "2026-05-14"}

    answered = ask(row, [exclusion(row, school_days_of(row)), told(row)])

    assert [each.met_on for each in answered.deadlines] == [None, None]


def test_each_notice_is_judged_by_its_own_representations_and_the_totals_by_all() -> None:
    row = {"calendar": "A", "first_day": "2025-11-10", "kind": "suspension", "length": "6"}
    quiet = ev.BoardNotified("n1", date(2025, 11, 10), CASE)
    contested = ev.BoardNotified("n2", date(2025, 11, 17), CASE, representations=True)

    answered = ask(row, [exclusion(row, school_days_of(row)), quiet, contested])

    assert isinstance(found(answered, "board_meeting", "n2"), Deadline)
    assert cells(found(answered, "board_meeting", "n1"))[2].startswith("R28: more than five")
    assert answered.totals[CASE].totals.band == "2"


def test_notice_without_an_examination_says_nothing_of_a_meeting_before_one() -> None:
    row = {"calendar": "A", "first_day": "2025-11-10"}

    answered = ask(row, [exclusion(row, school_days_of(row)), ev.BoardNotified("n", date(2025, 11, 10), CASE)])

    assert found(answered, "board_meeting_before_exam") is None
