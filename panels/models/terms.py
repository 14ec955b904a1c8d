from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from panels.rules.terms import (
    DECISION_MODEL_LABELS,
    FAIRNESS_MODEL_LABELS,
    MEMBER_ROLE_LABELS,
    ROUTE_IN_LABELS,
    DecisionModel,
)
from panels.rules.turns.ledger import CREDIT_WEEKS


@pghistory.track(pghistory.InsertEvent())
class TermsOfReference(models.Model):
    """A version of a panel's terms, in force from a day until the next version's. Never changed: another is added."""

    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="terms")
    in_force_from = models.DateField()
    decision_model = models.CharField(max_length=20, choices=DECISION_MODEL_LABELS)
    casting_vote = models.BooleanField(default=False)
    fairness_model = models.CharField(max_length=20, choices=FAIRNESS_MODEL_LABELS)
    # School weeks.
    credit_weeks = models.PositiveSmallIntegerField(default=CREDIT_WEEKS)
    # Calendar years for which a former post ties its holder; empty: for ever.
    former_years = models.PositiveSmallIntegerField(null=True, blank=True)
    # School days in which a school that is asked to admit a child replies; empty: the terms name none.
    reply_within = models.PositiveSmallIntegerField(null=True, blank=True)
    # Where places are shared out by points: those of every place, and by way in what is added to them.
    place_points = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(1))
    tariff = models.JSONField(default=dict, blank=True)
    routes = ArrayField(models.CharField(max_length=30, choices=ROUTE_IN_LABELS))
    looked_after_placed_elsewhere = models.BooleanField(default=True)
    # Members are shown a child's reference, and never the name.
    pseudonymised = models.BooleanField(default=False)
    delegation = models.TextField(max_length=4000, blank=True)
    criteria = models.TextField(max_length=4000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_version_of_terms_a_day", fields=["panel", "in_force_from"]),
            models.CheckConstraint(
                name="casting_vote_only_where_a_majority_decides",
                condition=models.Q(casting_vote=False) | models.Q(decision_model=DecisionModel.MAJORITY.value),
            ),
            models.CheckConstraint(name="points_of_a_place_from_nought", condition=models.Q(place_points__gte=0)),
            models.CheckConstraint(name="terms_name_a_way_in", condition=models.Q(routes__len__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Terms of {self.panel_id} from {self.in_force_from}"


@pghistory.track(pghistory.InsertEvent())
class QuorumNeed(models.Model):
    """So many must be present for a quorum, of a role, or of any members where the role is empty. Never changed."""

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="quorum_needs")
    role = models.CharField(max_length=20, choices=MEMBER_ROLE_LABELS, blank=True)
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_need_a_role", fields=["terms", "role"]),
            models.CheckConstraint(name="quorum_need_is_of_somebody", condition=models.Q(number__gte=1)),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number} {self.role or 'of any role'}"
