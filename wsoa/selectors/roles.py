"""Roles, who holds them on a day, and how much they lead."""

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from wsoa.models import Role, RoleHolder
from wsoa.rules.terms import LEAD, PARTNER


def holding(*, on: date) -> QuerySet[RoleHolder]:
    """Return who holds a role on a day."""
    return RoleHolder.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), first_day__lte=on)


def listed(*, on: date, vacant: bool = False) -> QuerySet[Role]:
    """Return roles with their holder on a day and how many actions they lead and help with; of the vacant ones alone, if asked."""
    holder = holding(on=on).filter(role=OuterRef("pk"))
    standing = Q(actions__action__retired_on__isnull=True)
    found = Role.objects.annotate(
        holder=Subquery(holder.values("name")[:1]),
        since=Subquery(holder.values("first_day")[:1]),
        leads=Count("actions", filter=standing & Q(actions__part=LEAD)),
        helps=Count("actions", filter=standing & Q(actions__part=PARTNER)),
    )
    if vacant:
        found = found.filter(holder__isnull=True)
    return found.order_by(F("leads").desc(), "title", "pk")
