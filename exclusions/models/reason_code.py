import pghistory
from django.db import models


@pghistory.track()
class ReasonCode(models.Model):
    """A reason code of the Department's list. An unset `valid_from` means since before records began.

    A code that is not in use is offered nowhere, whatever its dates, until an administrator gives it a first day.
    """

    code = models.CharField(max_length=2, unique=True)
    label = models.CharField(max_length=120)
    published_stem = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    in_use = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reason_code_ends_after_it_begins",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
