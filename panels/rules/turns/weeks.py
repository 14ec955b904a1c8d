"""In which school week of a placement it ended."""

from datetime import date

from casework.rules.calendar import SchoolCalendar


def school_week(*, first: date, last: date, calendar: SchoolCalendar) -> int:
    """Return the school week of a placement in which its last day lies: the week of its first day is 1.

    A week, from Monday, counts if it has a school day; a last day in the holidays is in the last week that had one.
    Raises NoTermDates. Source: the fair access protocol, which gives back a place that ends within so many weeks.
    """
    weeks = {day.isocalendar()[:2] for day in calendar.school_days_between(first, last)}
    return max(1, len(weeks))
