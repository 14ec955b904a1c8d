import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from wsoa.rules.terms import STATE_LABELS


@pghistory.track()
class Round(models.Model):
    """A plan's turn of updates: it opens, asks about each action, and closes; what stood then is kept and never changed."""

    plan = models.ForeignKey("Plan", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    # The day by which answers are wanted.
    due = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="round_number_once", fields=["plan", "number"]),
            models.UniqueConstraint(
                name="one_open_round_a_plan", fields=["plan"], condition=models.Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(name="round_due_after_it_opens", condition=models.Q(due__gte=models.F("opened_on"))),
            models.CheckConstraint(
                name="round_closed_by_somebody_after_it_opens",
                condition=models.Q(closed_on__isnull=True, closed_by__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on"), closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.number} of {self.plan_id}"


class RoundState(models.Model):
    """Where an action stood in a plan when a round closed. Append only, and so its own history."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="states", db_index=False)
    place = models.ForeignKey("ActionPlace", on_delete=models.PROTECT, related_name="round_states")
    # The priority in which it stood then.
    priority = models.ForeignKey("Priority", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=20, choices=STATE_LABELS)
    because = models.CharField(max_length=200)
    # What the rule said, where somebody had decided over it.
    proposed = models.CharField(max_length=20, choices=STATE_LABELS)

    class Meta:
        constraints = [models.UniqueConstraint(name="state_once_a_round", fields=["round", "place"])]
        indexes = [models.Index(fields=["round", "priority", "state"], name="round_states_by_priority")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.place_id} {self.state} in {self.round_id}"
