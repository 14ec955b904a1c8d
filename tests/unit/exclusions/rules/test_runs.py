from datetime import date

from exclusions.rules.runs import run_before, start_of_long_run
from exclusions.rules.totals import SuspendedDay
from tests.tables.reader import calendar

A = calendar("A")


def full(*numbers: int) -> tuple[SuspendedDay, ...]:
    return tuple(SuspendedDay(date(2026, 1, number), True, True) for number in numbers)


def test_run_of_lunchtimes_alone_is_none() -> None:
    lunchtimes = [SuspendedDay(date(2026, 1, number), lunchtime=True) for number in range(12, 17)]

    assert start_of_long_run(lunchtimes, full(7, 8, 9), A, joined=True) is None
    assert start_of_long_run((), full(7, 8, 9), A, joined=True) is None


def test_run_passes_five_days_with_the_half_after_them() -> None:
    half = SuspendedDay(date(2026, 1, 19), morning=True)

    assert start_of_long_run(full(12, 13, 14, 15, 16), (), A, joined=True) is None
    assert start_of_long_run((*full(12, 13, 14, 15, 16), half), (), A, joined=True) == date(2026, 1, 12)


def test_run_that_a_day_back_breaks_begins_again_after_it() -> None:
    assert start_of_long_run(full(8, 9, 13, 14, 15, 16, 19, 20), (), A, joined=True) == date(2026, 1, 13)


def test_run_is_joined_to_what_came_before_only_where_the_law_joins_them() -> None:
    assert start_of_long_run(full(15, 16, 19), full(12, 13, 14), A, joined=True) == date(2026, 1, 12)
    assert start_of_long_run(full(15, 16, 19), full(12, 13, 14), A, joined=False) is None


def test_day_recorded_before_the_school_closed_on_it_breaks_no_run() -> None:
    snow = calendar("A with snow")
    days = [SuspendedDay(date(2025, 11, number), True, True) for number in (17, 18, 19, 20, 21, 24)]

    assert start_of_long_run(days, (), snow, joined=True) == date(2025, 11, 17)


def test_run_before_a_day_is_oldest_first_and_ends_with_a_day_in_school() -> None:
    days = full(7, 9, 12, 13)

    assert [day.on.day for day in run_before(date(2026, 1, 14), days, A)] == [9, 12, 13]
    assert run_before(date(2026, 1, 15), days, A) == ()
    assert [day.on.day for day in run_before(date(2026, 1, 12), days, A)] == [9]
