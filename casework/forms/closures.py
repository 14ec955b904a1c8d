from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.fields import ChoiceRadios, DayField


class ClosureForm(GovukForm, IdempotencyMixin):
    first = DayField(label="First day closed", help_text="For example 19/10, or tomorrow")
    last = DayField(label="Last day closed", required=False, help_text="Empty: one day only")
    kind = forms.ChoiceField(
        label="What kind of closure",
        choices=[
            ("unplanned closure", "Unplanned, for instance snow or heating"),
            ("closed", "INSET or other planned day"),
        ],
        widget=ChoiceRadios(row=False),
        error_messages={"required": "Choose what kind of closure it is"},
    )
    reason = forms.CharField(label="Reason", max_length=100, help_text="For example boiler failure")
    declared_by = forms.CharField(
        label="Who declared it", max_length=120, help_text="For example the headteacher, by telephone"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first: date | None = data.get("first")
        data["last"] = data.get("last") or first
        if first and data["last"] < first:
            self.add_error("last", "The last day closed must be the first or later")
        return data
