"""Term dates of a school year: the authority's, the schools with their own, and those with none."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from casework.models import Closure, Import, LocalAuthority, School, TermSpell
from casework.rules.periods import AcademicYear, Term
from casework.rules.term_dates import Inset, TermDates, YearDates

KIND = "term dates"
"""What the rows of changed term dates are called among the imports."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The last day of the terms of the year before and the first of the year after, where they are held."""

    ends_before: date | None
    begins_after: date | None


def year_dates(authority: LocalAuthority, year: AcademicYear, *, school: School | None = None) -> YearDates:
    """Return the dates held of a year: the school's own, or with no school the authority's; empty where none are."""
    spells = TermSpell.objects.filter(authority=authority, school=school, academic_year=year.label)
    closed = Closure.objects.filter(
        authority=authority, school=school, kind="closed", on__range=(year.first, year.last)
    )
    return YearDates(
        tuple(TermDates(Term(each.term), each.first_day, each.last_day) for each in spells.order_by("first_day")),
        tuple(Inset(each.on, each.reason) for each in closed.order_by("on")),
    )


def open_schools(authority: LocalAuthority, year: AcademicYear) -> QuerySet[School]:
    """Return the authority's schools that are open at some time of the year, by name."""
    return School.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=year.first), authority=authority, opened_on__lte=year.last
    ).order_by("name", "pk")


def with_own_dates(authority: LocalAuthority, year: AcademicYear) -> QuerySet[School]:
    """Return the open schools that have term dates of their own in the year, each with first_day, last_day and terms."""
    mine = Q(term_spells__academic_year=year.label)
    return (
        open_schools(authority, year)
        .annotate(
            terms=Count("term_spells", filter=mine),
            first_day=Min("term_spells__first_day", filter=mine),
            last_day=Max("term_spells__last_day", filter=mine),
        )
        .filter(terms__gt=0)
    )


def without_dates(authority: LocalAuthority, year: AcademicYear) -> QuerySet[School]:
    """Return the open schools of which no term dates are held in the year: neither their own nor the authority's."""
    spells = TermSpell.objects.filter(authority=authority, academic_year=year.label)
    found = open_schools(authority, year)
    if spells.filter(school__isnull=True).exists():
        return found.none()
    return found.exclude(Exists(spells.filter(school=OuterRef("pk"))))


def edges(authority: LocalAuthority, year: AcademicYear, schools: Collection[School]) -> dict[int | None, Edges]:
    """Return the edges of the years round a year, by school, and the authority's under None, in two queries."""
    before, after = year.previous().label, AcademicYear(year.first_year + 1).label
    wanted = Q(school__isnull=True) | Q(school__in=[school.pk for school in schools])
    held: dict[str, dict[int | None, tuple[date, date]]] = defaultdict(dict)
    rows = (
        TermSpell.objects.filter(wanted, authority=authority, academic_year__in=[before, after])
        .values_list("academic_year", "school")
        .annotate(first=Min("first_day"), last=Max("last_day"))
    )
    for label, school_id, first, last in rows:
        held[label][school_id] = (first, last)
    found = {}
    for key in [None, *(school.pk for school in schools)]:
        one, other = (held[label].get(key) or held[label].get(None) for label in (before, after))
        found[key] = Edges(one[1] if one else None, other[0] if other else None)
    return found


def changes_of(year: AcademicYear) -> QuerySet[Import]:
    """Return the changes of a year's term dates, newest first."""
    return (
        Import.objects.filter(kind=KIND, options__year=year.label)
        .select_related("applied_by", "undone_by")
        .order_by("-applied_at", "-pk")
    )


def held_rows(authority: LocalAuthority, year: AcademicYear, schools: Iterable[int | None]) -> dict[str, list[Any]]:
    """Return the spells and planned closures of a year held for each of the schools, or for None the authority."""
    keys = list(schools)
    theirs = Q(school__in=[key for key in keys if key is not None])
    if None in keys:
        theirs |= Q(school__isnull=True)
    return {
        "spells": list(
            TermSpell.objects.filter(theirs, authority=authority, academic_year=year.label).select_related("school")
        ),
        "closures": list(
            Closure.objects.filter(theirs, authority=authority, on__range=(year.first, year.last)).select_related(
                "school"
            )
        ),
    }
