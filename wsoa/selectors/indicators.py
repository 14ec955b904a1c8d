"""The figures to which measures are bound, counted from the cases on the day that is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from casework.models import HeadcountPart
from casework.rules.periods import AcademicYear
from exclusions.models import Exclusion
from exclusions.models.querysets import ExclusionQuerySet
from exclusions.rules.terms import Outcome
from wsoa.rules.indicators import PERMANENT_EHC, REPEAT_SEN_SUPPORT, SUSPENSION_RATE_EHC

EHC_PLAN, SEN_SUPPORT = "E", "K"
STANDS = (Outcome.OPEN.value, Outcome.COMPLETED.value)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure and the exclusions that it is counted from; `value` is None where its base is not held, and `without` says which."""

    value: Decimal | None
    cases: QuerySet[Exclusion]
    without: str = ""


def counted(indicator: str, *, on: date, since: date | None = None) -> Counted:
    """Return an indicator's figure at the end of a day. Raises KeyError for one that there is not."""
    return _COUNTS[indicator](on, since)


def _known(on: date) -> ExclusionQuerySet:
    """Return the standing notices of the council's own schools of which it had been told by the day."""
    found = Exclusion.objects.standing().filter(school__authority__code=settings.COUNCIL_AUTHORITY_CODE)
    return found.told_by(on).filter(first_day__lte=on)


def _permanent_ehc(on: date, since: date | None) -> Counted:
    cases = _known(on).that_came_to(STANDS, as_at=on).filter(sen=EHC_PLAN)
    if since:
        cases = cases.filter(first_day__gte=since)
    return Counted(Decimal(cases.count()), cases)


def _suspension_rate_ehc(on: date, since: date | None) -> Counted:
    year = AcademicYear.of(on).previous()
    cases = _known(on).suspensions().filter(sen=EHC_PLAN).first_day_within(year.first, year.last)
    children = _children_with_a_plan(on)
    if not children:
        return Counted(None, cases, "No January census by SEN is held")
    rate = Decimal(100 * cases.count()) / children
    return Counted(rate.quantize(Decimal("0.1"), ROUND_HALF_UP), cases)


def _children_with_a_plan(on: date) -> int:
    """Return how many children had a plan in the latest January census up to the day at the council's schools."""
    parts = HeadcountPart.objects.filter(
        school__authority__code=settings.COUNCIL_AUTHORITY_CODE, sen=EHC_PLAN, year__lte=on.year
    )
    latest = parts.order_by("-year").values_list("year", flat=True).first()
    if latest is None:
        return 0
    return int(parts.filter(year=latest).aggregate(all=Sum("headcount"))["all"] or 0)


def _repeat_sen_support(on: date, since: date | None) -> Counted:
    year = AcademicYear.of(on).previous()
    of_year = _known(on).suspensions().first_day_within(year.first, year.last)
    before = of_year.filter(case__pupil=OuterRef("case__pupil")).filter(
        Q(first_day__lt=OuterRef("first_day")) | Q(first_day=OuterRef("first_day"), pk__lt=OuterRef("pk"))
    )
    cases = of_year.filter(Exists(before), sen=SEN_SUPPORT)
    return Counted(Decimal(cases.count()), cases)


_COUNTS: Mapping[str, Callable[[date, date | None], Counted]] = MappingProxyType(
    {
        PERMANENT_EHC: _permanent_ehc,
        SUSPENSION_RATE_EHC: _suspension_rate_ehc,
        REPEAT_SEN_SUPPORT: _repeat_sen_support,
    }
)
