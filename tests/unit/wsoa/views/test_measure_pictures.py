"""The small picture of a measure's readings says the same as its words, and escapes nothing away."""

import re
from decimal import Decimal

import pytest

from wsoa.views.figures import HEIGHT, MARGIN, trend


def points(drawn: str) -> list[tuple[float, float]]:
    (found,) = re.findall(r'points="([^"]+)"', drawn)
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in found.split(" "))]


def test_picture_rises_with_the_readings_and_says_them() -> None:
    drawn = trend([Decimal("48.00"), Decimal("50.5"), Decimal("57")], target=Decimal("63"))

    ys = [y for _, y in points(drawn)]
    assert ys == sorted(ys, reverse=True)
    assert ys[0] == HEIGHT - MARGIN
    assert 'aria-label="Readings: 48, 50.5, 57; target 63"' in drawn
    assert f"M0 {float(MARGIN)}H" in drawn


def test_equal_readings_lie_in_the_middle_and_no_target_is_no_line() -> None:
    drawn = trend([Decimal(3), Decimal(3)], target=None)

    assert {y for _, y in points(drawn)} == {HEIGHT / 2}
    assert "app-trend__target" not in drawn


@pytest.mark.parametrize("values", [[], [Decimal(3)]])
def test_without_two_readings_there_is_no_picture(values: list[Decimal]) -> None:
    assert trend(values, target=Decimal(1)) == ""
