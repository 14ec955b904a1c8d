"""The first five days of an exclusion, which the parent's notice names one by one (R18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.rules.calendar import DayLookedAt, SchoolCalendar
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder, Kind
from exclusions.rules.totals import SuspendedDay

FIRST_DAYS = 5
"""How many school days the parent answers for."""

_ACT = "https://www.legislation.gov.uk/ukpga/2006/40/section/103"
PUBLIC_PLACES = Source("Education and Inspections Act 2006", date(2007, 9, 1), "ss103, 105", _ACT)


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The school days that the notice names, oldest first, with every day looked at; or why there are none."""

    days: tuple[date, ...]
    working: tuple[DayLookedAt, ...] = ()
    because: str | None = None
    duty_holder: DutyHolder = DutyHolder.PARENT
    rule: str = "R18"
    source: tuple[Source, ...] = (PUBLIC_PLACES,)


def first_five_days(
    kind: Kind,
    first_day: date,
    days: Sequence[SuspendedDay] = (),
    *,
    calendar: SchoolCalendar,
    compulsory_school_age: bool = True,
    provision_starts_on: date | None = None,
) -> FirstDays:
    """Return the days on which the parent must keep an excluded child out of public places in school hours (R18).

    They are the first five school days of the exclusion (D4), fewer when it is shorter or when education starts sooner
    (`provision_starts_on`, not itself one of them). The school should set and mark work on them. `days` are a
    suspension's own; a lunchtime alone is none of them, since the child is in lessons. There are none for a child who
    is not of compulsory school age.

    Raises NoTermDates outside the calendar. Source: Education and Inspections Act 2006 ss103 and 105.
    """
    if not compulsory_school_age:
        return FirstDays((), because="R18: not of compulsory school age")
    out = sorted(day.on for day in days if day.is_out_of_lessons)
    if kind is not Kind.PERMANENT and not out:
        return FirstDays((), because="R18: lunchtimes only, and the pupil is in lessons")
    working = calendar.nth_school_day(first_day, FIRST_DAYS).working if kind is Kind.PERMANENT else _rows(out, calendar)
    named = tuple(
        row.on for row in working if row.count and (provision_starts_on is None or row.on < provision_starts_on)
    )
    if not named:
        return FirstDays((), because="R18: education starts on the first day")
    return FirstDays(named, tuple(row for row in working if row.on <= named[-1]))


def _rows(out: Sequence[date], calendar: SchoolCalendar) -> tuple[DayLookedAt, ...]:
    """Return the days from the first day out to the fifth, or the last, as rows of a working."""
    numbers = {on: number for number, on in enumerate(out[:FIRST_DAYS], start=1)}
    last = max(numbers)
    looked_at = (calendar.looked_at(date.fromordinal(n)) for n in range(out[0].toordinal(), last.toordinal() + 1))
    return tuple(DayLookedAt(row.on, numbers.get(row.on), row.skipped) for row in looked_at)
