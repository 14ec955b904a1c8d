from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from casework.registry import editable_lists
from casework.selectors.lists import items_on, labels
from exclusions.lists import EVENT_OF, OUTCOMES, PROVIDER_KINDS
from exclusions.models import Provider


class PoundsField(forms.DecimalField):
    """An amount as people write it: £2,200, 2,200 or 2200.50."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(str(value or "").replace("£", "").replace(",", "").replace(" ", "") or None)


HINTS = {
    "averted": "Ended by the inclusion team’s work before the governors met",
    "cancelled": "The head withdrew it without that work. It counts as rescinded",
    "upheld by governors": "The governors declined to reinstate. It counts as completed",
    "reinstated by governors": "It counts as overturned",
    "reinstated after review": "Governors reconsidered after an independent review. It counts as overturned",
}


class OutcomeForm(GovukForm, IdempotencyMixin, VersionMixin):
    """What happened, by the items of the list of outcomes that may be chosen today."""

    event = forms.ChoiceField(
        label="What happened",
        choices=[],
        widget=ChoiceRadios(row=False),
        error_messages={"required": "Choose what happened"},
    )
    on = DayField(label="On what day", help_text="For example 19/10")
    note = forms.CharField(label="Note", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        # A built-in item is chosen by its event's own words.
        self.items = {EVENT_OF.get(item.code, item.code): item for item in items_on(OUTCOMES, today)}
        field = cast(forms.ChoiceField, self.fields["event"])
        field.choices = [(code, item.label) for code, item in self.items.items()]
        counts = editable_lists[OUTCOMES].built_in
        own = {
            code: f"Counts as: {counts[item.counts_as].lower()}"
            for code, item in self.items.items()
            if not item.built_in
        }
        cast(ChoiceRadios, field.widget).hints = HINTS | own

    def outcome(self) -> dict[str, str]:
        """Return the event of law, and the council's own item and words where it has one."""
        item = self.items[self.cleaned_data["event"]]
        own = {} if item.built_in else {"wording": item.code, "said": item.label}
        return {"event": EVENT_OF[item.counts_as], **own}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return on


class ProviderField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A provider, named with what kind it is."""

    kinds: Mapping[str, str] = MappingProxyType({})

    def label_from_instance(self, obj: Provider) -> str:
        return f"{obj.name} ({self.kinds.get(obj.kind, obj.kind)})"


class ProvisionForm(GovukForm, IdempotencyMixin, VersionMixin):
    provider = ProviderField(
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ProviderField, self.fields["provider"]).kinds = labels(PROVIDER_KINDS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must be the first day of education or later")
        return data
