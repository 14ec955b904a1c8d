import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.forms.base import GovukForm, IdempotencyMixin, VersionMixin
from casework.forms.fields import DayField
from panels.rules.turns.baseline_scores import Profile
from panels.rules.turns.ledger import TurnSchool
from panels.rules.turns.pressures import BadPressures, read_pressures

MOST_TOLD = 10


class PublishScoresForm(GovukForm, IdempotencyMixin, VersionMixin):
    """The pressures of a panel's schools, a line for each: shown as scores first, then published."""

    in_force_from = DayField(label="In force from", help_text="For example 1/9, or today")
    lines = forms.CharField(
        label="Pressures of the schools",
        max_length=200_000,
        strip=False,
        help_text=(
            "A line for each school, as below or as the cells of a spreadsheet. Percentages of the roll from 0 to 100, "
            "attainment as a scaled score. The roll is the January headcount on file."
        ),
        error_messages={"required": "Paste the pressures, a line for each school"},
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "autocomplete": "off", "wrap": "off"}),
    )
    # What was shown for checking: what differs from it is shown again before it is published.
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, schools_on: Callable[[date], Sequence[TurnSchool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools_on = schools_on
        self.profiles: tuple[Profile, ...] = ()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("in_force_from") or not data.get("lines"):
            return data
        try:
            self.profiles = read_pressures(data["lines"], schools=self.schools_on(data["in_force_from"]))
        except BadPressures as bad:
            for fault in bad.faults[:MOST_TOLD]:
                self.add_error("lines", str(fault))
            if len(bad.faults) > MOST_TOLD:
                self.add_error("lines", f"And {len(bad.faults) - MOST_TOLD} more lines")
        return data

    def fingerprint(self) -> str:
        """Return what tells these scores from any others."""
        return hashlib.sha256(repr((self.cleaned_data["in_force_from"], self.profiles)).encode()).hexdigest()
