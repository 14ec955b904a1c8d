from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models

from casework.models.querysets import CaseQuerySet


@pghistory.track()
class Case(models.Model):
    """One piece of work about one child. Its reference stands in addresses and on letters."""

    reference = models.CharField(max_length=9, unique=True)
    pupil = models.ForeignKey("Pupil", on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        # `case_by_owner` begins with it.
        db_index=False,
    )
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Case"]] = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "id"], name="case_by_owner"),
            models.Index(fields=["id"], include=["pupil", "owner"], name="case_pupil_and_owner"),
            # Nearly every case has an owner, so those that have none are told by an index of themselves.
            models.Index(fields=["id"], condition=models.Q(owner__isnull=True), name="case_of_nobody"),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferenceSeries(models.Model):
    """The last number given to a case in one academic year ("26" for 2026/27)."""

    year = models.CharField(max_length=2, unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


@pghistory.track()
class TimelineEvent(models.Model):
    """What happened on a case, written in the transaction that made it happen and never changed.

    `data` holds codes, dates and ids; the sentence is made when it is shown.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    event = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="timeline_by_case")]

    def __str__(self) -> str:
        return f"{self.event} on {self.case_id}"
