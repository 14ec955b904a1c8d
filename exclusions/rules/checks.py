"""What makes a request impossible to answer before any rule is applied: links, the order of events, term dates."""

from collections.abc import Iterator, Mapping
from datetime import date

from casework.rules.calendar import NoTermDates, SchoolCalendar
from exclusions.rules.deadlines import Fault, Problem
from exclusions.rules.events import (
    DAY_FIELDS,
    BoardDecisionNotice,
    BoardMet,
    BoardNotified,
    Event,
    PermanentExclusion,
    Request,
    ReviewApplication,
    ReviewPanelNotice,
    ReviewQuashed,
    ReviewWaived,
    SecondPermanentExclusion,
    Suspension,
    day_of,
)
from exclusions.rules.preference import last_day_of_two_years
from exclusions.rules.rule_sets import NoRuleSet, rule_set_on

EXCLUSIONS = (Suspension, PermanentExclusion)

_ANSWERS: Mapping[type[Event], tuple[type[Event], ...]] = {
    BoardDecisionNotice: (*EXCLUSIONS, BoardNotified, BoardMet),
    ReviewWaived: (*EXCLUSIONS, BoardNotified, BoardMet, BoardDecisionNotice),
    ReviewApplication: (*EXCLUSIONS, BoardNotified, BoardMet, BoardDecisionNotice),
    ReviewPanelNotice: (*EXCLUSIONS, BoardNotified, BoardMet, BoardDecisionNotice, ReviewApplication),
    ReviewQuashed: (
        *EXCLUSIONS,
        SecondPermanentExclusion,
        BoardNotified,
        BoardMet,
        BoardDecisionNotice,
        ReviewApplication,
    ),
}
"""The steps that an event of each kind comes after. The board may be told of an exclusion before its first day (worked
example 21), and meet on it then, and a head may cancel it before (R6)."""

_NAMES: Mapping[type[Event], str] = {
    Suspension: "the first day of the suspension",
    PermanentExclusion: "the first day of the permanent exclusion",
    SecondPermanentExclusion: "the day on which the second permanent exclusion took effect",
    BoardNotified: "the board's being told",
    BoardMet: "the board's meeting",
    BoardDecisionNotice: "the board's decision notice",
    ReviewApplication: "the application for a review",
}

_OTHER_DAYS = ("sent_home_on", "decided_on", "exam_on")


def problems_of(request: Request) -> tuple[Problem, ...]:
    """Return what stands in the way of an answer, event by event in the order of the request.

    An event that points at nothing is `unknown_event`; one dated before a step that it answers, `before_cause`; a day
    before the first or after the last spell, or in a gap of more than 50 days, `no_term_dates`, save where only a rule
    in calendar days uses it (D6); a day from before the rules begin, or past the year 9999, `bad_value`.
    """
    known = {event.id: event for event in request.events}
    found: list[Problem] = []
    for event in request.events:
        here = list(_links(event, known)) or [*_days(event, request.calendar), *_order(event, request.events)]
        found += _first_of_each_field(here)
    return tuple(found)


def _first_of_each_field(problems: list[Problem]) -> list[Problem]:
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.field, problem)
    return list(first.values())


def _links(event: Event, known: Mapping[str, Event]) -> Iterator[Problem]:
    of = getattr(event, "of", None)
    if of is None:
        return
    allowed = (*EXCLUSIONS, SecondPermanentExclusion) if isinstance(event, ReviewQuashed) else EXCLUSIONS
    if of not in known:
        yield Problem(event.id, "of", Fault.UNKNOWN_EVENT, f"no event has the id {of!r}")
    elif not isinstance(known[of], allowed):
        yield Problem(event.id, "of", Fault.UNKNOWN_EVENT, f"{of!r} is not a suspension or a permanent exclusion")


def _days(event: Event, calendar: SchoolCalendar) -> Iterator[Problem]:
    field, day = DAY_FIELDS[type(event)], day_of(event)
    if not isinstance(event, (SecondPermanentExclusion, ReviewQuashed)):
        for name in (field, *_OTHER_DAYS):
            yield from _covered(event, name, getattr(event, name, None), calendar)
    if not hasattr(event, "of"):
        yield from _within_the_rules(event, field, day)
    sent_home_on = getattr(event, "sent_home_on", None)
    if sent_home_on and sent_home_on > day:
        yield Problem(event.id, "sent_home_on", Fault.BAD_VALUE, f"{sent_home_on} is after the first day, {day}")


def _within_the_rules(event: Event, field: str, day: date) -> Iterator[Problem]:
    try:
        rule_set_on(day)
    except NoRuleSet as none:
        yield Problem(event.id, field, Fault.BAD_VALUE, str(none))
    if isinstance(event, SecondPermanentExclusion):
        try:
            last_day_of_two_years(day)
        except ValueError:
            yield Problem(event.id, field, Fault.BAD_VALUE, f"{day} is too far ahead to reckon two years from")


def _covered(event: Event, field: str, day: date | None, calendar: SchoolCalendar) -> Iterator[Problem]:
    if day is None:
        return
    try:
        calendar.skip_reason(day)
    except NoTermDates as gap:
        yield Problem(event.id, field, Fault.NO_TERM_DATES, str(gap), gap.on)


def _order(event: Event, events: tuple[Event, ...]) -> Iterator[Problem]:
    of = getattr(event, "of", None)
    kinds = _ANSWERS.get(type(event), ())
    causes = [one for one in events if isinstance(one, kinds) and of in (one.id, getattr(one, "of", None))]
    for kind in kinds:
        # A step may be taken twice, and whatever follows the first of the two may stand.
        first = min((one for one in causes if isinstance(one, kind)), key=day_of, default=None)
        if first and day_of(event) < day_of(first):
            message = f"{day_of(event)} is before {_NAMES[kind]}, {day_of(first)}"
            yield Problem(event.id, DAY_FIELDS[type(event)], Fault.BEFORE_CAUSE, message)
            return
