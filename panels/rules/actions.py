"""Actions that a panel sets at an item: what a minuted line says of who and by when, and where an action stands."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from casework.rules.dates import NotADay, parse_day

# A dot between two digits is one of a day, such as 30.11.2026, and ends no sentence.
_BY = re.compile(r"\bby\s+((?:[^;.()]|(?<=\d)\.(?=\d))+)", re.IGNORECASE)
_ON = re.compile(r"\bon\s+(?=(.*))", re.IGNORECASE)

_WEEKDAY = r"(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_TH = r"(?:st|nd|rd|th)?"
# With dots a day has its year, since 9.30 is a time; with hyphens too, since 2-3 are two or three.
_NUMBERS = (
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?|\d{1,2}(?P<sign>[.-])\d{1,2}(?P=sign)(?:\d{4}|\d{2})"
)
_LIKE_A_DAY = re.compile(
    rf"(?P<weekday>{_WEEKDAY}\s+)?(?:(?P<numbers>{_NUMBERS})"
    rf"|(?P<day>\d{{1,2}}){_TH}\s?(?:of\s)?(?P<month>{_MONTH})(?:\s(?P<year>\d{{4}}))?"
    rf"|(?P<month_first>{_MONTH})\s(?:the\s)?(?P<day_after>\d{{1,2}}){_TH}\b(?:\s(?P<year_after>\d{{4}}))?"
    r"|yesterday|today|tomorrow)\b(?!['’])",
    re.IGNORECASE,
)
_WEEKDAY_ALONE = re.compile(_WEEKDAY, re.IGNORECASE)
# What stands within a day: Friday, 4 December, 2026, or Fri. 4 Dec. 2026.
_COMMA_WITHIN = re.compile(
    rf"(\b{_WEEKDAY})[.,](?=\s+(?:\d{{1,2}}{_TH}\s?(?:of\s)?{_MONTH}|\d{{1,2}}[/.]\d|{_MONTH}\s\d))"
    rf"|(\b{_MONTH}(?:\s\d{{1,2}}{_TH})?)[.,](?=\s+\d{{4}}\b)",
    re.IGNORECASE,
)


# "on" tells of what has been as often as of what is due, so that it is read only where a written day ends the line.
_ON_AT_THE_END = re.compile(rf"\bon\s+({_LIKE_A_DAY.pattern})[\s.]*$", re.IGNORECASE)


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
    """Return the last day that a line gives, as "by 12 March" or after its last comma, or as "on 12 March" at its end.

    None where none can be read. A weekday is the next one. A day before the sitting is not taken: nothing can be asked by
    then. Never raises.
    """
    if day := _due_by(line, sat_on):
        return day
    found = _ON_AT_THE_END.search(_COMMA_WITHIN.sub(r"\1\2", line))
    if found is None:
        return None
    try:
        at_the_end = _day_of(found[1], sat_on)
    except NotADay:
        return None
    return at_the_end if at_the_end is not None and at_the_end >= sat_on else None


def _due_by(line: str, sat_on: date) -> date | None:
    for words in _where_days_stand(line):
        try:
            day = _day_of(words, sat_on)
        except NotADay:
            continue
        if day is not None and day >= sat_on:
            return day
    return None


def day_that_cannot_be(line: str, *, sat_on: date) -> str:
    """Return what is wrong with the day that a line gives, empty where it gives a day that can be, or none.

    A day cannot be if there is none such, such as 31/2, if it is another weekday than it says, or if it lies before the
    sitting. Only what looks like a day is asked, where `due_in` reads one; after an "on", which may tell of what has
    been, only whether there is such a day. Never raises.
    """
    if _due_by(line, sat_on):
        return ""
    for words in _where_days_stand(line):
        found = _LIKE_A_DAY.match(words)
        if not found:
            continue
        try:
            day = _day_of(found[0], sat_on)
        except NotADay as wrong:
            return str(wrong)
        if day is not None and day < sat_on:
            return f"{found[0]} is before the sitting: give a day from then on"
    for words in _ON.findall(line):
        found = _LIKE_A_DAY.match(words)
        if found and (says := _no_such_day(found, sat_on)):
            return says
    return ""


def days_that_cannot_be(text: str, *, sat_on: date, before: str = "") -> tuple[str, ...]:
    """Return what is wrong with the days of the actions typed one a line, each beside its line; what stood before is kept.

    Source: as `day_that_cannot_be`.
    """
    kept = set(actions_in(before))
    told = ((line, day_that_cannot_be(line, sat_on=sat_on)) for line in actions_in(text) if line not in kept)
    return tuple(f"“{line[:60]}”: {says}" for line, says in told if says)


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
    tidy = _COMMA_WITHIN.sub(r"\1\2", line)
    after_by = [found.split(",")[0] for found in reversed(_BY.findall(tidy))]
    each_by = [words for found in after_by for words in reversed(re.split(r"\bby\s+", found, flags=re.IGNORECASE))]
    return tuple(words.strip() for words in (*each_by, tidy.rpartition(",")[2].rstrip(" .")))


def _day_of(words: str, sat_on: date) -> date | None:
    """Return the day that words are, or begin with; None where they give none. Raises NotADay where there is no such day."""
    if _WEEKDAY_ALONE.fullmatch(words):
        # A weekday alone is read as the latest one: asked from the end of the week it is the next.
        return parse_day(words[:3], today=sat_on + timedelta(days=6))
    if found := _LIKE_A_DAY.match(words):
        return parse_day(_as_read(found), today=sat_on)
    try:
        return parse_day(words, today=sat_on)
    except NotADay:
        return None


def _as_read(found: re.Match[str]) -> str:
    """Return a day as `parse_day` reads it: its weekday by three letters, the day before the month, nothing between."""
    said = found.groupdict()
    month = said["month"] or said["month_first"]
    if not month:
        return f"{(said['weekday'] or '')[:3]} {said['numbers'] or found[0]}"
    day, year = said["day"] or said["day_after"], said["year"] or said["year_after"]
    return " ".join(filter(None, [(said["weekday"] or "")[:3], day, month, year]))


def _no_such_day(found: re.Match[str], sat_on: date) -> str:
    """Return that there is no such day, whatever weekday is said of it; empty where there is one."""
    try:
        parse_day(_as_read(found)[3 if found["weekday"] else 0 :], today=sat_on)
    except NotADay as wrong:
        return str(wrong)
    return ""
