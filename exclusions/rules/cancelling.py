"""Whether a head could cancel an exclusion, and the days that it cost all the same (R6, R7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.rules.calendar import ONE_DAY, SchoolCalendar
from exclusions.rules.deadlines import Cancelling
from exclusions.rules.events import Cancellation
from exclusions.rules.rule_sets import CANCELLING_FROM, CANCELLING_IN_GUIDANCE_FROM
from exclusions.rules.totals import YEAR_LIMIT, SuspendedDay, days_in_fullest_year

CAP = YEAR_LIMIT / 2


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An exclusion that a head cancels.

    `served` are the days out before it takes effect; `others` those of every other exclusion of the pupil until then.
    `board_had_to_be_told` is R15's test: a permanent exclusion, more than five days in the term, a lost examination.
    `board_met_on` is the first day of which it is known that the board had met on it, None while it has not.
    """

    first_day: date
    served: tuple[SuspendedDay, ...]
    others: tuple[SuspendedDay, ...]
    board_had_to_be_told: bool
    board_met_on: date | None


def served_before(effective_on: date, days: Iterable[SuspendedDay]) -> tuple[SuspendedDay, ...]:
    """Return the days out before a cancellation takes effect; the day of effect is not one of them (R6).

    Source: SI 2012/1033 regs 8A, 17A and 26A.
    """
    return tuple(day for day in days if day.on < effective_on)


def days_out_before(effective_on: date, first_day: date, calendar: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    """Return the school days out under a permanent exclusion before its cancellation takes effect (R6).

    Raises NoTermDates. Source: SI 2012/1033 regs 8A, 17A and 26A.
    """
    days = calendar.school_days_between(first_day, effective_on - ONE_DAY)
    return tuple(SuspendedDay(on, morning=True, afternoon=True) for on in days)


def cancelling(event: Cancellation, cancelled: Cancelled, *, calendar: SchoolCalendar) -> Cancelling:
    """Return whether a cancellation was lawful, with the days served and those of the year with them (R6, R7).

    For exclusions from 1 September 2023 it is, unless the board had begun a meeting in a case of which it had to be
    told, or the pupil would have been out for more than 45 school days of the year by the time it takes effect. From 1
    September 2022 the guidance recognised it while the board had not reviewed; before, there was no power.

    A request says when a cancellation takes effect and not when it was made. A meeting before that day is taken to have
    begun first; one on that very day is not, since a pupil who may be back that morning was let back before it. A
    decision letter before that day tells of a meeting too.

    Raises NoTermDates. Source: SI 2012/1033 regs 8A, 17A and 26A; guidance para 13.
    """
    touched = [day.on for day in cancelled.served] or [cancelled.first_day]
    year_days = days_in_fullest_year((*cancelled.others, *cancelled.served), touched, calendar)
    rule, lawful, because = _judged(event, cancelled, year_days)
    return Cancelling(
        event=event.id,
        of=event.of,
        lawful=lawful,
        days_served=sum(day.half_days for day in cancelled.served) / 2,
        year_days_with=year_days,
        because=f"{rule}: {because}",
        rule=rule,
    )


def _judged(event: Cancellation, cancelled: Cancelled, year_days: float) -> tuple[str, bool, str]:
    has_met = cancelled.board_met_on is not None and cancelled.board_met_on < event.effective_on
    if cancelled.first_day < CANCELLING_IN_GUIDANCE_FROM:
        return "R7", False, "no power to cancel an exclusion from before 1 September 2022"
    if cancelled.first_day < CANCELLING_FROM:
        if has_met:
            return "R7", False, "the board had already met"
        return "R7", True, "in the guidance from 1 September 2022, while the board had not reviewed"
    if has_met and cancelled.board_had_to_be_told:
        return "R6", False, "the board had already begun a meeting"
    if year_days > CAP:
        return "R6", False, f"{year_days:g} school days out in the year, more than 45"
    return "R6", True, f"no meeting that had to be held had begun, and {year_days:g} school days out in the year"
