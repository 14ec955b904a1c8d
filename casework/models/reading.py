import pgtrigger
from django.conf import settings
from django.db import models


class Reading(models.Model):
    """One person was shown one child's record, or searched. Written before the content leaves; never changed.

    It holds who, when, which child, which page: never content. A search row has no pupil; each child that the
    search showed has a row of its own.
    """

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings")
    pupil = models.ForeignKey("Pupil", null=True, blank=True, on_delete=models.PROTECT, related_name="readings")
    surface = models.CharField(max_length=60)
    request_id = models.CharField(max_length=36)
    # Of a search: a keyed hash of what was typed, so that the same search can be recognised and not read.
    terms_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["pupil", "at"], name="reading_by_pupil"),
            models.Index(fields=["user", "at"], name="reading_by_user"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.pupil_id}"
