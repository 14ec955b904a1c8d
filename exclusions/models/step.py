from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.models.querysets import StepQuerySet
from exclusions.rules.steps import METHOD_LABELS, STEP_LABELS


@pghistory.track()
class Step(models.Model):
    """Something that was done on an exclusion on a day, and how we know. The duties are read from these.

    A step is never changed: one recorded in error is withdrawn with a reason, and stays in sight.
    """

    exclusion = models.ForeignKey("Exclusion", on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30, choices=STEP_LABELS)
    on = models.DateField()
    method = models.CharField(max_length=12, choices=METHOD_LABELS, blank=True)
    # The governors' duty hangs on these two, so they stand with the day on which the governors were told.
    representations = models.BooleanField(default=False)
    exam_on = models.DateField(null=True, blank=True)
    # Of a letter to parents: the points of R12 that it says, and those that it should and does not.
    points = models.JSONField(default=dict, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Step"]] = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="step_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
            # The same step of the same day counts once, however often it is clicked.
            models.UniqueConstraint(
                name="one_step_of_a_kind_a_day", fields=["exclusion", "step", "on"], condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exclusion_id}: {self.step} on {self.on}"
