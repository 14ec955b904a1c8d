from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from panels.models.ranges import alone, days
from wsoa.models.querysets import RoleHolderQuerySet


@pghistory.track()
class Role(models.Model):
    """A post or a partner by whom actions are led: never a person, since people move and plans stay."""

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    organisation = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class RoleHolder(models.Model):
    """Who holds a role from a first to a last day. One at a time; a role that nobody holds today is vacant.

    One that was written by mistake is taken back with the reason and stands in nobody's way; it is never deleted.
    """

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="holders")
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    # The holder's account, where there is one.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_roles"
    )
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    # Whose time ended because this one was given the role; they hold it again if this was a mistake.
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["RoleHolder"]] = RoleHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holder_taken_back_with_a_reason",
                condition=models.Q(taken_back_at__isnull=True, taken_back_because="")
                | models.Q(taken_back_at__isnull=False) & ~models.Q(taken_back_because=""),
            ),
            models.CheckConstraint(
                name="holder_ends_after_beginning",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            ),
            ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[(alone("role"), "&&"), (days(), "&&")],
                condition=models.Q(taken_back_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role_id}"

    def holds(self, on: date) -> bool:
        """Tell whether who was given the role still holds it on a day; not one who was written by mistake."""
        ended = self.last_day is not None and self.last_day < on
        return not self.taken_back_at and self.first_day <= on and not ended
