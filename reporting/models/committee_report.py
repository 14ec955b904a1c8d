import uuid
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models

from reporting.models.querysets import CommitteeReportQuerySet

ACCESS_VERSIONS = {"public": "Public", "restricted": "Restricted"}
FILE_FORMS = {"pdf": "PDF", "html": "Web page"}


@pghistory.track(exclude=["figures"])
class CommitteeReport(models.Model):
    """A committee report for one academic year or term. A signed one never changes: a later build is a new version."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # "2020/21" or "2020/21-autumn".
    period = models.CharField(max_length=14)
    version = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    # Nobody when the end of a term opened it.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    committee = models.CharField(max_length=120)
    meeting_on = models.DateField(null=True, blank=True)
    item = models.CharField(max_length=10, blank=True)
    responsible_officer = models.CharField(max_length=150)
    figures = models.JSONField(null=True, blank=True)
    figures_as_at = models.DateField(null=True, blank=True)
    built_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edit_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["CommitteeReport"]] = CommitteeReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_report_per_period_and_version", fields=["period", "version"]),
            models.CheckConstraint(
                name="report_signed_by_and_at_together",
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False, figures__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} version {self.version}"


@pghistory.track()
class ReportSection(models.Model):
    """The narrative of one section: paragraphs parted by blank lines, figures in braces."""

    report = models.ForeignKey(CommitteeReport, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30)
    body = models.TextField(blank=True)
    carried_over = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_section_per_report", fields=["report", "key"])]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.key}"


class ReportFile(models.Model):
    """One file of a report, kept in the database so that no row stands without its file and no file without its row."""

    report = models.ForeignKey(CommitteeReport, on_delete=models.PROTECT, related_name="files")
    access = models.CharField(max_length=10, choices=ACCESS_VERSIONS)
    form = models.CharField(max_length=4, choices=FILE_FORMS)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_report_file_of_each", fields=["report", "access", "form"])]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.access} {self.form}"
