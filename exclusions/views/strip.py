"""The strip of days and its table, prepared from a working."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

from casework.rules.calendar import Count, NoTermDates, SchoolCalendar, Skipped
from casework.rules.dates import short
from casework.rules.duties import State
from exclusions.models import Exclusion
from exclusions.rules.sixth_day import SixthDay
from exclusions.rules.terms import Kind
from exclusions.selectors.duties import CaseDuties
from exclusions.selectors.standing import Standing

ONE_DAY = timedelta(days=1)
NO_PINS: Mapping[date, list[dict[str, Any]]] = MappingProxyType({})
ROOM_FOR_LABELS = 12
"""The fewest items of a strip whose first day has labels: in a shorter one they would run into those of day six."""
TOLD = {
    "tell_parents": "parents",
    "tell_authority": "council",
    "tell_home_authority": "home authority",
    "tell_social_worker": "social worker",
    "tell_virtual_school_head": "virtual school head",
    "tell_governors": "governors",
}
LONGEST_STRIP = 75
WORDS = {
    Skipped.WEEKEND: "Weekend",
    Skipped.BANK_HOLIDAY: "Bank holiday",
    Skipped.HOLIDAY: "Holiday",
    Skipped.CLOSED: "INSET",
    Skipped.UNPLANNED_CLOSURE: "Closed",
}


def strip_of_days(
    exclusion: Exclusion,
    standing: Standing,
    *,
    on: date,
    closures: dict[date, str],
    pins: Mapping[date, list[dict[str, Any]]] = NO_PINS,
) -> dict[str, Any]:
    """Return what the strip component draws: from the first day to the later reading, the last day out or the last pin.

    `pins` are those of other duties by day; a strip too short for their labels has none on its first day.
    """
    answer = standing.sixth_day
    ends = [day for day in (answer and answer.due, answer and answer.other_reading, exclusion.last_day, *pins) if day]
    last = min(max(ends, default=exclusion.first_day), exclusion.first_day + timedelta(days=LONGEST_STRIP))
    days: list[dict[str, Any]] = []
    count = 0
    try:
        for reason, group in groupby(
            _each_day(exclusion.first_day, last), key=lambda day: _fold(standing.calendar, day)
        ):
            together = list(group)
            if reason in {"", Skipped.CLOSED, Skipped.UNPLANNED_CLOSURE} or len(together) == 1:
                for day in together:
                    count += 1 if reason == "" else 0
                    days.append(_cell(day, count if reason == "" else None, reason, answer, on, closures))
            else:
                days.append(_folded(together, reason, on))
    except NoTermDates:
        pass
    return {"days": days, "lanes": _hang(days, pins, answer)}


def _hang(days: list[dict[str, Any]], pins: Mapping[date, list[dict[str, Any]]], answer: SixthDay | None) -> int:
    """Hang the pins from their days, each in its lane, and return how many lanes they need."""
    for place, cell in enumerate(days):
        if place or len(days) >= ROOM_FOR_LABELS:
            cell["pins"] += pins.get(cell.get("on", date.min), [])
        for pin in cell["pins"]:
            # A label near the end reads leftwards, so that nothing runs off the page; then the earlier day takes the
            # upper lane, so that no stem crosses a label.
            pin["back"] = place > len(days) / 2
            if pin["back"] and answer and answer.other_reading and not pin.get("fixed"):
                pin["lane"] = 3 - pin["lane"]
    return max((pin["lane"] for cell in days for pin in cell["pins"]), default=0)


def duty_pins(found: CaseDuties, exclusion: Exclusion) -> dict[date, list[dict[str, Any]]]:
    """Return the pins of a permanent exclusion's other duties: the tellings of its first day, and the governors."""
    if exclusion.kind != Kind.PERMANENT:
        return {}
    pins: dict[date, list[dict[str, Any]]] = {}
    tellings = [line for line in found.lines if line.duty.key.startswith("tell_") and line.duty.due]
    late = [line for line in tellings if line.stands.state is State.LATE]
    met = [TOLD[line.duty.key] for line in tellings if line.stands.state in (State.MET, State.MET_LATE)]
    first: list[dict[str, Any]] = []
    if met:
        # A label of four names would run into day six.
        first.append(_pin("All told" if len(met) > 3 and not late else f"{_listed(met[:3])} told", 1))
    if late:
        days = late[0].stands.school_days
        by = f": {days} school day{'' if days == 1 else 's'} late" if days else ""
        first.append(_pin(f"{_listed([TOLD[late[0].duty.key]])} not told{by}", 2) | {"late": True})
    if first:
        pins[exclusion.first_day] = first
    meeting = next((line for line in found.lines if line.duty.key == "board_meeting" and line.duty.due), None)
    if meeting and meeting.stands.state not in (State.ENDED, State.NOT_APPLICABLE) and meeting.duty.due:
        pins[meeting.duty.due] = [
            _pin("Governors must have met", 1) | {"late": meeting.stands.state is State.LATE, "fixed": True}
        ]
    return pins


def _pin(text: str, lane: int) -> dict[str, Any]:
    return {"text": text, "detail": "", "lane": lane}


def _listed(names: list[str]) -> str:
    """Return 'Parents, council and governors'."""
    words = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return words[:1].upper() + words[1:]


def _each_day(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _fold(calendar: SchoolCalendar, day: date) -> str:
    """Return why a day is not counted; a weekend beside the holidays is part of them."""
    reason = calendar.skip_reason(day)
    if reason is Skipped.WEEKEND:
        friday = day - timedelta(days=day.weekday() - 4)
        if Skipped.HOLIDAY in (_reason(calendar, friday), _reason(calendar, friday + timedelta(days=3))):
            return Skipped.HOLIDAY
    return reason or ""


def _reason(calendar: SchoolCalendar, day: date) -> str | None:
    """Return why a day is not counted; nothing for one outside the calendar."""
    try:
        return calendar.skip_reason(day)
    except NoTermDates:
        return None


def _cell(
    day: date, count: int | None, reason: str, answer: SixthDay | None, on: date, closures: dict[date, str]
) -> dict[str, Any]:
    weekday, number = short(day).split(" ", 1)
    cell: dict[str, Any] = {
        "weekday": weekday,
        "date": number,
        "count": count,
        "today": day == on,
        "pins": [],
        "on": day,
    }
    if reason:
        return cell | {"state": "off", "why": closures.get(day) or WORDS[Skipped(reason)]}
    cell["state"] = "gone" if day < on else ("later" if count and count > 7 else "ahead")
    if answer and day == answer.due:
        where = "on the first reading" if answer.other_reading else ""
        cell |= {
            "state": "due",
            "pins": [
                {
                    "text": "Day six: education must have started",
                    "detail": where,
                    "lane": 2 if answer.other_reading else 1,
                }
            ],
        }
    elif answer and day == answer.other_reading:
        cell |= {"state": "other", "pins": [{"text": "Day six on the other reading", "detail": "", "lane": 1}]}
    return cell


def _folded(days: list[date], reason: str, on: date) -> dict[str, Any]:
    first, last = short(days[0]), short(days[-1])
    weekend = reason == Skipped.WEEKEND
    return {
        "weekday": first if weekend else first.split(" ", 1)[1],
        "date": f"to {last if weekend else last.split(' ', 1)[1]}",
        "count": None,
        "why": WORDS[Skipped(reason)],
        "state": "off",
        "fold": "weekend" if weekend else "holiday",
        "today": on in days,
        "pins": [],
    }


def working_table(answer: SixthDay, *, on: date) -> list[dict[str, Any]]:
    """Return a row for each day looked at: its number on the first reading and on the other.

    Days that follow each other and are skipped for one reason share a row, and holidays with their weekends.
    """
    if answer.count is None:
        return []
    other = _other_count(answer)
    first_numbers = {row.on: row for row in answer.count.working}
    other_numbers = {row.on: row for row in other.working} if other else {}
    rows: list[dict[str, Any]] = []
    for day in sorted(first_numbers.keys() | other_numbers.keys()):
        skipped = (first_numbers.get(day) or other_numbers[day]).skipped
        if skipped and rows and (why := _together(rows[-1]["why"], skipped)):
            rows[-1]["days"] = [rows[-1]["days"][0], short(day)]
            rows[-1]["why"] = why
            continue
        row: dict[str, Any] = {"days": [short(day)], "why": skipped, "today": day == on}
        row["first"] = _words(first_numbers.get(day), day == answer.due, day, answer.count)
        if other:
            row["other"] = _words(other_numbers.get(day), day == answer.other_reading, day, other)
        row["first_due"], row["other_due"] = day == answer.due, bool(other) and day == answer.other_reading
        rows.append(row)
    return rows


def _together(before: str | None, skipped: Skipped) -> str:
    """Return why two skipped days that follow each other are not counted, or nothing where each needs its own row."""
    if before == skipped:
        return skipped
    both = "holiday and weekends"
    return both if {before, str(skipped)} <= {both, Skipped.HOLIDAY, Skipped.WEEKEND} else ""


def _other_count(answer: SixthDay) -> Count | None:
    return next((reading.count for reading in answer.readings if reading.due == answer.other_reading), None)


def _words(row: Any, is_due: bool, day: date, count: Count) -> str:
    if is_due:
        return "Day 6: must have started"
    if row is None and day <= count.counted_from:
        return "Not counted: the first day out" if day == count.counted_from else "Not counted on this reading"
    return f"Day {row.count}" if row is not None and row.count else ""


def weeks(exclusion: Exclusion, standing: Standing, *, back: date | None) -> list[dict[str, Any]]:
    """Return the days out by week, for the side panel of a notice: numbers, closures, day six, the day back."""
    answer = standing.sixth_day
    due = answer.due if answer else None
    last = max(day for day in (exclusion.last_day, due, back, exclusion.first_day) if day)
    monday = exclusion.first_day - timedelta(days=exclusion.first_day.weekday())
    count = 0
    found: list[dict[str, Any]] = []
    while monday <= last and len(found) < 10:
        days: list[dict[str, Any]] = []
        for step in range(5):
            day = monday + timedelta(days=step)
            try:
                reason = standing.calendar.skip_reason(day)
            except NoTermDates:
                return found
            if day < exclusion.first_day or (day > last):
                days.append({"text": "", "state": "", "span": 1})
                continue
            if reason is None and day == back:
                days.append({"text": "Back", "state": "", "span": 1})
            elif reason is None:
                out = exclusion.last_day is None or day <= exclusion.last_day
                count += 1 if out else 0
                state = "due" if day == due else ("in" if out else "")
                days.append({"text": count if out else "", "state": state, "span": 1})
            elif days and days[-1]["state"] == "off" and days[-1]["text"] == WORDS[reason]:
                days[-1]["span"] += 1
            else:
                days.append({"text": WORDS[reason], "state": "off", "span": 1})
        found.append({"label": f"{monday.day} {monday:%b}", "days": days})
        monday += timedelta(days=7)
    return found
