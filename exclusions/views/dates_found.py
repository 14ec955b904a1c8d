"""What the calculator's page shows of an answer: its dates, the strip of days, and how each was worked out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from casework.rules.calendar import DayLookedAt, Skipped
from casework.rules.dates import short
from casework.rules.periods import AcademicYear
from exclusions.forms.calculator import in_words
from exclusions.rules import events as ev
from exclusions.rules.deadlines import Answer, Code, Deadline, Key, NotOpened, Opened
from exclusions.rules.sources import cite
from exclusions.rules.terms import DUTY_HOLDER_LABELS, DutyHolder
from exclusions.views.presenting import days_in_words, long_day
from exclusions.views.strip import WORDS, strip_of_days, working_table

LABELS = {
    Key.SIXTH_DAY: "Day-six education running",
    Key.LOOKED_AFTER_FIRST_DAY: "First-day education",
    Key.BOARD_MEETING: "Governors meet",
    Key.BOARD_MEETING_BEFORE_EXAM: "Governors meet before the examination",
    Key.REVIEW_APPLICATION: "Review applied for",
    Key.ROLL_REMOVAL_EARLIEST: "Off the roll, not before",
    Key.REVIEW_HEARING: "Review panel meets",
    Key.BOARD_RECONSIDERATION: "Governors reconsider",
    Key.FAIR_ACCESS_ALLOCATION: "Place allocated under fair access",
    Key.IN_YEAR_AIM: "Application answered, to aim for",
    Key.IN_YEAR_MUST: "Application answered, at the latest",
    Key.OFF_SITE_NOTICE: "Notice of the off-site direction",
    Key.PREFERENCE_SUSPENDED_UNTIL: "Preference need not be met until",
}
HOLDERS = {
    **DUTY_HOLDER_LABELS,
    DutyHolder.HOME_AUTHORITY.value: "Council where the child lives",
    DutyHolder.MAINTAINING_AUTHORITY.value: "Council that maintains the school",
}
# What the day nought of a count is called, and what its last day is.
BEGINS = {
    Key.LOOKED_AFTER_FIRST_DAY: "First day out",
    Key.BOARD_MEETING: "Governors told",
    Key.REVIEW_APPLICATION: "Letter given",
    Key.REVIEW_HEARING: "Application made",
    Key.BOARD_RECONSIDERATION: "Decision given",
    Key.FAIR_ACCESS_ALLOCATION: "Agreed",
    Key.IN_YEAR_MUST: "Received",
    Key.OFF_SITE_NOTICE: "First day off site",
}
ENDS = {
    Key.LOOKED_AFTER_FIRST_DAY: "education from here",
    Key.BOARD_MEETING: "last day to meet",
    Key.REVIEW_APPLICATION: "last day to apply",
    Key.REVIEW_HEARING: "last day to meet",
    Key.BOARD_RECONSIDERATION: "last day to meet",
    Key.FAIR_ACCESS_ALLOCATION: "last day to allocate",
    Key.IN_YEAR_MUST: "last day to answer",
    Key.OFF_SITE_NOTICE: "last day for the notice",
}
CAPTIONS = {
    Key.LOOKED_AFTER_FIRST_DAY: "First-day education",
    Key.BOARD_MEETING: "Governors",
    Key.REVIEW_APPLICATION: "Applying for a review",
    Key.REVIEW_HEARING: "Review panel",
    Key.BOARD_RECONSIDERATION: "Reconsidering",
    Key.FAIR_ACCESS_ALLOCATION: "Fair access",
    Key.IN_YEAR_MUST: "In-year application",
    Key.OFF_SITE_NOTICE: "Off-site direction",
}
BANDS = {
    "1": "governors need not meet",
    "2n": "governors must meet if the parents make representations",
    "2": "governors must meet, as the parents make representations",
    "3": "governors must meet",
    "4": "governors must meet",
    "X": "governors must meet, as an examination is lost",
}
WHY = {Skipped.CLOSED: "INSET", Skipped.UNPLANNED_CLOSURE: "closed"}
# A strip of more cells than this is narrower than its labels: it then ends with day six.
MOST_CELLS = 24
MOST_ROWS = 14
LABEL_OF_THE_MEETING = "Governors must have met"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the strip asks of an exclusion and of where it stands."""

    first_day: date
    last_day: date | None
    calendar: Any
    sixth_day: Any


def dates_found(asked: ev.Request, answer: Answer, *, rules: str) -> dict[str, Any]:
    """Return everything that the page shows below the facts; `rules` names the rules used, with their warning."""
    exclusion = next(event for event in asked.events if event.id == "exclusion")
    year = AcademicYear.of(ev.day_of(exclusion))
    sixth = next((d for d in answer.deadlines if d.event == "exclusion" and d.key is Key.SIXTH_DAY), None)
    workings = [
        _working(deadline, year)
        for deadline in answer.deadlines
        if deadline.key in CAPTIONS and deadline.count and not deadline.event.startswith("earlier")
    ]
    return {
        "heading": _heading(exclusion),
        "totals": _totals(exclusion, answer),
        "rows": [*_rows(asked, answer, year)],
        "notes": [*_notes(answer, rules, sixth)],
        "strip": _strip(asked, answer, exclusion, sixth),
        "sixth_day": _sixth_day(sixth),
        "workings": workings,
        # What would not fit on one sheet of paper at the usual size.
        "many": len(workings) > 2 or any(len(working["rows"]) > MOST_ROWS for working in workings),
    }


def _heading(exclusion: ev.Event) -> str:
    kind = "Suspension" if isinstance(exclusion, ev.Suspension) else "Permanent exclusion"
    return f"{kind} from {long_day(ev.day_of(exclusion), year=True)}"


def _totals(exclusion: ev.Event, answer: Answer) -> str:
    """Return the days of a suspension in a line: its last day, the day back, the term and the year."""
    found = answer.totals.get("exclusion")
    if found is None or isinstance(exclusion, ev.PermanentExclusion):
        return ""
    said = []
    if found.last_day:
        said.append(f"Last day {long_day(found.last_day)}")
    if found.return_on:
        said.append(f"back on {long_day(found.return_on)}")
    totals = found.totals
    said.append(
        f"{days_in_words(totals.term_days, 'school day')} in the term, {totals.year_days:g} in the year, "
        f"{totals.year_days_left:g} left"
    )
    return f"{', '.join(said)}. {BANDS[totals.band][0].upper()}{BANDS[totals.band][1:]}."


def _rows(asked: ev.Request, answer: Answer, year: AcademicYear) -> Iterator[dict[str, Any]]:
    rows: list[Opened] = [*answer.deadlines, *answer.none]
    own = [row for row in rows if not row.event.startswith("earlier")]
    order = list(Key)
    told = any(isinstance(event, ev.BoardNotified) for event in asked.events)
    for row in sorted(own, key=lambda row: (isinstance(row, NotOpened), order.index(row.key))):
        if isinstance(row, Deadline):
            yield _deadline_row(row, year)
            if row.key is Key.SIXTH_DAY and not told:
                yield _untold()
        else:
            yield _not_opened_row(row, asked)
    if not told and not any(isinstance(row, Deadline) and row.key is Key.SIXTH_DAY for row in own):
        yield _untold()


def _untold() -> dict[str, Any]:
    return {
        "what": LABELS[Key.BOARD_MEETING],
        "holder": HOLDERS["board"],
        "because": "Enter the day on which governors were told",
        "rule": "R28",
    }


def _deadline_row(deadline: Deadline, year: AcademicYear) -> dict[str, Any]:
    return {
        "what": LABELS[deadline.key],
        "holder": HOLDERS[deadline.duty_holder],
        "due": _words(deadline.due, year),
        "second": [*_second(deadline, year)],
        "rule": deadline.rule,
        "href": f"#how-{deadline.key}" if deadline.key in CAPTIONS or deadline.key is Key.SIXTH_DAY else "",
    }


def _second(deadline: Deadline, year: AcademicYear) -> Iterator[str]:
    if deadline.other_reading:
        yield f"or {_words(deadline.other_reading, year)}, on the other reading"
    if deadline.key is Key.ROLL_REMOVAL_EARLIEST:
        yield "the day after the last day to apply"
    elif deadline.key in CAPTIONS and deadline.count:
        number = max(row.count or 0 for row in deadline.working)
        days = f"{number} school day{'' if number == 1 else 's'}"
        side = "before" if deadline.due < deadline.counted_from else "after"
        yield f"{days} {side} {_words(deadline.counted_from, year)}"
    if deadline.deemed_given_on and deadline.deemed_given_on != deadline.counted_from:
        yield f"the letter counts as given on {_words(deadline.deemed_given_on, year)}"
    if deadline.met_on:
        late = " late" if deadline.met_on > (deadline.other_reading or deadline.due) else ", in time"
        yield f"met on {_words(deadline.met_on, year)}{late}"


def _not_opened_row(row: NotOpened, asked: ev.Request) -> dict[str, Any]:
    rule, _, because = row.because.partition(": ")
    home = isinstance(next(e for e in asked.events if e.id == "exclusion"), ev.PermanentExclusion)
    education = HOLDERS["home_authority" if home else "board"]
    holders = {Key.SIXTH_DAY: education, Key.LOOKED_AFTER_FIRST_DAY: education, Key.REVIEW_APPLICATION: "Parent"}
    return {
        "what": LABELS[row.key],
        "holder": holders.get(row.key, HOLDERS["board"]),
        "because": f"Does not apply: {in_words(because)}",
        "rule": rule,
    }


def _notes(answer: Answer, rules: str, sixth: Deadline | None) -> Iterator[str]:
    if rules:
        yield rules if rules.endswith(".") else f"{rules}."
    for warning in answer.warnings:
        if warning.code is not Code.RULES_UNCHECKED and not warning.event.startswith("earlier"):
            said = in_words(warning.message)
            yield f"{said[0].upper()}{said[1:]}."
    for each in answer.cancellations:
        if each.lawful:
            yield f"The cancellation was lawful: {each.because.partition(': ')[2]}."
    if sixth and sixth.other_reading:
        yield "The law leaves two readings of day six: work to the earlier."


def _strip(asked: ev.Request, answer: Answer, exclusion: ev.Event, sixth: Deadline | None) -> dict[str, Any]:
    first_day = ev.day_of(exclusion)
    if sixth and sixth.count:
        # Day 1 may lie before the exclusion: the child was sent home, or a suspension runs into it.
        first_day = min(first_day, sixth.count.counted_from)
    last_out = exclusion.days[-1].on if isinstance(exclusion, ev.Suspension) and exclusion.days else None
    meeting = next((d.due for d in answer.deadlines if d.key is Key.BOARD_MEETING and d.event == "told"), None)
    counted_to = sixth.due if sixth else (last_out or first_day) + timedelta(days=1)
    found: dict[str, Any] = {}
    for last in (max(filter(None, (meeting, last_out, first_day))), last_out):
        shown = _Shown(first_day, last, asked.calendar, sixth)
        found = strip_of_days(shown, shown, on=counted_to, closures={})  # type: ignore[arg-type]
        if len(found["days"]) <= MOST_CELLS:
            break
    for cell in found["days"]:
        # No day is today's here: what is tinted is what counts towards day six.
        cell["today"] = False
    _pin_meeting(found, meeting)
    return found


def _pin_meeting(strip: dict[str, Any], meeting: date | None) -> None:
    days = strip["days"]
    if meeting is None or not days:
        return
    weekday, number = short(meeting).split(" ", 1)
    place = next((n for n, cell in enumerate(days) if (cell["weekday"], cell["date"]) == (weekday, number)), None)
    if place is None or days[place]["pins"]:
        return
    pinned = [n for n, cell in enumerate(days) if cell["pins"]]
    # Labels are some five cells long: those that would meet take a lane each, and a third is left to the table.
    is_near = bool(pinned) and place - max(pinned) < 11
    if is_near and len(pinned) > 1:
        return
    days[place]["pins"] = [
        {"text": LABEL_OF_THE_MEETING, "detail": "", "lane": 2 if is_near else 1, "back": place > len(days) / 2}
    ]
    strip["lanes"] = max(strip["lanes"], 2 if is_near else 1)


def _sixth_day(sixth: Deadline | None) -> dict[str, Any] | None:
    if sixth is None:
        return None
    rows = working_table(sixth, on=date.min)  # type: ignore[arg-type]
    for row in rows:
        row["why"] = WHY.get(row["why"], row["why"])
    return {
        "rows": rows,
        "other_reading": sixth.other_reading,
        "source": f"{sixth.rule}. {_sentence(cite(sixth.source))}",
    }


def _working(deadline: Deadline, year: AcademicYear) -> dict[str, Any]:
    """Return the days of a count, those that follow each other in one row."""
    begins = f"{BEGINS[deadline.key]}: not counted"
    rows = [{"days": short(deadline.counted_from), "text": begins, "skipped": True, "due": False}]
    for run in _runs(sorted(deadline.working, key=lambda row: row.on, reverse=deadline.due < deadline.counted_from)):
        numbers = [row.count for row in run if row.count]
        if not numbers:
            why = dict.fromkeys(WORDS[row.skipped] for row in run if row.skipped)
            words = ", ".join(word if word == "INSET" else word.lower() for word in _without_weekends(list(why)))
            rows.append({"days": _days(run), "text": f"Not counted: {words}", "skipped": True, "due": False})
            continue
        due = run[-1].on == deadline.working[-1].on
        text = f"Day {numbers[0]}" if len(numbers) == 1 else f"Days {numbers[0]} to {numbers[-1]}"
        rows.append(
            {
                "days": _days(run),
                "text": f"{text}: {ENDS[deadline.key]}" if due else text,
                "skipped": False,
                "due": due,
            }
        )
    return {
        "id": f"how-{deadline.key}",
        "caption": f"{CAPTIONS[deadline.key]}: each day looked at",
        "rows": rows,
        "source": f"{deadline.rule}. {_sentence(cite(deadline.source))} {_day_nought(deadline, year)}",
    }


def _day_nought(deadline: Deadline, year: AcademicYear) -> str:
    if deadline.deemed_given_on:
        return f"The letter counts as given on {_words(deadline.deemed_given_on, year)}, which is day 0."
    return f"{_words(deadline.counted_from, year)} is day 0."


def _runs(rows: list[DayLookedAt]) -> Iterator[list[DayLookedAt]]:
    """Yield days that follow each other and are all counted, or all not; the last day by itself."""
    run = [rows[0]]
    for before, row in pairwise(rows):
        if (row.skipped is None) != (before.skipped is None) or row is rows[-1]:
            yield run
            run = []
        run.append(row)
    yield run


def _days(run: list[DayLookedAt]) -> str:
    first, last = short(run[0].on), short(run[-1].on)
    if len(run) == 1:
        return first
    return f"{first}, {last}" if len(run) == 2 else f"{first} to {last}"


def _without_weekends(why: list[str]) -> list[str]:
    """Return the reasons of a stretch without its weekends, unless they are all there is."""
    return [word for word in why if word != "Weekend"] or why


def _words(day: date, year: AcademicYear) -> str:
    return long_day(day, year=AcademicYear.of(day) != year)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
