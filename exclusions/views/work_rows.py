"""The rows of My work, prepared for its template."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from casework.models import Duty
from casework.registry import duty_kinds
from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.dates import in_words, short
from casework.rules.duties import DutyDates, State, stands
from casework.rules.terms import YEAR_GROUP_LABELS
from exclusions.selectors.my_work import Work, by_case
from exclusions.views.duty_table import school_days, tag_of
from exclusions.views.presenting import long_day


def group_rows(duties: list[Duty], calendars: Mapping[int, SchoolCalendar], *, on: date) -> list[dict[str, Any]]:
    """Return a row for each duty; a child with several stands once, in the first of them."""
    return [
        {
            "child": _child(duty, len(together)) if place == 0 else None,
            "duty": duty_kinds[duty.key].label,
            "due": _due_cell(duty, calendars[duty.case.exclusion.school_id], on),
            "step": _step(duty),
        }
        for together in by_case(duties)
        for place, duty in enumerate(together)
    ]


def _child(duty: Duty, duties: int) -> dict[str, Any]:
    exclusion = duty.case.exclusion
    return {
        "name": duty.case.pupil.name,
        "href": reverse("exclusions:exclusion", args=[duty.case.reference]),
        "second": f"{YEAR_GROUP_LABELS.get(exclusion.year_group, 'Year not known')}, {exclusion.school.name}",
        "rows": duties,
    }


def _due_cell(duty: Duty, calendar: SchoolCalendar, on: date) -> dict[str, Any]:
    dates = DutyDates(duty.due, duty.other_due, duty.met_on, duty.lapses_on)
    state = stands(dates, on=on, calendar=calendar)
    days = long_day(duty.due) if duty.due == duty.other_due else f"{long_day(duty.due)}, or {long_day(duty.other_due)}"
    if state.state is State.LATE:
        return {"tag": tag_of(state), "second": days}
    if duty.due <= on <= duty.other_due:
        return {"text": "Today", "second": _other_words(duty, calendar, on)}
    first, _, rest = _in_words(duty.due, on, calendar).partition(", ")
    other = f" (or {short(duty.other_due)})" if duty.other_due != duty.due else ""
    return {"text": first if rest else long_day(duty.due), "second": (rest or first) + other}


def _other_words(duty: Duty, calendar: SchoolCalendar, on: date) -> str:
    if duty.due == duty.other_due:
        return ""
    if duty.due < on:
        return f"{long_day(duty.due)} on the first reading"
    return f"or {_in_words(duty.other_due, on, calendar)}, on the other reading"


def _in_words(day: date, on: date, calendar: SchoolCalendar) -> str:
    try:
        return in_words(day, today=on, calendar=calendar)
    except NoTermDates:
        return long_day(day)


def _step(duty: Duty) -> dict[str, Any]:
    text, href = duty_kinds[duty.key].next_step(duty.case.reference)
    return {"text": text, "href": href, "of": f"{duty_kinds[duty.key].label}, {duty.case.pupil.name}"}


def no_education_rows(work: Work, *, on: date) -> list[dict[str, Any]]:
    """Return who has no education today: for how many school days, and where day six stands."""
    rows = []
    for duty in work.no_education:
        exclusion = duty.case.exclusion
        calendar = work.calendars[exclusion.school_id]
        try:
            out: int | None = len(calendar.school_days_between(exclusion.first_day, on))
        except NoTermDates:
            out = None
        rows.append(
            {
                "name": duty.case.pupil.name,
                "href": reverse("exclusions:exclusion", args=[duty.case.reference]),
                "out": school_days(out),
                "late": _past(duty, calendar, on),
                "text": _where(duty, calendar, on),
            }
        )
    return rows


def _past(duty: Duty, calendar: SchoolCalendar, on: date) -> str:
    state = stands(DutyDates(duty.due, duty.other_due, duty.met_on, duty.lapses_on), on=on, calendar=calendar)
    return f"{school_days(state.school_days)} past day six." if state.state is State.LATE else ""


def _where(duty: Duty, calendar: SchoolCalendar, on: date) -> str:
    looked_after = (
        "Looked after: education due from day 1. " if duty.case.exclusion.social_care == "looked after" else ""
    )
    if duty.due > on:
        return f"{looked_after}Day six {_in_words(duty.due, on, calendar).rpartition(', ')[2]}. No place yet"
    return f"{looked_after}{'Day six is today. ' if duty.due == on else ''}No place yet"
