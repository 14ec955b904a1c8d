from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.forms.fields import ChoiceRadios, DayAndTime, DayAndTimeField
from casework.models.note import NOTE_KINDS
from casework.services.notes import Written

FIRST_YEAR = 2000
"""Before it nothing of a case can have happened."""


class NoteForm(GovukForm, IdempotencyMixin):
    """A note, call, mail, visit or meeting of a case. Cleans to Written."""

    kind = forms.ChoiceField(
        label="What it was",
        choices=list(NOTE_KINDS.items()),
        initial="note",
        widget=ChoiceRadios,
        error_messages={"required": "Choose what it was"},
    )
    happened = DayAndTimeField(label="When", help_text="Day, and time if known, for example 19/10/2026 8:42")
    with_whom = forms.CharField(label="With whom", required=False, max_length=150)
    text = forms.CharField(label="What was said or done", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))

    def clean_happened(self) -> DayAndTime:
        happened: DayAndTime = self.cleaned_data["happened"]
        if self.today and happened.day > self.today:
            raise forms.ValidationError("The day must be today or in the past")
        if happened.day.year < FIRST_YEAR:
            raise forms.ValidationError("Check the year")
        return happened

    def written(self) -> Written:
        """Return the note; only a valid form has one."""
        data: dict[str, Any] = self.cleaned_data
        happened = data["happened"]
        return Written(data["kind"], happened.day, data["text"], happened.time, data["with_whom"])


class CorrectNoteForm(NoteForm):
    because = forms.CharField(
        label="Why it is corrected",
        max_length=200,
        help_text="What it said before stays beside it",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
