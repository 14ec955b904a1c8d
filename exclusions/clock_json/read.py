"""From bytes to a request of the calculator: the shape first, then the calendar, then the events on it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from casework.rules.calendar import BadCalendar, SchoolCalendar, Spell
from exclusions.clock_json.events import Draft, laid_out, read_events
from exclusions.clock_json.faults import FaultAt, Faults, Refused
from exclusions.clock_json.fields import (
    Fields,
    day,
    day_or_null,
    fields,
    list_of,
    nc_year,
    one_of,
    pair_of_days,
    truth,
    whole_number,
    words,
)
from exclusions.rules.checks import problems_of
from exclusions.rules.deadlines import Fault, Problem
from exclusions.rules.events import Request
from exclusions.rules.readings import DEFAULT_SETTINGS, Ambiguity, Setting, Settings, in_force_timetable
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.terms import SchoolKind

WHOLE = "request"
"""The path of a fault in the request as a whole."""

LONGEST_CALENDAR = 50
"""Most years that the spells may span: far more than a childhood, and little enough to lay out day by day."""


_NO_DAYS: tuple[date, ...] = ()
_NO_WORDS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and where in the text each of its events stands."""

    request: Request
    paths: Mapping[str, str]

    def faults_of(self, problems: Iterable[Problem]) -> tuple[FaultAt, ...]:
        """Return problems of the rules as faults of the text, in the order of its events."""
        found = Faults()
        self.note(problems, found)
        return tuple(found.found.values())

    def note(self, problems: Iterable[Problem], faults: Faults) -> None:
        """Add problems of the rules to the faults found so far."""
        places = {event.id: place for place, event in enumerate(self.request.events)}
        for problem in sorted(problems, key=lambda problem: places[problem.event]):
            faults.add(f"{self.paths[problem.event]}.{problem.field}", problem.fault, problem.message)


@dataclass(frozen=True, slots=True)
class _Dates:
    """What the request says of the calendar."""

    spells: tuple[Spell, ...]
    closed: frozenset[date]
    unplanned_closures: frozenset[date]
    bank_holidays: frozenset[date]
    terms_in_year: int


def request_of(body: bytes) -> Asked:
    """Return the request that a text in JSON holds.

    Raises Refused with every fault of its shape; with a sound shape, with the fault of its calendar; with a sound
    calendar, with every fault of its events.
    """
    faults = Faults()
    whole = fields(_decoded(body), "", faults)
    faults.refuse()
    whole.only(("calendar", "settings", "pupil", "school", "events"), "a request")
    dates = whole.required("calendar", _dates)
    settings = whole.optional("settings", _settings, DEFAULT_SETTINGS)
    pupil = whole.required("pupil", _pupil)
    school = whole.required("school", _school)
    drafts = whole.required("events", read_events)
    faults.refuse()
    # Whatever is missing was refused above.
    return _asked(
        _calendar(cast(_Dates, dates)),
        cast(PupilFacts, pupil),
        cast(SchoolFacts, school),
        settings,
        cast(tuple[Draft, ...], drafts),
    )


def _asked(
    calendar: SchoolCalendar, pupil: PupilFacts, school: SchoolFacts, settings: Settings, drafts: tuple[Draft, ...]
) -> Asked:
    faults = Faults()
    school_days = in_force_timetable(calendar, settings)
    events = tuple(laid_out(draft, school_days, faults) for draft in drafts)
    asked = Asked(Request(calendar, pupil, school, events, settings), {draft.event.id: draft.path for draft in drafts})
    if faults.found:
        # A day of suspension that cannot be laid on the calendar hides no fault of another event.
        asked.note(problems_of(asked.request), faults)
        order = {draft.path: place for place, draft in enumerate(drafts)}
        raise Refused(tuple(sorted(faults.found.values(), key=lambda fault: order[_event_path(fault.path)])))
    return asked


def _event_path(path: str) -> str:
    return path[: path.index("]") + 1]


# The text


class _Twice(ValueError):
    """An object holds a key twice."""


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"), object_pairs_hook=_no_key_twice)
    except UnicodeDecodeError as bad:
        message = f"is not UTF-8: byte {bad.start + 1} cannot be read"
    except json.JSONDecodeError as bad:
        message = f"is not JSON: {bad.msg} at line {bad.lineno}, column {bad.colno}"
    except RecursionError:
        message = "is nested too deeply"
    except _Twice as twice:
        message = str(twice)
    except ValueError:
        message = "holds a number with too many digits"
    raise Refused((FaultAt(WHOLE, Fault.BAD_VALUE, message),))


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise _Twice(f"holds the key {twice[:60]!r} twice in one object")
    return found


# The parts


def _settings(value: Any, path: str, faults: Faults) -> Settings:
    found = fields(value, path, faults)
    found.only(list(Ambiguity), "the settings, which are AMB-1 to AMB-12")
    chosen = {
        ambiguity: found.optional(ambiguity, one_of(Setting), DEFAULT_SETTINGS[ambiguity]) for ambiguity in Ambiguity
    }
    return DEFAULT_SETTINGS if chosen == DEFAULT_SETTINGS else chosen


def _pupil(value: Any, path: str, faults: Faults) -> PupilFacts:
    found = fields(value, path, faults)
    found.only(
        (
            *("nc_year", "looked_after", "compulsory_school_age", "compulsory_school_age_ends_on"),
            *("last_public_exam_on", "home_authority"),
        ),
        "a pupil",
    )
    return PupilFacts(
        home_authority=found.required("home_authority", words) or "",
        nc_year=found.optional("nc_year", nc_year, None),
        looked_after=found.optional("looked_after", truth, False),
        compulsory_school_age=found.optional("compulsory_school_age", truth, True),
        compulsory_school_age_ends_on=found.optional("compulsory_school_age_ends_on", day_or_null, None),
        last_public_exam_on=found.optional("last_public_exam_on", day_or_null, None),
    )


def _school(value: Any, path: str, faults: Faults) -> SchoolFacts:
    found = fields(value, path, faults)
    found.only(("authority", "kind"), "a school")
    return SchoolFacts(
        authority=found.required("authority", words) or "",
        kind=found.required("kind", one_of(SchoolKind)) or SchoolKind.MAINTAINED,
    )


def _dates(value: Any, path: str, faults: Faults) -> _Dates:
    found = fields(value, path, faults)
    found.only(("terms", "terms_in_year", "terms_of", "closed", "unplanned_closures", "bank_holidays"), "a calendar")
    terms = found.required("terms", list_of(pair_of_days)) or ()
    terms_in_year = found.optional("terms_in_year", whole_number, 3)
    names = _names(found, len(terms), terms_in_year)
    return _Dates(
        spells=tuple(Spell(first, last, name) for (first, last), name in zip(terms, names, strict=True)),
        closed=frozenset(found.optional("closed", list_of(day), _NO_DAYS)),
        unplanned_closures=frozenset(found.optional("unplanned_closures", list_of(day), _NO_DAYS)),
        bank_holidays=frozenset(found.optional("bank_holidays", list_of(day), _NO_DAYS)),
        terms_in_year=terms_in_year,
    )


def _names(found: Fields, spells: int, terms_in_year: int) -> tuple[str | None, ...]:
    path = f"{found.path}.terms_of"
    if "terms_of" not in found.value:
        if terms_in_year == 2:
            found.faults.add(path, Fault.MISSING_KEY, "is missing: a school of two terms must name the term of each")
        return (None,) * spells
    names = found.optional("terms_of", list_of(words), _NO_WORDS)
    if len(names) != spells:
        found.faults.add(path, Fault.BAD_CALENDAR, f"names {len(names)} terms for {spells} spells: name one for each")
        return (None,) * spells
    return names


def _calendar(dates: _Dates) -> SchoolCalendar:
    path, spells = "calendar.terms", dates.spells
    try:
        calendar = SchoolCalendar(
            spells, dates.closed, dates.unplanned_closures, dates.bank_holidays, dates.terms_in_year
        )
    except BadCalendar as bad:
        where = path if bad.spell is None else f"{path}[{bad.spell}]"
        raise Refused((FaultAt(where, Fault.BAD_CALENDAR, str(bad)),)) from None
    if spells and spells[-1].last.year - spells[0].first.year > LONGEST_CALENDAR:
        message = f"spans more than {LONGEST_CALENDAR} years"
        raise Refused((FaultAt(f"{path}[{len(spells) - 1}]", Fault.BAD_CALENDAR, message),))
    return calendar
