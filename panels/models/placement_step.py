import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from panels.rules.placement_terms import STEP_LABELS


@pghistory.track()
class PlacementStep(models.Model):
    """Something that was done about a child's place at a school that a panel named, on a day.

    A step is never changed: one recorded in error is taken back with a reason, and stays in sight. It is of the school
    that was named then, so that a panel that decides anew begins again.
    """

    referral = models.ForeignKey("Referral", on_delete=models.PROTECT, related_name="placement_steps")
    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=30, choices=STEP_LABELS)
    on = models.DateField()
    # Of a refusal why; of anything else how we know.
    words = models.CharField(max_length=500, blank=True)
    # Of the day on which a school is told of a direction, as the file said then: it halves the school's days.
    looked_after = models.BooleanField(default=False)
    # Of a child put on the roll: the spell that it wrote, the last day it had then, and the spells that it ended, by
    # their number, with the last day each had before, so that taking it back undoes it.
    spell = models.ForeignKey("casework.RollSpell", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    spell_until = models.DateField(null=True, blank=True)
    ended_spells = models.JSONField(default=dict, blank=True)
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
                name="placement_step_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(name="place_refused_with_reasons", condition=~Q(step="refused") | ~Q(words="")),
            models.UniqueConstraint(
                name="one_placement_step_of_a_kind",
                fields=["referral", "school", "step"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.step} on {self.on}"
