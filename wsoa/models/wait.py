import pghistory
from django.db import models


@pghistory.track()
class ActionWait(models.Model):
    """That an action waits for another, of the same plan or of another. Taken away by deleting it; its history stays."""

    action = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="waits", db_index=False)
    waits_for = models.ForeignKey("Action", on_delete=models.PROTECT, related_name="waited_for_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="waits_for_another_once", fields=["action", "waits_for"]),
            models.CheckConstraint(name="waits_for_another", condition=~models.Q(action=models.F("waits_for"))),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} waits for {self.waits_for_id}"
