"""The list of schools: filtered, in order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from casework.models import School

SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "phase": ("phase", "name", "pk"),
    "-phase": ("-phase", "name", "pk"),
    "trust": (F("trust__name").asc(nulls_last=True), "name", "pk"),
    "-trust": (F("trust__name").desc(nulls_last=True), "name", "pk"),
    "urn": ("urn",),
    "-urn": ("-urn",),
}


def listed(chosen: Mapping[str, Any], *, sort: str, on: date) -> QuerySet[School]:
    """Return the schools that fit every filter, in the order asked for, else by name.

    `chosen` may hold q (words of the name, or a URN), phase, trust, and state: open or closed on the day.
    """
    found = School.objects.select_related("trust", "authority").order_by(*SORTS.get(sort, SORTS["name"]))
    for word in str(chosen.get("q", "")).split():
        found = found.filter(Q(name__icontains=word) | Q(urn=word))
    if "phase" in chosen:
        found = found.filter(phase=chosen["phase"])
    if "trust" in chosen:
        found = found.filter(trust=chosen["trust"])
    closed = Q(closed_on__lt=on)
    if chosen.get("state") == "closed":
        found = found.filter(closed)
    elif chosen.get("state") == "open":
        found = found.exclude(closed)
    return found
