from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from panels.models.querysets import OfficerDecisionQuerySet
from panels.models.referral import OUTCOME_LABELS
from panels.rules.advice import outcome_in_words
from panels.rules.outcomes import CONDITION_LABELS

WITHDRAWAL = ["withdrawn_at", "withdrawn_by", "withdrawn_because", "withdrawn_decision"]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class OfficerDecision(models.Model):
    """What an officer decided of an item on which the panel advised, and what it had advised.

    What was decided stands on the item's record, whence letters, placements and turns read it; the advice stands here.
    Never changed: a slip is taken back with a reason, once, and stays in sight; of those in force an item has one.
    """

    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, related_name="officer_decisions")
    record_version = models.PositiveIntegerField()
    # The officer's word on having no tie; of decisions from before it was asked there is none.
    declared_no_tie = models.BooleanField(default=False)
    follows = models.BooleanField()
    # Why the officer departs; empty where the officer follows.
    because = models.TextField(max_length=2000, blank=True)
    advised_outcome = models.CharField(max_length=30, choices=OUTCOME_LABELS)
    advised_school = models.ForeignKey(
        "casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Whose turn it was when the panel advised.
    advised_suggested = models.ForeignKey(
        "casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    advised_starts_on = models.DateField(null=True, blank=True)
    advised_review_on = models.DateField(null=True, blank=True)
    advised_departs_because = models.CharField(max_length=300, blank=True)
    # What was to go with the child as the panel advised.
    advised_conditions = ArrayField(models.CharField(max_length=20, choices=CONDITION_LABELS), default=list, blank=True)
    advised_support = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)
    # What had been decided, in one line: the record holds the advice again.
    withdrawn_decision = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager["OfficerDecision"]] = OfficerDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="officer_departs_with_a_reason",
                condition=Q(follows=True, because="") | Q(follows=False) & ~Q(because=""),
            ),
            models.CheckConstraint(
                name="officer_decision_withdrawn_with_a_reason",
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="", withdrawn_decision=""
                )
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because="")
                & ~Q(withdrawn_decision=""),
            ),
            models.UniqueConstraint(
                name="one_officer_decision_in_force", fields=["item"], condition=Q(withdrawn_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_taken_back", exclude=WITHDRAWAL),
            pgtrigger.Protect(
                name="taken_back_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Decision on the advice of item {self.item_id}"

    @property
    def as_advised(self) -> dict[str, Any]:
        """What the panel had advised, by the names that the record has for its parts."""
        names = [each.name for each in self._meta.fields if each.name.startswith("advised_")]
        return {name.removeprefix("advised_"): getattr(self, name) for name in names}

    @property
    def advised(self) -> str:
        """What the panel had advised, in one line; needs `advised_school` loaded."""
        school = self.advised_school.name if self.advised_school else ""
        return outcome_in_words(self.get_advised_outcome_display(), school=school, starts_on=self.advised_starts_on)
