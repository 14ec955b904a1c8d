import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Concat

from casework.models.folding import Folded
from casework.models.querysets import PupilQuerySet, WithdrawableQuerySet
from casework.rules.terms import (
    ENROLMENT_STATUS_LABELS,
    ETHNICITY_LABELS,
    SEX_LABELS,
    YEAR_GROUP_LABELS,
)

if TYPE_CHECKING:
    from casework.models.pupil_record import OtherName, OtherUpn

CIRCUMSTANCE_LABELS = {
    "sen": "SEN",
    "sen_need": "SEN need",
    "early_help": "Early help",
    "social_care": "Social care",
    "social_worker": "Social worker",
    "free_school_meals": "Free school meals",
}


class Withdrawable(models.Model):
    """An entry that can be taken back with a reason and is never deleted."""

    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Any]] = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True


# The folded name follows from the two names, so its history would say nothing more.
@pghistory.track(exclude=["search_name"])
class Pupil(models.Model):
    """A child. The address of a child's page holds `public_id`, never a name or a UPN."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upn = models.CharField("UPN", max_length=13, unique=True, null=True, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=SEX_LABELS)
    ethnicity = models.CharField(max_length=4, choices=ETHNICITY_LABELS, default="NOBT")
    home_authority = models.ForeignKey("LocalAuthority", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    search_name = models.GeneratedField(
        expression=Folded(Concat("first_name", models.Value(" "), "last_name")),
        output_field=models.CharField(max_length=200),
        db_persist=True,
    )

    # Given by the selector's prefetch: the spells begun, newest first.
    latest_spells: "list[RollSpell]"
    # Given by the search for the same child: other names and UPNs, and what was typed, folded.
    standing_names: "list[OtherName]"
    standing_upns: "list[OtherUpn]"
    typed_name: str

    objects: ClassVar[models.Manager["Pupil"]] = PupilQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(OpClass("search_name", name="gin_trgm_ops"), name="pupil_search_name"),
            models.Index(fields=["date_of_birth"], name="pupil_date_of_birth"),
        ]

    def __str__(self) -> str:
        return f"Pupil {self.pk}"

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.first_name} {self.last_name}"


@pghistory.track()
class RollSpell(models.Model):
    """A spell on the roll of one school in one year group; an open spell has no last day."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="roll_spells")
    school = models.ForeignKey("School", on_delete=models.PROTECT, related_name="roll_spells")
    year_group = models.CharField(max_length=2, choices=YEAR_GROUP_LABELS)
    enrolment_status = models.CharField(max_length=1, choices=ENROLMENT_STATUS_LABELS, default="C")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roll_spell_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return f"Year {self.year_group} from {self.first_day}"


@pghistory.track()
class Circumstance(Withdrawable):
    """What was so of a child from one day to another, who said so, and since when the council has known."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="circumstances")
    kind = models.CharField(max_length=20, choices=CIRCUMSTANCE_LABELS)
    value = models.CharField(max_length=30)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=100)
    known_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circumstance_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            )
        ]
        indexes = [models.Index(fields=["pupil", "kind", "first_day"], name="circumstance_as_at")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


@pghistory.track()
class Address(Withdrawable):
    """Where a child lived from one day to another. A protected address is withheld unless a role may see it."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8)
    protected = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return f"Address {self.pk}"
