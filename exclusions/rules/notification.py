"""Who must be told of an exclusion, when and by whom (R11, R13 to R17).

"Without delay" has no number in law. Where a rule says it, the date given is the day of the decision, or the first day
of the exclusion when that day is not known; lateness is then shown as a lag in school days, and is never called a
breach by number.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from casework.rules.calendar import DayLookedAt, SchoolCalendar
from exclusions.rules.rule_sets import RuleSet, rule_set_on
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder, Kind
from exclusions.rules.totals import FIVE_DAYS

EVERY_SUSPENSION_FROM = date(2022, 9, 1)
"""From this day the authority, social workers and virtual school heads are told of every exclusion."""

SIXTH_DAY_NOTICE = timedelta(hours=48)
"""The least time between the details of sixth-day provision and its start, unless it is waived."""

_REGULATIONS = "https://www.legislation.gov.uk/uksi/2012/1033"
PARENT_TOLD = Source("SI 2012/1033", date(2012, 9, 1), "regs 5, 14, 23", _REGULATIONS)
PARENT_WRITTEN = Source(
    "SI 2007/1870", date(2012, 9, 1), "reg 6", "https://www.legislation.gov.uk/uksi/2007/1870/regulation/6"
)
AUTHORITY_TOLD_2012 = Source("SI 2012/1033", date(2012, 9, 1), "regs 5, 14, 23", _REGULATIONS)
AUTHORITY_TOLD_2022 = Source("SI 2012/1033", EVERY_SUSPENSION_FROM, "regs 5, 14(1)(a), 23 as amended", _REGULATIONS)
HOME_AUTHORITY_TOLD = Source("SI 2012/1033", date(2012, 9, 1), "regs 5(3)(a), 14(3)(a), 23(3)(a)", _REGULATIONS)
BOARD_TOLD = Source("SI 2012/1033", date(2012, 9, 1), "regs 5(2)-(3), 14(2)-(3), 23(2)-(3)", _REGULATIONS)
WORKERS_TOLD = Source("SI 2012/1033", EVERY_SUSPENSION_FROM, "regs 5, 14 as amended", _REGULATIONS)


class Told(StrEnum):
    """Who is told."""

    PARENT = "parent"
    BOARD = "board"
    MAINTAINING_AUTHORITY = "maintaining authority"
    HOME_AUTHORITY = "home authority"
    SOCIAL_WORKER = "social worker"
    VIRTUAL_SCHOOL_HEAD = "virtual school head"
    SEN_TEAM = "SEN team"


class Pace(StrEnum):
    """How soon."""

    AT_ONCE = "without delay"
    TERMLY = "once a term"
    NEVER = "not required"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What decides who is told. `term_half_days` are those of the term, this exclusion's included."""

    kind: Kind
    first_day: date
    decided_on: date | None = None
    term_half_days: int = 0
    loses_exam: bool = False
    looked_after: bool = False
    social_worker: bool = False
    has_plan: bool = False
    compulsory_school_age: bool = True
    authority: str = ""
    home_authority: str = ""

    @property
    def needs_the_board(self) -> bool:
        """Whether the board hears of it at once: permanent, past five days in the term, or an examination lost."""
        return self.kind is Kind.PERMANENT or self.term_half_days > FIVE_DAYS or self.loses_exam

    @property
    def day_of_decision(self) -> date:
        """The day of the decision, or the first day when that is not known."""
        return self.decided_on or self.first_day


@dataclass(frozen=True, slots=True)
class Telling:
    """One person or body to be told: by whom, how soon, from which day on, and why.

    `due` is a calendar day, None unless the pace is at once. `authority` is the code of the authority told, if one is.
    """

    told: Told
    by: DutyHolder
    pace: Pace
    due: date | None
    because: str
    rule: str
    source: tuple[Source, ...]
    rule_set: RuleSet
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    """When the parent must have the written notice.

    `due` is a school day; `by_end_of_afternoon` says that the hour is the end of its afternoon session.
    """

    due: date
    by_end_of_afternoon: bool
    because: str
    rule: str = "R11"
    source: tuple[Source, ...] = (PARENT_TOLD, PARENT_WRITTEN)


@dataclass(frozen=True, slots=True)
class DetailsOfProvision:
    """The latest moment for the details of sixth-day provision; None when it is waived."""

    latest: datetime | None
    because: str
    rule: str = "R11"
    source: tuple[Source, ...] = (PARENT_WRITTEN,)


@dataclass(frozen=True, slots=True)
class Lag:
    """School days from a decision to a notice, with each day looked at."""

    school_days: int
    working: tuple[DayLookedAt, ...]


def parent_told(facts: NoticeFacts) -> Telling:
    """Return when the head first tells the parent, by whatever is quickest: on the day of the decision (R11).

    A calendar day. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 regs 5, 14 and 23.
    """
    return _at_once(facts, Told.PARENT, "R11", "every exclusion", (PARENT_TOLD,))


def parent_written(facts: NoticeFacts, *, calendar: SchoolCalendar) -> WrittenNotice:
    """Return when the parent must have the notice in writing (R11).

    For a child of compulsory school age it is the end of the afternoon session of the first school day of the
    exclusion: a first day that is no school day counts as the next. For others it is "without delay", given as the day
    of the decision. Raises NoTermDates outside the calendar. Source: SI 2012/1033 regs 5, 14 and 23; SI 2007/1870
    reg 6.
    """
    if not facts.compulsory_school_age:
        return WrittenNotice(facts.day_of_decision, False, "without delay: not of compulsory school age")
    first = calendar.next_school_day(facts.first_day)
    return WrittenNotice(first, True, "of compulsory school age: by the end of the first day's afternoon session")


def details_of_provision(*, starts_at: datetime, sixth_day: date, parent_agrees: bool) -> DetailsOfProvision:
    """Return the latest moment at which the parent may get the details of sixth-day provision (R11).

    It is 48 hours before the provision starts, true hours also when clocks change that night. Where it starts before
    the sixth day a parent may agree to a shorter time. `starts_at` has a time zone, and the answer has the same.

    Raises ValueError for a moment without a time zone. Source: SI 2007/1870 reg 6.
    """
    if starts_at.tzinfo is None:
        raise ValueError("Give the start of the provision with its time zone.")
    if parent_agrees and starts_at.date() < sixth_day:
        return DetailsOfProvision(None, "waived: it starts before the sixth day and the parent agrees")
    latest = (starts_at.astimezone(UTC) - SIXTH_DAY_NOTICE).astimezone(starts_at.tzinfo)
    return DetailsOfProvision(latest, "48 hours before the provision starts")


def authority_told(facts: NoticeFacts) -> Telling:
    """Return when the head tells the authority that maintains the school, or in whose area an academy lies (R13).

    Of an exclusion that began on or after 1 September 2022 always without delay, whatever its length. Before, only of
    a permanent exclusion, of one that takes the term past five school days and of one that loses an examination; of
    the rest once a term, so that the absence of a record is not the absence of a suspension.

    The date is a calendar day, None for once a term. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033
    regs 5, 14 and 23, and as amended in 2022.
    """
    if facts.first_day >= EVERY_SUSPENSION_FROM:
        found = _at_once(facts, Told.MAINTAINING_AUTHORITY, "R13", "every exclusion", (AUTHORITY_TOLD_2022,))
    else:
        found = _by_weight(facts, Told.MAINTAINING_AUTHORITY, "R13", (AUTHORITY_TOLD_2012,))
    return _with_authority(found, facts.authority)


def home_authority_told(facts: NoticeFacts) -> Telling:
    """Return when the head tells the authority where the child lives (R14).

    Only of a permanent exclusion, and only when that is another authority than the school's; then without delay. A
    calendar day. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 regs 5(3)(a), 14(3)(a), 23(3)(a).
    """
    source = (HOME_AUTHORITY_TOLD,)
    if facts.home_authority == facts.authority:
        return _never(facts, Told.HOME_AUTHORITY, "R14", "the child lives in the school's own authority", source)
    if facts.kind is not Kind.PERMANENT:
        return _never(facts, Told.HOME_AUTHORITY, "R14", "the law requires it of permanent exclusions only", source)
    found = _at_once(facts, Told.HOME_AUTHORITY, "R14", "permanent, and the child lives elsewhere", source)
    return _with_authority(found, facts.home_authority)


def board_told(facts: NoticeFacts) -> Telling:
    """Return when the head tells the governing board (R15).

    Without delay of a permanent exclusion, of a suspension that takes the term past five school days (ten lunchtimes)
    and of one that loses a public examination or national curriculum test; of the rest once a term. A calendar day.
    Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 regs 5(2)-(3), 14(2)-(3), 23(2)-(3).
    """
    return _by_weight(facts, Told.BOARD, "R15", (BOARD_TOLD,))


def social_worker_told(facts: NoticeFacts) -> Telling:
    """Return when the head tells the child's social worker (R16).

    Without delay, of every exclusion that began on or after 1 September 2022. Whether the child has one is judged on
    the first day. A calendar day. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 as amended in 2022.
    """
    return _worker(facts, Told.SOCIAL_WORKER, facts.social_worker, "has no social worker")


def virtual_school_head_told(facts: NoticeFacts) -> Telling:
    """Return when the head tells the virtual school head of a looked-after child's exclusion (R16).

    Without delay, of every exclusion that began on or after 1 September 2022. Whether the child is looked after is
    judged on the first day. A calendar day. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 as amended
    in 2022.
    """
    return _worker(facts, Told.VIRTUAL_SCHOOL_HEAD, facts.looked_after, "not looked after")


def board_told_of_exam(facts: NoticeFacts) -> Telling:
    """Return when the head tells the board the date of an examination that the exclusion loses (R17).

    With the notice of R15, on the day of the decision, since the board should meet before it. A calendar day. Raises
    NoRuleSet before 1 September 2007. Source: SI 2012/1033 regs 5(2), 14(2), 23(2).
    """
    if not facts.loses_exam:
        return _never(facts, Told.BOARD, "R17", "no examination or test is lost", (BOARD_TOLD,))
    return _at_once(facts, Told.BOARD, "R17", "an examination or test is lost", (BOARD_TOLD,))


def sen_team_told(facts: NoticeFacts, *, authority_told_on: date) -> Telling:
    """Return when the authority's own SEN team hears of the exclusion of a child with a plan (R17).

    On the day the authority was told, as a task inside the authority; no instrument sets it. A calendar day. Raises
    NoRuleSet before 1 September 2007. Source: the notice to the authority (R13), SI 2012/1033.
    """
    source = (AUTHORITY_TOLD_2022 if facts.first_day >= EVERY_SUSPENSION_FROM else AUTHORITY_TOLD_2012,)
    if not facts.has_plan:
        return _never(facts, Told.SEN_TEAM, "R17", "no education, health and care plan", source)
    return Telling(
        Told.SEN_TEAM,
        DutyHolder.MAINTAINING_AUTHORITY,
        Pace.AT_ONCE,
        authority_told_on,
        "the child has an education, health and care plan",
        "R17",
        source,
        rule_set_on(facts.first_day),
    )


def must_be_told(facts: NoticeFacts) -> tuple[Telling, ...]:
    """Return everybody whom the head must, or need not, tell of an exclusion, each with the reason (R11 to R17).

    Dates are calendar days. Raises NoRuleSet before 1 September 2007. Source: SI 2012/1033 regs 5, 14 and 23.
    """
    return (
        parent_told(facts),
        board_told(facts),
        authority_told(facts),
        home_authority_told(facts),
        social_worker_told(facts),
        virtual_school_head_told(facts),
        board_told_of_exam(facts),
    )


def lag(*, decided_on: date, told_on: date, calendar: SchoolCalendar) -> Lag:
    """Return how many school days lie after a decision up to and including the day of the notice (R13).

    Nought on the same day or over a weekend; negative when the notice came first. The working lists the calendar days
    after the earlier of the two, up to the later. Raises NoTermDates outside the calendar. Source: a measure of the
    authority's own; the law says only "without delay" (SI 2012/1033 regs 5, 14, 23).
    """
    number = calendar.days_until(decided_on, told_on)
    first, last = min(decided_on, told_on), max(decided_on, told_on)
    working = tuple(calendar.looked_at(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return Lag(number, working)


def _at_once(facts: NoticeFacts, told: Told, rule: str, because: str, source: tuple[Source, ...]) -> Telling:
    return Telling(
        told, DutyHolder.HEAD, Pace.AT_ONCE, facts.day_of_decision, because, rule, source, rule_set_on(facts.first_day)
    )


def _never(facts: NoticeFacts, told: Told, rule: str, because: str, source: tuple[Source, ...]) -> Telling:
    return Telling(told, DutyHolder.HEAD, Pace.NEVER, None, because, rule, source, rule_set_on(facts.first_day))


def _by_weight(facts: NoticeFacts, told: Told, rule: str, source: tuple[Source, ...]) -> Telling:
    if facts.kind is Kind.PERMANENT:
        return _at_once(facts, told, rule, "a permanent exclusion", source)
    if facts.loses_exam:
        return _at_once(facts, told, rule, "an examination or test is lost", source)
    if facts.term_half_days > FIVE_DAYS:
        return _at_once(facts, told, rule, "more than five school days in the term", source)
    because = "five school days or fewer in the term"
    return Telling(told, DutyHolder.HEAD, Pace.TERMLY, None, because, rule, source, rule_set_on(facts.first_day))


def _worker(facts: NoticeFacts, told: Told, has: bool, why_not: str) -> Telling:
    if facts.first_day < EVERY_SUSPENSION_FROM:
        return _never(facts, told, "R16", "not required before 1 September 2022", (WORKERS_TOLD,))
    if not has:
        return _never(facts, told, "R16", why_not, (WORKERS_TOLD,))
    return _at_once(facts, told, "R16", "every exclusion of such a child", (WORKERS_TOLD,))


def _with_authority(found: Telling, authority: str) -> Telling:
    return Telling(
        found.told, found.by, found.pace, found.due, found.because, found.rule, found.source, found.rule_set, authority
    )
