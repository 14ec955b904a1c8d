from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models

from casework.rules.terms import (
    EARLY_HELP_LABELS,
    SEN_LABELS,
    SEN_NEED_LABELS,
    SOCIAL_CARE_LABELS,
    YEAR_GROUP_LABELS,
    YES_NO_UNKNOWN_LABELS,
)
from exclusions.models.querysets import ExclusionQuerySet, OutcomeEventQuerySet, SuspendedDayQuerySet
from exclusions.rules.terms import KIND_LABELS, OUTCOME_EVENT_LABELS, SESSION_LABELS, TOLD_BY_LABELS


def _for_the_list(*columns: str, name: str) -> models.Index:
    """Return an index of a filter that goes on in the list's order, with all that the list counts: no row is read for it."""
    include = ["case", "school", "kind", "voided_at"]
    return models.Index(fields=[*columns, "-first_day", "-id"], include=include, name=name)


@pghistory.track()
class Exclusion(models.Model):
    """A suspension, a lunchtime suspension or a permanent exclusion, with the child's circumstances on its first day.

    The circumstances are frozen: a later change to the child's record never reaches them.
    """

    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="exclusion")
    # `exclusion_school_order` begins with it.
    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="exclusions", db_index=False)
    kind = models.CharField(max_length=10, choices=KIND_LABELS)
    first_day = models.DateField()
    first_session = models.CharField(max_length=5, choices=SESSION_LABELS, default="AM")
    # Not the day the child comes back. A permanent exclusion has none.
    last_day = models.DateField(null=True, blank=True)
    last_session = models.CharField(max_length=5, choices=SESSION_LABELS, blank=True)
    exam_missed = models.BooleanField(default=False)
    narrative = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    council_told_on = models.DateField()
    council_told_time = models.TimeField(null=True, blank=True)
    told_by = models.CharField(max_length=15, choices=TOLD_BY_LABELS, blank=True)
    parents_told_on = models.DateField(null=True, blank=True)
    parents_told_time = models.TimeField(null=True, blank=True)
    # Of the strategies tried before: the school's own words.
    tried_words = models.TextField(blank=True)
    rule_set = models.CharField(max_length=7)
    # Why something unusual or unlawful was recorded all the same, such as a 46th day.
    recorded_because = models.CharField(max_length=300, blank=True)

    year_group = models.CharField(max_length=2, choices=YEAR_GROUP_LABELS)
    home_authority = models.ForeignKey("casework.LocalAuthority", on_delete=models.PROTECT, related_name="+")
    sen = models.CharField("SEN", max_length=7, choices={**SEN_LABELS, "unknown": "Not known"}, default="unknown")
    sen_need = models.CharField("SEN need", max_length=7, choices={**SEN_NEED_LABELS}, blank=True)
    early_help = models.CharField(max_length=15, choices=EARLY_HELP_LABELS, default="unknown")
    social_care = models.CharField(max_length=20, choices=SOCIAL_CARE_LABELS, default="unknown")
    social_worker = models.CharField(max_length=7, choices=YES_NO_UNKNOWN_LABELS, default="unknown")
    free_school_meals = models.CharField(max_length=7, choices=YES_NO_UNKNOWN_LABELS, default="unknown")
    # By circumstance: who said so, and the day the council has known it from.
    circumstance_sources = models.JSONField(default=dict, blank=True)

    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Logged in error: it stays on the file, and no list, total, figure or duty counts it.
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    voided_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    reasons: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "ReasonCode", through="ExclusionReason", related_name="exclusions"
    )

    # Given by the query set's `with_outcome`: the waterfall's word.
    outcome: str

    objects: ClassVar[models.Manager["Exclusion"]] = ExclusionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exclusion_last_day_unless_permanent",
                condition=models.Q(kind="permanent", last_day__isnull=True)
                | (~models.Q(kind="permanent") & models.Q(last_day__gte=models.F("first_day"))),
            ),
            models.CheckConstraint(
                name="exclusion_voided_with_a_reason",
                condition=models.Q(voided_at__isnull=True, voided_by__isnull=True, voided_because="")
                | (models.Q(voided_at__isnull=False, voided_by__isnull=False) & ~models.Q(voided_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-first_day"], name="exclusion_by_kind"),
            _for_the_list(name="exclusion_in_order"),
            _for_the_list("school", name="exclusion_school_order"),
            _for_the_list("year_group", name="exclusion_year_group_order"),
            _for_the_list("sen", name="exclusion_sen_order"),
            _for_the_list("social_care", name="exclusion_social_care_order"),
            _for_the_list("early_help", name="exclusion_early_help_order"),
            models.Index(fields=["logged_at", "id"], name="exclusion_by_logged_at"),
            models.Index(fields=["council_told_on"], name="exclusion_by_council_told_on"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.first_day}"


@pghistory.track()
class ExclusionReason(models.Model):
    """One of up to three reasons of equal weight."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="exclusion_reasons")
    # `exclusions_of_reason` begins with it.
    reason = models.ForeignKey("ReasonCode", on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reason_once_per_exclusion", fields=["exclusion", "reason"]),
            models.UniqueConstraint(name="reason_position_once", fields=["exclusion", "position"]),
            models.CheckConstraint(name="reason_position_1_to_3", condition=models.Q(position__range=(1, 3))),
        ]
        indexes = [models.Index(fields=["reason", "exclusion"], name="exclusions_of_reason")]

    def __str__(self) -> str:
        return f"{self.exclusion_id}: {self.reason_id}"


@pghistory.track()
class SuspendedDay(models.Model):
    """One school day of a suspension, by session. Half days follow: a morning, an afternoon, a lunchtime is one each."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="suspended_days")
    on = models.DateField()
    morning = models.BooleanField(default=False)
    afternoon = models.BooleanField(default=False)
    lunchtime = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["SuspendedDay"]] = SuspendedDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="suspended_day_once", fields=["exclusion", "on"]),
            models.CheckConstraint(
                name="suspended_day_has_a_session",
                condition=models.Q(morning=True) | models.Q(afternoon=True) | models.Q(lunchtime=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exclusion_id}: {self.on}"


@pghistory.track()
class OutcomeEvent(models.Model):
    """Something that happened to a permanent exclusion. What came of it is read from these, never stored.

    An event is never changed: one recorded in error is withdrawn with a reason, and stays in sight.
    """

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="outcome_events")
    event = models.CharField(max_length=25, choices=OUTCOME_EVENT_LABELS)
    # The council's own item for it, from the list that an administrator keeps; empty for the event's own words.
    wording = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["OutcomeEvent"]] = OutcomeEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_withdrawn_with_a_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because="")),
            )
        ]
        indexes = [models.Index(fields=["exclusion", "-on", "-id"], name="outcome_event_latest")]

    def __str__(self) -> str:
        return f"{self.exclusion_id}: {self.event}"
