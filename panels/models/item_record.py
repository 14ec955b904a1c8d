from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from panels.models.officer_decision import OfficerDecision
from panels.models.querysets import ItemRecordQuerySet
from panels.models.referral import OUTCOME_LABELS
from panels.rules.advice import outcome_in_words
from panels.rules.outcomes import CONDITION_LABELS, COST_SEEN_LABELS

AGREED_LABELS = {"everyone": "Everyone", "votes": "By votes", "chair": "The chair decides so"}


@pghistory.track()
class ItemRecord(models.Model):
    """What was written of an item in the room: kept as it is typed, and recorded once the panel has decided.

    A record that is reopened is a draft again; its history keeps what was recorded. Of advice it holds what stands: what
    was advised, and from the officer's decision on what the officer decided (`OfficerDecision` keeps the advice).
    """

    item = models.OneToOneField("AgendaItem", on_delete=models.PROTECT, related_name="record")
    discussion = models.TextField(max_length=4000, blank=True)
    outcome = models.CharField(max_length=30, choices=OUTCOME_LABELS, blank=True)
    school = models.ForeignKey("casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Whose turn it was when it was recorded, and why the panel departed from it: printed, and so without the child.
    suggested = models.ForeignKey("casework.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    departs_because = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    cost_seen = models.CharField(max_length=10, choices=COST_SEEN_LABELS, blank=True)
    conditions = ArrayField(models.CharField(max_length=20, choices=CONDITION_LABELS), default=list, blank=True)
    support = models.CharField(max_length=300, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    dissent = models.TextField(max_length=2000, blank=True)
    # One a line: what, who, by when.
    actions = models.TextField(max_length=2000, blank=True)
    agreed = models.CharField(max_length=10, choices=AGREED_LABELS, blank=True)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # As they stood when it was recorded.
    presided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    quorum_said = models.CharField(max_length=300, blank=True)
    decided_how = models.CharField(max_length=300, blank=True)
    # That it is advice, on which an officer decides; until then it decides nothing.
    is_advice = models.BooleanField(default=False)
    # How many left for it: who is out of it and was never there is not counted.
    number_out = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["ItemRecord"]] = ItemRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recorded_at_and_by",
                condition=Q(recorded_at__isnull=True, recorded_by__isnull=True)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Record of item {self.item_id}"

    @property
    def stands(self) -> str:
        """What stands, in one line; needs `school` loaded."""
        school = self.school.name if self.school else ""
        return outcome_in_words(self.get_outcome_display(), school=school, starts_on=self.starts_on)

    @property
    def officer(self) -> OfficerDecision | None:
        """What an officer decided on the advice and stands, None where none did; load it by `with_officer`."""
        return next((each for each in self.item.officer_decisions.all() if each.withdrawn_at is None), None)

    @property
    def panels_outcome(self) -> str:
        """What the panel decided or advised, in words, whatever an officer made of it; load it by `with_officer`."""
        return self.officer.get_advised_outcome_display() if self.officer else self.get_outcome_display()

    @property
    def taken_back(self) -> list[OfficerDecision]:
        """What officers decided and took back, the first first; load it by `with_officer`."""
        return [each for each in self.item.officer_decisions.all() if each.withdrawn_at is not None]
