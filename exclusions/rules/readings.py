"""Where the law can be read in two ways: the readings, and the span of dates that they leave open.

The questions are those of the ambiguity register (AMB-1 to AMB-12). Each rule says how it counts
for a given choice of readings; `span_of` counts for every choice in force and keeps the rest for
show.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from operator import attrgetter
from types import MappingProxyType

from casework.rules.calendar import Count, SchoolCalendar


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

_READINGS = {Setting.READING_1: (1,), Setting.READING_2: (2,), Setting.BOTH: (1, 2)}
_ORDER = {ambiguity: place for place, ambiguity in enumerate(Ambiguity)}

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
    """One reading of one ambiguity, the date that it leads to, and the count behind it with its working."""

    ambiguity: Ambiguity
    reading: int
    in_force: bool
    count: Count
    due: date


@dataclass(frozen=True, slots=True)
class Span:
    """The dates that the readings in force leave open, from `due` to `latest`, and the count to the first.

    `other_reading` is the latest date where it is another. `readings` lists both readings of every
    ambiguity that changes the date, in force or not, the others held at their first reading in force.
    """

    due: date
    latest: date
    count: Count
    readings: tuple[Reading, ...]

    @property
    def other_reading(self) -> date | None:
        """The latest date, None where the readings in force agree."""
        return self.latest if self.latest != self.due else None


def readings_in_force(ambiguity: Ambiguity, settings: Settings) -> tuple[int, ...]:
    """Return the readings of an ambiguity that are in force: (1,), (2,) or (1, 2)."""
    return _READINGS[settings.get(ambiguity, DEFAULT_SETTINGS[ambiguity])]


def in_force_timetable(calendar: SchoolCalendar, settings: Settings) -> SchoolCalendar:
    """Return the calendar that days of suspension are laid on: as it was kept, or as it was timetabled.

    Timetabled only where the second reading of AMB-5 stands alone; with both in force a day lost to snow is no school
    day, as in the first.
    """
    return timetable(
        calendar, {Ambiguity.UNPLANNED_CLOSURE: readings_in_force(Ambiguity.UNPLANNED_CLOSURE, settings)[0]}
    )


def timetable(calendar: SchoolCalendar, choice: Choice) -> SchoolCalendar:
    """Return the calendar by which a choice of readings counts: AMB-5 decides whether unplanned closures are in it."""
    if choice.get(Ambiguity.UNPLANNED_CLOSURE) == 2:
        return calendar.without_unplanned_closures()
    return calendar


def span_of(
    count_by: Callable[[Choice], Count],
    ambiguities: Iterable[Ambiguity],
    settings: Settings,
    *,
    due_of: Callable[[Count], date] = attrgetter("due"),
) -> Span:
    """Return the span of dates for a rule that `ambiguities` bear on.

    `count_by` counts for one reading of each of them, and `due_of` turns a count into the date that the rule asks for,
    where that is not the last day counted. Raises whatever they raise.
    """
    asked = sorted(ambiguities, key=_ORDER.__getitem__)
    in_force = [readings_in_force(ambiguity, settings) for ambiguity in asked]
    known: dict[tuple[int, ...], Count] = {}

    def counted(choice: tuple[int, ...]) -> Count:
        if choice not in known:
            known[choice] = count_by(dict(zip(asked, choice, strict=True)))
        return known[choice]

    counts = [counted(choice) for choice in product(*in_force)]
    base = tuple(first for first, *_ in in_force)
    readings: list[Reading] = []
    for place, (ambiguity, allowed) in enumerate(zip(asked, in_force, strict=True)):
        both = []
        for number in (1, 2):
            count = counted((*base[:place], number, *base[place + 1 :]))
            both.append(Reading(ambiguity, number, number in allowed, count, due_of(count)))
        if both[0].due != both[1].due:
            readings += both
    first = min(counts, key=due_of)
    return Span(due_of(first), max(map(due_of, counts)), first, tuple(readings))
