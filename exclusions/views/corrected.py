"""How a page tells what a notice said before it was corrected, and what it says now."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from casework.views.tables import clock_time
from exclusions.models import Exclusion
from exclusions.rules.notice_fields import FIELD_LABELS
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from exclusions.selectors.corrections import CorrectionLine, corrections_of
from exclusions.views.presenting import long_day


def correction_item(line: CorrectionLine) -> dict[str, Any]:
    """Return when, who and why, and each change in words."""
    correction = line.correction
    at = timezone.localtime(correction.corrected_at)
    return {
        "when": f"{long_day(at.date(), year=True)} at {clock_time(at)}",
        "who": correction.corrected_by.name,
        "because": correction.because,
        "changes": [
            {"label": FIELD_LABELS[name], "before": _words(name, before), "after": _words(name, after)}
            for name, before, after in line.changes
        ],
    }


def changes_in_words(exclusion: Exclusion, *, since: int) -> list[str]:
    """Return what was corrected after a version of an exclusion, each change as a sentence: saving may undo it."""
    return [
        f"{line.correction.corrected_by.name} changed “{FIELD_LABELS[name]}” from “{_words(name, before)}” to "
        f"“{_words(name, after)}”. It is kept only if it stands so below"
        for line in reversed(corrections_of(exclusion))
        if line.correction.version > since
        for name, before, after in line.changes
    ]


def _words(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "Not given"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "tried":
        return ", ".join(
            f"{STRATEGY_LABELS[strategy]} ({EFFECT_LABELS[effect].lower()})" for strategy, effect in value.items()
        )
    if name == "reasons":
        return ", ".join(value)
    if name.endswith("_time"):
        return clock_time(time.fromisoformat(value))
    if name.endswith(("_on", "_day")):
        return long_day(date.fromisoformat(value), year=True)
    choices = dict(getattr(Exclusion._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))
