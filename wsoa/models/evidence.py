import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from casework.models.note import DOCUMENT_TYPES


@pghistory.track()
class Evidence(models.Model):
    """A file that shows what came of an action, known by its content. Withdrawn with a reason, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="evidence", db_index=False)
    title = models.CharField(max_length=120)
    type = models.CharField(max_length=5, choices=DOCUMENT_TYPES)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scanned_by = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="evidence_withdrawn_with_a_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_because="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because=""),
            ),
            models.UniqueConstraint(
                name="evidence_once_an_action",
                fields=["action", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["action", "-added_at", "-id"], name="evidence_latest")]

    def __str__(self) -> str:
        return str(self.public_id)


class EvidenceContent(models.Model):
    """The bytes of a piece of evidence, apart so that no list reads them. Never changed."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Content of {self.evidence_id}"
