from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.rules.terms import Kind, Session
from exclusions.rules.totals import (
    Band,
    NotAPeriod,
    NotHalfDays,
    SuspendedDay,
    band_of,
    days_from_length,
    days_of,
    return_on,
    totals,
)
from tests.tables.reader import calendar, rows

A = calendar("A")


@pytest.mark.parametrize("row", rows("totals"), ids=lambda row: row["situation"])
def test_totals_of_each_situation_are_as_the_table_says(row: dict[str, str]) -> None:
    school_calendar = calendar(row["calendar"])
    kind, first_day = Kind(row["kind"]), date.fromisoformat(row["first_day"])
    days = days_from_length(first_day, float(row["length"]), school_calendar) if row["length"] else ()
    if kind is Kind.LUNCHTIME:
        days = (SuspendedDay(first_day, lunchtime=True),)
    earlier = [
        day
        for each in row["earlier"].split()
        for day in days_from_length(date.fromisoformat(each[:10]), float(each[11:]), school_calendar)
    ]

    found = totals(
        kind=kind,
        first_day=first_day,
        days=days,
        earlier=earlier,
        calendar=school_calendar,
        representations=row["representations"] == "yes",
        loses_exam=row["loses_exam"] == "yes",
    )

    by_term = "; ".join(f"{total.term.label} {total.term_days} {total.band}" for total in found.by_term)
    assert (found.term_days, found.year_days) == (float(row["term_days"]), float(row["year_days"]))
    assert (found.year_days_left, found.band) == (float(row["year_days_left"]), row["band"])
    assert (by_term, " ".join(found.warnings)) == (row["by_term"], row["warnings"])


@pytest.mark.parametrize("row", rows("bands"), ids=lambda row: f"{row['half_days']} {row['source']}")
def test_band_of_each_total_is_as_the_table_says(row: dict[str, str]) -> None:
    band = band_of(
        int(row["half_days"]),
        kind=Kind(row["kind"]),
        representations=row["representations"] == "yes",
        loses_exam=row["loses_exam"] == "yes",
    )

    assert band == row["band"]


AM, PM, LUNCH = Session.MORNING, Session.AFTERNOON, Session.LUNCHTIME
MONDAY, TUESDAY, SATURDAY = date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 13)


@pytest.mark.parametrize(
    ("first", "last", "half_days", "back"),
    [
        ((MONDAY, AM), (MONDAY, AM), [1], MONDAY),
        ((MONDAY, AM), (MONDAY, PM), [2], TUESDAY),
        ((MONDAY, PM), (MONDAY, PM), [1], TUESDAY),
        ((MONDAY, PM), (TUESDAY, AM), [1, 1], TUESDAY),
        ((MONDAY, LUNCH), (TUESDAY, LUNCH), [1, 1], TUESDAY),
        ((date(2025, 9, 11), AM), (date(2025, 9, 15), PM), [2, 2, 2], date(2025, 9, 16)),
    ],
)
def test_days_of_a_suspension_run_from_first_to_last_session(
    first: tuple[date, Session], last: tuple[date, Session], half_days: list[int], back: date
) -> None:
    days = days_of(*first, *last, A)

    assert [day.half_days for day in days] == half_days
    assert return_on(days, A) == back


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((TUESDAY, AM), (MONDAY, PM), r"^The suspension ends before it begins: check its first and last day\.$"),
        ((MONDAY, PM), (MONDAY, AM), r"^The suspension ends before it begins: check its first and last day\.$"),
        ((MONDAY, LUNCH), (TUESDAY, PM), r"^A lunchtime suspension begins and ends with a lunchtime\.$"),
    ],
)
def test_sessions_that_make_no_suspension_are_refused(
    first: tuple[date, Session], last: tuple[date, Session], words: str
) -> None:
    with pytest.raises(NotAPeriod, match=words):
        days_of(*first, *last, A)


def test_example_5_ends_on_monday_and_the_pupil_is_back_on_tuesday() -> None:
    days = days_from_length(date(2026, 4, 30), 7, A)

    assert (days[-1].on, return_on(days, A)) == (date(2026, 5, 11), date(2026, 5, 12))


def test_odd_half_is_the_afternoon_of_the_first_day() -> None:
    days = days_from_length(MONDAY, 1.5, A)

    assert days == (SuspendedDay(MONDAY, afternoon=True), SuspendedDay(TUESDAY, True, True))


@pytest.mark.parametrize("length", [0, -1, 0.25, 1.2])
def test_length_that_is_not_half_days_is_refused(length: float) -> None:
    with pytest.raises(NotHalfDays):
        days_from_length(MONDAY, length, A)


def test_return_after_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^A suspension has at least one school day\.$"):
        return_on((), A)


def test_day_with_morning_afternoon_and_lunchtime_is_one_day() -> None:
    assert SuspendedDay(MONDAY, True, True, True).half_days == 2


def test_suspension_on_no_school_day_adds_nothing() -> None:
    found = totals(
        kind=Kind.SUSPENSION,
        first_day=SATURDAY,
        days=days_of(SATURDAY, AM, SATURDAY, PM, A),
        earlier=(),
        calendar=A,
    )

    assert (found.term_days, found.band) == (0.0, Band.UP_TO_FIVE)


some_days = st.sampled_from(A.school_days_between(date(2025, 9, 3), date(2026, 5, 20)))


@settings(max_examples=200, deadline=None)
@given(first_day=some_days, half_days=st.integers(1, 60), earlier=st.lists(some_days, max_size=8))
def test_totals_of_terms_add_up_to_the_days_recorded(first_day: date, half_days: int, earlier: list[date]) -> None:
    before = [SuspendedDay(on, morning=True) for on in earlier if on < first_day]
    days = days_from_length(min(first_day, date(2026, 5, 20)), half_days / 2, calendar("A+B"))

    found = totals(kind=Kind.SUSPENSION, first_day=first_day, days=days, earlier=before, calendar=calendar("A+B"))

    terms = {calendar("A+B").statutory_term(day.on) for day in days}
    own_terms = sum(total.term_days for total in found.by_term) or found.term_days
    elsewhere = {day.on for day in before if calendar("A+B").statutory_term(day.on) not in terms}
    assert own_terms + len(elsewhere) / 2 == half_days / 2 + len({day.on for day in before}) / 2
    assert found.year_days <= own_terms + len(elsewhere) / 2


def test_sessions_of_one_day_recorded_apart_count_together_and_never_twice() -> None:
    def after(*earlier: SuspendedDay) -> float:
        own = (SuspendedDay(MONDAY, morning=True),)
        return totals(kind=Kind.SUSPENSION, first_day=MONDAY, days=own, earlier=earlier, calendar=A).term_days

    assert after() == 0.5
    assert after(SuspendedDay(MONDAY, morning=True)) == 0.5
    assert after(SuspendedDay(MONDAY, afternoon=True)) == 1.0
    assert after(SuspendedDay(MONDAY, lunchtime=True)) == 1.0
    assert after(SuspendedDay(MONDAY, afternoon=True), SuspendedDay(MONDAY, lunchtime=True)) == 1.0
    assert after(SuspendedDay(TUESDAY, afternoon=True)) == 1.0


def test_band_of_nothing_special_is_uncontested_and_loses_no_exam() -> None:
    days = days_from_length(MONDAY, 6, A)

    assert band_of(11) is Band.UP_TO_FIFTEEN_UNCONTESTED
    found = totals(kind=Kind.SUSPENSION, first_day=MONDAY, days=days, earlier=(), calendar=A)
    assert found.band is Band.UP_TO_FIFTEEN_UNCONTESTED


def test_length_that_is_not_half_days_says_how_to_write_one() -> None:
    with pytest.raises(NotHalfDays, match=r"^0.25 is not a number of half days: write it like 3 or 1.5$"):
        days_from_length(MONDAY, 0.25, A)
