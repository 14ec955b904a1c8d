"""Measures with their readings, and what the cases say of those that are bound to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery

from exclusions.models import Exclusion
from wsoa.models import Measure, MeasureReading, Plan
from wsoa.rules import measures as rules
from wsoa.selectors.indicators import Counted, counted


@dataclass(frozen=True, slots=True)
class MeasureNow:
    """A measure on a day: its last value, on which day that was so, and how it stands; None where it has no target."""

    measure: Measure
    value: Decimal | None
    on: date | None
    judged: rules.Judged | None
    # The latest dozen readings that were kept, oldest first.
    trend: tuple[Decimal, ...]
    live: Counted | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What came and went among the cases since the reading that was last kept: the keys of exclusions."""

    since: MeasureReading
    came: Sequence[int]
    went: Sequence[int]


def listed(plan: Plan) -> QuerySet[Measure]:
    """Return a plan's measures in the paper's order, each with the last reading that stands, and those of its latest dozen days.

    The latest day comes first.
    """
    last = MeasureReading.objects.standing().filter(measure=OuterRef("pk")).order_by("-on", "-pk")
    # Of two readings of a day the later one stands, so that a trend draws no step within a day.
    same_day = MeasureReading.objects.standing().filter(measure=OuterRef("measure"), on=OuterRef("on"))
    of_a_day = same_day.order_by("-pk").values("pk")[:1]
    by_day = MeasureReading.objects.standing().filter(measure=OuterRef("pk"), pk=Subquery(of_a_day))
    found = Measure.objects.filter(priority__plan=plan).select_related("priority")
    return found.annotate(
        last_value=Subquery(last.values("value")[:1]),
        last_on=Subquery(last.values("on")[:1]),
        latest=ArraySubquery(by_day.order_by("-on").values("value")[:12]),
    ).order_by("priority__position", "position")


def measure_now(measure: Any, *, on: date) -> MeasureNow:
    """Return how a measure of `listed` stands: from the cases where it is bound to them, else from the last reading."""
    live = counted(measure.indicator, on=on, since=measure.since) if measure.indicator else None
    value, day = (live.value, on) if live else (measure.last_value, measure.last_on)
    judged = _judged(measure, value, day, on=on)
    trend = tuple(reversed(measure.latest))
    return MeasureNow(measure, value, day if value is not None else None, judged, trend, live)


def _judged(measure: Measure, value: Decimal | None, day: date | None, *, on: date) -> rules.Judged | None:
    if measure.target is None:
        return None
    begins = None
    if measure.baseline is not None and measure.baseline_on is not None:
        begins = rules.Reading(measure.baseline_on, Fraction(measure.baseline))
    asked = rules.Measure(
        direction="down" if measure.direction == "down" else "up",
        target=Fraction(measure.target),
        baseline=begins,
        due=measure.due,
    )
    readings = [rules.Reading(day, Fraction(value))] if value is not None and day else []
    return rules.judged(asked, readings, on=on)


def changed(measure: Measure, live: Counted) -> Changed | None:
    """Return what came and went since the reading that was last kept; None where none was kept."""
    last = measure.readings.filter(exclusions__isnull=False).order_by("-on", "-pk").first()
    if last is None:
        return None
    now, then = set(live.cases.values_list("pk", flat=True)), set(last.exclusions or ())
    return Changed(last, sorted(now - then), sorted(then - now))


def cases_of(keys: Sequence[int]) -> QuerySet[Exclusion]:
    """Return exclusions by their keys with what a list of them shows, latest first; voided ones too, since they may have gone."""
    found = Exclusion.objects.filter(pk__in=keys).select_related("case__pupil", "school")
    return found.order_by("-first_day", "-pk")
