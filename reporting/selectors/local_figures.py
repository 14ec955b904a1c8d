"""Figures on the council's own basis: counted from its cases, as they stood on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum

from casework.models import CensusHeadcount
from casework.rules.periods import Period
from exclusions.models import Exclusion
from exclusions.rules.terms import Outcome
from reporting.selectors.indicators import Indicator, Number, Tally, rate

BREAKDOWNS = {
    "phase": F("school__phase"),
    "year_group": F("year_group"),
    "sex": F("case__pupil__sex"),
    "sen": F("sen"),
    "early_help": F("early_help"),
    "social_care": F("social_care"),
}
AS = {name: f"by_{name}" for name in BREAKDOWNS}

NOTIFIED = "Permanent exclusions that the council was told a head had decided or meant to make."
OUTCOME_DEFINITIONS = {
    Outcome.AVERTED: "Those notified that ended by the inclusion team's work before the governors met.",
    Outcome.RESCINDED: "Those notified that the head cancelled without that work.",
    Outcome.OVERTURNED: "Those notified after which the pupil was reinstated, by governors or after a review.",
    Outcome.COMPLETED: "Those notified that governors upheld and that have not been overturned since.",
    Outcome.OPEN: "Those notified of which nothing has come yet.",
}
PERMANENT_RATE = "Completed permanent exclusions for every 100 pupils on the roll in January of the academic year."
SUSPENSIONS = "Suspensions of half a school day or more; lunchtimes are not counted."
SUSPENSION_RATE = "Suspensions for every 100 pupils on the roll in January of the academic year."
ONE_OR_MORE = "Pupils suspended at a school at least once, for every 100 pupils on the roll in January."
COST = "Pounds agreed for the education of permanently excluded children, beyond what their schooling would have cost."


def local_indicators(period: Period, *, as_at: date) -> dict[str, Indicator]:
    """Return every indicator of a period from the cases of the council's schools, in seven queries.

    An exclusion belongs to the period of its first day, counts from the day the council was told, and has the outcome
    that its events up to `as_at` give it.
    """
    known = (
        Exclusion.objects.standing()
        .filter(school__authority__code=settings.COUNCIL_AUTHORITY_CODE)
        .first_day_within(period.first, period.last)
        .told_by(as_at)
    )
    permanent = _permanent(known.permanent().with_outcome(as_at=as_at))
    suspensions = _suspensions(known.suspensions())
    headcount = _headcount(period)
    completed = permanent[Outcome.COMPLETED]
    return {
        "permanent_notified": _count(_together(permanent.values()), NOTIFIED),
        **{
            f"permanent_{outcome}": _count(permanent[outcome], definition)
            for outcome, definition in OUTCOME_DEFINITIONS.items()
        },
        "permanent_rate": rate(numerators=_by_phase(completed), denominators=headcount, definition=PERMANENT_RATE),
        "suspensions": _count(suspensions, SUSPENSIONS),
        "suspension_rate": rate(numerators=_by_phase(suspensions), denominators=headcount, definition=SUSPENSION_RATE),
        "one_or_more_rate": rate(
            numerators=_enrolments(known.suspensions()), denominators=headcount, definition=ONE_OR_MORE
        ),
        "provision_cost": _cost(known.permanent()),
    }


def _permanent(exclusions: QuerySet[Any]) -> dict[Outcome, Tally]:
    tallies = {outcome: Tally() for outcome in Outcome}
    for row in _grouped(exclusions, "outcome"):
        tallies[Outcome(row["outcome"])].add(row["count"], _categories(row))
    reasons = exclusions.values("outcome", "reasons__code").annotate(count=Count("pk")).order_by()
    for row in reasons:
        tallies[Outcome(row["outcome"])].add_reason(row["reasons__code"], row["count"])
    return tallies


def _suspensions(exclusions: QuerySet[Any]) -> Tally:
    tally = Tally()
    for row in _grouped(exclusions):
        tally.add(row["count"], _categories(row))
    reasons = exclusions.values("reasons__code").annotate(count=Count("pk")).order_by()
    for row in reasons:
        tally.add_reason(row["reasons__code"], row["count"])
    return tally


def _grouped(exclusions: QuerySet[Any], *more: str) -> Iterable[dict[str, Any]]:
    columns = {AS[name]: expression for name, expression in BREAKDOWNS.items()}
    rows: Iterable[dict[str, Any]] = exclusions.values(*more, **columns).annotate(count=Count("pk")).order_by()
    return rows


def _categories(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row[column]) for name, column in AS.items()}


def _together(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.total += tally.total
        for name, counted in tally.by.items():
            whole.by[name] = whole.by.get(name, type(counted)()) + counted
    return whole


def _count(tally: Tally, definition: str) -> Indicator:
    return Indicator(value=tally.total, definition=definition, by=tally.breakdowns())


def _by_phase(tally: Tally) -> dict[str, int]:
    return dict(tally.by.get("phase", {}))


def _enrolments(exclusions: QuerySet[Any]) -> dict[str, int]:
    """Return by phase how many pupils were suspended, a pupil once for each school."""
    pupils: Counter[str] = Counter()
    rows = exclusions.values("school_id", "school__phase").annotate(count=Count("case__pupil_id", distinct=True))
    for row in rows.order_by():
        pupils[row["school__phase"]] += row["count"]
    return pupils


def _headcount(period: Period) -> dict[str, int]:
    rows = (
        CensusHeadcount.objects.filter(
            school__authority__code=settings.COUNCIL_AUTHORITY_CODE, year=period.year.first_year + 1
        )
        .values("school__phase")
        .annotate(pupils=Sum("headcount"))
        .order_by()
    )
    return {row["school__phase"]: row["pupils"] for row in rows if row["pupils"]}


def _cost(exclusions: QuerySet[Any]) -> Indicator:
    per_child: dict[int, Decimal] = defaultdict(Decimal)
    rows = (
        exclusions.filter(provisions__isnull=False)
        .values_list("case__pupil_id")
        .annotate(cost=Sum("provisions__agreed_cost"))
    )
    for pupil, cost in rows.order_by():
        per_child[pupil] += cost
    costs = sorted(per_child.values())
    spread: dict[str, Number] = {
        "least": _pounds(costs[0]) if costs else None,
        "middle": _pounds(Decimal(median(costs))) if costs else None,
        "most": _pounds(costs[-1]) if costs else None,
        "children": len(costs),
    }
    return Indicator(value=_pounds(sum(costs, Decimal())), definition=COST, by={"per_child": spread})


def _pounds(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(round(amount, 2))
