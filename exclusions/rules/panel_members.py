"""Who may sit on an independent review panel, and its SEN expert (R39, R40)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.calendar_days import years_before
from exclusions.rules.sources import Source

TRAINED_WITHIN_YEARS = 2
"""Most years between a member's training and the review."""

LOOKED_BACK_YEARS = 5
"""Years before the review in which heads and governors must have served, and in which others must not."""

MONTHS_AS_GOVERNOR = 12
"""Fewest consecutive months that a governor must have served in those years."""

PANELS_FROM = date(2012, 9, 1)
_REGULATIONS = "https://www.legislation.gov.uk/uksi/2012/1033/schedule/1"
PANEL_MEMBERS = Source("SI 2012/1033", PANELS_FROM, "Sch 1 para 3", _REGULATIONS)
SEN_EXPERT = Source(
    "SI 2012/1033", PANELS_FROM, "regs 7, 16(1)(b), 25", "https://www.legislation.gov.uk/uksi/2012/1033"
)


class Category(StrEnum):
    """As what somebody sits on the panel."""

    LAY = "lay"
    HEAD = "head"
    GOVERNOR = "governor"


class Fault(StrEnum):
    """Why somebody may not sit, or a panel may not."""

    NOT_TRAINED = "not trained in the two years before the review"
    NOT_A_HEAD = "neither a head now nor in the five years before the review"
    NOT_LONG_ENOUGH = "not a governor for twelve months on end in the five years before the review"
    TEACHER = "a teacher or head in the five years before the review"
    HEAD_OF_THE_SCHOOL = "head of this school in the five years before the review"
    CONNECTED = "belongs to the board, authority or trust, or has a connection that raises doubt"
    WRONG_NUMBER = "a panel has three or five members"
    WRONG_MIX = "one lay member, and as many heads as governors"


@dataclass(frozen=True, slots=True)
class Service:
    """A stretch of service; `until` is its last day, None while it goes on."""

    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of somebody who may sit. `until` dates are last days, None while it goes on or never was."""

    category: Category
    trained_on: date | None
    head: Service | None = None
    governor: tuple[Service, ...] = ()
    taught_until: date | None = None
    headed_this_school_until: date | None = None
    is_connected: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether somebody, or a panel, may sit: every fault found, none when it may."""

    faults: tuple[Fault, ...]
    rule: str = "R39"
    source: tuple[Source, ...] = (PANEL_MEMBERS,)


@dataclass(frozen=True, slots=True)
class ExpertAnswer:
    """Whether a SEN expert must be arranged, and why."""

    must_be_arranged: bool
    because: str
    rule: str = "R40"
    source: tuple[Source, ...] = (SEN_EXPERT,)


def member_faults(member: Member, *, review_on: date) -> Eligibility:
    """Return why somebody may not sit on a panel that meets on `review_on` (R39).

    Calendar dates, counted back from the review, the anniversary itself included. Training must lie in the two years
    before. A head serves now or has served in the last five years. A governor has twelve months on end of service in
    the last five years, counted as far as it lies in them, and was neither teacher nor head in them. A lay member may
    have been a governor or volunteer, and has never worked in a school: the product asks, and records it as a
    connection.

    Raises nothing. Source: SI 2012/1033 Sch 1 para 3; training, from memory of the same schedule.
    """
    found: list[Fault] = []
    start = years_before(review_on, LOOKED_BACK_YEARS)
    if member.trained_on is None or not years_before(review_on, TRAINED_WITHIN_YEARS) <= member.trained_on <= review_on:
        found.append(Fault.NOT_TRAINED)
    if member.category is Category.HEAD and not _served_since(member.head, start, review_on):
        found.append(Fault.NOT_A_HEAD)
    if member.category is Category.GOVERNOR:
        if not any(_is_long_enough(service, start, review_on) for service in member.governor):
            found.append(Fault.NOT_LONG_ENOUGH)
        if (member.taught_until and member.taught_until >= start) or _served_since(member.head, start, review_on):
            found.append(Fault.TEACHER)
    if member.headed_this_school_until and member.headed_this_school_until >= start:
        found.append(Fault.HEAD_OF_THE_SCHOOL)
    if member.is_connected:
        found.append(Fault.CONNECTED)
    return Eligibility(tuple(found))


def panel_faults(categories: Sequence[Category]) -> Eligibility:
    """Return why people of these categories are no panel (R39).

    Three members are one lay, one head and one governor; five are one lay and two of each other. The lay member takes
    the chair. Raises nothing. Source: SI 2012/1033 Sch 1 para 3.
    """
    found: list[Fault] = []
    if len(categories) not in (3, 5):
        found.append(Fault.WRONG_NUMBER)
    number = Counter(categories)
    if number[Category.LAY] != 1 or number[Category.HEAD] != number[Category.GOVERNOR]:
        found.append(Fault.WRONG_MIX)
    return Eligibility(tuple(found))


def sen_expert(*, review_on: date, applied_on: date, asked_on: date | None, in_writing: bool) -> ExpertAnswer:
    """Return whether a SEN expert must be arranged for a review (R40).

    When the parent asked in writing, with the application; whether the school recognises any special educational need
    makes no difference. The expert speaks only of how such a need may bear on the exclusion. Reviews from 1 September
    2012. Raises nothing. Source: SI 2012/1033 regs 7, 16(1)(b), 25; 16(3) for the form of the request.
    """
    if review_on < PANELS_FROM:
        return ExpertAnswer(False, "R40: no review panels before 1 September 2012")
    if asked_on is None:
        return ExpertAnswer(False, "R40: the parent did not ask")
    if not in_writing:
        return ExpertAnswer(False, "R40: not asked in writing")
    if asked_on > applied_on:
        return ExpertAnswer(False, "R40: asked after the application: the arranging authority may still agree")
    return ExpertAnswer(True, "R40: asked in writing with the application")


def _served_since(service: Service | None, start: date, review_on: date) -> bool:
    return service is not None and service.since <= review_on and (service.until is None or service.until >= start)


def _is_long_enough(service: Service, start: date, review_on: date) -> bool:
    """Tell whether twelve months of a stretch lie in the five years before the review."""
    begins = max(service.since, start)
    ends = min(service.until or review_on, review_on)
    return begins <= years_before(ends, MONTHS_AS_GOVERNOR // 12)
