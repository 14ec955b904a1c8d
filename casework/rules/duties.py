"""Where a duty stands on a day, from its facts: not due, due, late, met, missed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.calendar import NoTermDates, SchoolCalendar


class State(StrEnum):
    """Where a duty stands."""

    NOT_APPLICABLE = "not applicable"
    NOT_OPEN = "not open"
    COMING = "coming"
    DUE = "due"
    ARRANGED = "arranged"
    LATE = "late"
    MET = "met"
    MET_LATE = "met late"
    MISSED = "missed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class DutyDates:
    """The facts of a duty that its state hangs on, all local dates.

    `due` is the earliest date of the readings in force and `other_due` the latest. `lapses_on` is the last day on
    which it can still be done. `met_on` may lie ahead.
    """

    due: date
    other_due: date
    met_on: date | None = None
    lapses_on: date | None = None
    ended_because: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """The state and its distance: school days until due (COMING), or late by (LATE, MET_LATE); None if uncountable."""

    state: State
    school_days: int | None = None


def stands(duty: DutyDates, *, on: date, calendar: SchoolCalendar) -> Stands:
    """Return where a duty stands on a day.

    It is late only after its later reading, by the school days after that date up to the day. Where the calendar does
    not reach, the state is given without a number, since it is never guessed.
    """
    if duty.met_on and duty.met_on <= on:
        if duty.met_on <= duty.other_due:
            return Stands(State.MET)
        late = _school_days(duty.other_due, duty.met_on, calendar)
        # With no school day between, over a weekend or a holiday, nothing was late.
        return Stands(State.MET) if late == 0 else Stands(State.MET_LATE, late)
    if duty.ended_because:
        return Stands(State.ENDED)
    if duty.lapses_on and duty.lapses_on < on:
        return Stands(State.MISSED)
    if duty.other_due < on:
        return Stands(State.LATE, _school_days(duty.other_due, on, calendar))
    if duty.met_on:
        return Stands(State.ARRANGED)
    if duty.due <= on:
        return Stands(State.DUE)
    return Stands(State.COMING, _school_days(on, duty.due, calendar))


def _school_days(first: date, last: date, calendar: SchoolCalendar) -> int | None:
    try:
        return calendar.days_until(first, last)
    except NoTermDates:
        return None
