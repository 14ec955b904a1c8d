import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

MOST = 4000


@pghistory.track()
class ItemMinutes(models.Model):
    """One version of the minutes of an item: a draft until it is approved, and never changed from then on.

    A correction of approved minutes is a further version, with its reason. Of an item of which nobody has corrected
    anything there is none: the draft follows from the record (`rules.minutes.drafted`).
    """

    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, related_name="minutes_versions")
    number = models.PositiveSmallIntegerField()
    # Of the record that it was written from: once the item was reopened it is drafted anew.
    record_version = models.PositiveIntegerField()
    room = models.TextField(max_length=MOST, blank=True)
    discussion = models.TextField(max_length=MOST, blank=True)
    decision = models.TextField(max_length=MOST, blank=True)
    reasons = models.TextField(max_length=MOST, blank=True)
    dissent = models.TextField(max_length=MOST, blank=True)
    actions = models.TextField(max_length=MOST, blank=True)
    because = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Goes on from the version before.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "item minutes"
        constraints = [
            models.UniqueConstraint(name="minutes_version_once", fields=["item", "number"]),
            models.UniqueConstraint(
                name="one_draft_of_minutes_an_item", fields=["item"], condition=Q(approved_at__isnull=True)
            ),
            models.CheckConstraint(name="minutes_corrected_with_a_reason", condition=Q(number=1) | ~Q(because="")),
            models.CheckConstraint(
                name="minutes_approved_at_and_by",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_is_locked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Minutes of item {self.item_id}, version {self.number}"
