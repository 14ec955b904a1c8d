"""The figures of one committee report, gathered once and then frozen as they stand."""

from datetime import date
from typing import Any

from django.db.models import Min

from casework.rules.periods import AcademicYear, Period
from exclusions.models import Exclusion
from reporting.models import PublishedFigure
from reporting.selectors.figures import figures
from wsoa.models import RoundState
from wsoa.rules.terms import STATE_LABELS
from wsoa.selectors.highlights import Highlight, highlights

PERIODS_IN_A_SERIES = 5
GROUPS = ("sen", "key_stage", "sex", "early_help", "social_care")
STEPS = ("notified", "averted", "rescinded", "overturned", "completed", "open")
AREAS = ("West Midlands", "England")


def gather(period: Period, *, as_at: date, published_area: str) -> dict[str, Any]:
    """Return every figure that the report of a period prints, on the council's basis and on the Department's.

    Counts are of children or events as each is named; money is in pounds; rates are per 100 pupils. The answer is
    plain JSON, so that what is frozen is what was shown.
    """
    periods = _series(period)
    found = [figures(each, as_at=as_at, basis="local") for each in periods]
    now = found[-1]["indicators"]
    return {
        "period": period.key,
        "label": period.label,
        "as_at": as_at.isoformat(),
        "series": [
            {
                "period": each.key,
                "label": _short(each),
                "completed": answer["indicators"]["permanent_completed"]["value"],
                "phase": answer["indicators"]["permanent_completed"]["by"]["phase"],
            }
            for each, answer in zip(periods, found, strict=True)
        ],
        "waterfall": {step: now[f"permanent_{step}"]["value"] for step in STEPS},
        "groups": {name: now["permanent_completed"]["by"][name] for name in GROUPS},
        "reasons": now["permanent_completed"]["by"]["reason"],
        "rate": {name: now["permanent_rate"][name] for name in ("value", "numerator", "denominator")},
        "cost": _cost(now["provision_cost"]),
        "suspensions": [
            _suspensions(each, answer["indicators"]) for each, answer in list(zip(periods, found, strict=True))[-2:]
        ],
        "published": _published(period, published_area),
        "plans": [_plan(each) for each in highlights(on=as_at)],
    }


def _series(period: Period) -> list[Period]:
    """Return the period and those of up to four years before it that the council has notices of, oldest first.

    A year before records began is left out: it is not a nought.
    """
    began = Exclusion.objects.standing().aggregate(first=Min("first_day"))["first"]
    periods = [period]
    while began and len(periods) < PERIODS_IN_A_SERIES and periods[0].year_before().last >= began:
        periods.insert(0, periods[0].year_before())
    return periods


def _short(period: Period) -> str:
    return period.year.label


def _cost(indicator: dict[str, Any]) -> dict[str, Any]:
    per_child = indicator["by"].get("per_child", {})
    return {
        "total": indicator["value"],
        **{name: per_child.get(name) for name in ("children", "least", "middle", "most")},
    }


def _suspensions(period: Period, indicators: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": _short(period),
        "period": period.key,
        "count": indicators["suspensions"]["value"],
        "phase": indicators["suspensions"]["by"]["phase"],
        "rate": indicators["suspension_rate"]["value"],
        "children": indicators["one_or_more_rate"]["numerator"],
        "children_rate": indicators["one_or_more_rate"]["value"],
    }


def _plan(found: Highlight) -> dict[str, Any]:
    closed = found.round.closed_on
    return {
        "title": found.round.plan.title,
        "round": found.round.number,
        "closed": f"{closed.day} {closed:%B %Y}" if closed else "",
        "actions": found.actions,
        "done": found.done,
        "late": found.late,
        "priorities": [
            [
                str(each.priority),
                STATE_LABELS[each.cell.state],
                each.cell.count,
                STATE_LABELS[each.before] if each.before else "None",
            ]
            for each in found.priorities
        ],
        "newly_done": [_named(each) for each in found.newly_done],
        "newly_late": [_named(each) for each in found.newly_late],
        "decided": [
            [_named(each), STATE_LABELS[each.state], STATE_LABELS[each.proposed], each.because]
            for each in found.decided
        ],
    }


def _named(state: RoundState) -> str:
    return f"{state.place.reference} {state.place.action.title}".strip()


def _published(period: Period, area: str) -> dict[str, Any]:
    """Return the Department's permanent exclusions and rates for the last five published years up to the period."""
    years = [AcademicYear(period.year.first_year - back).label for back in range(8, -1, -1)]
    rows = PublishedFigure.objects.filter(
        area__in=[area, *AREAS],
        academic_year__in=years,
        phase="Total",
        measure__in=["permanent_rate", "permanent_exclusions"],
    )
    held = {(row.area, row.academic_year, row.measure): row.value for row in rows}
    shown = [year for year in years if (area, year, "permanent_rate") in held][-PERIODS_IN_A_SERIES:]

    def value(where: str, year: str, measure: str) -> float | None:
        number = held.get((where, year, measure))
        return None if number is None else float(number)

    return {
        "area": area,
        "years": shown,
        "rates": {where: [value(where, year, "permanent_rate") for year in shown] for where in (area, *AREAS)},
        "counts": [value(area, year, "permanent_exclusions") for year in shown],
    }
