"""Every duty of one exclusion: what opens it, by when, whose it is, and what met it.

The dates are the calculator's and those of the notification rules; here they are joined with what was done. Nothing is
asked of today: where a duty stands on a day is `casework.rules.duties.stands`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from casework.rules.calendar import Count, NoTermDates, SchoolCalendar
from exclusions.rules import events as ev
from exclusions.rules import sources
from exclusions.rules.clock import answer_as_far_as_it_goes
from exclusions.rules.deadlines import Answer, Deadline, Fault, Key
from exclusions.rules.duty_kinds import OPENS_WITH, DutyKey
from exclusions.rules.first_five_days import first_five_days
from exclusions.rules.notice_contents import Element, contents_of_notice
from exclusions.rules.notification import NoticeFacts, Pace, Told, must_be_told, parent_written
from exclusions.rules.readings import DEFAULT_SETTINGS, Reading, Settings
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.sources import Source
from exclusions.rules.steps import Step
from exclusions.rules.terms import DutyHolder, Kind, OutcomeEvent, SchoolKind
from exclusions.rules.totals import SuspendedDay

OWN = "own"


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken; `id` tells apart two of a kind."""

    id: str
    step: Step
    on: date
    method: ev.Method = ev.Method.HAND
    representations: bool = False
    exam_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier suspension of the same child; `school` is None for the excluding school."""

    id: str
    first_day: date
    days: tuple[SuspendedDay, ...]
    school: str | None = None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the duties of one exclusion hang on. Days are local dates; circumstances are those of the first day.

    `social_worker` is None where nobody has said. `education` is the first day of each education arranged, with its
    provider. `outcomes` are in date order.
    """

    kind: Kind
    first_day: date
    pupil: PupilFacts
    school: SchoolFacts
    days: tuple[SuspendedDay, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    decided_on: date | None = None
    loses_exam: bool = False
    social_worker: bool | None = None
    council_told_on: date | None = None
    parents_told_on: date | None = None
    steps: tuple[Taken, ...] = ()
    outcomes: tuple[tuple[OutcomeEvent, date], ...] = ()
    education: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `due` is None for one that does not apply or is not open, and `because` then says why.

    `other_due` is the later reading, the same as `due` where there is one. `lapses_on` is the last day on which it can
    be done. `opened_by` is the step that opened it and `opened_on` its day; both are empty where the exclusion itself did. A duty that once had a date and
    ended has both the date and `because`.
    """

    key: DutyKey
    rule: str
    source: tuple[Source, ...]
    holder: DutyHolder
    due: date | None = None
    other_due: date | None = None
    lapses_on: date | None = None
    met_on: date | None = None
    evidence: str = ""
    because: str = ""
    opened_by: str = ""
    opened_on: date | None = None
    count: Count | None = None
    readings: tuple[Reading, ...] = ()
    deemed_given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Duties:
    """Every duty of an exclusion; `beyond_calendar` when term dates are missing for one of them.

    A duty whose date lies beyond the calendar is left out: it is never guessed.
    """

    duties: tuple[Duty, ...]
    beyond_calendar: bool = False
    # What on the file contradicts itself, so that something could not be reckoned, in words.
    slips: tuple[str, ...] = ()


@dataclass(slots=True)
class _Case:
    facts: CaseFacts
    calendar: SchoolCalendar
    answered: Answer
    by_step: dict[Step, list[Taken]] = field(default_factory=dict)
    beyond_calendar: bool = False

    def first(self, step: Step) -> Taken | None:
        found = self.by_step.get(step)
        return found[0] if found else None


def duties_of(facts: CaseFacts, *, calendar: SchoolCalendar, settings: Settings = DEFAULT_SETTINGS) -> Duties:
    """Return every duty of one exclusion, those that do not apply with the reason, in the order of a case.

    Raises nothing: what the calendar does not reach is left out, and said.
    """
    request = ev.Request(calendar, facts.pupil, facts.school, tuple(_events(facts)), settings)
    answered = answer_as_far_as_it_goes(request)
    beyond = any(problem.fault is Fault.NO_TERM_DATES for problem in answered.problems)
    case = _Case(facts, calendar, answered, beyond_calendar=beyond)
    for taken in sorted(facts.steps, key=lambda each: each.on):
        case.by_step.setdefault(taken.step, []).append(taken)
    found: list[Duty] = []
    for part in (_telling, _letter, _first_days, _education, _governors, _review):
        try:
            found += part(case)
        except NoTermDates:
            case.beyond_calendar = True
    order = list(DutyKey)
    found.sort(key=lambda duty: order.index(duty.key))
    slips = tuple(p.message for p in answered.problems if p.fault is not Fault.NO_TERM_DATES)
    return Duties(tuple(_ended(case, duty) for duty in found), case.beyond_calendar, slips)


def contents_of_letter(
    facts: CaseFacts, *, calendar: SchoolCalendar, settings: Settings = DEFAULT_SETTINGS
) -> tuple[Element, ...]:
    """Return what the letter to the parents must say, one element a tick (R12). Raises nothing."""
    request = ev.Request(calendar, facts.pupil, facts.school, tuple(_events(facts)), settings)
    case = _Case(facts, calendar, answer_as_far_as_it_goes(request))
    due = any(each.event == OWN and each.key is Key.SIXTH_DAY for each in case.answered.deadlines)
    return contents_of_notice(_notice(case), sixth_day_due=due)


def _events(facts: CaseFacts) -> Iterator[ev.Event]:
    for earlier in facts.earlier:
        yield ev.Suspension(earlier.id, earlier.first_day, earlier.days, school=earlier.school)
    if facts.kind is Kind.PERMANENT:
        yield ev.PermanentExclusion(OWN, facts.first_day, decided_on=facts.decided_on)
    else:
        yield ev.Suspension(OWN, facts.first_day, facts.days, decided_on=facts.decided_on)
    if met := _governors_met(facts):
        yield ev.BoardMet("met", met, OWN)
    if told := _governors_told(facts.steps):
        yield ev.BoardNotified(told.id, told.on, OWN, told.representations, told.exam_on)
    for taken in facts.steps:
        if event := _event_of(taken):
            yield event


def _governors_told(steps: Iterable[Taken]) -> Taken | None:
    """Return the day on which governors were first told, with whatever a later telling adds; the count does not restart.

    Source: R28 and R29, which count from the day on which the board received notice.
    """
    told = sorted((each for each in steps if each.step is Step.GOVERNORS_TOLD), key=lambda each: each.on)
    if not told:
        return None
    exams = [each.exam_on for each in told if each.exam_on]
    return replace(
        told[0], representations=any(each.representations for each in told), exam_on=exams[-1] if exams else None
    )


def _event_of(taken: Taken) -> ev.Event | None:
    match taken.step:
        case Step.DECISION_LETTER:
            return ev.BoardDecisionNotice(taken.id, taken.on, OWN, taken.method)
        case Step.REVIEW_WAIVED:
            return ev.ReviewWaived(taken.id, taken.on, OWN)
        case Step.REVIEW_APPLICATION:
            return ev.ReviewApplication(taken.id, taken.on, OWN, taken.method)
        case Step.REVIEW_PANEL_NOTICE:
            return ev.ReviewPanelNotice(taken.id, taken.on, OWN, taken.method)
    return None


_TELLING: Mapping[Told, tuple[DutyKey, Step | None]] = {
    Told.PARENT: (DutyKey.TELL_PARENTS, None),
    Told.MAINTAINING_AUTHORITY: (DutyKey.TELL_AUTHORITY, None),
    Told.HOME_AUTHORITY: (DutyKey.TELL_HOME_AUTHORITY, Step.HOME_AUTHORITY_TOLD),
    Told.SOCIAL_WORKER: (DutyKey.TELL_SOCIAL_WORKER, Step.SOCIAL_WORKER_TOLD),
    Told.VIRTUAL_SCHOOL_HEAD: (DutyKey.TELL_VIRTUAL_SCHOOL_HEAD, Step.VIRTUAL_SCHOOL_HEAD_TOLD),
    Told.BOARD: (DutyKey.TELL_GOVERNORS, Step.GOVERNORS_TOLD),
}


def _telling(case: _Case) -> Iterator[Duty]:
    facts = case.facts
    for telling in must_be_told(_notice(case)):
        if telling.rule == "R17":
            continue
        key, step = _TELLING[telling.told]
        taken = case.first(step) if step else None
        told_on = taken.on if taken else None
        if telling.told is Told.PARENT:
            told_on = facts.parents_told_on
        elif telling.told is Told.MAINTAINING_AUTHORITY:
            told_on = facts.council_told_on
        because = "" if telling.pace is Pace.AT_ONCE else f"{telling.rule}: {telling.because}"
        if telling.told is Told.SOCIAL_WORKER and facts.social_worker is None and telling.pace is Pace.NEVER:
            because = f"{telling.rule}: not known whether there is a social worker, ask the school"
        yield Duty(
            key,
            telling.rule,
            telling.source,
            telling.by,
            due=telling.due,
            other_due=telling.due,
            met_on=told_on,
            evidence=taken.evidence if taken else "",
            because=because,
        )


def _notice(case: _Case) -> NoticeFacts:
    facts, totals = case.facts, case.answered.totals.get(OWN)
    return NoticeFacts(
        kind=facts.kind,
        first_day=facts.first_day,
        decided_on=facts.decided_on,
        term_half_days=round(totals.totals.term_days * 2) if totals else 0,
        loses_exam=facts.loses_exam,
        looked_after=facts.pupil.looked_after,
        social_worker=bool(facts.social_worker),
        compulsory_school_age=facts.pupil.compulsory_school_age,
        authority=facts.school.authority,
        home_authority=facts.pupil.home_authority,
    )


def _letter(case: _Case) -> Iterator[Duty]:
    written = parent_written(_notice(case), calendar=case.calendar)
    letters = case.by_step.get(Step.PARENT_LETTER, [])
    letter = letters[0] if letters else None
    yield Duty(
        DutyKey.PARENT_LETTER,
        written.rule,
        written.source,
        DutyHolder.HEAD,
        due=written.due,
        other_due=written.due,
        lapses_on=_end(case.facts),
        met_on=letter.on if letter else None,
        # A second letter may say what the first left out.
        evidence=letters[-1].evidence if letters else "",
    )


def _first_days(case: _Case) -> Iterator[Duty]:
    facts = case.facts
    starts = min(facts.education, default=None)
    work = case.first(Step.WORK_SET)
    five = first_five_days(
        facts.kind,
        facts.first_day,
        facts.days,
        calendar=case.calendar,
        compulsory_school_age=facts.pupil.compulsory_school_age,
        provision_starts_on=starts[0] if starts else None,
    )
    last = five.days[-1] if five.days else None
    yield Duty(
        DutyKey.FIRST_FIVE_DAYS,
        five.rule,
        five.source,
        DutyHolder.HEAD,
        due=last,
        other_due=last,
        lapses_on=last,
        met_on=work.on if work else None,
        evidence=work.evidence if work else "",
        because=five.because or "",
    )


def _education(case: _Case) -> Iterator[Duty]:
    starts = min(case.facts.education, default=None)
    for key in (Key.LOOKED_AFTER_FIRST_DAY, Key.SIXTH_DAY):
        duty = _of(case, OWN, key)
        if duty:
            met_on, evidence = starts or (None, "")
            yield replace(duty, met_on=met_on, evidence=evidence, lapses_on=_end(case.facts))


def _governors(case: _Case) -> Iterator[Duty]:
    met = _governors_met(case.facts)
    told = case.by_step.get(Step.GOVERNORS_TOLD, [])[:1]
    for taken in told:
        for key in (Key.BOARD_MEETING, Key.BOARD_MEETING_BEFORE_EXAM):
            duty = _of(case, taken.id, key)
            if duty and (key is Key.BOARD_MEETING or duty.due):
                yield replace(duty, met_on=met, opened_on=taken.on)
    if not told:
        yield _not_open(DutyKey.BOARD_MEETING, "R28", DutyHolder.BOARD)
    letter = case.first(Step.DECISION_LETTER)
    if met is None:
        yield _not_open(DutyKey.DECISION_LETTER, "R35", DutyHolder.BOARD)
        return
    yield Duty(
        DutyKey.DECISION_LETTER,
        "R35",
        (sources.EXCLUSION_REGULATIONS_BANDS,),
        DutyHolder.BOARD,
        opened_on=met,
        due=met,
        other_due=met,
        met_on=letter.on if letter else None,
        evidence=letter.evidence if letter else "",
    )


def _review(case: _Case) -> Iterator[Duty]:
    if case.facts.kind is not Kind.PERMANENT:
        return
    chain = (
        (Step.DECISION_LETTER, Key.REVIEW_APPLICATION, "R37", DutyHolder.PARENT, Step.REVIEW_APPLICATION),
        (Step.DECISION_LETTER, Key.ROLL_REMOVAL_EARLIEST, "R45", DutyHolder.BOARD, Step.REMOVED_FROM_ROLL),
        (Step.REVIEW_APPLICATION, Key.REVIEW_HEARING, "R38", DutyHolder.ARRANGING_AUTHORITY, Step.REVIEW_HELD),
        (Step.REVIEW_PANEL_NOTICE, Key.BOARD_RECONSIDERATION, "R42", DutyHolder.BOARD, Step.RECONSIDERED),
    )
    for cause, key, rule, holder, meets in chain:
        opened = case.by_step.get(cause, [])
        if not opened:
            yield _not_open(DutyKey(key), rule, holder)
            continue
        duty = _of(case, opened[-1].id, key)
        if duty is None:
            continue
        met = case.first(meets)
        # A right that runs out, and a day from which something is allowed, are over when they pass, and never late.
        lapses = duty.other_due if key in (Key.REVIEW_APPLICATION, Key.ROLL_REMOVAL_EARLIEST) else None
        waived = case.first(Step.REVIEW_WAIVED) if key is Key.REVIEW_APPLICATION else None
        if key is Key.ROLL_REMOVAL_EARLIEST and met and (duty.due is None or met.on < duty.due):
            # Not before: what came too soon is no duty met.
            why = "before its earliest day" if duty.due else "while the review was not finished"
            yield replace(duty, opened_on=opened[-1].on, because=f"R45: taken off the roll on {met.on}, {why}")
            continue
        yield replace(
            duty,
            opened_on=opened[-1].on,
            lapses_on=lapses,
            met_on=met.on if met else None,
            evidence=met.evidence if met else "",
            because="R37: the parent has said in writing that they will not apply" if waived else duty.because,
        )


def _of(case: _Case, event: str, key: Key) -> Duty | None:
    """Return the calculator's answer on one deadline as a duty, without what met it."""
    opened_by = "" if event == OWN else event
    for deadline in case.answered.deadlines:
        if deadline.event == event and deadline.key is key:
            return _dated(deadline, opened_by)
    for row in case.answered.none:
        if row.event == event and row.key is key:
            rule = row.because.split(":", 1)[0]
            holder = _holder(case.facts, key)
            return Duty(DutyKey(key), rule, (), holder, because=row.because, opened_by=opened_by)
    return None


def _holder(facts: CaseFacts, key: Key) -> DutyHolder:
    """Return whose a duty would be that did not open: the calculator names a holder only with a date."""
    if key is Key.REVIEW_APPLICATION:
        return DutyHolder.PARENT
    if key is Key.REVIEW_HEARING:
        return DutyHolder.ARRANGING_AUTHORITY
    if key in (Key.SIXTH_DAY, Key.LOOKED_AFTER_FIRST_DAY):
        if facts.kind is Kind.PERMANENT:
            return DutyHolder.HOME_AUTHORITY
        return DutyHolder.MAINTAINING_AUTHORITY if facts.school.kind is SchoolKind.PRU else DutyHolder.BOARD
    return DutyHolder.BOARD


def _dated(deadline: Deadline, opened_by: str) -> Duty:
    return Duty(
        DutyKey(deadline.key),
        deadline.rule,
        deadline.source,
        deadline.duty_holder,
        due=deadline.due,
        other_due=deadline.other_reading or deadline.due,
        opened_by=opened_by,
        count=deadline.count,
        readings=deadline.readings,
        deemed_given_on=deadline.deemed_given_on,
    )


def _not_open(key: DutyKey, rule: str, holder: DutyHolder) -> Duty:
    return Duty(key, rule, (), holder, because=f"Opens with {OPENS_WITH[key]}")


def _governors_met(facts: CaseFacts) -> date | None:
    met = [taken.on for taken in facts.steps if taken.step is Step.GOVERNORS_MET]
    met += [
        on
        for event, on in facts.outcomes
        if event in (OutcomeEvent.UPHELD_BY_GOVERNORS, OutcomeEvent.REINSTATED_BY_GOVERNORS)
    ]
    return min(met, default=None)


def _end(facts: CaseFacts) -> date | None:
    """Return the last day of a suspension; a permanent exclusion has none."""
    return max((day.on for day in facts.days), default=None) if facts.kind is not Kind.PERMANENT else None


_ENDED_BY: Mapping[OutcomeEvent, str] = {
    OutcomeEvent.AVERTED: "Averted",
    OutcomeEvent.CANCELLED: "R6: cancelled by the head",
    OutcomeEvent.REINSTATED_BY_GOVERNORS: "R34: reinstated by the governors",
    OutcomeEvent.REINSTATED_AFTER_REVIEW: "R42: reinstated after review",
}
_OUTLIVE = frozenset({DutyKey.DECISION_LETTER})


def _ended(case: _Case, duty: Duty) -> Duty:
    """Return the duty as the last outcome leaves it: what was met by then stays met."""
    if not case.facts.outcomes or not duty.due:
        return duty
    event, on = case.facts.outcomes[-1]
    because = _ENDED_BY.get(event)
    if because is None or duty.key in _OUTLIVE or (duty.met_on and duty.met_on <= on):
        return duty
    return replace(duty, met_on=None, because=because)
