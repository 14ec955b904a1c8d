"""Limits that run in calendar days, weeks, months and years, whatever the school's terms (D6)."""

from calendar import monthrange
from datetime import date, timedelta


def days_after(on: date, days: int) -> date:
    """Return the calendar day that lies so many days after another, which is day nought (D6).

    Source: the rules that set such limits, R57, R60 to R62 and R66; school days are never mixed in.
    """
    return on + timedelta(days=days)


def weeks_after(on: date, weeks: int) -> date:
    """Return the same weekday so many weeks later (D6). Source: as `days_after`."""
    return on + timedelta(weeks=weeks)


def months_before(on: date, months: int) -> date:
    """Return the same day so many months earlier, or that month's last day if it is shorter (D6).

    Source: as `days_after`; the last day stands in because a month has no thirty-first.
    """
    years, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(years, month + 1, min(on.day, monthrange(years, month + 1)[1]))


def years_before(on: date, years: int) -> date:
    """Return the same day so many years earlier; 29 February gives 28 February (D6). Source: as `days_after`."""
    return months_before(on, years * 12)
