import pghistory
import pgtrigger
from django.conf import settings
from django.db import models


@pghistory.track(pghistory.InsertEvent())
class RoleReview(models.Model):
    """That somebody looked at a role on a day, and that who holds it was right. Append only."""

    role = models.ForeignKey("Role", on_delete=models.PROTECT, related_name="reviews", db_index=False)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["role", "-on", "-id"], name="role_review_latest")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.role_id} on {self.on}"
