from collections.abc import Iterator
from datetime import date

import pytest

from exclusions.rules import events as ev
from exclusions.rules.deadlines import CannotAnswer, Code
from tests.clock_cases import CASE, ask, cells, earlier, exclusion, found, school_days_of, suspension
from tests.tables.reader import calendar, day, rows


def happened(row: dict[str, str]) -> Iterator[ev.Event]:
    on = school_days_of(row)
    yield from earlier(row["earlier"], on)
    yield exclusion(row, on)
    yield ev.Cancellation("c", date.fromisoformat(row["effective_on"]), CASE)
    if row["met_on"]:
        yield ev.BoardMet("m", date.fromisoformat(row["met_on"]), CASE)
    if row["exam_on"]:
        yield ev.BoardNotified("n", date.fromisoformat(row["first_day"]), CASE, exam_on=day(row["exam_on"]))


@pytest.mark.parametrize("row", rows("cancellations"), ids=lambda row: row["situation"])
def test_cancellation_of_each_situation_is_as_the_table_says(row: dict[str, str]) -> None:
    answered = ask(row, happened(row))

    (judged,) = answered.cancellations
    assert (judged.event, judged.of, judged.rule) == ("c", CASE, row["rule"])
    assert ("yes" if judged.lawful else "no", judged.because) == (row["lawful"], row["because"])
    assert (str(judged.days_served), str(judged.year_days_with)) == (row["days_served"], row["year_days_with"])
    if row["closed"]:
        assert cells(found(answered, "sixth_day", CASE))[2] == row["closed"]
    totals = answered.totals[CASE]
    assert (str(totals.last_day or ""), str(totals.return_on or "")) == (row["last_day"], row["return_on"])
    warned = [each.message for each in answered.warnings if each.code is Code.CANCELLATION_UNLAWFUL]
    assert warned == ([] if judged.lawful else [row["because"]])


PERMANENT = {"calendar": "A", "first_day": "2026-03-02"}


def test_cancellation_closes_every_deadline_of_its_exclusion_and_of_no_other() -> None:
    on = calendar("A")
    events = [
        exclusion(PERMANENT, on),
        suspension("other", "2026-01-12", "6", on),
        ev.BoardNotified("n", date(2026, 3, 2), CASE, exam_on=date(2026, 3, 20)),
        ev.BoardNotified("n2", date(2026, 1, 12), "other", representations=True),
        ev.BoardDecisionNotice("d", date(2026, 3, 12), CASE),
        ev.Cancellation("c", date(2026, 3, 12), CASE),
    ]

    answered = ask(PERMANENT, events)

    assert {each.event for each in answered.deadlines} == {"other", "n2"}
    closed = {(each.event, each.key.value) for each in answered.none if each.because.startswith("R6: cancelled")}
    assert closed == {
        (CASE, "sixth_day"),
        ("n", "board_meeting"),
        ("n", "board_meeting_before_exam"),
        ("d", "review_application"),
        ("d", "roll_removal_earliest"),
    }
    assert cells(found(answered, "looked_after_first_day", CASE))[2] == "R22: not looked after"


def test_cancellation_that_is_unlawful_closes_nothing() -> None:
    events = [
        exclusion(PERMANENT, calendar("A")),
        ev.BoardMet("m", date(2026, 3, 10), CASE),
        ev.Cancellation("c", date(2026, 3, 12), CASE),
    ]

    assert cells(found(ask(PERMANENT, events), "sixth_day"))[0] == "2026-03-09"


def test_decision_letter_tells_that_the_board_had_met() -> None:
    events = [
        exclusion(PERMANENT, calendar("A")),
        ev.BoardDecisionNotice("d", date(2026, 3, 11), CASE),
        ev.BoardMet("m", date(2026, 3, 12), CASE),
        ev.Cancellation("c", date(2026, 3, 12), CASE),
    ]

    with pytest.raises(CannotAnswer, match="d.on: 2026-03-11 is before the board's meeting"):
        ask(PERMANENT, events)
    events.pop(2)
    (judged,) = ask(PERMANENT, events).cancellations
    assert (judged.lawful, judged.because) == (False, "R6: the board had already begun a meeting")


def test_deadline_beyond_the_calendar_needs_no_date_once_cancelled() -> None:
    row = {"calendar": "A", "first_day": "2026-07-17"}
    events = [exclusion(row, calendar("A")), ev.Cancellation("c", date(2026, 7, 20), CASE)]

    assert cells(found(ask(row, events), "sixth_day"))[2] == "R6: cancelled with effect from 2026-07-20"


def test_days_out_before_cancelling_count_in_the_year_and_not_in_the_term() -> None:
    on = calendar("A")
    events = [
        exclusion(PERMANENT, on),
        ev.Cancellation("c", date(2026, 3, 9), CASE),
        suspension("after", "2026-03-16", "2", on),
    ]

    totals = ask(PERMANENT, events).totals

    assert (totals[CASE].totals.year_days, totals[CASE].totals.term_days) == (0.0, 0.0)
    assert (totals["after"].totals.year_days, totals["after"].totals.term_days) == (7.0, 2.0)


def test_suspension_cut_short_counts_for_what_was_served() -> None:
    on = calendar("A")
    row = {"calendar": "A", "kind": "suspension", "first_day": "2026-03-02", "length": "8"}
    events = [
        exclusion(row, on),
        ev.Cancellation("c", date(2026, 3, 5), CASE),
        suspension("after", "2026-03-16", "2", on),
    ]

    totals = ask(row, events).totals

    assert (totals[CASE].totals.term_days, totals["after"].totals.term_days) == (3.0, 5.0)
    assert totals["after"].totals.year_days == 5.0


def test_second_cancellation_of_one_exclusion_is_judged_and_changes_nothing() -> None:
    row = {"calendar": "A", "kind": "suspension", "first_day": "2026-03-02", "length": "8"}
    events = [
        exclusion(row, calendar("A")),
        ev.Cancellation("c2", date(2026, 3, 9), CASE),
        ev.Cancellation("c1", date(2026, 3, 5), CASE),
    ]

    answered = ask(row, events)

    assert [(each.event, each.days_served) for each in answered.cancellations] == [("c1", 3.0), ("c2", 5.0)]
    assert answered.totals[CASE].totals.term_days == 3.0


def test_days_served_under_one_cancellation_count_for_the_next() -> None:
    on = calendar("A")
    events = [
        *earlier("2025-09-08:20 2025-11-10:20", on),
        ev.PermanentExclusion("p1", date(2026, 2, 23)),
        ev.Cancellation("c1", date(2026, 2, 26), "p1"),
        ev.PermanentExclusion("p2", date(2026, 3, 2)),
        ev.Cancellation("c2", date(2026, 3, 5), "p2"),
    ]

    first, second = ask(PERMANENT, events).cancellations

    assert (first.lawful, first.year_days_with) == (True, 43.0)
    assert (second.lawful, second.year_days_with) == (False, 46.0)


def test_later_exclusion_with_school_days_before_the_effect_counts_for_what_it_had_cost() -> None:
    on = calendar("A")
    events = [
        exclusion(PERMANENT, on),
        suspension("later", "2026-03-04", "10", on),
        ev.Cancellation("c", date(2026, 3, 9), CASE),
    ]

    (judged,) = ask(PERMANENT, events).cancellations

    assert (judged.days_served, judged.year_days_with) == (5.0, 5.0)
