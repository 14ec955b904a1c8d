from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models

from panels.models.querysets import ConnectionQuerySet
from panels.rules.connection_terms import CONNECTION_LABELS, names_of_what

EMPTY = {
    "school": models.Q(school__isnull=True),
    "trust": models.Q(trust__isnull=True),
    "family_name": models.Q(family_name=""),
    "postcode": models.Q(postcode=""),
}


def _names_only(name: str) -> models.Q:
    found = ~EMPTY[name]
    for other in EMPTY:
        if other != name:
            found &= EMPTY[other]
    return found


def _names_what_its_kind_names() -> models.Q:
    found = models.Q()
    for kind in CONNECTION_LABELS:
        one = models.Q()
        for name in sorted(names_of_what(kind)):
            one |= _names_only(name)
        found |= models.Q(kind=kind) & one
    return found


@pghistory.track()
class Connection(models.Model):
    """What connects a person to a school, a trust or a family, who said so and when. Ended by a day, never deleted.

    As `panels.rules.links.Link`; a family name or an address is what the clerk's prompts compare with a child's file.
    Without a first day it held always.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_connections")
    kind = models.CharField(max_length=20, choices=CONNECTION_LABELS)
    school = models.ForeignKey(
        "casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="panel_connections"
    )
    trust = models.ForeignKey(
        "casework.Trust", null=True, blank=True, on_delete=models.PROTECT, related_name="panel_connections"
    )
    family_name = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=100, blank=True)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Connection"]] = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="connection_names_what_its_kind_names", condition=_names_what_its_kind_names()),
            models.CheckConstraint(
                name="connection_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__isnull=True)
                | models.Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="connection_ended_at_and_by",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | models.Q(ended_at__isnull=False, ended_by__isnull=False, last_day__isnull=False)
                & ~models.Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="street_only_with_a_postcode", condition=models.Q(street="") | ~models.Q(postcode="")
            ),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="connection_by_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"
