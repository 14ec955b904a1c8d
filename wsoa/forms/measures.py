import re
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from wsoa.rules.indicators import INDICATORS
from wsoa.rules.measures import is_on_the_better_side
from wsoa.rules.terms import DIRECTION_LABELS
from wsoa.services.measures import Understood

# Commas only where they stand between thousands: 1,5 may be meant for 1.5, and is asked again.
PLAIN = re.compile(r"-?([0-9]{1,3}(,[0-9]{3})+|[0-9]*)(\.[0-9]+)?")
NUMBER_ONLY = "Enter a number only, such as 14 or 18.4"


class NumberField(forms.DecimalField):
    """A number as people write it: with commas between the thousands."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            if not PLAIN.fullmatch(value.strip()):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            value = value.replace(",", "")
        return super().to_python(value)


def number(label: str, *, required: bool = False, help_text: str = "") -> NumberField:
    """Return a field for a number of a measure's unit, which refuses prose."""
    return NumberField(
        label=label,
        max_digits=10,
        decimal_places=2,
        required=required,
        help_text=help_text,
        error_messages={"invalid": NUMBER_ONLY},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "govuk-input--width-5"}),
    )


class UnderstandForm(GovukForm, IdempotencyMixin, VersionMixin):
    """What a measure is understood to ask for."""

    indicator = forms.ChoiceField(
        label="Where its readings come from",
        choices=[("", "Entered, with evidence"), *((code, each.label) for code, each in INDICATORS.items())],
        required=False,
        widget=ChoiceRadios(row=False, hints={code: each.definition for code, each in INDICATORS.items()}),
    )
    since = DayField(label="Counted from", required=False, help_text="For a figure that counts from a day")
    direction = forms.ChoiceField(
        label="Which way is better",
        choices=list(DIRECTION_LABELS.items()),
        required=False,
        widget=ChoiceRadios(row=True),
    )
    baseline = number("Baseline")
    baseline_on = DayField(label="Day of the baseline", required=False)
    target = number("Target")
    target_note = forms.CharField(
        label="Where the target comes from",
        max_length=120,
        required=False,
        help_text="Where not from the plan, for example England, 2023/24",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due = DayField(label="To be met by", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        # Taken first: what is at fault leaves the data.
        typed = dict(data)
        if (typed["baseline"] is None) != (typed["baseline_on"] is None):
            self.add_error("baseline_on", "Enter a baseline and its day, or neither")
        if typed["target"] is not None and not typed["direction"]:
            self.add_error("direction", "Choose which way is better")
        if typed["baseline_on"] and typed["due"] and typed["due"] <= typed["baseline_on"]:
            self.add_error("due", "The day to meet the target must be after the day of the baseline")
        if not is_on_the_better_side(typed["direction"], baseline=typed["baseline"], target=typed["target"]):
            self.add_error(
                "target",
                f"{DIRECTION_LABELS[typed['direction']]}: the target must not be on the other side of the baseline",
            )
        counts_from = typed["indicator"] in INDICATORS and INDICATORS[typed["indicator"]].since
        if counts_from and not typed["since"]:
            self.add_error("since", "Enter the day from which it is counted")
        if typed["since"] and not counts_from:
            self.add_error("since", "Only a figure that counts from a day has one: leave it empty")
        return data

    def facts(self) -> Understood:
        """Return what was typed, once the form is valid."""
        return Understood(**{name: self.cleaned_data[name] for name in Understood.__dataclass_fields__})


class ReadingForm(GovukForm, IdempotencyMixin):
    on = DayField(label="As at", help_text="For example 1/9, or today")
    value = number("Value", required=True)
    evidence = forms.CharField(
        label="Evidence",
        max_length=500,
        help_text="Where the value comes from, so that somebody else can find it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].error_messages["required"] = "Enter the value: a number only"

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("A reading cannot be of a day to come")
        return on


class WithdrawReadingForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is withdrawn",
        max_length=200,
        help_text="For example: the figure was last year’s",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
