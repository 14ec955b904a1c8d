"""The receipt that a school is sent for its notice: reference and dates, and nothing that names the child."""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.template.loader import render_to_string

from casework.council import council
from exclusions.models import Exclusion
from exclusions.rules.terms import KIND_LABELS

KIND = "exclusion_receipt"
TEMPLATE = "letters/exclusion_receipt.txt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it is sent."""

    subject: str
    body: str


def receipt_of(exclusion: Exclusion, *, day_six: date | None, other_day_six: date | None) -> Receipt:
    """Return the receipt for a notice. Day six is by the two readings, and None where no education is due."""
    reference = exclusion.case.reference
    body = render_to_string(
        TEMPLATE,
        {
            "reference": reference,
            "kind": KIND_LABELS[exclusion.kind].lower(),
            "exclusion": exclusion,
            "school": exclusion.school.name,
            "told_time": _clock(exclusion.council_told_time),
            "day_six": day_six,
            "other_day_six": other_day_six if other_day_six != day_six else None,
            "council": council().name,
            "email": settings.COUNCIL_EMAIL,
            "telephone": settings.COUNCIL_TELEPHONE,
        },
    )
    return Receipt(f"Notice {reference} received", body.strip() + "\n")


def _clock(at: time | None) -> str:
    return f"{at.hour % 12 or 12}:{at.minute:02d}{'am' if at.hour < 12 else 'pm'}" if at else ""
