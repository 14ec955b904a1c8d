from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.models import Case, SchoolOwner, User
from casework.selectors.people import NEVER_OPENED
from casework.services.ownership import OWNING


def owners(on: date | None = None) -> QuerySet[User]:
    """Return the people who may own cases, by name: only those who have opened their account."""
    found = User.objects.filter(is_active=True, role__in=OWNING).exclude(NEVER_OPENED)
    if on is not None:
        found = found.filter(Q(access_ends_on__isnull=True) | Q(access_ends_on__gte=on))
    return found.order_by("name")


def _person(label: str, *, queryset: QuerySet[User] | None = None) -> forms.Field:
    return forms.ModelChoiceField(
        label=label,
        queryset=owners() if queryset is None else queryset,
        empty_label="Choose a colleague",
        error_messages={"required": "Choose a colleague"},
    )


def _with_something_to_give() -> QuerySet[User]:
    """Return who owns a case or a school's new notices, whether or not they still may: a leaver's must go somewhere."""
    cases = Case.objects.filter(owner__isnull=False).values("owner")
    schools = SchoolOwner.objects.filter(last_day__isnull=True).values("owner")
    return User.objects.filter(Q(pk__in=cases) | Q(pk__in=schools)).order_by("name")


class GiveCaseForm(GovukForm):
    to = _person("Give it to")
    reason = forms.CharField(
        label="Why, if it matters",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HandoverForm(GovukForm, IdempotencyMixin):
    """All the open work of one colleague, to another."""

    of = _person("Whose cases", queryset=_with_something_to_give())
    to = _person("Give them to")
    with_schools = forms.BooleanField(label="New notices of their schools too", required=False, initial=True)
    reason = forms.CharField(
        label="Why",
        help_text="For example: on leave until Monday 2 November",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("of") and data.get("of") == data.get("to"):
            self.add_error("to", "Choose somebody else: these cases are theirs")
        return data


class SchoolOwnersForm(GovukForm):
    """Who owns the new notices of the schools that were ticked; nobody leaves them to whoever logs them."""

    owner = forms.ModelChoiceField(
        label="New notices are owned by", queryset=owners(), empty_label="Whoever logs them", required=False
    )
