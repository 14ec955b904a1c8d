from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from panels.rules.placement_follow_up import Found
from panels.rules.placement_order import WITH_REASONS
from panels.rules.placement_terms import ENDED, FOLLOW_UP_LABELS, FollowUp, Step
from panels.selectors.placement_list import SHOWS
from panels.services.placements import Taken


class PlacementFilter(forms.Form):
    show = forms.ChoiceField(required=False, choices=list(SHOWS.items()))

    def chosen(self) -> str:
        """Return what is to be shown: what cannot be understood is nothing, so that those under way are."""
        self.full_clean()
        return str(self.cleaned_data.get("show", ""))


class PlacementStepForm(GovukForm, IdempotencyMixin, VersionMixin):
    """One step of a placement: its day, and how it is known, which of a refusal are the school's reasons."""

    on = DayField(label="On what day", help_text="For example 12/11, or today")
    words = forms.CharField(
        label="How we know",
        help_text="For example the head’s e-mail of 14 October",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    review_finished = forms.BooleanField(
        label="The review has finished, and the child is not reinstated",
        error_messages={"required": "Tick this once the review has finished without reinstatement (R45(c))"},
    )

    def __init__(self, *args: Any, step: Step, asks_of_review: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_of_review:
            del self.fields["review_finished"]
        if step in WITH_REASONS:
            words = self.fields["words"]
            words.required = True
            words.label = "The school’s reasons"
            words.help_text = "As it gave them. A direction is judged by them"
            words.error_messages["required"] = "Write the reasons that the school gave"

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return on

    def taken(self, step: Step) -> Taken:
        """Return the step as it was typed."""
        data = self.cleaned_data
        return Taken(step, data["on"], data["words"], review_finished=data.get("review_finished", False))


class FollowUpForm(GovukForm, IdempotencyMixin, VersionMixin):
    """What a follow-up found: when, what, and of a placement that is over its last day."""

    outcome = forms.ChoiceField(
        label="What became of the placement",
        choices=list(FOLLOW_UP_LABELS.items()),
        widget=ChoiceRadios(row=False),
        error_messages={"required": "Choose what became of the placement"},
    )
    on = DayField(label="On what day that was so", help_text="For example 12/11, or today")
    ended_on = DayField(
        label="Last day at the school",
        required=False,
        help_text="Only where the placement is over: the school then has its turn back",
    )
    words = forms.CharField(
        label="How we know", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("on", "ended_on"):
            if data.get(name) and self.today and data[name] > self.today:
                self.add_error(name, "The day must be today or in the past")
        over = data.get("outcome") in ENDED
        if over and not data.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", "Enter the last day at the school")
        if data.get("outcome") and not over and data.get("ended_on"):
            self.add_error("ended_on", "Leave this empty: the child is still on the roll")
        return data

    def found(self) -> Found:
        """Return what was found."""
        data = self.cleaned_data
        return Found(data["on"], FollowUp(data["outcome"]), data["ended_on"])


class TakeBackForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        help_text="It stays on the file, crossed out, with this reason",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
