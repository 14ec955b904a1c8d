from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from casework.models import School, User
from casework.roles import ROLE_CHOICES, ROLES
from casework.selectors.people import STATES
from casework.services.people import Details

ROLE_HINTS = {code: role.description for code, role in ROLES.items()}


class PeopleFilter(forms.Form):
    """The list's filters. People who work here are no children: their names may stand in an address."""

    q = forms.CharField(required=False, max_length=100)
    role = forms.ChoiceField(required=False, choices=[("", "Every role"), *ROLE_CHOICES.items()])
    team = forms.CharField(required=False, max_length=80)
    state = forms.ChoiceField(required=False, choices=[("", "Every state"), *STATES.items()])

    def chosen(self) -> dict[str, Any]:
        """Return the filters that are in force: what cannot be understood is not."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PersonDetails(GovukForm):
    name = forms.CharField(label="Name", max_length=120)
    post = forms.CharField(label="Post", max_length=120, required=False)
    role = forms.ChoiceField(
        label="Role", choices=list(ROLE_CHOICES.items()), widget=ChoiceRadios(row=False, hints=ROLE_HINTS)
    )
    schools = forms.CharField(
        label="Schools",
        required=False,
        max_length=400,
        help_text="For a school user: the URN of each school, such as 900001 900002",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    team = forms.CharField(label="Team", max_length=80, required=False, help_text="For council staff")
    access_ends_on = DayField(
        label="Last day of access", required=False, help_text="For example 31/8/2027. Empty: no last day"
    )

    def clean_access_ends_on(self) -> date | None:
        day: date | None = self.cleaned_data["access_ends_on"]
        # A last day that is past already stays as it is when something else is changed.
        if day and self.today and day < self.today and day != self.initial.get("access_ends_on"):
            raise ValidationError("The last day of access must be today or later")
        return day

    def clean_schools(self) -> tuple[School, ...]:
        urns = self.cleaned_data["schools"].replace(",", " ").split()
        found = {school.urn: school for school in School.objects.filter(urn__in=urns)}
        unknown = [urn for urn in urns if urn not in found]
        if unknown:
            raise ValidationError(f"No school with the URN {unknown[0]} is held")
        return tuple(found.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("role") == "school_user" and "schools" not in self.errors and not data.get("schools"):
            self.add_error("schools", "Enter the URN of at least one school")
        elif data.get("role") and data.get("role") != "school_user" and data.get("schools"):
            self.add_error("schools", "Only a school user acts for schools: leave this empty")
        return data

    def details(self) -> Details:
        """Return what was said of the person."""
        data = self.cleaned_data
        return Details(
            name=data["name"],
            post=data["post"],
            role=data["role"],
            team=data["team"],
            schools=data["schools"],
            access_ends_on=data["access_ends_on"],
        )


class InviteForm(PersonDetails, IdempotencyMixin):
    email = forms.EmailField(
        max_length=254,
        label="Email address",
        help_text="The invitation is sent there, and it is what they sign in with",
        error_messages={"invalid": "Enter an email address such as name@example.org"},
    )
    field_order = ("name", "email", "post", "role", "schools", "team", "access_ends_on", "token")


class ChangePersonForm(PersonDetails, VersionMixin):
    pass


class OpenAccountForm(GovukForm):
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that only you put together are a good one",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Type it again",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", "The two passwords differ: type the same one twice")
        elif password:
            try:
                validate_password(password, self.user)
            except ValidationError as weak:
                for message in weak.messages:
                    self.add_error("password", message)
        return data
