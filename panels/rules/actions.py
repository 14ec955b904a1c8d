"""Actions that a panel sets at an item: what a minuted line says of who and by when, and where an action stands."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.dates import NotADay, parse_day

_BY = re.compile(r"\bby\s+([^;.()]+)", re.IGNORECASE)

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s+)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NUMBERS = r"\d{1,2}[/-]\d{1,2}(?:[/-](?:\d{4}|\d{2}))?"
_LIKE_A_DAY = re.compile(
    rf"\b{_WEEKDAY}(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|{_NUMBERS}|\d{{1,2}}(?:st|nd|rd|th)?\s?{_MONTH}(?:\s\d{{4}})?)\b",
    re.IGNORECASE,
)


class Where(StrEnum):
    """Where an action stands on a day."""

    DONE = "done"
    LATE = "late"
    DUE = "due"
    NO_DAY = "no_day"


WHERE_LABELS: Mapping[str, str] = {"done": "Done", "late": "Late", "due": "To do", "no_day": "No day set"}


def actions_in(text: str) -> tuple[str, ...]:
    """Return the actions that were typed one a line, each once, in their order."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def due_in(line: str, *, sat_on: date) -> date | None:
    """Return the last day that a line gives, as "by 12 March" or after its last comma; None where none can be read.

    A weekday is the next one. A day before the sitting is not taken: nothing can be asked by then. Never raises.
    """
    for words in _where_days_stand(line):
        # A weekday alone is read as the latest one, so that it is asked from the end of the week too.
        for today in (sat_on, sat_on + timedelta(days=6)):
            try:
                day = parse_day(words, today=today)
            except NotADay:
                continue
            if day >= sat_on:
                return day
    return None


def day_that_cannot_be(line: str, *, sat_on: date) -> str:
    """Return what is wrong with the day that a line gives, empty where it gives a day that can be, or none.

    A day cannot be if there is none such, such as 31/2, if it is another weekday than it says, or if it lies before the
    sitting. Only what looks like a day is asked, where `due_in` reads one. Never raises.
    """
    if due_in(line, sat_on=sat_on):
        return ""
    for words in _where_days_stand(line):
        found = _LIKE_A_DAY.match(words.strip())
        if not found:
            continue
        try:
            day = parse_day(found[0], today=sat_on)
        except NotADay as wrong:
            return str(wrong)
        if day < sat_on:
            return f"{found[0]} is before the sitting: give a day from then on"
    return ""


def owner_in(line: str, names: Mapping[int, str]) -> int | None:
    """Return whose name a line holds, of the names by account; None where it holds none of them, or several."""
    found = {key for key, name in names.items() if re.search(rf"\b{re.escape(name)}\b", line, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None


def stands(*, due: date | None, done_on: date | None, on: date) -> Where:
    """Return where an action stands on a day: late from the day after the one it is due."""
    if done_on is not None:
        return Where.DONE
    if due is None:
        return Where.NO_DAY
    return Where.LATE if due < on else Where.DUE


def _where_days_stand(line: str) -> tuple[str, ...]:
    """Return the words after each "by", the last first, and those after the last comma."""
    after_by = [found.split(",")[0] for found in reversed(_BY.findall(line))]
    return (*after_by, line.rpartition(",")[2].rstrip(" ."))
