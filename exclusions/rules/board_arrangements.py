"""How the board's meeting is arranged: who is asked, papers, remote access, a chair alone (R30, R31, R33)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.calendar import Count, DayLookedAt, SchoolCalendar
from exclusions.rules.notice_contents import REMOTE_AMENDMENT, REMOTE_MEETINGS_FROM
from exclusions.rules.notification import EVERY_SUSPENSION_FROM
from exclusions.rules.sources import EXCLUSION_REGULATIONS_BANDS, GUIDANCE_PAGE, Source
from exclusions.rules.terms import SchoolKind

PAPERS_BEFORE = 5
"""School days before the meeting by which papers should be out."""

MINIMUM_GOVERNORS = 3
"""Fewest governors who may decide at a maintained school."""

PANDEMIC_REMOTE_FROM = date(2020, 6, 1)
PANDEMIC_REMOTE_UNTIL = date(2022, 3, 24)
"""First and last first day of the exclusions about which the pandemic's rules let a board meet remotely."""

BOARD_GUIDANCE = Source("guidance", date(2012, 9, 1), "part seven", GUIDANCE_PAGE)
PANDEMIC_REGULATIONS = Source(
    "SI 2020/543", PANDEMIC_REMOTE_FROM, "(remote meetings)", "https://www.legislation.gov.uk/uksi/2020/543"
)


class Invited(StrEnum):
    """Who is asked to a meeting of the board."""

    PARENT = "parent, with a representative or friend"
    HEAD = "headteacher"
    AUTHORITY = "authority's representative"
    SOCIAL_WORKER = "social worker"
    VIRTUAL_SCHOOL_HEAD = "virtual school head"


class Remote(StrEnum):
    """Whether a meeting may be held by remote access."""

    MUST = "must be remote"
    MAY = "may be remote"
    NO = "must be face to face"


class Decider(StrEnum):
    """Who decides on reinstatement before an examination."""

    BOARD = "board"
    CHAIR_ALONE = "chair alone"
    AS_ARTICLES_SAY = "as the academy's articles say"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An answer about a meeting, with its reason."""

    answer: Remote | Decider
    because: str
    rule: str
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The latest school day for the papers, with each day looked at, counted back from the meeting."""

    count: Count
    rule: str = "R30"
    source: tuple[Source, ...] = (BOARD_GUIDANCE,)

    @property
    def due(self) -> date:
        """The latest day."""
        return self.count.due


def school_days_before(event_day: date, n: int, *, calendar: SchoolCalendar) -> Count:
    """Return the nth school day before an event, which is itself day nought (R30).

    The working lists days backwards from the day before the event. Raises NoTermDates outside the calendar, ValueError
    for n under 1. Source: the convention of "within so many school days" (D3), taken backwards.
    """
    if n < 1:
        raise ValueError(f"A count of school days begins at 1, not at {n}.")
    working: list[DayLookedAt] = []
    number, on = 0, event_day
    while number < n:
        on = date.fromordinal(on.toordinal() - 1)
        row = calendar.looked_at(on)
        number += row.skipped is None
        working.append(DayLookedAt(on, None if row.skipped else number, row.skipped))
    return Count(on, event_day, tuple(working))


def papers_out(meeting_on: date, *, calendar: SchoolCalendar) -> Papers:
    """Return the latest school day on which the papers of a board's meeting should go out (R30).

    Five school days before it, the meeting's own day not counted. Raises NoTermDates outside the calendar. Source:
    guidance, part seven ("should").
    """
    return Papers(school_days_before(meeting_on, PAPERS_BEFORE, calendar=calendar))


def invited(
    kind: SchoolKind,
    *,
    first_day: date,
    parent_asks_for_authority: bool = False,
    social_worker: bool = False,
    looked_after: bool = False,
) -> tuple[Invited, ...]:
    """Return who must be asked to a meeting about reinstatement, and may speak there (R30).

    The authority is asked at a maintained or special school and a pupil referral unit; at an academy only when the
    parent wants it, and it may then speak if the board agrees. A social worker and a virtual school head are asked
    about exclusions from 1 September 2022. Raises nothing. Source: SI 2012/1033 regs 6, 15, 24.
    """
    found = [Invited.HEAD, Invited.PARENT]
    if kind is not SchoolKind.ACADEMY or parent_asks_for_authority:
        found.append(Invited.AUTHORITY)
    if first_day >= EVERY_SUSPENSION_FROM:
        found += [Invited.SOCIAL_WORKER] * social_worker + [Invited.VIRTUAL_SCHOOL_HEAD] * looked_after
    return tuple(found)


def enough_governors(kind: SchoolKind, present: int) -> bool:
    """Tell whether enough governors are present to decide (R30).

    Three at a maintained or special school; an academy's and a unit's own articles say how many there, so that one is
    enough for this rule. Raises nothing. Source: guidance, part seven, for maintained schools.
    """
    of_its_own = kind in (SchoolKind.ACADEMY, SchoolKind.PRU)
    return present >= (1 if of_its_own else MINIMUM_GOVERNORS)


def remote_meeting(
    meeting_on: date,
    *,
    first_day: date,
    parent_asks: bool = False,
    conditions_met: bool = True,
    unforeseen: bool = False,
) -> Arrangement:
    """Return whether the board meets face to face or by remote access (R31).

    Judged by the day of the meeting: from 1 September 2023 it must be remote when the parent asks and everybody can
    take part fairly (`conditions_met`), and may be when something unforeseen prevents a meeting in person. Before,
    only for exclusions that began from 1 June 2020 to 24 March 2022, under the rules of the pandemic.

    Raises nothing. Source: SI 2023/571 reg 12; SI 2020/543.
    """
    if meeting_on >= REMOTE_MEETINGS_FROM:
        return _remote_since_2023(parent_asks, conditions_met, unforeseen)
    if meeting_on >= PANDEMIC_REMOTE_FROM and first_day <= PANDEMIC_REMOTE_UNTIL and conditions_met:
        return Arrangement(Remote.MAY, "the pandemic's rules", "R31", (PANDEMIC_REGULATIONS,))
    return Arrangement(Remote.NO, "no right to remote access on that day", "R31", (EXCLUSION_REGULATIONS_BANDS,))


def _remote_since_2023(parent_asks: bool, conditions_met: bool, unforeseen: bool) -> Arrangement:
    if not conditions_met:
        answer = Remote.NO, "not everybody could take part fairly"
    elif parent_asks:
        answer = Remote.MUST, "the parent asks, and everybody can take part fairly"
    elif unforeseen:
        answer = Remote.MAY, "something unforeseen prevents a meeting in person"
    else:
        answer = Remote.NO, "face to face unless the parent asks"
    return Arrangement(*answer, "R31", (REMOTE_AMENDMENT,))


def who_decides(kind: SchoolKind, *, exam_lost: bool, quorum_before_exam: bool) -> Arrangement:
    """Return who may decide on reinstatement when an examination comes first (R33).

    At a maintained or special school the chair may decide alone when too few governors can meet before the
    examination. An academy follows its articles. The management committee of a unit may not leave it to its chair.
    Raises nothing. Source: SI 2012/1033 regs 6, 15, 24; guidance, part seven.
    """
    source = (EXCLUSION_REGULATIONS_BANDS, BOARD_GUIDANCE)
    if not exam_lost:
        return Arrangement(Decider.BOARD, "no examination is lost", "R33", source)
    if quorum_before_exam:
        return Arrangement(Decider.BOARD, "enough governors can meet before the examination", "R33", source)
    if kind is SchoolKind.ACADEMY:
        return Arrangement(Decider.AS_ARTICLES_SAY, "an academy's articles say who may", "R33", source)
    if kind is SchoolKind.PRU:
        return Arrangement(Decider.BOARD, "a management committee may not leave it to its chair", "R33", source)
    return Arrangement(Decider.CHAIR_ALONE, "too few governors can meet before the examination", "R33", source)
