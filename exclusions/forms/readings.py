from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceRadios, DayField
from exclusions.rules.ambiguities import SETTING_LABELS, Question


class ReadingForm(GovukForm, IdempotencyMixin, VersionMixin):
    setting = forms.ChoiceField(label="Which reading is in force", choices=list(SETTING_LABELS.items()))
    in_force_from = DayField(
        label="In force from",
        help_text="Exclusions that begin on or after this day are worked out with it, also those logged already",
    )
    why = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who decided, and on what advice",
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        hints = {
            "reading 1": question.reading_1,
            "reading 2": question.reading_2,
            "both": "The earlier date is due, and the other stands beside it",
        }
        self.fields["setting"].widget = ChoiceRadios(choices=list(SETTING_LABELS.items()), row=False, hints=hints)


class RuleSetCheckForm(GovukForm, IdempotencyMixin, VersionMixin):
    is_checked = forms.BooleanField(label="Checked against the published guidance", required=False)
    checked_by = forms.CharField(label="Who checked it", max_length=120)
    checked_on = DayField(label="When", help_text="For example 24/11/2026 or today")
