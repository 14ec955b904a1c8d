import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from panels.rules.placement_terms import ENDED, FOLLOW_UP_LABELS, FOLLOW_UP_WEEKS

OVER = sorted(outcome.value for outcome in ENDED)


@pghistory.track()
class PlacementFollowUp(models.Model):
    """What was found of a placement so many weeks after its first day. Never changed: it is taken back with a reason."""

    referral = models.ForeignKey("Referral", on_delete=models.PROTECT, related_name="placement_follow_ups")
    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="+")
    # Calendar weeks after the first day: which of the follow-ups it is.
    weeks = models.PositiveSmallIntegerField(choices=[(weeks, f"{weeks} weeks") for weeks in FOLLOW_UP_WEEKS])
    # The day on which it was so.
    on = models.DateField()
    outcome = models.CharField(max_length=20, choices=FOLLOW_UP_LABELS)
    # The last day at the school, where the placement is over.
    ended_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_up_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="placement_that_is_over_has_a_last_day",
                condition=Q(outcome__in=OVER, ended_on__isnull=False) | ~Q(outcome__in=OVER) & Q(ended_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_follow_up_of_a_week",
                fields=["referral", "school", "weeks"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} after {self.weeks} weeks: {self.outcome}"
