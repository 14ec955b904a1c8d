from collections.abc import Iterable
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes
from panels.models.decision_letter import MOST
from panels.selectors.letters import DueLetter
from panels.services.letters import ToSend

MEANWHILE = "A letter was sent, or its item decided anew, meanwhile. Look at the list again, then tick what you send"


class SendLettersForm(GovukForm, IdempotencyMixin):
    """Which of the letters that wait are sent as drafted; each choice holds the recording that it tells of."""

    letters = forms.MultipleChoiceField(
        label="Letters to send", widget=ChoiceBoxes(), error_messages={"required": "Tick the letters to send"}
    )

    def __init__(self, *args: Any, waiting: Iterable[DueLetter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["letters"]
        choices.choices = [
            (f"{one.seen.item.pk}/{one.version}/{one.to}", f"{one.referral.reference}, to {one.reader}")
            for one in waiting
        ]
        choices.initial = [value for value, _ in choices.choices]
        choices.error_messages["invalid_choice"] = MEANWHILE

    def chosen(self) -> list[ToSend]:
        """Return the letters that are sent."""
        found = [value.split("/") for value in self.cleaned_data["letters"]]
        return [ToSend(int(item), int(version), to) for item, version, to in found]


class LetterForm(GovukForm, IdempotencyMixin, VersionMixin):
    """The words of one letter; `version` is that of the decision that it tells of."""

    body = forms.CharField(
        label="Letter",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={"required": "Write the letter"},
    )
