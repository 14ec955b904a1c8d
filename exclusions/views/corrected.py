"""How a page tells what a notice said before it was corrected, and what it says now."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from casework.views.tables import clock_time
from exclusions.models import Exclusion
from exclusions.rules.notice_fields import FIELD_LABELS
from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS
from exclusions.selectors.corrections import CorrectionLine
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
