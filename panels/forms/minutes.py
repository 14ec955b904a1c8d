from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import ChoiceBoxes
from panels.models.item_minutes import MOST
from panels.rules.minutes import PART_LABELS, Part
from panels.selectors.minutes import MinutesOfItem

MEANWHILE = "The minutes of an item were changed meanwhile. Read them again, then tick what you approve"
# What the minutes of a child's item cannot be without.
NEEDED = frozenset({Part.DECISION, Part.REASONS})


class CorrectMinutesForm(GovukForm, IdempotencyMixin, VersionMixin):
    """The parts of the minutes of an item; why they are corrected is asked where they were approved."""

    because = forms.CharField(
        label="Why approved minutes are corrected",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, were_approved: bool, is_business: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.CharField(
                label=PART_LABELS[part],
                max_length=MOST,
                required=part in NEEDED and not is_business,
                error_messages={"required": f"Write the {PART_LABELS[part].lower()}"},
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        if not were_approved:
            del self.fields["because"]

    def parts(self) -> Mapping[Part, str]:
        """Return the minutes as they were typed."""
        return {part: self.cleaned_data[part.value] for part in Part}


class ApproveMinutesForm(GovukForm, IdempotencyMixin):
    """Which of the items that were read are approved; each choice holds the version that was read."""

    items = forms.MultipleChoiceField(
        label="I approve the minutes of",
        widget=ChoiceBoxes(),
        error_messages={"required": "Tick the items whose minutes you approve"},
    )

    def __init__(self, *args: Any, waiting: Iterable[MinutesOfItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["items"]
        choices.choices = [
            (f"{one.seen.item.pk}-{one.version}", f"Item {one.seen.number}: {one.title}") for one in waiting
        ]
        choices.initial = [value for value, _ in choices.choices]
        choices.error_messages["invalid_choice"] = MEANWHILE

    def versions(self) -> Mapping[int, int]:
        """Return the version that was read of each item that is approved, by the item's primary key."""
        pairs = (value.split("-") for value in self.cleaned_data["items"])
        return {int(item): int(version) for item, version in pairs}
