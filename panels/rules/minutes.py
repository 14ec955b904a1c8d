"""The minutes of an item: what they are drafted from, in which parts, and who approves them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """A part of the minutes of an item, in the order in which they are read."""

    ROOM = "room"
    DISCUSSION = "discussion"
    DECISION = "decision"
    REASONS = "reasons"
    DISSENT = "dissent"
    ACTIONS = "actions"


PART_LABELS: Mapping[str, str] = {
    "room": "In the room",
    "discussion": "Discussion",
    "decision": "Decision",
    "reasons": "Reasons",
    "dissent": "Dissent",
    "actions": "Actions",
}


@dataclass(frozen=True, slots=True)
class Captured:
    """What was recorded of an item in the room, in words; of business most of it is empty."""

    presided: str = ""
    quorum_said: str = ""
    number_out: int = 0
    discussion: str = ""
    outcome: str = ""
    is_advice: bool = False
    school: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    cost_seen: str = ""
    support: tuple[str, ...] = ()
    departs_because: str = ""
    decided_how: str = ""
    reasons: str = ""
    dissent: str = ""
    actions: str = ""


def drafted(captured: Captured) -> dict[Part, str]:
    """Return the minutes of an item as they follow from what was captured: every part, empty where nothing was said.

    They tell how many left for the item, never who or why. Source: the panel's terms, minutes.
    """
    return {
        Part.ROOM: _room(captured),
        Part.DISCUSSION: captured.discussion.strip(),
        Part.DECISION: _decision(captured),
        Part.REASONS: captured.reasons.strip(),
        Part.DISSENT: captured.dissent.strip(),
        Part.ACTIONS: captured.actions.strip(),
    }


def approver(presided: str | None, standing: Sequence[str], *, out: Collection[str]) -> str | None:
    """Return who approves the minutes of an item: whoever presided, else the next who may preside over them.

    `standing` are the chair and then the vice-chairs in their order, as far as their seats stand; `out` are those who
    are out of the item, whether they presided or not. None where nobody is left. Source: the panel's terms, stand-in
    chair.
    """
    asked = [presided, *standing] if presided in standing else standing
    return next((member for member in asked if member not in out), None)


def _room(captured: Captured) -> str:
    left = captured.number_out
    said = [
        f"{captured.presided} presided." if captured.presided else "",
        captured.quorum_said,
        f"{left} {'member' if left == 1 else 'members'} left for this item." if left else "",
    ]
    return " ".join(filter(None, said))


def _decision(captured: Captured) -> str:
    if not captured.outcome:
        return ""
    named = ", ".join(filter(None, [captured.school, f"from {_day(captured.starts_on)}" if captured.starts_on else ""]))
    advises = "The panel advises: " if captured.is_advice else ""
    lines = [
        f"{advises}{captured.outcome}: {named}." if named else f"{advises}{captured.outcome}.",
        f"The panel departed from the turn: {captured.departs_because}" if captured.departs_because else "",
        f"Review on {_day(captured.review_on)}." if captured.review_on else "",
        f"Support: {'; '.join(captured.support)}." if captured.support else "",
        f"Cost seen: {captured.cost_seen}." if captured.cost_seen else "",
        captured.decided_how,
    ]
    return "\n".join(filter(None, lines))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
