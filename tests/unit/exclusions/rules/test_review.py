from collections.abc import Iterator
from datetime import date

import pytest

from exclusions.rules import events as ev
from exclusions.rules.deadlines import Deadline
from exclusions.rules.sources import cite
from exclusions.rules.terms import DutyHolder
from tests.clock_cases import CASE, ask, cells, exclusion, found, school_days_of
from tests.tables.reader import rows


def window_events(row: dict[str, str]) -> Iterator[ev.Event]:
    yield exclusion(row, school_days_of(row))
    yield ev.BoardDecisionNotice("d", date.fromisoformat(row["sent_on"]), CASE, ev.Method(row["method"]))
    if row["waived_on"]:
        yield ev.ReviewWaived("w", date.fromisoformat(row["waived_on"]), CASE)
    if row["applied_on"]:
        yield ev.ReviewApplication("a", date.fromisoformat(row["applied_on"]), CASE)


@pytest.mark.parametrize("row", rows("review_windows"), ids=lambda row: row["situation"])
def test_window_and_roll_of_each_decision_are_as_the_table_says(row: dict[str, str]) -> None:
    answered = ask(row, window_events(row))

    window, removal = found(answered, "review_application"), found(answered, "roll_removal_earliest")
    assert cells(window) == (row["apply_by"], row["other_reading"], row["because"])
    assert cells(removal) == (row["remove_from"], row["remove_other_reading"], row["remove_because"])
    for each in (window, removal):
        if isinstance(each, Deadline):
            assert str(each.deemed_given_on) == row["deemed_given_on"]


@pytest.mark.parametrize("row", rows("review_steps"), ids=lambda row: row["situation"])
def test_hearing_and_reconsideration_of_each_letter_are_as_the_table_says(row: dict[str, str]) -> None:
    is_application = row["step"] == "review_application"
    kind = ev.ReviewApplication if is_application else ev.ReviewPanelNotice
    letter = kind("s", date.fromisoformat(row["sent_on"]), CASE, ev.Method(row["method"]))

    answered = ask(row, [exclusion(row, school_days_of(row)), letter])

    step = found(answered, "review_hearing" if is_application else "board_reconsideration")
    assert cells(step) == (row["due"], row["other_reading"], row["because"])
    if isinstance(step, Deadline):
        assert str(step.deemed_given_on) == row["deemed_given_on"]


def chain(first_day: str, calendar: str, decided: date, applied: date, told: date) -> dict[str, Deadline]:
    row = {"calendar": calendar, "first_day": first_day}
    answered = ask(
        row,
        [
            exclusion(row, school_days_of(row)),
            ev.BoardDecisionNotice("d", decided, CASE, ev.Method.FIRST_CLASS),
            ev.ReviewApplication("a", applied, CASE),
            ev.ReviewPanelNotice("n", told, CASE),
        ],
    )
    return {each.key.value: each for each in answered.deadlines}


def test_chain_of_a_review_names_holders_rules_and_sources() -> None:
    steps = chain("2025-11-10", "A", date(2025, 11, 28), date(2025, 12, 18), date(2026, 1, 26))

    rows_ = [(each.duty_holder, each.rule, cite(each.source)) for key, each in steps.items() if key != "sixth_day"]
    assert rows_ == [
        (DutyHolder.PARENT, "R37", "SI 2012/1033 Sch 1"),
        (DutyHolder.ARRANGING_AUTHORITY, "R38", "SI 2012/1033 Sch 1"),
        (DutyHolder.BOARD, "R42", "guidance para 254"),
    ]
    window = steps["review_application"]
    assert (window.counted_from, window.deemed_given_on) == (date(2025, 12, 2), date(2025, 12, 2))
    assert window.working[0].on == date(2025, 12, 3)
    assert window.working[-1].count == 15


def test_window_of_the_pandemic_cites_the_law_as_it_stood() -> None:
    steps = chain("2020-06-15", "2020-21", date(2020, 7, 6), date(2020, 9, 14), date(2020, 10, 5))

    assert cite(steps["review_application"].source).endswith(
        "(as it stood for exclusions from June 2020 to September 2021)"
    )
    assert steps["review_application"].working[-1].count == 25


@pytest.mark.parametrize(
    ("calendar", "first_day", "decided", "source"),
    [
        ("A", "2025-11-04", date(2025, 11, 27), "guidance part eight; SI 2024/208 reg 9"),
        ("2022-24", "2024-07-08", date(2024, 7, 15), "guidance part eight; SI 2006/1751 reg 8"),
        ("2022-24", "2024-08-18", date(2024, 9, 9), "guidance part eight; SI 2006/1751 reg 8"),
        ("2022-24", "2024-08-19", date(2024, 9, 9), "guidance part eight; SI 2024/208 reg 9"),
    ],
)
def test_roll_removal_cites_the_register_of_its_day(calendar: str, first_day: str, decided: date, source: str) -> None:
    row = {"calendar": calendar, "first_day": first_day}
    decision = ev.BoardDecisionNotice("d", decided, CASE)

    removal = found(ask(row, [exclusion(row, school_days_of(row)), decision]), "roll_removal_earliest")

    assert isinstance(removal, Deadline)
    assert (cite(removal.source), removal.rule, removal.duty_holder) == (source, "R45", DutyHolder.BOARD)
    assert removal.working[-1].count == 15
    assert removal.counted_from == decided


@pytest.mark.parametrize("waived_on", [date(2025, 12, 3), date(2025, 12, 18)])
def test_roll_removal_after_a_waiver_counts_nothing(waived_on: date) -> None:
    row = {"calendar": "A", "first_day": "2025-11-04"}
    events = [
        exclusion(row, school_days_of(row)),
        ev.BoardDecisionNotice("d", date(2025, 11, 27), CASE),
        ev.ReviewWaived("w2", date(2025, 12, 19), CASE),
        ev.ReviewWaived("w1", waived_on, CASE),
    ]

    answered = ask(row, events)

    removal = found(answered, "roll_removal_earliest")
    assert isinstance(removal, Deadline)
    assert [each.event for each in answered.none] == [CASE]
    assert (removal.event, removal.due, removal.counted_from) == ("d", waived_on, waived_on)
    assert (removal.working, removal.count, removal.deemed_given_on) == ((), None, date(2025, 11, 27))


def test_waiver_without_a_decision_opens_nothing_and_says_so() -> None:
    row = {"calendar": "A", "first_day": "2025-11-04"}

    answered = ask(row, [exclusion(row, school_days_of(row)), ev.ReviewWaived("w", date(2025, 12, 3), CASE)])

    assert cells(found(answered, "roll_removal_earliest", "w"))[2] == "R45(b): no decision notice of the board"


@pytest.mark.parametrize(
    ("event", "reasons"),
    [
        (
            ev.BoardDecisionNotice("f", date(2025, 11, 24), CASE),
            ["R37: only a permanent exclusion is reviewed", "R45: only a permanent exclusion is reviewed"],
        ),
        (ev.ReviewWaived("f", date(2025, 11, 24), CASE), ["R45: only a permanent exclusion is reviewed"]),
        (ev.ReviewApplication("f", date(2025, 11, 24), CASE), ["R38: only a permanent exclusion is reviewed"]),
        (ev.ReviewPanelNotice("f", date(2025, 11, 24), CASE), ["R42: only a permanent exclusion is reviewed"]),
    ],
)
def test_suspension_is_never_reviewed(event: ev.Event, reasons: list[str]) -> None:
    row = {"calendar": "A", "kind": "suspension", "first_day": "2025-11-10", "length": "6"}

    answered = ask(row, [exclusion(row, school_days_of(row)), event])

    assert [each.because for each in answered.none if each.event == "f"] == reasons
