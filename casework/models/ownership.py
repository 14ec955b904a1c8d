"""Whose cases are whose: by school, by hand, and for a colleague who is away."""

import pghistory
from django.conf import settings
from django.db import models


@pghistory.track()
class SchoolOwner(models.Model):
    """Who owns the new notices of a school from a day on. Without a row, whoever logs a notice owns it."""

    school = models.ForeignKey("School", on_delete=models.PROTECT, related_name="owners")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="school_owner_ends_after_beginning",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            ),
            models.UniqueConstraint(
                name="one_present_owner_a_school", fields=["school"], condition=models.Q(last_day__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.owner_id}"


@pghistory.track()
class Handover(models.Model):
    """Cases given from one colleague to another in one step; they can be given back in one step too."""

    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Empty where the cases had several owners, or none: each case remembers its own.
    given_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    given_back_at = models.DateTimeField(null=True, blank=True)
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # New notices of the schools that the colleague owned were given too.
    with_schools = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_given_back_at_and_by",
                condition=models.Q(given_back_at__isnull=True, given_back_by__isnull=True)
                | models.Q(given_back_at__isnull=False, given_back_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Handover {self.pk}"


@pghistory.track()
class HandedCase(models.Model):
    """One case of a handover, with the owner it had before."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="handed")
    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="handed")
    owner_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="case_once_a_handover", fields=["handover", "case"])]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.case_id}"


@pghistory.track()
class HandedSchool(models.Model):
    """One school of a handover: its new notices went to the same person."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="handed_schools")
    school = models.ForeignKey("School", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="school_once_a_handover", fields=["handover", "school"])]

    def __str__(self) -> str:
        return f"{self.handover_id}: {self.school_id}"
