"""The minutes of a sitting as the typesetter takes them: one reader's items alone, all of it text."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from casework.council import council
from casework.typesetting import typeset
from casework.views.tables import clock_time, day_in_full
from panels.models import Sitting
from panels.rules.minutes import PART_LABELS
from panels.rules.terms import MEMBER_ROLE_LABELS
from panels.selectors.minutes import Minutes, MinutesOfItem
from panels.selectors.sittings import Expected

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "minutes.typ"
OFFICER = "Officer’s decision"


def pdf(sitting: Sitting, found: Minutes, *, reader: str, at: datetime) -> bytes:
    """Return one reader's copy as a PDF/UA-1 file. Raises NotTypeset."""
    now = timezone.localtime(at)
    status, notice = _status(found)
    data = {
        "council": council().name,
        "panel": sitting.panel.name,
        "sitting": f"{sitting.on:%A} {day_in_full(sitting.on)}, {clock_time(sitting.starts_at)}",
        "place": sitting.place,
        "made": f"Copy of {reader}, {day_in_full(now.date())}, {clock_time(now)}",
        "mark": "Draft" if any(one.is_draft for one in found.items) else "",
        "status": status,
        "notice": notice,
        "present": [in_the_seat(one) for one in found.members if one.present],
        "apologies": [in_the_seat(one) for one in found.members if one.apologies],
        "items": [_item(one) for one in found.items],
        "approvals": [[str(one.seen.number), one.title, _stands(one)] for one in found.items if one.is_recorded],
    }
    return typeset(TEMPLATE, data)


def in_the_seat(one: Expected) -> str:
    """Return a member with the seat."""
    return f"{one.person.name} ({MEMBER_ROLE_LABELS[one.membership.role].lower()})"


def _item(one: MinutesOfItem) -> dict[str, Any]:
    parts = [[PART_LABELS[part], text] for part, text in one.parts.items() if text]
    if one.officer_said:
        parts.append([OFFICER, one.officer_said])
    return {"number": one.seen.number, "heading": one.title, "stands": f"{_stands(one)}.", "parts": parts}


def _status(found: Minutes) -> tuple[str, str]:
    """Return whether the copy is a draft or approved, and what that means for whoever holds it."""
    recorded = [one for one in found.items if one.is_recorded]
    if any(one.is_draft for one in recorded):
        return "Draft.", "Not approved yet: do not act on it, and do not pass it on."
    if not recorded:
        return "Nothing is recorded yet.", ""
    if all(one.approved is None for one in recorded):
        return "Not approved yet.", "What was minuted stands here once it is approved."
    if any(one.approved is None for one in recorded):
        return "Part approved.", "What is not approved yet is left out."
    return "Approved.", "Each item in the version that stands."


def _version(one: MinutesOfItem) -> str:
    number = one.approved.number if one.approved and not one.is_draft else one.latest.number if one.latest else 1
    return str(number)


def _stands(one: MinutesOfItem) -> str:
    if not one.is_recorded:
        return "Nothing is recorded of this item"
    if one.is_draft:
        stands = f"; version {one.approved.number} stands until it is approved" if one.approved else ""
        return f"Version {_version(one)}, draft{stands}"
    if one.approved is None or one.approved.approved_at is None or one.approved.approved_by is None:
        return "Not approved yet"
    day = day_in_full(timezone.localtime(one.approved.approved_at).date())
    corrected = f". Corrected: {one.approved.because.rstrip('.')}" if one.approved.because else ""
    return f"Version {one.approved.number}, approved by {one.approved.approved_by.name} on {day}{corrected}"
