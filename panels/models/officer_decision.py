import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from panels.models.referral import OUTCOME_LABELS
from panels.rules.advice import outcome_in_words


@pghistory.track(pghistory.InsertEvent())
class OfficerDecision(models.Model):
    """What an officer decided of an item on which the panel advised, and what it had advised. Never changed.

    What was decided stands on the item's record, whence letters, placements and turns read it; the advice stands here.
    """

    item = models.OneToOneField("AgendaItem", on_delete=models.PROTECT, related_name="officer_decision")
    record_version = models.PositiveIntegerField()
    follows = models.BooleanField()
    # Why the officer departs; empty where the officer follows.
    because = models.TextField(max_length=2000, blank=True)
    advised_outcome = models.CharField(max_length=30, choices=OUTCOME_LABELS)
    advised_school = models.ForeignKey(
        "casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    advised_starts_on = models.DateField(null=True, blank=True)
    advised_review_on = models.DateField(null=True, blank=True)
    advised_departs_because = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="officer_departs_with_a_reason",
                condition=Q(follows=True, because="") | Q(follows=False) & ~Q(because=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Decision on the advice of item {self.item_id}"

    @property
    def advised(self) -> str:
        """What the panel had advised, in one line; needs `advised_school` loaded."""
        school = self.advised_school.name if self.advised_school else ""
        return outcome_in_words(self.get_advised_outcome_display(), school=school, starts_on=self.advised_starts_on)
