"""What is known of a child besides circumstances: other names and numbers, people to speak to, social workers."""

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Concat

from casework.models.folding import Folded
from casework.models.pupil import Pupil, Withdrawable
from casework.rules.terms import YES_NO_UNKNOWN_LABELS

OTHER_NAME_KINDS = {"formerly": "Formerly", "known as": "Known as", "spelling": "Another spelling"}
OTHER_UPN_KINDS = {"former": "Former UPN", "temporary": "Temporary UPN", "mistaken": "Given in error"}


@pghistory.track(exclude=["search_name"])
class OtherName(Withdrawable):
    """Another name of a child: one they had, one they go by, or one that somebody writes. It is searched like the name."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="other_names")
    kind = models.CharField(max_length=10, choices=OTHER_NAME_KINDS)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    # Who said so, or why it is held.
    source = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    search_name = models.GeneratedField(
        expression=Folded(Concat("first_name", models.Value(" "), "last_name")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="other_name_search_name")]

    def __str__(self) -> str:
        return f"Other name {self.pk}"

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.first_name} {self.last_name}"


@pghistory.track()
class OtherUpn(Withdrawable):
    """A UPN that a child had and has no more, or had for a time. Finding by it finds the child."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="other_upns")
    upn = models.CharField("UPN", max_length=13, db_index=True)
    kind = models.CharField(max_length=10, choices=OTHER_UPN_KINDS)
    source = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="other_upn_once_a_child",
                fields=["pupil", "upn"],
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Other UPN {self.pk}"


@pghistory.track()
class Contact(Withdrawable):
    """Somebody to speak to about a child, and whether they have parental responsibility: "unknown" is not "no".

    `must_not_be_told` marks somebody to whom nothing about the child may go.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    parental_responsibility = models.CharField(max_length=7, choices=YES_NO_UNKNOWN_LABELS, default="unknown")
    telephone = models.CharField(max_length=30, blank=True)
    other_telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("E-mail", blank=True)
    address = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    must_not_be_told = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"


@pghistory.track()
class SocialWorker(Withdrawable):
    """The social worker of a child from one day to another, with the team and how to reach them."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="social_workers")
    name = models.CharField(max_length=120)
    team = models.CharField(max_length=120, blank=True)
    authority = models.ForeignKey("LocalAuthority", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField("E-mail", blank=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="social_worker_ends_after_beginning",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return f"Social worker {self.pk}"
