import pghistory
from django.conf import settings
from django.db import models

TERM_LABELS = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}
CLOSURE_KINDS = {
    "closed": "INSET or other planned closure",
    "unplanned closure": "Unplanned closure",
}
CALENDAR_CHANGES = {
    "closure": "Closure declared",
    "closure taken back": "Closure taken back",
    "term dates": "Term dates changed",
    "bank holiday": "Bank holiday changed",
}


@pghistory.track()
class TermSpell(models.Model):
    """A spell in which pupils attend, first and last day included.

    A row with a school belongs to that school alone; without one it is the authority's default.
    """

    authority = models.ForeignKey("LocalAuthority", on_delete=models.PROTECT, related_name="term_spells")
    school = models.ForeignKey("School", null=True, blank=True, on_delete=models.PROTECT, related_name="term_spells")
    academic_year = models.CharField(max_length=7)
    term = models.CharField(max_length=10, choices=TERM_LABELS)
    first_day = models.DateField()
    last_day = models.DateField()
    # Made by a stated pattern for the demonstration, and said so wherever it is shown.
    invented = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_spell_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
            models.UniqueConstraint(
                name="one_term_spell_per_first_day",
                fields=["authority", "school", "first_day"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


@pghistory.track()
class Closure(models.Model):
    """One day on which pupils do not attend, of one school or of every school of the authority."""

    authority = models.ForeignKey("LocalAuthority", on_delete=models.PROTECT, related_name="closures")
    school = models.ForeignKey("School", null=True, blank=True, on_delete=models.PROTECT, related_name="closures")
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=CLOSURE_KINDS)
    reason = models.CharField(max_length=100)
    declared_by = models.CharField(max_length=120)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_closure_per_school_and_day",
                fields=["authority", "school", "on"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.reason}"


@pghistory.track()
class CalendarChange(models.Model):
    """What was changed in a calendar, by whom: the cause that the cases whose dates it moved are told.

    A row with a school concerns that school alone; without one, every school of the authority.
    """

    authority = models.ForeignKey("LocalAuthority", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=CALENDAR_CHANGES)
    # The first and last day that it touches.
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.what}, {self.first} to {self.last}"


@pghistory.track()
class BankHoliday(models.Model):
    """A bank holiday of England and Wales. Seeded from a published list, and an administrator's to add to."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.on}: {self.name}"
