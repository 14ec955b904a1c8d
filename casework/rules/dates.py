"""Days as people type them and as people say them. Today is always passed in."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.periods import AcademicYear

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?", re.ASCII)
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)? ?(?P<month>[a-z]{3,9})(?: ?(?P<year>\d{4}|\d{2}))?", re.ASCII)
_TIME = re.compile(
    r"(?:^|(?<= ))(?:at )?(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2}) ?(?P<half>[ap]m)?"
    r"|\.(?P<dotted>\d{2}) ?(?P<dotted_half>[ap]m)| ?(?P<bare_half>[ap]m)))$",
    re.ASCII,
)


class NotADay(ValueError):
    """What was typed is no day, or no time; the message says how to write one."""


def parse_day(text: str, *, today: date, to_come: bool = False) -> date:
    """Return the day that a person typed.

    Reads 19/10, 19/10/2026, 19/10/26, 19 oct, 19 October 2026, Monday 19 October, 2026-10-19,
    today, yesterday, tomorrow, and a weekday (mon, monday), which is the most recent one on or
    before today. Without a year, the year is the one that brings the day nearest to today, the past
    one where two are as near. With `to_come`, where only the future makes sense, a weekday and a day without a year are
    the next such day, today included. Two-digit years run to twenty years from now, else a century before.

    Raises NotADay for anything else, for a day that does not exist and for a weekday that is not
    the day's own.
    """
    tidy = " ".join(text.lower().replace(",", " ").split())
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if tidy in named:
        return today + timedelta(named[tidy])
    first, _, rest = tidy.partition(" ")
    weekday = _index_of(first, WEEKDAYS)
    if weekday is None:
        return _parse_date(tidy, text, today, to_come)
    if not rest:
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(ahead if to_come or not ahead else ahead - 7)
    day = _parse_date(rest, text, today, to_come)
    if day.weekday() != weekday:
        raise NotADay(
            f"{_day_and_month(day)} {day.year} is a {WEEKDAYS[day.weekday()].capitalize()}, not a "
            f"{WEEKDAYS[weekday].capitalize()}. Check the day and the date"
        )
    return day


def parse_day_and_time(text: str, *, today: date) -> tuple[date, time | None]:
    """Return the day and, if one was typed, the time: '19/10/2026 8:42', '19 oct 3.10pm', '8:42am'.

    A time alone is a time today. The time is the clock on the wall. Raises NotADay for a day that
    `parse_day` cannot read and for a time that does not exist.
    """
    tidy = " ".join(text.lower().replace(",", " ").split())
    found = _TIME.search(tidy)
    if not found:
        return parse_day(text, today=today), None
    before = tidy[: found.start()].strip()
    day = parse_day(before, today=today) if before else today
    return day, _time_of(found, text)


def in_words(day: date, *, today: date, calendar: SchoolCalendar | None) -> str:
    """Return a day as people say it, with how far away it is in school days.

    'Tuesday 21 October, in 3 school days'; 'today'; 'tomorrow' only if it is; 'next school day';
    'Wednesday 14 October, 2 school days ago'. The distance is left out where it cannot be counted:
    without a calendar, outside its dates, and where no school day lies between. The year is shown
    only when the day is of another academic year than today.
    """
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    name = f"{WEEKDAYS[day.weekday()].capitalize()} {_day_and_month(day)}"
    if AcademicYear.of(day) != AcademicYear.of(today):
        name = f"{name} {day.year}"
    try:
        distance = calendar.days_until(today, day) if calendar else 0
        is_school_day = calendar is not None and calendar.is_school_day(day)
    except NoTermDates:
        return name
    if distance == 1 and is_school_day:
        return "next school day"
    if distance == 0:
        return name
    count = f"{abs(distance)} school {'day' if abs(distance) == 1 else 'days'}"
    return f"{name}, in {count}" if distance > 0 else f"{name}, {count} ago"


def short(day: date) -> str:
    """Return a day for a tight table: 'Thu 22 Oct'."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return f"{weekday[:3].capitalize()} {day.day} {month[:3].capitalize()}"


def age(date_of_birth: date, on: date) -> int:
    """Return an age in whole years on a day; someone born on 29 February ages on 1 March.

    Raises ValueError for a day before the birth.
    """
    if on < date_of_birth:
        raise ValueError(f"{on} is before the date of birth, {date_of_birth}.")
    not_yet = (on.month, on.day) < (date_of_birth.month, date_of_birth.day)
    return on.year - date_of_birth.year - not_yet


def _parse_date(tidy: str, text: str, today: date, to_come: bool) -> date:
    found = _ISO.fullmatch(tidy) or _NUMBERS.fullmatch(tidy) or _WORDS.fullmatch(tidy)
    month = _month_of(found["month"]) if found else None
    if found is None or month is None:
        raise NotADay(f"'{text.strip()}' is not a day. Write it like {_day_and_month(today)} or today")
    years = _years(found["year"], today)
    days = [day for year in years if (day := _day_or_none(year, month, int(found["day"])))]
    if not days:
        raise NotADay(
            f"'{text.strip()}' does not exist: check the day, the month and the year. "
            f"Write it like {_day_and_month(today)} {today.year}"
        )
    ahead = [day for day in days if day >= today] if to_come and found["year"] is None else []
    return min(ahead or days, key=lambda day: (abs(day - today), day))


def _years(year: str | None, today: date) -> Iterator[int]:
    if year is None:
        yield from range(max(today.year - 8, 1), today.year + 9)
    elif len(year) == 4:
        yield int(year)
    else:
        century = today.year // 100 * 100
        recent = century + int(year)
        yield recent if recent <= today.year + 20 else recent - 100


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text == "sept":
        return 9
    index = _index_of(text, MONTHS)
    return None if index is None else index + 1


def _index_of(text: str, names: tuple[str, ...]) -> int | None:
    """Return the place of a name written in full or by at least its first three letters."""
    if len(text) < 3:
        return None
    return next((i for i, name in enumerate(names) if name.startswith(text)), None)


def _time_of(found: re.Match[str], text: str) -> time:
    hour = int(found["hour"])
    minute = int(found["minute"] or found["dotted"] or 0)
    half = found["half"] or found["dotted_half"] or found["bare_half"]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise NotADay(f"'{text.strip()}' has no such time. Write it like 8:42am or 15:10")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}"
