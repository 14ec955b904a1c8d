"""What the statutory calculator answers: deadlines, those that did not open and why, totals, warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.rules.calendar import Count, DayLookedAt, SchoolCalendar
from exclusions.rules.readings import Reading, Settings, Span
from exclusions.rules.rule_sets import RuleSet
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder
from exclusions.rules.totals import Totals


class Key(StrEnum):
    """The deadlines, in the order in which an event's own are listed."""

    SIXTH_DAY = "sixth_day"
    LOOKED_AFTER_FIRST_DAY = "looked_after_first_day"
    BOARD_MEETING = "board_meeting"
    BOARD_MEETING_BEFORE_EXAM = "board_meeting_before_exam"
    REVIEW_APPLICATION = "review_application"
    ROLL_REMOVAL_EARLIEST = "roll_removal_earliest"
    REVIEW_HEARING = "review_hearing"
    BOARD_RECONSIDERATION = "board_reconsideration"
    FAIR_ACCESS_ALLOCATION = "fair_access_allocation"
    IN_YEAR_AIM = "in_year_aim"
    IN_YEAR_MUST = "in_year_must"
    OFF_SITE_NOTICE = "off_site_notice"
    PREFERENCE_SUSPENDED_UNTIL = "preference_suspended_until"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something must be done, or from which it may be, and how it was reckoned.

    `due` is the earliest date that the readings in force leave open and `other_reading` the latest, None when they are
    the same. `counted_from` is day nought of a count after or before an event, and day one of an nth-day count.
    `deemed_given_on` is the day on which the letter counts as given, None where no letter is in it. `count` is None
    where no school days are counted. `met_on` is the day on which the board first met on the exclusion.
    """

    event: str
    key: Key
    rule: str
    source: tuple[Source, ...]
    rule_set: RuleSet
    duty_holder: DutyHolder
    due: date
    counted_from: date
    other_reading: date | None = None
    deemed_given_on: date | None = None
    count: Count | None = None
    readings: tuple[Reading, ...] = ()
    met_on: date | None = None

    @property
    def working(self) -> Sequence[DayLookedAt]:
        """Every day looked at, none where no school days are counted."""
        return self.count.working if self.count else ()


@dataclass(frozen=True, slots=True)
class Basis:
    """By what an event is judged: the rules of its day, the calendar, and the readings in force."""

    rule_set: RuleSet
    calendar: SchoolCalendar
    settings: Settings


@dataclass(frozen=True, slots=True)
class Duty:
    """What a deadline is, before anything is counted: its key, its rule, where that comes from and who must act."""

    key: Key
    rule: str
    source: tuple[Source, ...]
    holder: DutyHolder

    def falls_due(
        self, event: str, basis: Basis, span: Span, *, deemed_given_on: date | None = None, met_on: date | None = None
    ) -> Deadline:
        """Return the deadline that a span of dates comes to."""
        return Deadline(
            event=event,
            key=self.key,
            rule=self.rule,
            source=self.source,
            rule_set=basis.rule_set,
            duty_holder=self.holder,
            due=span.due,
            other_reading=span.other_reading,
            counted_from=span.count.counted_from,
            deemed_given_on=deemed_given_on,
            count=span.count,
            readings=span.readings,
            met_on=met_on,
        )


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A deadline that an event could have opened and did not, or that something later closed."""

    event: str
    key: Key
    because: str


Opened = Deadline | NotOpened


@dataclass(frozen=True, slots=True)
class EventTotals:
    """The totals with one exclusion, and for a suspension its last day and the day of return.

    A suspension that was cancelled before it began has no last day. A permanent exclusion has neither.
    """

    totals: Totals
    last_day: date | None = None
    return_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Whether a cancellation was lawful. Days are school days: those served, and those of the year with them."""

    event: str
    of: str
    lawful: bool
    days_served: float
    year_days_with: float
    because: str
    rule: str


class Code(StrEnum):
    """What is worth a warning."""

    YEAR_CAP = "year_cap"
    YEAR_NEAR = "year_near"
    BAND_NEAR = "band_near"
    CANCELLATION_UNLAWFUL = "cancellation_unlawful"
    FIRST_DAY_NOT_SCHOOL_DAY = "first_day_not_school_day"
    RULES_UNCHECKED = "rules_unchecked"


@dataclass(frozen=True, slots=True)
class EventWarning:
    """Something to look at about one event, in words."""

    event: str
    code: Code
    message: str


class Fault(StrEnum):
    """Why a request cannot be answered."""

    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    BAD_VALUE = "bad_value"
    NO_TERM_DATES = "no_term_dates"
    BAD_CALENDAR = "bad_calendar"
    UNKNOWN_EVENT = "unknown_event"
    BEFORE_CAUSE = "before_cause"
    NOT_HALF_DAYS = "not_half_days"


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way of an answer: the event, the field of it that is at fault, and why.

    `gap` is the first day that the calendar does not cover, where that is what stands in the way.
    """

    event: str
    field: str
    fault: Fault
    message: str
    gap: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer. Rows follow the order of events (`exclusions.rules.events.in_order`), then that of keys.

    `rule_set` is that of the latest event, None without events. `totals` has a row for each exclusion by its event's
    id. `problems` is empty, save where an answer was asked for as far as it goes.
    """

    rule_set: RuleSet | None
    totals: Mapping[str, EventTotals]
    deadlines: tuple[Deadline, ...]
    none: tuple[NotOpened, ...]
    cancellations: tuple[Cancelling, ...]
    warnings: tuple[EventWarning, ...]
    problems: tuple[Problem, ...] = ()


class CannotAnswer(ValueError):
    """The request cannot be answered; `problems` say why, each with its event and field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.event}.{p.field}: {p.message}" for p in problems))
        self.problems = problems
