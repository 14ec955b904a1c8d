"""A panel's meeting calendar: sittings every so many weeks, none of them in the holidays."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from casework.rules.calendar import SchoolCalendar, Skipped

MOST_SITTINGS = 60
ALREADY_CALLED = "called already"
WHY_NOT = {
    Skipped.WEEKEND: "weekend",
    Skipped.BANK_HOLIDAY: "bank holiday",
    Skipped.HOLIDAY: "school holiday",
    Skipped.CLOSED: "INSET day",
    Skipped.UNPLANNED_CLOSURE: "schools closed",
}


class TooMany(ValueError):
    """The calendar would hold more sittings than MOST_SITTINGS."""


class EndsBeforeItBegins(ValueError):
    """The last day lies before the first sitting."""


@dataclass(frozen=True, slots=True)
class MeetingCalendar:
    """The days on which a panel is to sit, and those left out with why."""

    days: tuple[date, ...]
    left_out: tuple[tuple[date, str], ...]


def meeting_calendar(
    first: date, *, weeks: int, until: date, calendar: SchoolCalendar, called: Collection[date] = ()
) -> MeetingCalendar:
    """Return the days of a panel's sittings: the first, and the same weekday every so many weeks until a day, included.

    A day on which no school is open by the authority's calendar is left out, and one on which the panel sits already;
    the first stays on whatever day it was set. Raises EndsBeforeItBegins, TooMany, and NoTermDates where no calendar
    reaches a day: a holiday is never guessed. Source: a local rule, the law has none.
    """
    if until < first:
        raise EndsBeforeItBegins
    number = (until - first).days // (7 * weeks) + 1
    if number > MOST_SITTINGS:
        raise TooMany
    days, left_out = [], []
    for place in range(number):
        day = first + timedelta(weeks=place * weeks)
        closed = calendar.skip_reason(day) if place else None
        if day in called:
            left_out.append((day, ALREADY_CALLED))
        elif closed:
            left_out.append((day, WHY_NOT[closed]))
        else:
            days.append(day)
    return MeetingCalendar(tuple(days), tuple(left_out))
