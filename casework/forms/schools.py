from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import A_YEAR_AHEAD, ChoiceRadios, DayField
from casework.models import Trust
from casework.models.places import CONTACT_ROLES
from casework.rules.terms import PHASE_LABELS

STATES = {"open": "Open", "closed": "Closed"}


class SchoolFilter(forms.Form):
    """The list's filters. A school is no child, so that its name may stand in an address."""

    q = forms.CharField(required=False, max_length=100)
    phase = forms.ChoiceField(required=False, choices=[("", "Every phase"), *PHASE_LABELS.items()])
    trust = forms.ModelChoiceField(
        queryset=Trust.objects.order_by("name", "pk"), to_field_name="group_id", required=False
    )
    state = forms.ChoiceField(required=False, choices=[("", "Open and closed"), *STATES.items()])

    def chosen(self) -> dict[str, Any]:
        """Return the filters that are in force: what cannot be understood is not."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ContactDetails(GovukForm):
    name = forms.CharField(label="Name", max_length=120)
    telephone = forms.RegexField(
        label="Telephone",
        regex=r"^[\d+() x-]{5,30}$",
        required=False,
        error_messages={"invalid": "Write a telephone number in digits, such as 01632 960 417"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        max_length=254,
        label="Email address",
        required=False,
        error_messages={"invalid": "Enter an email address such as name@example.org"},
    )
    first_day = DayField(label="From which day", help_text="For example 1/9, or today", most_ahead=A_YEAR_AHEAD)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("telephone") and not data.get("email") and not self.errors:
            self.add_error("telephone", "Enter a telephone number or an email address")
        return data


class AddContactForm(ContactDetails, IdempotencyMixin):
    role = forms.ChoiceField(label="Role", choices=list(CONTACT_ROLES.items()), widget=ChoiceRadios(row=False))
    takes_over = forms.BooleanField(label="Takes over from whoever holds the role now", required=False, initial=True)
    field_order = ("role", "name", "telephone", "email", "first_day", "takes_over", "token")


class ChangeContactForm(ContactDetails, VersionMixin):
    pass


class EndContactForm(GovukForm, VersionMixin):
    last_day = DayField(label="Last day in the role", help_text="For example 31/8, or yesterday")
