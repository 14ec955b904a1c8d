from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wsoa.models.querysets import MeasureReadingQuerySet
from wsoa.rules.indicators import INDICATORS
from wsoa.rules.terms import DIRECTION_LABELS, LAYOUT_LABELS, PLAN_KIND_LABELS


@pghistory.track()
class Plan(models.Model):
    """A plan that the council answers for. Its code stands in addresses and never changes."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=30, choices=PLAN_KIND_LABELS)
    layout = models.CharField(max_length=30, choices=LAYOUT_LABELS)
    # The inspection, review or paper that it answers.
    answers = models.CharField(max_length=300, blank=True)
    # The paper that it was written from, and that paper's day: what stood in its status column was so on that day.
    source = models.CharField(max_length=300, blank=True)
    paper_on = models.DateField(null=True, blank=True)
    # Its last day; it is never deleted.
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Priority(models.Model):
    """A part of a plan that has a state of its own: a priority, a theme or a recommendation, as the paper calls it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    # What the paper gathers it under, where it gathers: a theme above recommendations.
    theme = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="priority_position_once", fields=["plan", "position"])]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()


@pghistory.track()
class Outcome(models.Model):
    """What a priority is to bring about. Its reference is as the paper writes it, slips and all."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(name="outcome_position_once", fields=["priority", "position"])]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()


@pghistory.track()
class Measure(models.Model):
    """How a priority knows that it is getting there: the target as the paper writes it, and as it is understood.

    A measure is bound to an indicator of the cases, or its readings are entered with their evidence.
    """

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    target_as_written = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    direction = models.CharField(max_length=4, choices=DIRECTION_LABELS, blank=True)
    baseline = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    # Where the target comes from, when not from the plan: "England, 2023/24".
    target_note = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    indicator = models.CharField(
        max_length=30, choices={code: each.label for code, each in INDICATORS.items()}, blank=True
    )
    # The day from which the indicator counts, where it counts from one.
    since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="measure_position_once", fields=["priority", "position"]),
            models.CheckConstraint(
                name="baseline_has_its_day",
                condition=models.Q(baseline__isnull=True, baseline_on__isnull=True)
                | models.Q(baseline__isnull=False, baseline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="target_has_a_direction", condition=models.Q(target__isnull=True) | ~models.Q(direction="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent())
class MeasureReading(models.Model):
    """A measure's value on a day: entered with its evidence, or kept from the cases with the keys of those counted. Append only.

    One that was entered wrongly is withdrawn with the reason, and stays where it was kept.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=10, decimal_places=2)
    evidence = models.CharField(max_length=500, blank=True)
    # The exclusions that were counted; empty where the value was entered.
    exclusions = ArrayField(models.BigIntegerField(), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["MeasureReading"]] = MeasureReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entered_with_evidence_or_kept_with_cases",
                condition=models.Q(by__isnull=False, exclusions__isnull=True) & ~models.Q(evidence="")
                | models.Q(by__isnull=True, exclusions__isnull=False, evidence=""),
            ),
        ]
        indexes = [models.Index(fields=["measure", "-on", "-id"], name="measure_reading_latest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.value} on {self.on}"


@pghistory.track(pghistory.InsertEvent())
class ReadingWithdrawal(models.Model):
    """That a reading somebody entered is not to be counted, and why. Append only."""

    reading = models.OneToOneField(MeasureReading, on_delete=models.PROTECT, related_name="withdrawal")
    because = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="reading_withdrawn_with_a_reason", condition=~models.Q(because=""))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Reading {self.reading_id} withdrawn"


@pghistory.track(pghistory.InsertEvent())
class Slip(models.Model):
    """Something in a plan's paper that cannot be right, kept as it was found: by the rules, or by whoever read it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="slips")
    position = models.PositiveSmallIntegerField()
    # The reference as written, or what part of the paper; empty for the whole of it.
    where = models.CharField(max_length=120, blank=True)
    what = models.CharField(max_length=300)
    by_rule = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="slip_position_once", fields=["plan", "position"])]

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
