"""A notice as the loader plans it, before it has rows: what was decided, when, why and who was told."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from reporting.demonstration.chance import Chance, pick
from reporting.demonstration.children import Child
from reporting.demonstration.places import Place

THREE_REASONS_FROM = date(2020, 9, 1)
# England's permanent exclusions of 2016/17 by reason; from 2020 "other" is spread over the codes that replaced it.
PERMANENT_BEFORE = {
    "DB": 2755, "OT": 1355, "PP": 1025, "PA": 745, "VA": 655, "DA": 565, "VP": 330, "SM": 105, "DM": 95, "TH": 40,
    "BU": 25, "RA": 25,
}  # fmt: skip
PERMANENT_SINCE = {
    "DB": 2755, "OW": 900, "PP": 1025, "PA": 745, "VA": 655, "DA": 565, "VP": 330, "SM": 105, "DM": 95, "MT": 90,
    "TH": 40, "BU": 25, "RA": 40, "LG": 20, "DS": 10,
}  # fmt: skip
SUSPENSION_BEFORE = {
    "DB": 1086, "OT": 752, "PP": 644, "VA": 597, "PA": 267, "VP": 152, "DA": 91, "DM": 77, "RA": 46, "TH": 43,
    "BU": 43, "SM": 22,
}  # fmt: skip
SUSPENSION_SINCE = {
    "DB": 1750, "PP": 700, "VA": 640, "PA": 300, "VP": 200, "OW": 110, "DA": 110, "DM": 80, "RA": 70, "MT": 45,
    "TH": 35, "BU": 45, "LG": 30, "DS": 8, "SM": 30, "PH": 5,
}  # fmt: skip
HOW_MANY_REASONS = {1: 80, 2: 15, 3: 5}


@dataclass(frozen=True, slots=True)
class Day:
    """One school day of a suspension, by session."""

    on: date
    morning: bool = True
    afternoon: bool = True
    lunchtime: bool = False


@dataclass(frozen=True, slots=True)
class Arranged:
    """Education arranged after a permanent exclusion."""

    starts_on: date
    ends_on: date | None
    hours: Decimal
    cost: Decimal
    arranged_on: date
    online: bool = False


@dataclass(slots=True, eq=False)
class Notice:
    """One exclusion of one child. Outcomes are events with their days, in order."""

    child: Child
    place: Place
    kind: str
    year: int
    first_day: date
    reasons: tuple[str, ...]
    decided_on: date
    told_on: date
    days: tuple[Day, ...] = ()
    recorded_because: str = ""
    narrative: str = ""
    outcomes: list[tuple[str, date]] = field(default_factory=list)
    arranged: Arranged | None = None


def reasons_for(kind: str, on: date, chance: Chance) -> tuple[str, ...]:
    """Return reasons valid on the first day: one before September 2020, up to three since."""
    before = on < THREE_REASONS_FROM
    if kind == "permanent":
        weights = PERMANENT_BEFORE if before else PERMANENT_SINCE
    else:
        weights = SUSPENSION_BEFORE if before else SUSPENSION_SINCE
    chosen: dict[str, None] = {}
    wanted = 1 if before else pick(chance, HOW_MANY_REASONS)
    while len(chosen) < wanted:
        chosen[pick(chance, weights)] = None
    return tuple(chosen)


def told_after(decided_on: date, longest: int, today: date, chance: Chance) -> date:
    """Return the day the council was told, at most so many days after the decision and never after today."""
    told = decided_on + timedelta(days=chance.randrange(longest + 1))
    if told.weekday() > 4:
        told += timedelta(days=7 - told.weekday())
    return max(decided_on, min(told, today))
