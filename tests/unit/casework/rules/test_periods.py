from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.periods import AcademicYear, Period, Term, easter_monday


@pytest.mark.parametrize(
    "monday",
    [date(2000, 4, 24), date(2008, 3, 24), date(2011, 4, 25), date(2026, 4, 6), date(2027, 3, 29), date(2038, 4, 26)],
)
def test_easter_monday_of_known_years_is_right(monday: date) -> None:
    assert easter_monday(monday.year) == monday


@pytest.mark.parametrize("text", ["2020/21", "202021", " 2020/21 "])
def test_academic_year_written_either_way_is_read(text: str) -> None:
    year = AcademicYear.parse(text)

    assert (year.label, year.code, str(year)) == ("2020/21", "202021", "2020/21")


def test_academic_year_over_a_century_is_read() -> None:
    assert AcademicYear.parse("1999/00").label == "1999/00"


@pytest.mark.parametrize("text", ["2020", "2020/22", "2020-21", "20/21", "", "2020/2021", "0000/01"])
def test_academic_year_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an academic year"):
        AcademicYear.parse(text)


def test_academic_years_are_in_order_and_next_to_each_other() -> None:
    year = AcademicYear(2020)

    assert year.previous() < year < year.following()
    assert year.previous().last + timedelta(1) == year.first


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("2020/21", "Academic year 2020/21", date(2020, 8, 1), date(2021, 7, 31)),
        ("2020/21-autumn", "Autumn term 2020/21", date(2020, 8, 1), date(2020, 12, 31)),
        ("2020/21-spring", "Spring term 2020/21", date(2021, 1, 1), date(2021, 4, 5)),
        ("2020/21-summer", "Summer term 2020/21", date(2021, 4, 6), date(2021, 7, 31)),
    ],
)
def test_period_that_is_read_has_its_label_and_days(text: str, label: str, first: date, last: date) -> None:
    period = Period.parse(text)

    assert (period.key, period.label, str(period)) == (text, label, label)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("text", ["2020/21-winter", "2020/21-", "autumn", "2020/21-Autumn"])
def test_period_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        Period.parse(text)


def test_period_with_bounds_has_those_days() -> None:
    period = Period.parse("2020/21-autumn", bounds=(date(2020, 9, 2), date(2020, 12, 18)))

    assert period.contains(date(2020, 12, 18))
    assert not period.contains(date(2020, 12, 19))


def test_period_with_reversed_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="ends on 2020-09-02 before"):
        Period(AcademicYear(2020), Term.AUTUMN, (date(2020, 12, 18), date(2020, 9, 2)))


@pytest.mark.parametrize(
    ("text", "previous", "year_before"),
    [
        ("2020/21", "2019/20", "2019/20"),
        ("2020/21-autumn", "2019/20-summer", "2019/20-autumn"),
        ("2020/21-spring", "2020/21-autumn", "2019/20-spring"),
        ("2020/21-summer", "2020/21-spring", "2019/20-summer"),
    ],
)
def test_period_knows_the_one_before_and_the_one_a_year_before(text: str, previous: str, year_before: str) -> None:
    assert Period.parse(text).previous().key == previous
    assert Period.parse(text).year_before().key == year_before


def test_terms_of_a_term_are_itself() -> None:
    assert Period.parse("2020/21-spring").terms() == (Period.parse("2020/21-spring"),)


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)))
def test_every_day_falls_in_one_year_and_one_term(on: date) -> None:
    year = AcademicYear.of(on)

    assert year.contains(on)
    assert sum(term.contains(on) for term in Period(year).terms()) == 1
