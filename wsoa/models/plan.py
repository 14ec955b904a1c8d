import pghistory
from django.db import models

from wsoa.rules.terms import LAYOUT_LABELS, PLAN_KIND_LABELS


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
    """How a priority knows that it is getting there: what is measured, and the target as the paper writes it."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="measures")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    target_as_written = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="measure_position_once", fields=["priority", "position"])]

    def __str__(self) -> str:
        return self.title


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
