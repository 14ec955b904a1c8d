import pghistory
import pgtrigger
from django.conf import settings
from django.db import models


@pghistory.track(pghistory.InsertEvent())
class Correction(models.Model):
    """What of a notice was put right: each field with what it said before and says now. Never changed.

    `changes` holds, by field, the two values as they are stored: codes, days as ISO dates, primary keys of places.
    """

    exclusion = models.ForeignKey("Exclusion", on_delete=models.PROTECT, related_name="corrections")
    changes = models.JSONField()
    # The version of the exclusion that it made; 0 where that was not kept.
    version = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="correction_has_a_reason", condition=~models.Q(because=""))]
        indexes = [models.Index(fields=["exclusion", "-id"], name="correction_latest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.exclusion_id} on {self.corrected_at:%Y-%m-%d}"
