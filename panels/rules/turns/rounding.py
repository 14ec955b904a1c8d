"""Exact numbers shown to one decimal so that what is shown still adds up."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

TENTHS = 10
_HALF = Fraction(1, 2)


def to_tenths(value: Fraction) -> Decimal:
    """Return a number rounded to one decimal, a half upwards. Source: the council's own way of showing balances."""
    return _tenths(floor(value * TENTHS + _HALF))


def to_hundredths(value: Fraction) -> Decimal:
    """Return a number rounded to two decimals, a half upwards. Source: as `to_tenths`."""
    return Decimal(floor(value * 100 + _HALF)).scaleb(-2)


def shown_in_tenths(values: Sequence[Fraction]) -> tuple[Decimal, ...]:
    """Return numbers rounded to one decimal that add up to their own total so rounded (largest remainder).

    Each is its value rounded down or up to a tenth. Those with the largest remainders go up, the later first where
    they are the same, so that numbers given least first are shown least first. Numbers that are tenths already stay as
    they are. Source: as `to_tenths`.
    """
    scaled = [value * TENTHS for value in values]
    units = [floor(value) for value in scaled]
    short = floor(sum(scaled, Fraction(0)) + _HALF) - sum(units)
    by_remainder = sorted(range(len(values)), key=lambda place: (units[place] - scaled[place], -place))
    for place in by_remainder[:short]:
        units[place] += 1
    return tuple(_tenths(unit) for unit in units)


def _tenths(units: int) -> Decimal:
    return Decimal(units).scaleb(-1)


def signed(value: Decimal) -> str:
    """Return a balance in words for reading: '+1.2', '−3.0' with a true minus, '0.0'. Source: as `to_tenths`."""
    if not value:
        return "0.0"
    return f"{'+' if value > 0 else '−'}{abs(value)}"
