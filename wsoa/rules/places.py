"""How a file names a row of a plan: P2 is the second priority, P2A7 the seventh action in it, P2M1 and P2O1 likewise."""

import re

_PLACE = re.compile(r"P(\d{1,4})(?:([AMO])(\d{1,4}))?", re.ASCII)
ACTION, MEASURE, OUTCOME = "A", "M", "O"


def place(priority: int, part: str = "", position: int = 0) -> str:
    """Return the place of a priority, or of an action, a measure or an outcome in it, by their positions."""
    return f"P{priority}{part}{position}" if part else f"P{priority}"


def positions(text: str, part: str = "") -> tuple[int, int] | None:
    """Return the positions of priority and part that a place names, 0 for no part; None for what is no such place."""
    found = _PLACE.fullmatch(text.strip().upper())
    if found is None or (found[2] or "") != part:
        return None
    return int(found[1]), int(found[3] or 0)
