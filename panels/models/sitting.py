from datetime import datetime
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import make_aware

from panels.models.querysets import SittingQuerySet
from panels.rules.tie_terms import GROUND_LABELS, TIE_KIND_LABELS, TOWARDS_LABELS


@pghistory.track()
class Sitting(models.Model):
    """A panel sits on a day. Its address holds the day; one that was cancelled stays on file."""

    panel = models.ForeignKey("Panel", on_delete=models.PROTECT, related_name="sittings")
    on = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=150)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Sitting"]] = SittingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sitting_a_panel_and_day", fields=["panel", "on"]),
            models.CheckConstraint(
                name="sitting_cancelled_with_a_reason",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id} on {self.on}"

    @property
    def begins_at(self) -> datetime:
        """The moment for which it is called, by the clock on the wall."""
        return make_aware(datetime.combine(self.on, self.starts_at))


@pghistory.track()
class AgendaItem(models.Model):
    """One item of a sitting: a referral, or business that concerns no child and has a title instead.

    `links` are what the referral had to do with when it was listed: schools, trusts, names and addresses, as
    `selectors.item_links.as_kept`. They count beside what the file holds later, so that a change opens nothing.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    referral = models.ForeignKey(
        "Referral", null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    title = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()
    # How long it should take.
    minutes = models.PositiveSmallIntegerField(default=10)
    links = models.JSONField(default=dict, blank=True)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_off_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="item_is_a_referral_or_business",
                condition=Q(referral__isnull=False, title="") | Q(referral__isnull=True) & ~Q(title=""),
            ),
            models.CheckConstraint(
                name="item_taken_off_with_a_reason",
                condition=Q(taken_off_at__isnull=True, taken_off_by__isnull=True, taken_off_because="")
                | Q(taken_off_at__isnull=False, taken_off_by__isnull=False) & ~Q(taken_off_because=""),
            ),
            models.UniqueConstraint(
                name="referral_once_a_sitting", fields=["sitting", "referral"], condition=Q(taken_off_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Item {self.pk} of {self.sitting_id}"


@pghistory.track()
class Attendance(models.Model):
    """What is kept of a member and a sitting: apologies, that they declared before the papers, that they are in the room."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sitting_attendances")
    apologies = models.BooleanField(default=False)
    present = models.BooleanField(default=False)
    declared_at = models.DateTimeField(null=True, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_attendance_a_person", fields=["sitting", "person"])]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.sitting_id}"


@pghistory.track(pghistory.InsertEvent())
class TieAnswerGiven(models.Model):
    """A clerk's answer to a tie of a member to a referral, as `standing_ties.TieAnswer`. The last one counts.

    Without a ground the tie stands. Never changed: another answer is given.
    """

    referral = models.ForeignKey("Referral", on_delete=models.PROTECT, related_name="tie_answers")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TIE_KIND_LABELS)
    towards = models.CharField(max_length=20, choices=TOWARDS_LABELS)
    hangs_on = models.CharField(max_length=150)
    ground = models.CharField(max_length=20, choices=GROUND_LABELS, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "tie answers given"
        constraints = [
            models.CheckConstraint(name="dismissed_with_a_reason", condition=Q(ground="") | ~Q(reason="")),
            models.CheckConstraint(name="nobody_answers_their_own_tie", condition=~Q(given_by=models.F("member"))),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} of {self.member_id} to {self.referral_id}"


@pghistory.track(pghistory.InsertEvent())
class ItemDeclaration(models.Model):
    """A member's tie to a referral itself, declared in the room or on the item's page. Never taken back."""

    referral = models.ForeignKey("Referral", on_delete=models.PROTECT, related_name="declarations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="item_declarations")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_declaration_an_item", fields=["referral", "member"])]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.member_id} to {self.referral_id}"
