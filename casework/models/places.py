import pghistory
from django.db import models

from casework.rules.terms import NATION_LABELS, PHASE_LABELS


@pghistory.track()
class LocalAuthority(models.Model):
    """A local authority of England or Wales, by its three-digit code."""

    code = models.CharField(max_length=3, unique=True)
    gss_code = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=100)
    nation = models.CharField(max_length=20, choices=NATION_LABELS)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Trust(models.Model):
    """An academy trust."""

    group_id = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name


SCHOOL_KINDS = {
    "maintained": "Maintained school",
    "academy": "Academy",
    "pru": "Pupil referral unit",
    "special": "Special school",
}


@pghistory.track()
class School(models.Model):
    """A school as one URN: an academy conversion closes one row and opens another."""

    urn = models.CharField(max_length=6, unique=True)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="schools")
    establishment_number = models.CharField(max_length=4)
    name = models.CharField(max_length=150)
    # A middle school stands under the phase it is deemed to be.
    phase = models.CharField(max_length=25, choices=PHASE_LABELS)
    kind = models.CharField(max_length=10, choices=SCHOOL_KINDS)
    establishment_type = models.CharField(max_length=2)
    trust = models.ForeignKey(Trust, null=True, blank=True, on_delete=models.PROTECT, related_name="schools")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    terms_in_year = models.PositiveSmallIntegerField(default=3)
    head = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="school_closes_after_it_opens",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
            ),
            models.CheckConstraint(name="school_terms_in_year", condition=models.Q(terms_in_year__in=[2, 3, 6])),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def laestab(self) -> str:
        """The seven-digit number that the Department writes: authority, then establishment."""
        return f"{self.authority.code}{self.establishment_number}"


@pghistory.track()
class CensusHeadcount(models.Model):
    """Pupils of a school at one January census: sole and dual-main registrations, boarders included."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="headcounts")
    year = models.PositiveSmallIntegerField(help_text="The calendar year of the January census")
    headcount = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_headcount_per_school_and_census", fields=["school", "year"])]

    def __str__(self) -> str:
        return f"{self.school_id} {self.year}"
