"""How a measure stands against its target: by the straight line from the baseline, in exact numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from wsoa.rules.terms import MeasureState

Direction = Literal["down", "up"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A value on a day, in the measure's own unit."""

    on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a measure began, where it is to get to and by when, and which way is better.

    Without a `baseline` or a `due` there is no line: only the target counts.
    """

    direction: Direction
    target: Fraction
    baseline: Reading | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure's state, the value that the line asks for on the reading's day where there is a line, and why in words.

    Without a line, and with the target neither met nor late, there is no state: nothing says how far it should be by now.
    """

    state: MeasureState | None
    expected: Fraction | None
    because: str


class BadMeasure(ValueError):
    """The baseline is not before the day by which the target is to be met."""


def is_on_the_better_side(direction: str, *, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Tell whether a target lies where the direction says that it is better, or at the baseline; also where one is wanting."""
    if baseline is None or target is None or not direction:
        return True
    return target <= baseline if direction == "down" else target >= baseline


def target_from_change(baseline: Fraction, per_cent: Fraction) -> Fraction:
    """Return the target that a change in per cent of the baseline sets: 212 and -30 give 148.4."""
    return baseline * (100 + per_cent) / 100


def judged(measure: Measure, readings: Sequence[Reading], *, on: date) -> Judged:
    """Return how a measure stands at the end of a day.

    No reading without one of the baseline's day or later. Met when the last reading meets the target. Off track when the day
    to meet it has passed. On track when the last reading is on the straight line from baseline to target or better. When it is
    worse than the line: at risk while it is better than the baseline, off track when it is not. No state where there is no
    such line.
    Raises BadMeasure where the line would have no length.
    """
    if measure.baseline and measure.due and measure.due <= measure.baseline.on:
        raise BadMeasure
    begins_on = measure.baseline.on if measure.baseline else date.min
    said = sorted((each for each in readings if begins_on <= each.on <= on), key=lambda each: each.on)
    if not said:
        earlier = any(each.on <= on for each in readings)
        since = "No reading since the baseline" if earlier else "No reading yet"
        return Judged(MeasureState.NO_READING, None, since)
    last = said[-1]
    if _as_good(measure, last.value, measure.target):
        return Judged(MeasureState.MET, None, "The last reading meets the target")
    if measure.due and measure.due < on:
        return Judged(MeasureState.OFF_TRACK, None, "The day to meet the target has passed")
    expected = expected_on(measure, last.on)
    if expected is None:
        return Judged(None, None, "Nothing can be judged: there is no baseline or no day for the target")
    if _as_good(measure, last.value, expected):
        return Judged(
            MeasureState.ON_TRACK, expected, "The last reading is on the line from baseline to target, or better"
        )
    begins = measure.baseline.value if measure.baseline else expected
    if not _as_good(measure, begins, last.value):
        return Judged(
            MeasureState.AT_RISK,
            expected,
            "The last reading is better than the baseline, and worse than the line from it to the target",
        )
    return Judged(MeasureState.OFF_TRACK, expected, "The last reading is no better than the baseline")


def expected_on(measure: Measure, on: date) -> Fraction | None:
    """Return what the straight line asks for on a day: the baseline before it begins, the target once it ends; None without one."""
    if measure.baseline is None or measure.due is None:
        return None
    whole = (measure.due - measure.baseline.on).days
    gone = min(max((on - measure.baseline.on).days, 0), whole)
    return measure.baseline.value + (measure.target - measure.baseline.value) * Fraction(gone, whole)


def number_in_words(value: Decimal | None, *, none: str = "") -> str:
    """Return a number of a measure without noughts behind the point, with commas: 1,204.5."""
    return none if value is None else f"{value.normalize():,f}"


def _as_good(measure: Measure, value: Fraction, wanted: Fraction) -> bool:
    return value <= wanted if measure.direction == "down" else value >= wanted
