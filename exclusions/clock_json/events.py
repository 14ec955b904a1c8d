"""Reads the events of a request: the keys of each kind, and the days of a suspension from its length or sessions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from casework.rules.calendar import NoTermDates, SchoolCalendar
from exclusions.clock_json.faults import Faults
from exclusions.clock_json.fields import (
    NO_DAY,
    Fields,
    Read,
    day,
    day_or_null,
    fields,
    half_days,
    list_of,
    one_of,
    truth,
    words,
    words_or_null,
)
from exclusions.rules import events as ev
from exclusions.rules.deadlines import Fault
from exclusions.rules.terms import Session
from exclusions.rules.totals import SuspendedDay, days_from_length

MOST_EVENTS = 200
"""More than any child has; a longer list is somebody else's mistake, and would be slow to answer."""


class Kind(StrEnum):
    """The kinds of event, in the words of the interface."""

    SUSPENSION = "suspension"
    PERMANENT_EXCLUSION = "permanent_exclusion"
    CANCELLATION = "cancellation"
    BOARD_NOTIFIED = "board_notified"
    BOARD_MET = "board_met"
    BOARD_DECISION_NOTICE = "board_decision_notice"
    REVIEW_WAIVED = "review_waived"
    REVIEW_APPLICATION = "review_application"
    REVIEW_PANEL_NOTICE = "review_panel_notice"
    FAIR_ACCESS_AGREED = "fair_access_agreed"
    IN_YEAR_APPLICATION = "in_year_application"
    OFF_SITE_DIRECTION = "off_site_direction"
    SECOND_PERMANENT_EXCLUSION = "second_permanent_exclusion"
    REVIEW_QUASHED = "review_quashed"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as it was read, before the days of a suspension are laid on a calendar.

    `days` is the suspension's length in school days; `sessions` its sessions, each with its path. One of them is None.
    """

    path: str
    event: ev.Event
    days: float | None = None
    sessions: tuple[tuple[str, date, Session], ...] | None = None


@dataclass(frozen=True, slots=True)
class _Shape:
    """The keys of one kind of event, beside `id` and `type`: those that must be there, and those that may."""

    make: Callable[..., ev.Event]
    required: Mapping[str, Read[Any]]
    optional: Mapping[str, tuple[Read[Any], Any]]


_OF: Mapping[str, Read[Any]] = {"on": day, "of": words}
_EXCLUSION: Mapping[str, tuple[Read[Any], Any]] = {
    "school": (words_or_null, None),
    "sent_home_on": (day_or_null, None),
    "decided_on": (day_or_null, None),
}
_METHOD: Mapping[str, tuple[Read[Any], Any]] = {"method": (one_of(ev.Method), ev.Method.HAND)}
_BOARD: Mapping[str, tuple[Read[Any], Any]] = {
    "representations": (truth, False),
    "exam_on": (day_or_null, None),
}

_SHAPES: Mapping[Kind, _Shape] = {
    Kind.SUSPENSION: _Shape(ev.Suspension, {"first_day": day}, _EXCLUSION),
    Kind.PERMANENT_EXCLUSION: _Shape(ev.PermanentExclusion, {"first_day": day}, _EXCLUSION),
    Kind.CANCELLATION: _Shape(ev.Cancellation, {"effective_on": day, "of": words}, {}),
    Kind.BOARD_NOTIFIED: _Shape(ev.BoardNotified, _OF, _BOARD),
    Kind.BOARD_MET: _Shape(ev.BoardMet, _OF, {}),
    Kind.BOARD_DECISION_NOTICE: _Shape(ev.BoardDecisionNotice, _OF, _METHOD),
    Kind.REVIEW_WAIVED: _Shape(ev.ReviewWaived, _OF, {}),
    Kind.REVIEW_APPLICATION: _Shape(ev.ReviewApplication, _OF, _METHOD),
    Kind.REVIEW_PANEL_NOTICE: _Shape(ev.ReviewPanelNotice, _OF, _METHOD),
    Kind.FAIR_ACCESS_AGREED: _Shape(ev.FairAccessAgreed, {"on": day}, {}),
    Kind.IN_YEAR_APPLICATION: _Shape(ev.InYearApplication, {"on": day}, {}),
    Kind.OFF_SITE_DIRECTION: _Shape(ev.OffSiteDirection, {"first_day": day}, {}),
    Kind.SECOND_PERMANENT_EXCLUSION: _Shape(ev.SecondPermanentExclusion, {"took_effect_on": day}, {}),
    Kind.REVIEW_QUASHED: _Shape(ev.ReviewQuashed, _OF, {}),
}
_LENGTHS = ("days", "sessions")


def read_events(value: Any, path: str, faults: Faults) -> tuple[Draft, ...]:
    """Read the list of events; ids must differ."""
    drafts = [draft for draft in list_of(_draft)(value, path, faults) if draft]
    if value == []:
        faults.add(path, Fault.BAD_VALUE, "is empty: name at least one event")
    if isinstance(value, list) and len(value) > MOST_EVENTS:
        faults.add(path, Fault.BAD_VALUE, f"holds {len(value)} events, more than {MOST_EVENTS}")
    seen: dict[str, str] = {}
    for draft in drafts:
        if draft.event.id and draft.event.id in seen:
            faults.add(f"{draft.path}.id", Fault.BAD_VALUE, f"is the id of {seen[draft.event.id]} too")
        seen.setdefault(draft.event.id, draft.path)
    return tuple(drafts)


def _draft(value: Any, path: str, faults: Faults) -> Draft | None:
    found = fields(value, path, faults)
    if not found.is_object:
        return None
    id_ = found.required("id", words) or ""
    known = len(faults.found)
    kind = found.required("type", one_of(Kind, else_=Fault.UNKNOWN_EVENT))
    if kind is None or len(faults.found) > known:
        return None
    shape = _SHAPES[kind]
    lengths = _LENGTHS if kind is Kind.SUSPENSION else ()
    noun = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.replace('_', ' ')}"
    found.only(("id", "type", *shape.required, *shape.optional, *lengths), noun)
    values = {key: found.required(key, read) for key, read in shape.required.items()}
    values |= {key: found.optional(key, read, default) for key, (read, default) in shape.optional.items()}
    if any(values[key] is None for key in shape.required):
        return None
    if kind is Kind.SUSPENSION:
        return _suspension(found, id_, values)
    return Draft(path, shape.make(id_, **values))


def _suspension(found: Fields, id_: str, values: Mapping[str, Any]) -> Draft:
    event = ev.Suspension(id_, days=(), **values)
    if "sessions" in found.value:
        if "days" in found.value:
            message = "stands beside days: give one of the two"
            found.faults.add(f"{found.path}.sessions", Fault.BAD_VALUE, message)
        sessions = found.required("sessions", list_of(_session)) or ()
        if found.value["sessions"] == []:
            found.faults.add(f"{found.path}.sessions", Fault.BAD_VALUE, "is empty: name at least one session")
        return Draft(found.path, event, sessions=sessions)
    return Draft(found.path, event, days=found.required("days", half_days))


def _session(value: Any, path: str, faults: Faults) -> tuple[str, date, Session]:
    found = fields(value, path, faults)
    found.only(("on", "session"), "a session")
    on = found.required("on", day) or NO_DAY
    return path, on, found.required("session", one_of(Session)) or Session.MORNING


def laid_out(draft: Draft, calendar: SchoolCalendar, faults: Faults) -> ev.Event:
    """Return the event of a draft, a suspension with its school days; what cannot be laid out is noted.

    A length covers that many school days from the first day. Sessions say each part of a day themselves: they stand on
    school days, none before the first day. A session named twice counts once.
    """
    event = draft.event
    if not isinstance(event, ev.Suspension):
        return event
    try:
        if draft.sessions is None:
            return replace(event, days=days_from_length(event.first_day, draft.days or 0, calendar))
    except NoTermDates as gap:
        faults.add(f"{draft.path}.first_day", Fault.NO_TERM_DATES, str(gap))
        return event
    return replace(event, days=_days_of(event, draft.sessions, calendar, faults))


def _days_of(
    event: ev.Suspension, sessions: tuple[tuple[str, date, Session], ...], calendar: SchoolCalendar, faults: Faults
) -> tuple[SuspendedDay, ...]:
    parts: dict[date, set[Session]] = {}
    for path, on, session in sessions:
        try:
            skipped = calendar.skip_reason(on)
        except NoTermDates as gap:
            faults.add(f"{path}.on", Fault.NO_TERM_DATES, str(gap))
            continue
        if on < event.first_day:
            faults.add(f"{path}.on", Fault.BAD_VALUE, f"{on} is before the first day, {event.first_day}")
        elif skipped:
            faults.add(f"{path}.on", Fault.BAD_VALUE, f"{on} is no school day ({skipped})")
        parts.setdefault(on, set()).add(session)
    return tuple(
        SuspendedDay(on, Session.MORNING in parts[on], Session.AFTERNOON in parts[on], Session.LUNCHTIME in parts[on])
        for on in sorted(parts)
    )
