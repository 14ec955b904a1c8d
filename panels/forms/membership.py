from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from casework.models import User
from casework.roles import ROLE_CHOICES, ROLES, Permission
from panels.rules.seats import SEATS_OF
from panels.rules.terms import MEMBER_ROLE_LABELS, MemberRole, PanelKind

SITTING = sorted(
    code
    for code, role in ROLES.items()
    if role.permissions & {Permission.SIT_ON_PANELS, Permission.SEE_PANELS, Permission.PREPARE_PANELS}
)


class _PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: User) -> str:
        return f"{person.name}, {person.post or ROLE_CHOICES[person.role]}"


class AppointForm(GovukForm, IdempotencyMixin):
    person = _PersonChoice(
        label="Who",
        queryset=User.objects.none(),
        empty_label="Choose a person",
        help_text="People whose role in the service lets them sit on panels. Others are invited under People first",
        error_messages={"required": "Choose a person"},
    )
    role = forms.ChoiceField(label="Sits as", choices=[])
    vice_chair_order = forms.IntegerField(
        label="Stands in for the chair",
        required=False,
        min_value=1,
        max_value=20,
        help_text="For a vice-chair, the place in the order: 1 is asked first. Empty for anybody else",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Enter a whole number from 1 to 20"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    first_day = DayField(label="First day", help_text="For example 1/9, or today")
    last_day = DayField(
        label="Last day", required=False, help_text="It ends by itself after this day. Empty: no end is known"
    )

    def __init__(self, *args: Any, kind: PanelKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = candidates(self)
        seats: Any = self.fields["role"]
        seats.choices = [
            ("", "Choose a seat"),
            *((role.value, MEMBER_ROLE_LABELS[role.value]) for role in MemberRole if role in SEATS_OF[kind]),
        ]
        seats.error_messages["required"] = "Choose a seat"


def candidates(form: GovukForm) -> QuerySet[User]:
    """Return the people who may be given a seat, by name."""
    found = User.objects.filter(is_active=True, role__in=SITTING)
    return found.filter(Q(access_ends_on__isnull=True) | Q(access_ends_on__gte=form.today)).order_by("name", "pk")


class EndMembershipForm(GovukForm, IdempotencyMixin, VersionMixin):
    last_day = DayField(label="Last day as a member", help_text="For example 31/8, or yesterday")
    because = forms.CharField(
        label="Why it ends", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
