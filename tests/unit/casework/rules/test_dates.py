from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.calendar import SchoolCalendar
from casework.rules.dates import NotADay, age, in_words, parse_day, parse_day_and_time, short
from tests.tables.reader import calendar, rows

TODAY = date(2026, 10, 19)
CALENDAR = calendar("A+B")


@pytest.mark.parametrize("row", rows("typed_days"), ids=lambda row: row["typed"] or "nothing")
def test_typed_day_of_each_situation_is_read_or_refused(row: dict[str, str]) -> None:
    today = date.fromisoformat(row["today"])

    if row["error"]:
        with pytest.raises(NotADay, match=row["error"]):
            parse_day(row["typed"], today=today)
    else:
        assert parse_day(row["typed"], today=today) == date.fromisoformat(row["day"])


@given(
    st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%a %d %b %Y"])
)
def test_day_written_in_full_is_read_back(day: date, form: str) -> None:
    assert parse_day(day.strftime(form), today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("19/10/2026 8:42", date(2026, 10, 19), time(8, 42)),
        ("19/10 15:10", date(2026, 10, 19), time(15, 10)),
        ("8:42am", TODAY, time(8, 42)),
        ("yesterday at 3.10pm", date(2026, 10, 18), time(15, 10)),
        ("mon 12am", TODAY, time(0, 0)),
        ("today 12:05 pm", TODAY, time(12, 5)),
        ("16 October", date(2026, 10, 16), None),
        ("19.10", date(2026, 10, 19), None),
    ],
)
def test_typed_day_and_time_are_read_together(typed: str, day: date, clock: time | None) -> None:
    assert parse_day_and_time(typed, today=TODAY) == (day, clock)


@pytest.mark.parametrize("typed", ["today 24:00", "today 8:60", "today 13pm", "today 0am"])
def test_time_that_does_not_exist_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotADay, match="Write it like 8:42am or 15:10"):
        parse_day_and_time(typed, today=TODAY)


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        (date(2026, 10, 19), TODAY, "today"),
        (date(2026, 10, 20), TODAY, "tomorrow"),
        (date(2026, 10, 22), TODAY, "Thursday 22 October, in 3 school days"),
        (date(2026, 10, 19), date(2026, 10, 16), "next school day"),
        (date(2026, 11, 3), date(2026, 10, 23), "next school day"),
        (date(2026, 10, 15), TODAY, "Thursday 15 October, 2 school days ago"),
        (date(2026, 10, 16), TODAY, "Friday 16 October, 1 school day ago"),
        (date(2026, 10, 24), date(2026, 10, 22), "Saturday 24 October, in 1 school day"),
        (date(2026, 10, 27), date(2026, 10, 23), "Tuesday 27 October"),
        (date(2026, 7, 20), date(2026, 9, 3), "Monday 20 July 2026, 1 school day ago"),
        (date(2029, 7, 20), TODAY, "Friday 20 July 2029"),
    ],
)
def test_day_in_words_says_how_far_away_it_is(day: date, today: date, words: str) -> None:
    assert in_words(day, today=today, calendar=CALENDAR) == words


@pytest.mark.parametrize("without", [None, SchoolCalendar(())])
def test_day_in_words_without_term_dates_says_no_distance(without: SchoolCalendar | None) -> None:
    assert in_words(date(2026, 10, 22), today=TODAY, calendar=without) == "Thursday 22 October"


def test_short_day_is_fit_for_a_table() -> None:
    assert short(date(2026, 10, 22)) == "Thu 22 Oct"


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2012, 10, 19), date(2026, 10, 18), 13),
        (date(2012, 10, 19), date(2026, 10, 19), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_age_changes_on_the_birthday(born: date, on: date, years: int) -> None:
    assert age(born, on) == years


def test_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before the date of birth"):
        age(date(2012, 10, 19), date(2012, 10, 18))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("16/7", date(2027, 7, 16)),
        ("26/11", date(2027, 11, 26)),
        ("27/11", date(2026, 11, 27)),
        ("16/7/2026", date(2026, 7, 16)),
        ("29/2", date(2028, 2, 29)),
        ("fri", date(2026, 11, 27)),
        ("thu", date(2026, 12, 3)),
        ("monday 12 july", date(2027, 7, 12)),
        ("yesterday", date(2026, 11, 26)),
    ],
)
def test_where_only_the_future_makes_sense_a_day_without_a_year_is_the_next(typed: str, day: date) -> None:
    assert parse_day(typed, today=date(2026, 11, 27), to_come=True) == day
