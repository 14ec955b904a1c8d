"""The list of exclusions: one page of rows and the counts above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from casework.models import User
from exclusions.models import Exclusion, ExclusionReason
from exclusions.selectors.standing import Standing, standings


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices of each kind, about how many children."""

    notices: int
    children: int
    permanent: int
    suspensions: int
    lunchtimes: int


@dataclass(frozen=True, slots=True)
class Row:
    """One exclusion with where it stands on the day the list is shown."""

    exclusion: Exclusion
    outcome: str
    reasons: tuple[str, ...]
    standing: Standing


def listed(*, by: User, on: date) -> QuerySet[Exclusion]:
    """Return every exclusion that the person may see and nobody has voided, with `outcome` on the day, newest first."""
    return Exclusion.objects.visible_to(by).standing().with_outcome(as_at=on).order_by("-first_day", "-pk")


def counts(exclusions: QuerySet[Exclusion]) -> Counts:
    """Return the counts of a filtered list, in one query."""
    from django.db.models import Q

    found = exclusions.order_by().aggregate(
        notices=Count("pk", distinct=True),
        children=Count("case__pupil", distinct=True),
        permanent=Count("pk", filter=Q(kind="permanent"), distinct=True),
        suspensions=Count("pk", filter=Q(kind="suspension"), distinct=True),
        lunchtimes=Count("pk", filter=Q(kind="lunchtime"), distinct=True),
    )
    return Counts(**found)


def rows(exclusions: QuerySet[Exclusion]) -> list[Row]:
    """Return the rows of one page, in seven queries however many rows it has."""
    page: Sequence[Exclusion] = list(loaded(exclusions))
    found = standings(page)
    return [
        Row(
            exclusion=exclusion,
            outcome=exclusion.outcome,
            reasons=tuple(each.reason.code for each in exclusion.exclusion_reasons.all()),
            standing=found[exclusion.pk],
        )
        for exclusion in page
    ]


def loaded(exclusions: QuerySet[Exclusion]) -> QuerySet[Exclusion]:
    """Return the exclusions with what a row, an export or a page reads of them."""
    in_order = ExclusionReason.objects.select_related("reason").order_by("position")
    return exclusions.select_related(
        "case__pupil", "case__owner", "school__authority", "school__trust", "home_authority"
    ).prefetch_related(Prefetch("exclusion_reasons", queryset=in_order), "provisions__provider")
