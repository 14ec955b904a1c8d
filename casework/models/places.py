from typing import ClassVar

import pghistory
from django.db import models

from casework.models.querysets import ContactQuerySet
from casework.rules.terms import NATION_LABELS, PHASE_LABELS, SEN_LABELS, YEAR_GROUP_LABELS


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
    "other": "Independent or other school",
}
CONTACT_ROLES = {
    "head": "Head teacher",
    "exclusions lead": "Exclusions lead",
    "senco": "SENCO",
    "clerk": "Clerk to the governors",
}
LINK_KINDS = {
    "converted": "Became an academy",
    "amalgamated": "Joined with another",
    "split": "Split",
    "other": "Followed by",
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
    telephone = models.CharField(max_length=20, blank=True)

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


@pghistory.track()
class HeadcountPart(models.Model):
    """Pupils of a school at one January census in one year group and with one SEN provision ("" where not said).

    The parts of a school and census add up to its CensusHeadcount, by which rates are divided.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="headcount_parts")
    year = models.PositiveSmallIntegerField(help_text="The calendar year of the January census")
    year_group = models.CharField(max_length=2, choices=YEAR_GROUP_LABELS, blank=True)
    sen = models.CharField(max_length=1, choices=SEN_LABELS, blank=True)
    headcount = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_headcount_part_per_group", fields=["school", "year", "year_group", "sen"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.year} {self.year_group} {self.sen}"


@pghistory.track()
class SchoolLink(models.Model):
    """A school that followed another, as on conversion: who said so, and from which day."""

    predecessor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successor_links")
    successor = models.ForeignKey(School, on_delete=models.PROTECT, related_name="predecessor_links")
    kind = models.CharField(max_length=12, choices=LINK_KINDS)
    on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_link_a_pair_of_schools", fields=["predecessor", "successor"]),
            models.CheckConstraint(
                name="school_does_not_follow_itself", condition=~models.Q(predecessor=models.F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} to {self.successor_id}"


@pghistory.track()
class SchoolContact(models.Model):
    """Who holds a role at a school from one day to another, and how to reach them. A change ends one row."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="contacts")
    role = models.CharField(max_length=20, choices=CONTACT_ROLES)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["SchoolContact"]] = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="school_contact_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(
                name="school_contact_can_be_reached", condition=~models.Q(telephone="") | ~models.Q(email="")
            ),
        ]
        indexes = [models.Index(fields=["school", "role"], name="school_contact_by_school")]

    def __str__(self) -> str:
        return f"{self.role} of {self.school_id}"
