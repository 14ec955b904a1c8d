"""Figures on the Department's basis: the published series as imported, never the cases."""

from collections import defaultdict

from casework.rules.periods import Period
from reporting.models import PublishedFigure
from reporting.published_area import PUBLISHED_AREA
from reporting.selectors.indicators import Indicator, Number

ALL_PHASES = "Total"

COUNTS = {
    "permanent_exclusions": ("permanent_exclusions", "Permanent exclusions that the Department publishes."),
    "suspensions": ("suspensions", "Suspensions that the Department publishes."),
}
# By key: the measure, its numerator's measure, and what it is.
RATES = {
    "permanent_rate": (
        "permanent_rate",
        "permanent_exclusions",
        "Permanent exclusions for every 100 pupils on the January census, as the Department publishes it.",
    ),
    "suspension_rate": (
        "suspension_rate",
        "suspensions",
        "Suspensions for every 100 pupils on the January census, as the Department publishes it.",
    ),
    "one_or_more_rate": (
        "one_or_more_rate",
        "one_or_more",
        "Pupils with at least one suspension for every 100 on the January census, as the Department publishes it.",
    ),
}


class NotPublished(LookupError):
    """No published figure is held for the period."""


def dfe_indicators(period: Period, *, area: str = PUBLISHED_AREA) -> dict[str, Indicator]:
    """Return the published indicators of an academic year for one area, in one query.

    Raises NotPublished for a term, which the Department's yearly series do not part, and for a year not held.
    """
    if period.term:
        raise NotPublished("The DfE's figures here are for whole academic years: ask for a year, such as 2020/21.")
    measures: dict[str, dict[str, Number]] = defaultdict(dict)
    held = PublishedFigure.objects.filter(area=area, academic_year=period.year.label)
    for measure, phase, value in held.values_list("measure", "phase", "value"):
        measures[measure][phase] = int(value) if value == value.to_integral_value() else float(value)
    if not measures:
        raise NotPublished(f"No DfE figures are held for {area} in {period.year.label}.")
    counts = {
        key: Indicator(
            value=measures[measure].get(ALL_PHASES), definition=definition, by={"phase": _phases(measures[measure])}
        )
        for key, (measure, definition) in COUNTS.items()
    }
    rates = {
        key: Indicator(
            value=measures[measure].get(ALL_PHASES),
            numerator=measures[over].get(ALL_PHASES),
            denominator=measures["headcount"].get(ALL_PHASES),
            definition=definition,
            by={"phase": _phases(measures[measure])},
        )
        for key, (measure, over, definition) in RATES.items()
    }
    return counts | rates


def _phases(by_phase: dict[str, Number]) -> dict[str, Number]:
    return {phase: value for phase, value in by_phase.items() if phase != ALL_PHASES}
