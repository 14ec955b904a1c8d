"""Independent review of a permanent exclusion: applying, hearing, reconsidering, and the roll (R37, R38, R42, R45)."""

from dataclasses import replace
from datetime import date

from casework.rules.calendar import ONE_DAY, Count, SchoolCalendar
from exclusions.rules import sources
from exclusions.rules.deadlines import Basis, Deadline, Duty, Key, NotOpened, Opened
from exclusions.rules.events import BoardDecisionNotice, Letter, ReviewApplication, ReviewPanelNotice
from exclusions.rules.letters import deemed_given_on, school_days_after_letter
from exclusions.rules.readings import in_force_timetable
from exclusions.rules.rule_sets import COVID_FIRST, COVID_LAST, REGISTRATION_2024_FROM, REVIEWS_FROM
from exclusions.rules.terms import DutyHolder, Kind

APPLY_WITHIN, APPLY_WITHIN_COVID = 15, 25
HEAR_WITHIN = 15
RECONSIDER_WITHIN = 10

APPLICATION = Duty(Key.REVIEW_APPLICATION, "R37", (sources.REVIEW_SCHEDULE,), DutyHolder.PARENT)
APPLICATION_COVID = replace(APPLICATION, source=(sources.REVIEW_SCHEDULE_COVID,))
HEARING = Duty(Key.REVIEW_HEARING, "R38", (sources.REVIEW_SCHEDULE,), DutyHolder.ARRANGING_AUTHORITY)
RECONSIDERATION = Duty(Key.BOARD_RECONSIDERATION, "R42", (sources.GUIDANCE_RECONSIDERATION,), DutyHolder.BOARD)
REMOVAL_2024 = Duty(
    Key.ROLL_REMOVAL_EARLIEST,
    "R45",
    (sources.GUIDANCE_ROLL, sources.REGISTRATION_REGULATIONS_2024),
    DutyHolder.BOARD,
)
REMOVAL_2006 = replace(REMOVAL_2024, source=(sources.GUIDANCE_ROLL, sources.REGISTRATION_REGULATIONS_2006))


def no_review(kind: Kind, first_day: date, rule: str) -> str | None:
    """Return why an exclusion cannot be reviewed, None where it can.

    Only a permanent exclusion can, and only from 1 September 2012: before, there were appeal panels. Source: SI
    2012/1033 regs 7, 16 and 25.
    """
    if kind is not Kind.PERMANENT:
        return f"{rule}: only a permanent exclusion is reviewed"
    if first_day < REVIEWS_FROM:
        return f"{rule}: before 1 September 2012 there were appeal panels, not reviews"
    return None


def days_to_apply(first_day: date, deemed_on: date, *, calendar: SchoolCalendar) -> int:
    """Return within how many school days a review may be applied for: 15, or 25 in the pandemic (R37, section 14).

    25 for an exclusion from 1 June 2020 to 24 September 2021, and for an earlier one still in process on 1 June 2020:
    its 15 school days had not run out by then.

    Raises NoTermDates. Source: SI 2012/1033 Sch 1 as it stood then.
    """
    if COVID_FIRST <= first_day <= COVID_LAST:
        return APPLY_WITHIN_COVID
    if first_day < COVID_FIRST and calendar.school_days_after(deemed_on, APPLY_WITHIN).due >= COVID_FIRST:
        return APPLY_WITHIN_COVID
    return APPLY_WITHIN


def review_application(event: BoardDecisionNotice, basis: Basis, *, first_day: date) -> Deadline:
    """Return the last day on which the parent may apply for a review (R37).

    15 school days, in the pandemic 25, after the day on which the board's decision counts as given (D3, D5). A claim
    under the Equality Act may open a second window, of which a request says nothing; so an application is never called
    late here.

    Raises NoTermDates. Source: SI 2012/1033 Sch 1 para 1.
    """
    n, deemed = _window(event, first_day, basis)
    span = school_days_after_letter(event.on, n, method=event.method, basis=basis)
    duty = APPLICATION if n == APPLY_WITHIN else APPLICATION_COVID
    return duty.falls_due(event.id, basis, span, deemed_given_on=deemed)


def roll_removal_earliest(
    event: BoardDecisionNotice, basis: Basis, *, first_day: date, applied: bool, waived_on: date | None
) -> Opened:
    """Return the first day on which the child's name may leave the roll, or why there is none yet (R45).

    The calendar day after the window's last day (a); the day on which the parent says in writing that no review will be
    applied for, where that is sooner (b): the ground is there on that day, and nothing is left to wait for. Once a
    review is applied for there is no day until it has finished (c), which no event tells.

    Raises NoTermDates. Source: guidance part eight; SI 2024/208 reg 9, before 19 August 2024 SI 2006/1751 reg 8.
    """
    if applied:
        return NotOpened(event.id, Key.ROLL_REMOVAL_EARLIEST, "R45(c): review not finished")
    n, deemed = _window(event, first_day, basis)

    def due_of(count: Count) -> date:
        return count.due + ONE_DAY if waived_on is None else min(count.due + ONE_DAY, waived_on)

    span = school_days_after_letter(event.on, n, method=event.method, basis=basis, due_of=due_of)
    duty = REMOVAL_2024 if first_day >= REGISTRATION_2024_FROM else REMOVAL_2006
    found = duty.falls_due(event.id, basis, span, deemed_given_on=deemed)
    if span.due < span.count.due + ONE_DAY:
        return replace(found, counted_from=span.due, count=None)
    return found


def review_hearing(event: ReviewApplication, basis: Basis) -> Deadline:
    """Return the closing date, by which the review must be heard (R38).

    The fifteenth school day after the day on which the application is made: the second working day after posting, when
    it is posted (D3, D5). AMB-4 is about notices to the board and the parent, and does not bear on it.

    Raises NoTermDates. Source: SI 2012/1033 Sch 1.
    """
    span = school_days_after_letter(
        event.on, HEAR_WITHIN, method=event.method, reaches_board_or_parent=False, basis=basis
    )
    return HEARING.falls_due(event.id, basis, span, deemed_given_on=_deemed(event, basis))


def board_reconsideration(event: ReviewPanelNotice, basis: Basis) -> Deadline:
    """Return the last day on which the board must reconsider after a review (R42).

    Ten school days after the day on which notice of the panel's decision counts as given (D3, D5). Raises NoTermDates.
    Source: guidance para 254.
    """
    span = school_days_after_letter(event.on, RECONSIDER_WITHIN, method=event.method, basis=basis)
    return RECONSIDERATION.falls_due(event.id, basis, span, deemed_given_on=_deemed(event, basis))


def _deemed(event: Letter, basis: Basis) -> date:
    return deemed_given_on(event.on, event.method, in_force_timetable(basis.calendar, basis.settings))


def _window(event: BoardDecisionNotice, first_day: date, basis: Basis) -> tuple[int, date]:
    deemed = _deemed(event, basis)
    return days_to_apply(first_day, deemed, calendar=in_force_timetable(basis.calendar, basis.settings)), deemed
