from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from exclusions.rules.fair_access_categories import FAIR_ACCESS_LABELS
from panels.models.querysets import ReferralQuerySet
from panels.rules.terms import FAIR_ACCESS_DECISION_LABELS, ROUTE_IN_LABELS, SPECIALIST_DECISION_LABELS

OUTCOME_LABELS = {**SPECIALIST_DECISION_LABELS, **FAIR_ACCESS_DECISION_LABELS}


@pghistory.track()
class Referral(models.Model):
    """A child brought to a panel: the way in, the facts given then, and the papers as they are written.

    Its reference is drawn by lot, so that nobody can tell from two of them that there is a third. What the file holds
    is read from the file; here stands only what somebody said or wrote for the panel.
    """

    reference = models.CharField(max_length=6, unique=True)
    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="referrals")
    pupil = models.ForeignKey("casework.Pupil", on_delete=models.PROTECT, related_name="referrals")
    # What brings the child here, where it is an exclusion.
    exclusion = models.ForeignKey(
        "exclusions.Exclusion", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    route = models.CharField(max_length=30, choices=ROUTE_IN_LABELS)
    referred_on = models.DateField()
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # What was done to find a place in the ordinary way; empty where nothing was.
    in_year_tried = models.CharField(max_length=500, blank=True)
    out_of_school_since = models.DateField(null=True, blank=True)
    place_within_reach = models.BooleanField(default=False)
    suitable_offer_refused = models.BooleanField(default=False)

    summary = models.TextField(max_length=2000, blank=True)
    tried = models.TextField(max_length=2000, blank=True)
    child_view = models.TextField(max_length=2000, blank=True)
    parent_view = models.TextField(max_length=2000, blank=True)
    needs = models.TextField(max_length=2000, blank=True)
    risk = models.TextField(max_length=2000, blank=True)

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    # The day on which the panel decided, and what; empty while it has not, or wanted to know more first.
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=30, choices=OUTCOME_LABELS, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Referral"]] = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="referral_decided_with_an_outcome",
                condition=Q(decided_on__isnull=True, outcome="") | Q(decided_on__isnull=False) & ~Q(outcome=""),
            ),
            models.UniqueConstraint(
                name="one_open_referral_a_child_and_panel",
                fields=["panel", "pupil"],
                condition=Q(withdrawn_at__isnull=True, decided_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["panel", "-referred_on", "-id"], name="referral_by_panel")]

    def __str__(self) -> str:
        return self.reference


@pghistory.track()
class ReferralCategory(models.Model):
    """One of the thirteen categories of R53 that applies to a referral, what shows it, and the day it was judged."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="categories")
    category = models.CharField(max_length=1, choices=FAIR_ACCESS_LABELS)
    evidence = models.CharField(max_length=500)
    assessed_on = models.DateField()

    class Meta:
        verbose_name_plural = "referral categories"
        constraints = [
            models.UniqueConstraint(name="category_once_a_referral", fields=["referral", "category"]),
            models.CheckConstraint(name="category_has_evidence", condition=~Q(evidence="")),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.category}"


@pghistory.track()
class CandidateSchool(models.Model):
    """A school that may receive the child of a referral: how far, how full, and what was said. Taken off, never deleted."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="candidates")
    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="+")
    # From the child's home, by road, as the officer measured it.
    miles = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    # Free in the child's year group, and how many are in it; empty where the school has not said.
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    in_year_group = models.PositiveSmallIntegerField(null=True, blank=True)
    parents_wish = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    # Why it keeps its turn for the next child; empty where it takes its turn.
    passed_over = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="candidate_once_a_referral", fields=["referral", "school"], condition=Q(taken_off_at__isnull=True)
            ),
            models.CheckConstraint(
                name="candidate_taken_off_at_and_by",
                condition=Q(taken_off_at__isnull=True, taken_off_by__isnull=True)
                | Q(taken_off_at__isnull=False, taken_off_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} for {self.referral_id}"
