import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from casework.models.querysets import JobQuerySet


class Job(models.Model):
    """A piece of background work. The row owns it; Celery only rings.

    A worker holds a job by a lease with a fence: a number that grows by one at each claim. Nothing is kept from a
    worker whose fence is no longer the row's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    # Ids only: nothing here may name a child.
    subject = models.PositiveBigIntegerField()
    natural_key = models.CharField(max_length=120, unique=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    fence = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=120, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    # What kind of thing went wrong, by its class: a message could hold a name.
    failure = models.CharField(max_length=120, blank=True)

    objects: ClassVar[models.Manager["Job"]] = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_ends_once",
                condition=models.Q(finished_at__isnull=True) | models.Q(failed_at__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["leased_until"],
                name="job_waiting",
                condition=models.Q(finished_at__isnull=True, failed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to this job."""
        return self.finished_at is not None or self.failed_at is not None

    def held(self, *, at: datetime) -> bool:
        """Tell whether a worker's lease on it still runs."""
        return self.leased_until is not None and self.leased_until > at
