import pghistory
from django.db import models

from wsoa.rules.terms import ORIGIN_LABELS


@pghistory.track()
class ActionOrigin(models.Model):
    """Where an action comes from when it is not the plan's own: what it was found in, and the day of that."""

    action = models.OneToOneField("Action", on_delete=models.PROTECT, related_name="origin")
    kind = models.CharField(max_length=20, choices=ORIGIN_LABELS)
    source = models.CharField(max_length=300)
    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.source}"
