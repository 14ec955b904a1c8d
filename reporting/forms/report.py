import unicodedata
from typing import Any, cast

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from casework.rules.periods import Period


class PrintableField(forms.CharField):
    """Text that the report's font can print: no pictures."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        for letter in text:
            if ord(letter) > 0xFFFF or (unicodedata.category(letter) == "So" and letter not in "©®°"):
                raise forms.ValidationError(f"“{letter}” cannot be printed: take it out")
        return text


class OpenReportForm(GovukForm):
    period = forms.ChoiceField(
        label="Academic year or term", choices=[], error_messages={"required": "Choose an academic year or term"}
    )

    def __init__(self, *args: Any, periods: list[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["period"])
        field.choices = [("", "Choose"), *((period.key, period.label) for period in periods)]


class CoverForm(GovukForm, VersionMixin):
    committee = PrintableField(label="Committee", max_length=120)
    meeting_on = DayField(label="Day of the meeting", help_text="For example 2/12/2026")
    item = PrintableField(
        label="Item", required=False, max_length=10, widget=forms.TextInput(attrs={"class": "govuk-input--width-4"})
    )
    officer = PrintableField(label="Responsible officer, name and post", max_length=150)


class SectionForm(GovukForm, VersionMixin):
    body = PrintableField(
        label="Narrative",
        help_text="A blank line parts paragraphs; a line that begins with a hyphen is an item of a list",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class SignForm(GovukForm, IdempotencyMixin, VersionMixin):
    read = forms.BooleanField(label="I have read the public version page by page")
    stand = forms.BooleanField(label="The figures stand")
