from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from exclusions.rules.notice_contents import Element
from exclusions.rules.steps import LETTERS, METHOD_LABELS, Step


class StepForm(GovukForm, IdempotencyMixin, VersionMixin):
    """One step: its day, how it is known and, where the duty hangs on it, how it was given."""

    on = DayField(label="On what day", help_text="For example 19/10, or mon")
    method = forms.ChoiceField(
        label="How it was given",
        choices=list(METHOD_LABELS.items()),
        widget=ChoiceRadios(
            hints={"first_class": "Counts as given on the second working day after posting"},
        ),
        error_messages={"required": "Choose how it was given"},
    )
    representations = forms.BooleanField(
        label="The parent has made representations",
        required=False,
        help_text="Past 5 school days in the term, the governors then must meet",
    )
    exam_on = DayField(
        label="Public exam or national test that the child would miss",
        required=False,
        help_text="Its day, if there is one: the governors should meet before it",
    )
    points = forms.MultipleChoiceField(
        label="What the letter says",
        choices=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick each point that it says. What it leaves out stays in sight until a letter says it",
    )
    evidence = forms.CharField(
        label="How we know",
        required=False,
        max_length=200,
        help_text="For example the clerk’s e-mail of 14 October",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, step: str, today: date, elements: Sequence[Element] = (), **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.step = step
        self.elements = elements
        if elements:
            points = cast(forms.MultipleChoiceField, self.fields["points"])
            points.choices = [(element.key, element.wording) for element in elements]
        else:
            del self.fields["points"]
        if step not in LETTERS:
            del self.fields["method"]
        if step != Step.GOVERNORS_TOLD:
            del self.fields["representations"]
            del self.fields["exam_on"]

    @property
    def points_told(self) -> dict[str, list[str]]:
        """Return the points that the letter says and those that it should and does not, by key; nothing of no letter."""
        if not self.elements:
            return {}
        said = self.cleaned_data["points"]
        return {"said": said, "missing": [element.key for element in self.elements if element.key not in said]}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if self.today and on > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        return on


class WithdrawStepForm(GovukForm, IdempotencyMixin):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        help_text="It stays on the file, crossed out, with this reason",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
