"""When an excluded child's education must begin, and who must arrange it (R19 to R23)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.rules.calendar import Count, SchoolCalendar
from casework.rules.terms import NcYear
from exclusions.rules import sources
from exclusions.rules.readings import (
    DEFAULT_SETTINGS,
    Ambiguity,
    Choice,
    Reading,
    Settings,
    in_force_timetable,
    readings_in_force,
    span_of,
    timetable,
)
from exclusions.rules.rule_sets import (
    CONSECUTIVE_SUSPENSIONS_JOINED_FROM,
    PARA_90_FROM,
    RuleSet,
    rule_set_on,
)
from exclusions.rules.runs import run_before, start_of_long_run
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder, Kind, SchoolKind
from exclusions.rules.totals import SuspendedDay

SENT_HOME = Ambiguity.SENT_HOME_PART_WAY


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """What the duty depends on about the child, as at the first day of the exclusion."""

    home_authority: str
    nc_year: NcYear | None = None
    looked_after: bool = False
    compulsory_school_age: bool = True
    compulsory_school_age_ends_on: date | None = None
    last_public_exam_on: date | None = None
    hours_capped_by_plan: bool = False


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What the duty depends on about the excluding school."""

    authority: str
    kind: SchoolKind


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One exclusion and what came straight before it.

    `days` are the suspension's own school days, none for a permanent exclusion. `earlier` are the
    days of the pupil's earlier suspensions from the same school, in any order; only those that run
    into this one without a school day between matter. `sent_home_on` is a day before the first day
    on which the child was sent home part-way (AMB-2).
    """

    kind: Kind
    first_day: date
    days: tuple[SuspendedDay, ...] = ()
    earlier: tuple[SuspendedDay, ...] = ()
    sent_home_on: date | None = None


@dataclass(frozen=True, slots=True)
class SixthDay:
    """The answer: the day education falls due, who must arrange it and how that was reckoned.

    `due` is the earliest date that the readings in force leave open and `other_reading` the latest,
    None when they are the same. Where there is no duty `due` is None and `because` says why.
    `authority` is the code of the authority that must act, None when it is the governing board.
    """

    key: str
    rule: str
    source: tuple[Source, ...]
    rule_set: RuleSet
    duty_holder: DutyHolder
    authority: str | None
    due: date | None = None
    other_reading: date | None = None
    count: Count | None = None
    readings: tuple[Reading, ...] = ()
    because: str | None = None


def sixth_day(
    exclusion: Exclusion,
    *,
    pupil: PupilFacts,
    school: SchoolFacts,
    calendar: SchoolCalendar,
    settings: Settings = DEFAULT_SETTINGS,
) -> SixthDay:
    """Return the first day of full-time education for an excluded child, or why there is none.

    A suspension opens the duty when its run of consecutive suspensions passes five school days; it
    falls due on the sixth school day of the run (D4), for the governing board (R19) or, from a
    PRU, the authority that maintains it (R20). Before 5 January 2015 each suspension stands alone.
    A day lost in part belongs to a run; a lunchtime alone does not, since the pupil is in lessons.

    A permanent exclusion opens it for the home authority (R21): the sixth school day (AMB-1,
    reading 1) or, in guidance from September 2022, the sixth after the first day (reading 2). When
    a suspension runs straight into it the count restarts (AMB-3, reading 1) or runs on, but never
    to a day before the permanent exclusion begins. Exceptions are those of R23.

    Raises NoTermDates outside the calendar and NoRuleSet before 1 September 2007. Source: Education
    Act 1996 s19(3A); Education and Inspections Act 2006 s100; SI 2007/1870 regs 3 to 5.
    """
    rule_set = rule_set_on(exclusion.first_day)
    rule, source, holder = _law_of(exclusion, school)
    answer = SixthDay(
        key="sixth_day",
        rule=rule,
        source=source,
        rule_set=rule_set,
        duty_holder=holder,
        authority=_authority(holder, pupil, school),
    )
    is_permanent = exclusion.kind is Kind.PERMANENT
    starts = {} if is_permanent else _starts_of_long_runs(exclusion, in_force_timetable(calendar, settings), settings)
    because = None if is_permanent or starts else _not_long_enough(rule, exclusion)
    because = because or exception_of(pupil, exclusion.first_day)
    if because:
        return _none(answer, because)

    def count_by(choice: Choice) -> Count:
        school_days = timetable(calendar, choice)
        if is_permanent:
            return _permanent_count(exclusion, school_days, choice)
        start = starts.get(choice.get(SENT_HOME, 0)) or next(iter(starts.values()))
        return school_days.nth_school_day(start, 6)

    answer = _spanned(answer, count_by, _ambiguities(exclusion, calendar, starts), settings)
    ends_on = pupil.compulsory_school_age_ends_on
    if ends_on and answer.due and ends_on < answer.due:
        return _none(answer, "R23(c): compulsory school age ends before the sixth day")
    return answer


def looked_after_first_day(
    exclusion: Exclusion,
    *,
    pupil: PupilFacts,
    school: SchoolFacts,
    calendar: SchoolCalendar,
    settings: Settings = DEFAULT_SETTINGS,
) -> SixthDay:
    """Return the first school day after the first day of a looked-after child's exclusion (R22).

    Education should be in place from that day. There is none for a child who is not looked after,
    nor for a suspension that is over by then. Raises NoTermDates and NoRuleSet. Source: guidance,
    part six ("should", not statute).
    """
    _, _, holder = _law_of(exclusion, school)
    answer = SixthDay(
        key="looked_after_first_day",
        rule="R22",
        source=(sources.GUIDANCE_LOOKED_AFTER,),
        rule_set=rule_set_on(exclusion.first_day),
        duty_holder=holder,
        authority=_authority(holder, pupil, school),
    )
    if not pupil.looked_after:
        return _none(answer, "R22: not looked after")

    def count_by(choice: Choice) -> Count:
        return timetable(calendar, choice).school_days_after(_start(exclusion, choice), 1)

    answer = _spanned(answer, count_by, _shared_ambiguities(exclusion, calendar), settings)
    out = [day.on for day in exclusion.days if day.is_out_of_lessons]
    if exclusion.kind is not Kind.PERMANENT and answer.due and not any(on >= answer.due for on in out):
        return _none(answer, "R22: the suspension is over by the day after its first")
    return answer


def exception_of(pupil: PupilFacts, first_day: date) -> str | None:
    """Return the exception of R23 that frees an exclusion from the sixth-day duty, if any.

    (a) is judged on the first day: an examination that is still to come, or falls on that day,
    keeps the duty alive. The end of compulsory school age is judged later, on the day the duty
    would fall due. Source: SI 2007/1870 reg 5.
    """
    last_exam = pupil.last_public_exam_on
    if pupil.nc_year is NcYear.Y11 and last_exam and last_exam < first_day:
        return "R23(a): in Year 11 with no public exam left"
    if pupil.hours_capped_by_plan:
        return "R23(b): a plan caps the hours below full time and the authority provides them"
    if not pupil.compulsory_school_age:
        return "R23(c): not of compulsory school age"
    return None


def _law_of(exclusion: Exclusion, school: SchoolFacts) -> tuple[str, tuple[Source, ...], DutyHolder]:
    if exclusion.kind is Kind.PERMANENT:
        wording = (
            sources.GUIDANCE_SIXTH_DAY
            if exclusion.first_day >= PARA_90_FROM
            else sources.PROVISION_REGULATIONS_AUTHORITY
        )
        return "R21", (sources.EDUCATION_ACT_1996_SIXTH_DAY, wording), DutyHolder.HOME_AUTHORITY
    joined = (sources.CONSECUTIVE_SUSPENSIONS,) if exclusion.first_day >= CONSECUTIVE_SUSPENSIONS_JOINED_FROM else ()
    if school.kind is SchoolKind.PRU:
        law = sources.EDUCATION_ACT_1996_SIXTH_DAY_PRU, sources.PROVISION_REGULATIONS_AUTHORITY
        return "R20", (*law, *joined), DutyHolder.MAINTAINING_AUTHORITY
    law = sources.INSPECTIONS_ACT_2006_SIXTH_DAY, sources.PROVISION_REGULATIONS_SUSPENSION
    return "R19", (*law, *joined), DutyHolder.BOARD


def _authority(holder: DutyHolder, pupil: PupilFacts, school: SchoolFacts) -> str | None:
    if holder is DutyHolder.HOME_AUTHORITY:
        return pupil.home_authority
    return school.authority if holder is DutyHolder.MAINTAINING_AUTHORITY else None


def _start(exclusion: Exclusion, choice: Choice) -> date:
    """Return day 1: the day the child was sent home, on that reading, or the first day."""
    if exclusion.sent_home_on and choice.get(SENT_HOME) == 1:
        return min(exclusion.sent_home_on, exclusion.first_day)
    return exclusion.first_day


def _shared_ambiguities(exclusion: Exclusion, calendar: SchoolCalendar) -> list[Ambiguity]:
    found = []
    if exclusion.sent_home_on:
        found.append(SENT_HOME)
    if calendar.unplanned_closures:
        found.append(Ambiguity.UNPLANNED_CLOSURE)
    return found


def _ambiguities(exclusion: Exclusion, calendar: SchoolCalendar, starts: dict[int, date]) -> list[Ambiguity]:
    shared = _shared_ambiguities(exclusion, calendar)
    if exclusion.kind is not Kind.PERMANENT:
        return [a for a in shared if a is not SENT_HOME or {1, 2} <= starts.keys()]
    found = []
    if exclusion.first_day >= PARA_90_FROM:
        found.append(Ambiguity.SIXTH_DAY_OF_PERMANENT)
    if exclusion.first_day >= CONSECUTIVE_SUSPENSIONS_JOINED_FROM and exclusion.earlier:
        starts_here = {_start(exclusion, {SENT_HOME: reading}) for reading in (1, 2)}
        calendars = (calendar, calendar.without_unplanned_closures())
        if any(run_before(start, exclusion.earlier, days) for start in starts_here for days in calendars):
            found.append(Ambiguity.SUSPENSION_THEN_PERMANENT)
    return found + shared


def _permanent_count(exclusion: Exclusion, school_days: SchoolCalendar, choice: Choice) -> Count:
    start = _start(exclusion, choice)
    n = 6
    after_first = choice.get(Ambiguity.SIXTH_DAY_OF_PERMANENT) == 2
    runs_on = choice.get(Ambiguity.SUSPENSION_THEN_PERMANENT) == 2
    if runs_on and (run := run_before(start, exclusion.earlier, school_days)):
        start = run[0].on
        begins = school_days.next_school_day(exclusion.first_day)
        n = max(6, len(school_days.school_days_between(start, begins)) - after_first)
    count = school_days.school_days_after if after_first else school_days.nth_school_day
    return count(start, n)


def _starts_of_long_runs(exclusion: Exclusion, calendar: SchoolCalendar, settings: Settings) -> dict[int, date]:
    """Return the first day of the run that passes five days, by reading of AMB-2.

    The key is 0 where the child was not sent home before the first day. Readings that are not in
    force are kept for show only beside one that is.
    """

    def start(days: Sequence[SuspendedDay]) -> date | None:
        joined = exclusion.first_day >= CONSECUTIVE_SUSPENSIONS_JOINED_FROM
        return start_of_long_run(days, exclusion.earlier, calendar, joined=joined)

    if not any(day.is_out_of_lessons for day in exclusion.days):
        return {}
    if not exclusion.sent_home_on:
        only = start(exclusion.days)
        return {0: only} if only else {}
    before = calendar.school_days_between(exclusion.sent_home_on, exclusion.first_day)
    extra = tuple(
        SuspendedDay(on, morning=on != exclusion.sent_home_on, afternoon=True)
        for on in before
        if on != exclusion.first_day
    )
    found = {
        1: start((*extra, *exclusion.days)),
        2: start(exclusion.days),
    }
    long = {reading: first for reading, first in found.items() if first}
    in_force = set(readings_in_force(SENT_HOME, settings))
    return long if in_force & long.keys() else {}


def _not_long_enough(rule: str, exclusion: Exclusion) -> str:
    if not any(day.is_out_of_lessons for day in exclusion.days):
        return f"{rule}: lunchtimes only, and the pupil is in lessons"
    return f"{rule}: not more than five consecutive school days"


def _spanned(
    answer: SixthDay,
    count_by: Callable[[Choice], Count],
    ambiguities: Sequence[Ambiguity],
    settings: Settings,
) -> SixthDay:
    span = span_of(count_by, ambiguities, settings)
    return replace(answer, due=span.due, other_reading=span.other_reading, count=span.count, readings=span.readings)


def _none(answer: SixthDay, because: str) -> SixthDay:
    return replace(answer, due=None, other_reading=None, count=None, readings=(), because=because)
