"""The panels that a person may see: the list, and one panel's members on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import Connection, Membership, Panel, TermsOfReference
from panels.rules.terms import MemberRole

STATES = {"": "Open", "closed": "Closed", "all": "Open and closed"}
# In what order a panel's seats are read.
ORDER = {role.value: place for place, role in enumerate(MemberRole)}


@dataclass(frozen=True, slots=True)
class Members:
    """A panel's memberships as they stand on a day, those that begin later, and those that have ended, latest first."""

    today: list[Any]
    to_come: list[Any]
    past: list[Any]


def listed(user: User, *, on: date, state: str = "") -> QuerySet[Panel]:
    """Return the panels that the person may see, by name: those open on the day, closed by then, or all of them.

    Each carries `chair` (a name, or None), `terms_from` (the first day of the terms in force) and `members` (how many).
    """
    closed = Q(closed_on__lt=on)
    found = Panel.objects.visible_to(user, on=on)
    if state != "all":
        found = found.filter(closed) if state == "closed" else found.exclude(closed)
    standing = Membership.objects.filter(panel=OuterRef("pk")).standing(on=on).order_by()
    in_force = TermsOfReference.objects.filter(panel=OuterRef("pk"), in_force_from__lte=on).order_by("-in_force_from")
    counted = standing.values("panel").annotate(number=Count("pk")).values("number")
    annotated: QuerySet[Panel] = found.annotate(
        chair=Subquery(standing.filter(role=MemberRole.CHAIR.value).values("person__name")[:1]),
        terms_from=Subquery(in_force.values("in_force_from")[:1]),
        members=Coalesce(Subquery(counted), 0),
    ).order_by("name", "pk")
    return annotated


def members(panel: Panel, *, on: date) -> Members:
    """Return who sits on a panel on the day, in the order of seats, who will, and who did.

    Each carries `connections`, how many connections of the person hold on the day.
    """
    holding = Connection.objects.filter(person=OuterRef("person")).holding(on=on).order_by()
    counted = holding.values("person").annotate(number=Count("pk")).values("number")
    rows = list(
        Membership.objects.filter(panel=panel)
        .select_related("person", "appointed_by", "ended_by")
        .annotate(connections=Coalesce(Subquery(counted), 0))
        .order_by("first_day", "pk")
    )
    today = [row for row in rows if row.first_day <= on and (row.last_day is None or row.last_day >= on)]
    ended = [row for row in rows if row.last_day is not None and (row.last_day < on or row.last_day < row.first_day)]
    to_come = [row for row in rows if row not in today and row not in ended]
    return Members(
        sorted(today, key=_in_order_of_seats),
        to_come,
        sorted(ended, key=lambda row: (row.last_day, row.pk), reverse=True),
    )


def has_a_seat(user: User, *, on: date) -> bool:
    """Tell whether a membership of the person stands on the day or begins later. One query."""
    return bool(Membership.objects.filter(person=user).not_ended_by(on - timedelta(days=1)).exists())


def keeps_connections(user: User, *, on: date) -> bool:
    """Tell whether the person is asked what connects them: whoever has a seat, or decides on panels' advice."""
    return has_permission(user, Permission.DECIDE_ON_ADVICE) or has_a_seat(user, on=on)


def _in_order_of_seats(row: Membership) -> tuple[bool, bool, int, int, str]:
    stands_in = row.vice_chair_order is not None
    return (
        row.role != MemberRole.CHAIR.value, not stands_in, row.vice_chair_order or 0, ORDER[row.role], row.person.name
    )  # fmt: skip
