from typing import ClassVar

import pghistory
from django.db import models

from panels.models.querysets import PanelQuerySet
from panels.rules.terms import PANEL_KIND_LABELS


@pghistory.track()
class Panel(models.Model):
    """A panel that children are brought to. Its code stands in addresses and never changes."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, choices=PANEL_KIND_LABELS)
    opened_on = models.DateField()
    # Its last day; it is never deleted.
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Panel"]] = PanelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="panel_closes_after_it_opens",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
