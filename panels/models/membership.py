from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models.functions import Cast

from panels.models.querysets import MembershipQuerySet
from panels.models.ranges import WAS_EVER, alone, days
from panels.rules.seats import NEVER_STAND_IN
from panels.rules.terms import MEMBER_ROLE_LABELS, MemberRole

STANDS_IN = models.Q(vice_chair_order__isnull=False)


@pghistory.track()
class Membership(models.Model):
    """A seat that a person has on a panel from one day to another. It ends by itself after its last day.

    One that never began ends the day before its first day.
    """

    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_memberships")
    role = models.CharField(max_length=20, choices=MEMBER_ROLE_LABELS)
    # The place among those who stand in for the chair, from 1; empty for whoever does not.
    vice_chair_order = models.PositiveSmallIntegerField(null=True, blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    appointed_at = models.DateTimeField()
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Ended earlier than was said when appointed.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Membership"]] = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_begins_or_never_began",
                condition=models.Q(last_day__isnull=True)
                | models.Q(last_day__gte=Cast(models.F("first_day") - models.Value(1), models.DateField())),
            ),
            models.CheckConstraint(
                name="membership_ended_at_and_by",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | models.Q(ended_at__isnull=False, ended_by__isnull=False, last_day__isnull=False)
                & ~models.Q(ended_because=""),
            ),
            models.CheckConstraint(
                name="vice_chair_has_a_place_from_1",
                condition=(models.Q(vice_chair_order__isnull=True) & ~models.Q(role=MemberRole.VICE_CHAIR.value))
                | (
                    STANDS_IN
                    & models.Q(vice_chair_order__gte=1)
                    & ~models.Q(role__in=sorted(role.value for role in NEVER_STAND_IN))
                ),
            ),
            models.CheckConstraint(
                name="nobody_appoints_themselves", condition=~models.Q(appointed_by=models.F("person"))
            ),
            ExclusionConstraint(
                name="one_seat_a_person_at_a_time",
                expressions=[(alone("panel"), "&&"), (alone("person"), "&&"), (days(), "&&")],
                condition=WAS_EVER,
            ),
            ExclusionConstraint(
                name="one_chair_at_a_time",
                expressions=[(alone("panel"), "&&"), (days(), "&&")],
                condition=models.Q(role=MemberRole.CHAIR.value) & WAS_EVER,
            ),
            ExclusionConstraint(
                name="one_vice_chair_a_place_at_a_time",
                expressions=[(alone("panel"), "&&"), (alone("vice_chair_order"), "&&"), (days(), "&&")],
                condition=STANDS_IN & WAS_EVER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.panel_id}"

    def stands(self, *, on: date) -> bool:
        """Tell whether it stands on the day, as `MembershipQuerySet.standing`."""
        return self.first_day <= on and (self.last_day is None or self.last_day >= on)
