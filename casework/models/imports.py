import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from casework.models.querysets import ImportQuerySet


@pghistory.track(exclude=["plan", "faults"])
class Import(models.Model):
    """A file that somebody brought, what it would change, and whether that was done or undone.

    `kind` names what the file holds (casework/registry.py). Nothing is changed before `applied_at`; the file's own bytes
    are kept until then and no longer.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    # What the uploader chose beside the file, such as the authorities to take; codes and days only.
    options = models.JSONField(default=dict, blank=True)
    # Which column of the file holds what, where the kind lets the uploader say so; offered again next time.
    mapping = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # When it was last held against the rows of the day, and what would change: counts, lists, and its fingerprint.
    checked_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Why the last try to apply or undo changed nothing, in words.
    refusal = models.CharField(max_length=300, blank=True)

    objects: "models.Manager[Import]" = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_applied_before_undone",
                condition=models.Q(undone_at__isnull=True) | models.Q(applied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_checked_before_applied",
                condition=models.Q(applied_at__isnull=True) | models.Q(checked_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["kind", "-uploaded_at"], name="import_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.uploaded_at:%Y-%m-%d}"

    @property
    def state(self) -> str:
        """Where it stands: waiting, refused, checked, applied or undone."""
        if self.undone_at:
            return "undone"
        if self.applied_at:
            return "applied"
        if self.faults:
            return "refused"
        return "checked" if self.checked_at else "waiting"


class ImportFile(models.Model):
    """The bytes that were brought, compressed. Deleted with the import's end: applied or dropped."""

    of = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"File of import {self.of_id}"


class ImportChange(models.Model):
    """One row that an import added, changed or took away: as it was and as it became, so that it can be undone.

    `table` and `key` name the row by what names it outside the database, such as a URN. None is changed later.
    """

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="changes")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_change_a_row_of_an_import", fields=["of", "table", "key"]),
            models.CheckConstraint(
                name="import_change_has_a_side",
                condition=models.Q(before__isnull=False) | models.Q(after__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
