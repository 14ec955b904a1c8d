import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.calendar import BadCalendar, NoTermDates, SchoolCalendar, Skipped, Spell
from tests.tables.reader import calendar

A = calendar("A")
TWO_YEARS = calendar("A+B")


def spell(first: str, last: str, term: str | None = None) -> Spell:
    return Spell(date.fromisoformat(first), date.fromisoformat(last), term)


@pytest.mark.parametrize(
    ("spells", "terms_in_year", "words"),
    [
        ((spell("2025-10-24", "2025-09-03"),), 3, "ends before it"),
        ((spell("2025-11-04", "2025-12-19"), spell("2025-09-03", "2025-10-24")), 3, "put them in date order"),
        ((spell("2025-09-03", "2025-10-24"), spell("2025-10-24", "2025-12-19")), 3, "has ended"),
        ((spell("2025-09-03", "2025-10-24"),), 2, "must name the term"),
        ((spell("2025-09-03", "2025-10-24", "autumn"), spell("2025-11-04", "2025-12-19")), 3, "has no term"),
        ((spell("2025-09-03", "2025-10-24"),), 0, "at least one term"),
    ],
)
def test_calendar_that_contradicts_itself_is_refused(spells: tuple[Spell, ...], terms_in_year: int, words: str) -> None:
    with pytest.raises(BadCalendar, match=words):
        SchoolCalendar(spells, terms_in_year=terms_in_year)


def test_bad_calendar_names_the_days_at_fault() -> None:
    with pytest.raises(BadCalendar) as caught:
        SchoolCalendar((spell("2025-09-03", "2025-10-24"), spell("2025-10-20", "2025-12-19")))

    assert caught.value.days == (date(2025, 10, 24), date(2025, 10, 20))


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2025, 9, 3), None),
        (date(2025, 9, 6), Skipped.WEEKEND),
        (date(2025, 10, 27), Skipped.HOLIDAY),
        (date(2025, 11, 3), Skipped.HOLIDAY),
        (date(2025, 12, 25), Skipped.BANK_HOLIDAY),
        (date(2026, 5, 4), Skipped.BANK_HOLIDAY),
        (date(2026, 6, 26), Skipped.CLOSED),
    ],
)
def test_skip_reason_of_each_sort_of_day_is_its_own(on: date, reason: Skipped | None) -> None:
    assert A.skip_reason(on) == reason
    assert A.looked_at(on).skipped == reason
    assert A.is_school_day(on) == (reason is None)


def test_snow_day_is_an_unplanned_closure_and_can_be_set_aside() -> None:
    snow = calendar("A with snow")

    assert snow.skip_reason(date(2025, 11, 20)) is Skipped.UNPLANNED_CLOSURE
    assert snow.without_unplanned_closures().is_school_day(date(2025, 11, 20))


@pytest.mark.parametrize("on", [date(2025, 9, 2), date(2026, 7, 21), date(2027, 8, 20)])
def test_day_outside_the_calendar_is_no_term_dates(on: date) -> None:
    with pytest.raises(NoTermDates, match=f"no term dates for {on}"):
        A.skip_reason(on)


def test_calendar_without_spells_has_no_term_dates() -> None:
    with pytest.raises(NoTermDates):
        SchoolCalendar(()).is_school_day(date(2025, 9, 3))


@pytest.mark.parametrize(("days_between", "is_lawful"), [(50, True), (51, False)])
def test_gap_of_more_than_fifty_days_is_no_term_dates(days_between: int, is_lawful: bool) -> None:
    last = date(2025, 7, 18)
    after = last + timedelta(days_between + 1)
    gapped = SchoolCalendar((Spell(date(2025, 6, 2), last), Spell(after, after + timedelta(30))))

    if is_lawful:
        assert gapped.next_school_day(last + timedelta(1)) >= after
    else:
        asks = (
            gapped.school_day_after,
            lambda on: gapped.days_until(on, after),
            lambda on: gapped.days_until(on - timedelta(7), after),
        )
        for ask in asks:
            with pytest.raises(NoTermDates) as caught:
                ask(last)
            assert caught.value.on == last + timedelta(1)


def test_nth_school_day_counts_its_first_day_as_one() -> None:
    count = A.nth_school_day(date(2025, 10, 14), 6)

    assert (count.due, count.counted_from) == (date(2025, 10, 21), date(2025, 10, 14))
    assert [(row.on.day, row.count, row.skipped) for row in count.working] == [
        (14, 1, None),
        (15, 2, None),
        (16, 3, None),
        (17, 4, None),
        (18, None, Skipped.WEEKEND),
        (19, None, Skipped.WEEKEND),
        (20, 5, None),
        (21, 6, None),
    ]


def test_nth_school_day_from_a_holiday_counts_from_the_next_school_day() -> None:
    count = A.nth_school_day(date(2025, 10, 25), 1)

    assert count.due == date(2025, 11, 4)
    assert count.working[0].skipped is Skipped.WEEKEND


@pytest.mark.parametrize(
    ("told", "n", "due"),
    [
        (date(2025, 10, 14), 15, date(2025, 11, 12)),
        (date(2026, 7, 13), 15, date(2026, 9, 16)),
        (date(2025, 9, 22), 50, date(2025, 12, 9)),
        (date(2026, 5, 8), 15, date(2026, 6, 5)),
        (date(2025, 11, 27), 15, date(2025, 12, 18)),
    ],
)
def test_school_days_after_an_event_leave_the_event_uncounted(told: date, n: int, due: date) -> None:
    count = TWO_YEARS.school_days_after(told, n)

    assert count.due == due
    assert count.working[0].on == told + timedelta(1)


def test_count_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="begins at 1"):
        A.nth_school_day(date(2025, 10, 14), 0)


def test_count_past_the_last_spell_is_no_term_dates() -> None:
    with pytest.raises(NoTermDates, match="2026-07-21"):
        A.nth_school_day(date(2026, 7, 20), 6)


def test_school_days_either_side_of_a_weekend_are_friday_and_monday() -> None:
    assert A.school_day_after(date(2025, 9, 12)) == date(2025, 9, 15)
    assert A.school_day_before(date(2025, 9, 15)) == date(2025, 9, 12)
    assert A.next_school_day(date(2025, 9, 12)) == date(2025, 9, 12)


def test_school_days_of_a_whole_year_are_190() -> None:
    assert len(A.school_days_between(date(2025, 9, 3), date(2026, 7, 20))) == 190
    assert A.school_days_between(date(2025, 9, 4), date(2025, 9, 3)) == []


@pytest.mark.parametrize(
    ("today", "due", "days"),
    [
        (date(2025, 10, 16), date(2025, 10, 21), 3),
        (date(2025, 10, 21), date(2025, 10, 21), 0),
        (date(2025, 10, 21), date(2025, 10, 17), -2),
        (date(2025, 10, 24), date(2025, 11, 4), 1),
    ],
)
def test_days_until_counts_school_days_and_goes_below_nought_when_late(today: date, due: date, days: int) -> None:
    assert A.days_until(today, due) == days


@pytest.mark.parametrize(
    ("name", "on", "term"),
    [
        ("A", date(2025, 12, 19), "Autumn term 2025/26"),
        ("A", date(2025, 12, 28), "Autumn term 2025/26"),
        ("A", date(2026, 1, 6), "Spring term 2025/26"),
        ("A", date(2026, 4, 7), "Spring term 2025/26"),
        ("A", date(2026, 4, 13), "Summer term 2025/26"),
        ("A+B", date(2026, 8, 20), "Summer term 2025/26"),
        ("A+B", date(2026, 9, 3), "Autumn term 2026/27"),
        ("six terms", date(2025, 9, 3), "Autumn term 2025/26"),
        ("six terms", date(2025, 12, 19), "Autumn term 2025/26"),
        ("six terms", date(2026, 1, 1), "Spring term 2025/26"),
        ("six terms", date(2026, 4, 6), "Spring term 2025/26"),
        ("six terms", date(2026, 4, 7), "Summer term 2025/26"),
        ("two terms", date(2025, 8, 25), "Summer term 2024/25"),
        ("two terms", date(2025, 8, 26), "Autumn term 2025/26"),
        ("two terms", date(2026, 6, 1), "Spring term 2025/26"),
    ],
)
def test_statutory_term_follows_names_or_reference_dates(name: str, on: date, term: str) -> None:
    assert calendar(name).statutory_term(on).label == term


def test_fifty_day_count_takes_under_a_millisecond() -> None:
    calendar("A").nth_school_day(date(2025, 9, 8), 50)
    began = time.perf_counter()

    for _ in range(100):
        A.nth_school_day(date(2025, 9, 8), 50)

    assert (time.perf_counter() - began) / 100 < 0.001


school_days = st.sampled_from(A.school_days_between(date(2025, 9, 3), date(2026, 3, 27)))


@settings(max_examples=200, deadline=None)
@given(first_day=school_days, shut=st.frozensets(school_days, max_size=8), n=st.integers(1, 20))
def test_closures_never_bring_a_count_forward(first_day: date, shut: frozenset[date], n: int) -> None:
    with_closures = SchoolCalendar(A.spells, A.closed, shut, A.bank_holidays)

    assert with_closures.nth_school_day(first_day, n).due >= A.nth_school_day(first_day, n).due
    assert with_closures.school_days_after(first_day, n).due >= A.school_days_after(first_day, n).due


@settings(max_examples=200, deadline=None)
@given(today=school_days, n=st.integers(1, 40))
def test_days_until_undoes_a_count_after(today: date, n: int) -> None:
    due = A.school_days_after(today, n).due

    assert A.days_until(today, due) == n
    assert A.days_until(due, today) == -n


GAPPED = SchoolCalendar((Spell(date(2025, 9, 1), date(2025, 9, 12)), Spell(date(2026, 1, 5), date(2026, 1, 16))))


def test_school_days_before_an_event_step_back_and_leave_the_event_uncounted() -> None:
    count = A.school_days_before(date(2026, 6, 29), 2)

    assert (count.due, count.counted_from) == (date(2026, 6, 24), date(2026, 6, 29))
    assert [(row.on.day, row.count, row.skipped) for row in count.working] == [
        (28, None, Skipped.WEEKEND),
        (27, None, Skipped.WEEKEND),
        (26, None, Skipped.CLOSED),
        (25, 1, None),
        (24, 2, None),
    ]


@pytest.mark.parametrize(
    ("event", "n", "missing"),
    [
        (date(2025, 9, 1), 1, date(2025, 8, 31)),
        (date(2025, 9, 2), 2, date(2025, 8, 31)),
        (date(2026, 1, 5), 1, date(2026, 1, 4)),
        (date(2026, 1, 6), 2, date(2026, 1, 4)),
        (date(2025, 9, 13), 1, date(2025, 9, 13)),
    ],
)
def test_school_days_before_the_calendar_are_no_term_dates(event: date, n: int, missing: date) -> None:
    with pytest.raises(NoTermDates) as caught:
        GAPPED.school_days_before(event, n)

    assert caught.value.on == missing


@pytest.mark.parametrize(
    ("event", "n", "missing"),
    [
        (date(2025, 9, 11), 2, date(2025, 9, 13)),
        (date(2025, 9, 12), 1, date(2025, 9, 13)),
        (date(2026, 1, 15), 2, date(2026, 1, 17)),
        (date(2025, 10, 1), 1, date(2025, 10, 1)),
    ],
)
def test_school_days_after_the_calendar_or_over_a_gap_are_no_term_dates(event: date, n: int, missing: date) -> None:
    with pytest.raises(NoTermDates) as caught:
        GAPPED.school_days_after(event, n)

    assert caught.value.on == missing


def test_first_school_day_of_a_stretch_can_be_reached_by_stepping_back() -> None:
    assert GAPPED.school_days_before(date(2025, 9, 2), 1).due == date(2025, 9, 1)
    assert GAPPED.school_days_before(date(2026, 1, 6), 1).due == date(2026, 1, 5)


def test_count_back_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="begins at 1, not at 0"):
        A.school_days_before(date(2025, 10, 14), 0)


def test_day_after_the_last_spell_still_has_a_school_day_before_it() -> None:
    assert GAPPED.school_day_before(date(2025, 9, 13)) == date(2025, 9, 12)
    with pytest.raises(NoTermDates):
        GAPPED.school_day_before(date(2025, 9, 14))


def test_days_until_a_day_over_a_gap_are_no_term_dates() -> None:
    with pytest.raises(NoTermDates) as caught:
        GAPPED.days_until(date(2025, 9, 12), date(2026, 1, 5))

    assert caught.value.on == date(2025, 9, 13)


def test_working_is_walked_once_and_compares_by_its_rows() -> None:
    one, other = (A.nth_school_day(date(2025, 10, 14), 6) for _ in range(2))

    assert one == other
    assert len(one.working) == 8
    assert one.working == tuple(one.working)
    assert hash(one.working) == hash(tuple(other.working))
    assert one.working[1:3] == tuple(other.working)[1:3]
    assert one.working[-1] is one.working[7]
    others: list[object] = ["working", 8]
    assert one.working not in others
    assert one != A.nth_school_day(date(2025, 10, 15), 6)


def test_calendar_remembers_itself_without_its_closures() -> None:
    snow = calendar("A with snow")

    assert snow.without_unplanned_closures() is snow.without_unplanned_closures()
    assert A.without_unplanned_closures() is A
    assert snow.without_unplanned_closures().closed == snow.closed


def test_bad_calendar_names_the_spell_at_fault() -> None:
    good, bad = spell("2025-09-03", "2025-10-24"), spell("2025-12-19", "2025-11-04")

    for other, days in (
        (bad, (bad.first, bad.last)),
        (spell("2025-10-24", "2025-12-19"), (good.last, date(2025, 10, 24))),
        (spell("2025-09-03", "2025-12-19"), (good.last, good.first)),
        (spell("2025-06-01", "2025-07-01"), (good.first, date(2025, 6, 1))),
    ):
        with pytest.raises(BadCalendar) as caught:
            SchoolCalendar((good, other))
        assert (caught.value.spell, caught.value.days) == (1, days)
    for spells, terms_in_year in (((good,), 2), ((spell("2025-06-01", "2025-07-01", "summer"), good), 3)):
        with pytest.raises(BadCalendar) as caught:
            SchoolCalendar(spells, terms_in_year=terms_in_year)
        assert (caught.value.spell, caught.value.days) == (None, (good.first,))


def test_spell_may_be_a_single_day() -> None:
    one = SchoolCalendar((spell("2025-09-03", "2025-09-03"),))

    assert one.nth_school_day(date(2025, 9, 3), 1).due == date(2025, 9, 3)


@pytest.mark.parametrize(
    ("name", "on", "term"),
    [
        ("A", date(2026, 4, 6), "Spring term 2025/26"),
        ("six terms", date(2025, 12, 31), "Autumn term 2025/26"),
        ("six terms", date(2026, 4, 6), "Spring term 2025/26"),
        ("six terms", date(2026, 4, 7), "Summer term 2025/26"),
        ("A+B", date(2026, 7, 31), "Summer term 2025/26"),
        ("A+B", date(2026, 8, 1), "Summer term 2025/26"),
    ],
)
def test_statutory_term_turns_on_the_reference_dates(name: str, on: date, term: str) -> None:
    kept = calendar(name)

    assert (
        SchoolCalendar(kept.spells, kept.closed, kept.unplanned_closures, kept.bank_holidays, kept.terms_in_year)
        .statutory_term(on)
        .label
        == term
    )


def test_school_year_begins_with_the_first_day_that_is_not_shut() -> None:
    early = SchoolCalendar(
        (Spell(date(2025, 7, 1), date(2025, 7, 25)), Spell(date(2025, 8, 25), date(2025, 10, 24))),
        closed=frozenset({date(2025, 8, 26)}),
        bank_holidays=frozenset({date(2025, 8, 25)}),
    )

    years = [early.school_year_of(date(2025, 8, day)).first_year for day in (1, 25, 26, 27, 28)]
    assert years == [2024, 2024, 2024, 2025, 2025]
    assert early.school_year_of(date(2025, 7, 25)).first_year == 2024
    assert early.statutory_term(date(2025, 8, 26)).label == "Summer term 2024/25"


def test_school_of_two_or_three_terms_calls_them_what_it_likes_and_no_other_does() -> None:
    named = (spell("2025-09-03", "2025-12-19", "michaelmas"), spell("2026-01-06", "2026-03-27", "lent"))

    labels = {
        number: SchoolCalendar(named, terms_in_year=number).statutory_term(date(2026, 1, 6)).label
        for number in (1, 2, 3, 4)
    }
    assert labels == {
        1: "Spring term 2025/26",
        2: "Lent term 2025/26",
        3: "Lent term 2025/26",
        4: "Spring term 2025/26",
    }
