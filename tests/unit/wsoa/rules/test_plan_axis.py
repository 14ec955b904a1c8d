"""Where days lie on a plan's timeline."""

from datetime import date
from fractions import Fraction

from wsoa.rules.timeline import Axis, axis


def test_line_holds_whole_years_of_every_day_and_today() -> None:
    assert axis([date(2021, 3, 31), date(2023, 1, 1)], today=date(2026, 11, 4)) == Axis(2021, 2026)
    assert list(axis([], today=date(2026, 11, 4)).years) == [2026]


def test_day_begins_and_ends_at_its_share_of_the_years() -> None:
    line = Axis(2025, 2026)

    assert line.begins(date(2025, 1, 1)) == 0
    assert line.begins(date(2026, 1, 1)) == Fraction(365, 730) == line.ends(date(2025, 12, 31))
    assert line.ends(date(2026, 12, 31)) == 1


def test_leap_day_is_a_day_like_another() -> None:
    assert Axis(2024, 2024).ends(date(2024, 2, 29)) == Fraction(60, 366)


def test_day_outside_the_line_lies_at_its_nearer_end() -> None:
    assert Axis(2025, 2025).begins(date(2024, 6, 1)) == 0
    assert Axis(2025, 2025).ends(date(2030, 6, 1)) == 1
