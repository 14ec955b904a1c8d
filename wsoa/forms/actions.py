from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from wsoa.rules.terms import STATE_LABELS

BEHIND = {"no": "On schedule", "yes": "Behind schedule"}
BY_RULE = "rule"


class AnswerForm(GovukForm):
    """What a lead says of an action. Words go into the words; the number is a number."""

    text = forms.CharField(
        label="What was done, and what is to come",
        max_length=2000,
        required=False,
        help_text="No child’s name: plans are public",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    per_cent = forms.IntegerField(
        label="Per cent done",
        min_value=0,
        max_value=100,
        required=False,
        help_text="A number from 0 to 100. 100: it is done",
        error_messages={"invalid": "Enter a number only, from 0 to 100: words go into the text above"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-3"}),
    )
    behind = forms.ChoiceField(
        label="Schedule", choices=list(BEHIND.items()), required=False, widget=ChoiceRadios(row=True)
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        said = data.get("text") or data.get("per_cent") is not None or data.get("behind")
        if not said and not self.errors:
            self.add_error("text", "Say something of the action: words, per cent or its schedule")
        return data

    @property
    def said(self) -> dict[str, Any]:
        """What was said, as the services take it: of the schedule None where nothing was."""
        behind = {"yes": True, "no": False}.get(self.cleaned_data["behind"])
        return {name: self.cleaned_data[name] for name in ("text", "per_cent")} | {"behind": behind}


class UpdateForm(AnswerForm, IdempotencyMixin):
    """The same, by somebody with an account, who may say it of a day gone by."""

    on = DayField(label="As at", help_text="For example 1/9, or today")
    field_order = ("on", "text", "per_cent", "behind")

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("An update cannot be of a day to come")
        return on


class MoveDateForm(GovukForm, IdempotencyMixin, VersionMixin):
    """Another date for an action, as the paper is to write it."""

    now = forms.CharField(
        label="Date, as it is to be written",
        max_length=200,
        help_text="For example Mar 27, Jan 27 to Jun 27, or Sept 26 and ongoing",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    reason = forms.CharField(label="Why it moves", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class StateForm(GovukForm, IdempotencyMixin, VersionMixin):
    """A state over the rule's, with the reason. `version` is how many decisions the page knew of."""

    state = forms.ChoiceField(
        label="State",
        choices=[(BY_RULE, "As the rule says"), *STATE_LABELS.items()],
        widget=ChoiceRadios(row=False),
    )
    reason = forms.CharField(
        label="Why", max_length=500, help_text="It is printed with the state", widget=forms.Textarea(attrs={"rows": 3})
    )
