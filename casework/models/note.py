import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

NOTE_KINDS = {
    "note": "Note",
    "call": "Telephone call",
    "mail": "Mail",
    "visit": "Visit",
    "meeting": "Meeting",
}


@pghistory.track(pghistory.InsertEvent())
class Note(models.Model):
    """What somebody wrote down of a case: a note, a call, a mail, a visit or a meeting, on the day it happened.

    Never changed: a note that is wrong is corrected by another, with a reason, and both stay in sight.
    """

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NOTE_KINDS)
    happened_on = models.DateField()
    happened_time = models.TimeField(null=True, blank=True)
    with_whom = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    because = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="note_corrects_with_a_reason",
                condition=Q(corrects__isnull=True, because="") | (Q(corrects__isnull=False) & ~Q(because="")),
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(fields=["case", "-happened_on", "-id"], name="note_by_case")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case_id}"


DOCUMENT_TYPES = {
    "pdf": "PDF",
    "docx": "Word document",
    "jpg": "JPEG picture",
    "png": "PNG picture",
    "eml": "Mail message",
    "msg": "Outlook message",
    "txt": "Text",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def standing(self) -> "DocumentQuerySet":
        """Keep the documents that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track()
class Document(models.Model):
    """A file on a case, known by its content: its type is what it is, not what its name says.

    Its address and its file name hold `public_id`; the title is what the person called it. A document put there in
    error is withdrawn with a reason, and its content stays.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="documents")
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

    objects: ClassVar[models.Manager["Document"]] = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
            models.UniqueConstraint(
                name="document_once_per_case", fields=["case", "sha256"], condition=Q(withdrawn_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class DocumentContent(models.Model):
    """The bytes of a document, apart so that no list reads them. Never changed."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"Content of {self.document_id}"
