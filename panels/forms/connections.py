from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from casework.forms.school_field import SchoolField
from casework.models import Trust
from panels.rules.connection_terms import CONNECTION_LABELS, names_of_what
from panels.services.connections import Facts

NAMES = {"school": "a school", "trust": "a trust", "family_name": "a family name", "postcode": "a postcode"}


class ConnectionForm(GovukForm, IdempotencyMixin):
    """A connection: its kind says which of school, trust, family name and postcode it names."""

    kind = forms.ChoiceField(
        label="What connects",
        choices=list(CONNECTION_LABELS.items()),
        widget=ChoiceRadios(
            row=False,
            hints={
                "declared": "To a school, a trust or a family",
                "family_name": "The member’s own, a partner’s or a relative’s: asked about only where it matches",
                "address": "Where the member lives: asked about only where it is near",
            },
        ),
    )
    school = SchoolField(label="School", required=False)
    trust = forms.ModelChoiceField(
        label="Trust", queryset=Trust.objects.order_by("name", "pk"), required=False, empty_label="No trust"
    )
    family_name = forms.CharField(
        label="Family name", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10"}),
    )
    street = forms.CharField(
        label="Street", max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    first_day = DayField(label="Since", required=False, help_text="Empty: always, or it is not known")
    last_day = DayField(label="Until", required=False, help_text="For what is past already. Empty: it goes on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind"):
            self._must_name_one(data, names_of_what(data["kind"]))
        if data.get("street") and not data.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Enter the postcode of the street")
        return data

    def _must_name_one(self, data: dict[str, Any], wanted: frozenset[str]) -> None:
        named = [name for name in NAMES if data.get(name) or name in self.errors]
        spoken = " or ".join(words for name, words in NAMES.items() if name in wanted)
        for name in named:
            if name not in wanted:
                self.add_error(name, f"Leave this empty: this connection is to {spoken}")
        ours = [name for name in named if name in wanted]
        if not ours:
            first = next(name for name in NAMES if name in wanted)
            self.add_error(first, f"Enter {spoken}")
        for name in ours[1:]:
            self.add_error(name, "Leave this empty, or declare it by itself: each connection is to one thing")

    def facts(self) -> Facts:
        """Return what was said."""
        return Facts(**{name: value for name, value in self.cleaned_data.items() if name != "token"})


class EndConnectionForm(GovukForm, IdempotencyMixin, VersionMixin):
    last_day = DayField(label="Last day on which it held", help_text="For example 31/8, or yesterday")
    because = forms.CharField(
        label="What changed", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
