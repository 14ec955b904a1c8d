"""Where the law can be read in two ways: the readings, and the span of dates that they leave open.

The questions are those of the ambiguity register (AMB-1 to AMB-12). Each rule says how it counts
for a given choice of readings; `span_of` counts for every choice in force and keeps the rest for
show.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from types import MappingProxyType

from casework.rules.calendar import Count


class Ambiguity(StrEnum):
    """A question on which the law can be read in two ways."""

    SIXTH_DAY_OF_PERMANENT = "AMB-1"
    SENT_HOME_PART_WAY = "AMB-2"
    SUSPENSION_THEN_PERMANENT = "AMB-3"
    NOTICE_ON_NON_SCHOOL_DAY = "AMB-4"
    UNPLANNED_CLOSURE = "AMB-5"
    STRADDLING_TERMS = "AMB-6"
    COMPLETE_WEEKS = "AMB-7"
    END_OF_SCHOOL_YEAR = "AMB-8"
    FAIR_ACCESS_DAY_ZERO = "AMB-9"
    OVERTURNED_DAYS = "AMB-10"
    WHOSE_CALENDAR = "AMB-11"
    NOTICE_BY_EMAIL = "AMB-12"


class Setting(StrEnum):
    """Which readings of an ambiguity are in force."""

    READING_1 = "reading 1"
    READING_2 = "reading 2"
    BOTH = "both"


Settings = Mapping[Ambiguity, Setting]
Choice = Mapping[Ambiguity, int]
"""One reading, 1 or 2, of each ambiguity that bears on a date."""

_BOTH_BY_DEFAULT = frozenset(
    {
        Ambiguity.SIXTH_DAY_OF_PERMANENT,
        Ambiguity.SUSPENSION_THEN_PERMANENT,
        Ambiguity.OVERTURNED_DAYS,
    }
)

DEFAULT_SETTINGS: Settings = MappingProxyType(
    {ambiguity: Setting.BOTH if ambiguity in _BOTH_BY_DEFAULT else Setting.READING_1 for ambiguity in Ambiguity}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of one ambiguity, and where it takes the date, with its working."""

    ambiguity: Ambiguity
    reading: int
    in_force: bool
    count: Count

    @property
    def due(self) -> date:
        """The date on this reading."""
        return self.count.due


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that the readings in force leave open, from `earliest` to `latest`.

    `readings` lists both readings of every ambiguity that changes the date, in force or not, the
    others held at their first reading in force.
    """

    earliest: Count
    latest: Count
    readings: tuple[Reading, ...]


def readings_in_force(ambiguity: Ambiguity, settings: Settings) -> tuple[int, ...]:
    """Return the readings of an ambiguity that are in force: (1,), (2,) or (1, 2)."""
    setting = settings.get(ambiguity, DEFAULT_SETTINGS[ambiguity])
    return {Setting.READING_1: (1,), Setting.READING_2: (2,), Setting.BOTH: (1, 2)}[setting]


def span_of(count_by: Callable[[Choice], Count], ambiguities: Sequence[Ambiguity], settings: Settings) -> Span:
    """Return the span of dates for a rule that `ambiguities` bear on.

    `count_by` counts for one reading of each of them. Raises whatever it raises.
    """
    in_force = [readings_in_force(ambiguity, settings) for ambiguity in ambiguities]
    counts = [count_by(dict(zip(ambiguities, choice, strict=True))) for choice in product(*in_force)]
    base = {ambiguity: first for ambiguity, (first, *_) in zip(ambiguities, in_force, strict=True)}
    readings: list[Reading] = []
    for ambiguity, allowed in zip(ambiguities, in_force, strict=True):
        both = [
            Reading(ambiguity, number, number in allowed, count_by({**base, ambiguity: number})) for number in (1, 2)
        ]
        if both[0].due != both[1].due:
            readings += both
    return Span(
        earliest=min(counts, key=lambda count: count.due),
        latest=max(counts, key=lambda count: count.due),
        readings=tuple(readings),
    )
