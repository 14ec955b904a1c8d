"""Runs of suspension: days out of school with no school day between (R19)."""

from collections.abc import Iterable, Sequence
from datetime import date

from casework.rules.calendar import SchoolCalendar
from exclusions.rules.totals import FIVE_DAYS, SuspendedDay


def run_before(start: date, earlier: Iterable[SuspendedDay], calendar: SchoolCalendar) -> tuple[SuspendedDay, ...]:
    """Return the days of suspension that reach `start` with no school day between, oldest first.

    A day back in school breaks the run; holidays and INSET days do not (R19). Raises NoTermDates
    when the run reaches back before the calendar.
    """
    by_day = {day.on: day for day in earlier if day.is_out_of_lessons and day.on < start}
    run: list[SuspendedDay] = []
    while by_day:
        start = calendar.school_day_before(start)
        day = by_day.pop(start, None)
        if day is None:
            break
        run.insert(0, day)
    return tuple(run)


def start_of_long_run(
    days: Sequence[SuspendedDay],
    earlier: Iterable[SuspendedDay],
    calendar: SchoolCalendar,
    *,
    joined: bool,
) -> date | None:
    """Return the first day of the run that takes a suspension past five school days, or None.

    `days` are the suspension's own, in order; `earlier` those of suspensions before it, which count
    only when consecutive suspensions are `joined` (from 5 January 2015). A part of a day belongs to
    a run and adds its half; a lunchtime alone does neither. A day that was recorded before the
    school closed on it breaks nothing. Raises NoTermDates. Source: SI 2007/1870 reg 3; SI
    2014/3216.
    """
    out = [day for day in days if day.is_out_of_lessons]
    if not out:
        return None
    run: list[SuspendedDay] = []
    if joined:
        run += run_before(out[0].on, earlier, calendar)
    for day in out:
        if run and calendar.school_day_after(run[-1].on) < day.on:
            run = []
        run.append(day)
        if sum(d.half_days for d in run) > FIVE_DAYS:
            return run[0].on
    return None
