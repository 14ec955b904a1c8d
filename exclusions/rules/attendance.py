"""The attendance code for an excluded child who is still on the school's roll, by date (R27)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.sources import Source

NEW_CODES_FROM = date(2024, 8, 19)
"""From this day code K is for provision that the authority arranges, and C2 for part-time timetables."""

REGISTER_2024 = Source(
    "SI 2024/208", NEW_CODES_FROM, "reg 10", "https://www.legislation.gov.uk/uksi/2024/208/regulation/10"
)
REGISTER_2006 = Source("SI 2006/1751", date(2006, 9, 1), "reg 6", "https://www.legislation.gov.uk/uksi/2006/1751")


class Whereabouts(StrEnum):
    """Where the child is instead of in the school."""

    NO_PROVISION = "no education arranged"
    AUTHORITY_PROVISION = "education that the authority arranges"
    SCHOOL_PROVISION = "education elsewhere that the school arranges"
    OTHER_SCHOOL = "at the other school of a dual registration"
    PART_TIME = "out by a part-time timetable"
    OTHER_LEAVE = "on other leave"


@dataclass(frozen=True, slots=True)
class AttendanceCode:
    """The code of a session; several where the rules of the day left the school a choice."""

    codes: tuple[str, ...]
    because: str
    rule: str = "R27"
    source: tuple[Source, ...] = ()


_SINCE_2024 = {
    Whereabouts.NO_PROVISION: ("E",),
    Whereabouts.AUTHORITY_PROVISION: ("K",),
    Whereabouts.SCHOOL_PROVISION: ("B",),
    Whereabouts.OTHER_SCHOOL: ("D",),
    Whereabouts.PART_TIME: ("C2",),
    Whereabouts.OTHER_LEAVE: ("C",),
}
_BEFORE_2024 = _SINCE_2024 | {
    Whereabouts.AUTHORITY_PROVISION: ("B", "D", "E"),
    Whereabouts.PART_TIME: ("C",),
}


def attendance_code(on: date, whereabouts: Whereabouts) -> AttendanceCode:
    """Return the attendance code for a session on a day while the child is on roll (R27).

    Judged by the day of the session. Suspended or permanently excluded with nothing arranged is E. From 19 August 2024
    education arranged by the authority is K and a part-time timetable C2; before, the first was marked B, D or E as
    the school saw fit, and the second C. Raises nothing. Source: SI 2024/208 reg 10; before, SI 2006/1751 reg 6.
    """
    if on >= NEW_CODES_FROM:
        return AttendanceCode(_SINCE_2024[whereabouts], whereabouts.value, source=(REGISTER_2024,))
    return AttendanceCode(_BEFORE_2024[whereabouts], whereabouts.value, source=(REGISTER_2006,))
