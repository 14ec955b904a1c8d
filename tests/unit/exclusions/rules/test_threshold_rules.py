"""Which limits half days of suspension are near, or past."""

from datetime import date

import pytest

from casework.rules.calendar import SchoolCalendar, Spell
from exclusions.rules.terms import Kind
from exclusions.rules.thresholds import Limit, half_days_to_next, limits_reached
from exclusions.rules.totals import SuspendedDay, Warn, totals

AUTUMN = SchoolCalendar(spells=(Spell(date(2026, 9, 2), date(2026, 12, 18)),))


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (8, []), (9, ["Near 5 this term"]), (10, ["Near 5 this term"]), (11, ["Past 5 this term"]),
        (28, ["Past 5 this term"]), (29, ["Near 15 this term"]), (30, ["Near 15 this term"]),
        (31, ["Past 15 this term"]),
    ],
)  # fmt: skip
def test_term_is_near_a_day_before_and_past_only_over_the_limit(term: int, words: list[str]) -> None:
    assert [each.words for each in limits_reached(term=term, year=0, exam=False, short=0)] == words


@pytest.mark.parametrize(
    ("year", "words"),
    [(60, []), (61, ["Past 30 this year"]), (81, ["Past 40 this year"]), (90, ["Past 40 this year"]),
     (91, ["Past 45 this year"])],
)  # fmt: skip
def test_year_is_watched_from_30_and_past_only_over_45(year: int, words: list[str]) -> None:
    assert [each.words for each in limits_reached(term=0, year=year, exam=False, short=0)] == words


def test_gravest_stands_first() -> None:
    found = limits_reached(term=31, year=91, exam=True, short=3)

    assert [each.limit for each in found] == [Limit.EXAM, Limit.YEAR, Limit.FIFTEEN, Limit.REPEATED]


@pytest.mark.parametrize(
    ("term", "year", "left"), [(0, 0, 10), (10, 10, 0), (11, 11, 19), (31, 40, 50), (9, 90, 0), (9, 92, -2)]
)
def test_next_limit_is_the_nearest_that_is_not_passed(term: int, year: int, left: int) -> None:
    assert half_days_to_next(term=term, year=year) == left


@pytest.mark.parametrize("half_days", range(1, 40))
def test_near_means_what_a_notice_warns_of(half_days: int) -> None:
    mornings = AUTUMN.school_days_between(date(2026, 9, 2), date(2026, 12, 18))[:half_days]
    days = [SuspendedDay(on, morning=True) for on in mornings]

    warned = totals(kind=Kind.SUSPENSION, first_day=mornings[0], days=days, earlier=[], calendar=AUTUMN).warnings
    near = [each for each in limits_reached(term=half_days, year=0, exam=False, short=0) if "Near" in each.words]

    assert (Warn.BAND_NEAR in warned) == bool(near)
