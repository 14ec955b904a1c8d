"""Roles, who holds them on a day, and how much they lead."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wsoa.models import Role, RoleHolder, RoleReview
from wsoa.rules.role_reviews import Review, Reviewed, reviewed
from wsoa.rules.terms import LEAD, PARTNER


def holding(*, on: date) -> QuerySet[RoleHolder]:
    """Return who holds a role on a day."""
    standing = RoleHolder.objects.standing()
    return standing.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), first_day__lte=on)


@dataclass(frozen=True, slots=True)
class RoleNow:
    """A role on a day, with its holder and how much it leads and helps with, and where its review stands."""

    role: Any
    reviewed: Reviewed

    @property
    def vacant(self) -> bool:
        """Whether nobody holds it."""
        return not self.role.holder


VACANT = "vacant"
SHOWN = {VACANT: "Vacant today", Review.LATE.value: "Review late", Review.DUE.value: "Review due"}


def listed(*, on: date, show: str = "") -> list[RoleNow]:
    """Return roles as they stand on a day, of one kind alone if asked; in one query.

    Vacant roles that lead come first, then those whose review is late, then due; among these, what leads most.
    """
    holder = holding(on=on).filter(role=OuterRef("pk"))
    coming = RoleHolder.objects.standing().filter(role=OuterRef("pk"), first_day__gt=on).order_by("first_day")
    last = RoleReview.objects.filter(role=OuterRef("pk")).order_by("-on", "-pk")
    standing = Q(actions__action__retired_on__isnull=True)
    found = Role.objects.annotate(
        holder=Subquery(holder.values("name")[:1]),
        since=Subquery(holder.values("first_day")[:1]),
        until=Subquery(holder.values("last_day")[:1]),
        to_come=Subquery(coming.values("name")[:1]),
        coming_on=Subquery(coming.values("first_day")[:1]),
        leads=Count("actions", filter=standing & Q(actions__part=LEAD)),
        helps=Count("actions", filter=standing & Q(actions__part=PARTNER)),
        last_review=Subquery(last.values("on")[:1]),
    )
    every = [RoleNow(each, reviewed(each.last_review, on=on)) for each in found.order_by("title", "pk")]
    kept = [each for each in every if not show or (each.vacant if show == VACANT else each.reviewed.review == show)]
    return sorted(kept, key=_first)


def _first(now: RoleNow) -> tuple[bool, int, int]:
    """Order roles by what is to be done about them."""
    urgency = (Review.LATE, Review.DUE, Review.DONE).index(now.reviewed.review)
    return not (now.vacant and now.role.leads), urgency, -now.role.leads
