from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from wsoa.models.querysets import ActionPlaceQuerySet
from wsoa.rules.terms import LEAD, PART_LABELS, STATE_LABELS


@pghistory.track()
class Action(models.Model):
    """Something that somebody is to do by a day. What the paper wrote is kept beside what it is understood to say."""

    title = models.CharField(max_length=300)
    dates_as_written = models.CharField(max_length=200, blank=True)
    # Understood of it by `wsoa/rules/written_dates.py`, kept so that a plan's hundreds of dates are not read for each page.
    starts_on = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    ongoing = models.BooleanField(default=False)
    lead_as_written = models.CharField(max_length=200, blank=True)
    partners_as_written = models.CharField(max_length=400, blank=True)
    resource = models.CharField(max_length=400, blank=True)
    how_known = models.CharField("How will we know?", max_length=600, blank=True)
    status_as_written = models.CharField(max_length=120, blank=True)
    # Set aside: it stays in the plan, and nobody is asked about it.
    retired_on = models.DateField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retired_with_a_reason",
                condition=models.Q(retired_on__isnull=True, retired_because="")
                | models.Q(retired_on__isnull=False) & ~models.Q(retired_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ActionPlace(models.Model):
    """Where an action stands in a plan, with its reference there, as written. It may stand in more plans than one."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="places")
    priority = models.ForeignKey("Priority", on_delete=models.PROTECT, related_name="places")
    outcome = models.ForeignKey("Outcome", on_delete=models.PROTECT, null=True, blank=True, related_name="places")
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True)
    # Null where it came with its plan. A round asks what stood in its plan before the day on which it opens.
    added_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["ActionPlace"]] = ActionPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="place_position_once", fields=["priority", "position"]),
            models.UniqueConstraint(name="action_once_in_a_priority", fields=["action", "priority"]),
        ]

    def __str__(self) -> str:
        return f"{self.reference} in {self.priority_id}"


@pghistory.track()
class ActionRole(models.Model):
    """A role that leads an action, or helps with it, in the paper's order."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="roles")
    role = models.ForeignKey("Role", on_delete=models.PROTECT, related_name="actions")
    part = models.CharField(max_length=10, choices=PART_LABELS, default=LEAD)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="role_once_in_an_action", fields=["action", "role", "part"]),
            models.UniqueConstraint(name="action_role_position_once", fields=["action", "part", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.part} of {self.action_id}"


@pghistory.track(pghistory.InsertEvent())
class ActionUpdate(models.Model):
    """What was said of an action on a day: words, and where they say so, per cent and whether it is behind. Append only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="updates")
    on = models.DateField()
    text = models.TextField(max_length=2000, blank=True)
    per_cent = models.PositiveSmallIntegerField(null=True, blank=True)
    behind = models.BooleanField(null=True, blank=True)
    # Empty where it came with the plan's paper, or by a link: then its lead's name stands beside it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="update_per_cent_0_to_100", condition=models.Q(per_cent__isnull=True) | models.Q(per_cent__lte=100)
            ),
        ]
        indexes = [
            models.Index(fields=["action", "-on", "-id"], name="update_latest"),
            # The last word on the schedule lies behind as many without one as there are: a plan's page asks for each action's.
            models.Index(
                fields=["action", "-on", "-id"],
                name="update_schedule_latest",
                condition=models.Q(behind__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action_id} on {self.on}"


@pghistory.track(pghistory.InsertEvent())
class DateMove(models.Model):
    """A date that was moved: what was written before and after, and why. Append only, so that a slip stays told."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="date_moves")
    was = models.CharField(max_length=200, blank=True)
    now = models.CharField(max_length=200)
    # Whether the day lies later than it did, or cannot be told: only then has the action slipped.
    is_later = models.BooleanField(default=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="date_moved_with_a_reason", condition=~models.Q(reason=""))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.was} to {self.now}"


@pghistory.track(pghistory.InsertEvent())
class StateChoice(models.Model):
    """A state that somebody set over the rule's, with the reason; without a state the rule's stands again. Append only."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="state_choices")
    # What the rule proposed at that moment, and why, so that both are kept.
    proposed = models.CharField(max_length=20, choices=STATE_LABELS)
    proposed_because = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=STATE_LABELS, blank=True)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="state_chosen_with_a_reason", condition=~models.Q(reason=""))]
        indexes = [models.Index(fields=["action", "-id"], name="state_choice_latest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.state or 'by rule'}"
