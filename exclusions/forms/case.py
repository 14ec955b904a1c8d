from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from exclusions.models import Provider
from exclusions.rules.terms import OUTCOME_EVENT_LABELS


class PoundsField(forms.DecimalField):
    """An amount as people write it: £2,200, 2,200 or 2200.50."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(str(value or "").replace("£", "").replace(",", "").replace(" ", "") or None)


class OutcomeForm(GovukForm, IdempotencyMixin, VersionMixin):
    event = forms.ChoiceField(
        label="What happened",
        choices=[],
        widget=ChoiceRadios(
            row=False,
            hints={
                "averted": "Ended by the inclusion team’s work before the governors met",
                "cancelled": "The head withdrew it without that work. It counts as rescinded",
                "upheld by governors": "The governors declined to reinstate. It counts as completed",
                "reinstated by governors": "It counts as overturned",
                "reinstated after review": "Governors reconsidered after an independent review. It counts as overturned",
            },
        ),
        error_messages={"required": "Choose what happened"},
    )
    on = DayField(label="On what day", help_text="For example 19/10")
    note = forms.CharField(label="Note", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        field = cast(forms.ChoiceField, self.fields["event"])
        field.choices = list(OUTCOME_EVENT_LABELS.items())

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return on


class ProvisionForm(GovukForm, IdempotencyMixin, VersionMixin):
    provider = forms.ModelChoiceField(
        label="Provider",
        queryset=Provider.objects.filter(in_use=True).order_by("name"),
        empty_label="Choose a provider",
        error_messages={"required": "Choose a provider"},
    )
    starts_on = DayField(label="First day of education", help_text="For example 22/10")
    ends_on = DayField(label="Last day, if known", required=False)
    hours_a_week = forms.DecimalField(
        label="Hours a week",
        help_text="Full time is commonly about 25",
        min_value=0.5,
        max_value=40,
        decimal_places=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
        error_messages={"invalid": "Hours a week must be a number, for example 25", "max_digits": "Check the hours"},
    )
    agreed_cost = PoundsField(
        label="Agreed cost in pounds",
        help_text="For the whole placement, beyond what the child’s schooling would have cost",
        min_value=0,
        max_value=500_000,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"invalid": "Agreed cost must be a number of pounds, for example 2200"},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must be the first day of education or later")
        return data
