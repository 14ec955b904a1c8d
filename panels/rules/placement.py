"""The clock of a placement: what is due after a panel has named a school, of whom, and where it stands on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.rules.calendar import NoTermDates, SchoolCalendar
from casework.rules.duties import DutyDates, Stands, State, stands
from exclusions.rules.deadlines import Basis
from exclusions.rules.directions import DIRECTION, adjudicator_referral
from exclusions.rules.fair_access import ALLOCATE_WITHIN, ALLOCATION
from exclusions.rules.sources import Source
from panels.rules.allocation import allocation
from panels.rules.placement_terms import (
    DIRECTED_BY_AUTHORITY,
    DIRECTED_BY_SECRETARY_OF_STATE,
    SAID_NO,
    Holder,
    Stage,
    Step,
)

NOT_COUNTED = "Not counted: no term dates reach so far"


def refuses(steps: Mapping[Step, date]) -> bool:
    """Tell whether a school's last word is that it refuses; an agreement of the same day is the later word.

    Source: R56.
    """
    no, yes = steps.get(Step.REFUSED), steps.get(Step.ACCEPTED)
    return no is not None and (yes is None or yes < no)


def replies(steps: Mapping[Step, date]) -> tuple[tuple[Step, date], ...]:
    """Return what a school said, the first word first, each with its day; of one day the agreement is the later word."""
    said = [(step, steps[step]) for step in (Step.REFUSED, Step.ACCEPTED) if step in steps]
    return tuple(sorted(said, key=lambda each: each[1]))


def went_back_on(steps: Mapping[Step, date]) -> date | None:
    """Return the day on which a school could no longer be made to admit, None where it can or has agreed since.

    Source: R56; School Standards and Framework Act 1998 ss96 to 97.
    """
    said_no = [steps[step] for step in SAID_NO if step in steps]
    return min(said_no) if said_no and refuses(steps) else None


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """A placement as it is known, all local dates.

    `school_kind` is the receiving school's in casework. `reply_within` are the school days that the panel's terms give
    it for its reply, None where they give none, and `terms` those terms. `looked_after` is so on the day on which the
    school was told of a direction. `under_protocol` is false of a place that is not allocated under fair access. `read`
    are those of the steps that nobody recorded and that the file shows. `referred_again_on` is the day on which the child
    came to a panel again since, `excluded_on` that on which the exclusion that brings the child took effect, if one does.
    `by_officer` is so where the panel advised and an officer decided.
    """

    referred_on: date
    decided_on: date
    school_kind: str
    starts_on: date | None = None
    reply_within: int | None = None
    terms: tuple[Source, ...] = ()
    looked_after: bool = False
    under_protocol: bool = True
    steps: Mapping[Step, date] = field(default_factory=dict)
    read: frozenset[Step] = frozenset()
    referred_again_on: date | None = None
    excluded_on: date | None = None
    by_officer: bool = False

    @property
    def refused(self) -> bool:
        """Whether the school's last word is that it refuses."""
        return refuses(self.steps)

    @property
    def named_by(self) -> str:
        """Who named the school, as a sentence goes on with it: the panel, or the officer whom it advises."""
        return "the officer" if self.by_officer else "the panel"

    @property
    def sought_on(self) -> date:
        """Day nought on the second reading of AMB-9: the referral, or an application's refusal if that was before."""
        return min(self.referred_on, self.steps.get(Step.APPLICATION_REFUSED, self.referred_on))

    @property
    def back_on(self) -> date | None:
        """The day on which the school could no longer be made to admit the child, None where it can or has agreed since."""
        return went_back_on(self.steps)

    @property
    def agreed_on(self) -> date:
        """The day on which it was agreed that the child comes under the protocol: where nobody says, of the referral."""
        return self.steps.get(Step.AGREED, self.referred_on)


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage: who holds it, by when, what met it, and where it stands on the day asked.

    `due` is the earliest day that the readings in force leave open, `other_due` the latest. `beside` is the day of a
    reading that is not in force, shown beside them. Without `due`, `lag` are the school days since the stage opened.
    `working` says how the day was found.
    """

    stage: Stage
    holder: Holder
    stands: Stands
    working: str
    rule: str
    source: tuple[Source, ...] = ()
    due: date | None = None
    other_due: date | None = None
    beside: date | None = None
    met_on: date | None = None
    lag: int | None = None


def stages(facts: PlacementFacts, basis: Basis, school: SchoolCalendar, *, on: date) -> tuple[StageLine, ...]:
    """Return the stages of a placement in their order, as they stand on a day; those that do not apply are left out.

    `basis` is that of the home authority, by which fair access is counted; `school` the receiving school's calendar.
    Raises nothing: where no calendar reaches, a stage has no day and says so. Source: R54 and R56.
    """
    found = [_allocated(facts, basis, on)] if facts.under_protocol else []
    found += [_asked(facts, school, on), _replied(facts, school, on)]
    if facts.under_protocol and (facts.refused or Step.REFUSED in facts.steps):
        found += _escalation(facts, school, on)
    if facts.back_on:
        found.append(_back(facts, facts.back_on, school, on))
    return (*found, _on_roll(facts, school, on), _started(facts, school, on))


def _allocated(facts: PlacementFacts, basis: Basis, on: date) -> StageLine:
    found = allocation(facts.agreed_on, facts.sought_on, basis)
    rule, source = ALLOCATION.rule, ALLOCATION.source
    if found is None:
        met = Stands(State.MET)
        return StageLine(
            Stage.ALLOCATED, Holder.AUTHORITY, met, NOT_COUNTED, rule, source, met_on=facts.decided_on
        )  # fmt: skip
    where = stands(DutyDates(found.due, found.other_due, met_on=facts.decided_on), on=on, calendar=basis.calendar)
    working = f"{ALLOCATE_WITHIN} school days after {_said(found.counted_from)}; {facts.named_by} named the school"
    return StageLine(
        Stage.ALLOCATED, Holder.AUTHORITY, where, working, rule, source, found.due, found.other_due,
        beside=found.beside, met_on=facts.decided_on,
    )  # fmt: skip


def _asked(facts: PlacementFacts, calendar: SchoolCalendar, on: date) -> StageLine:
    working = "At once after the decision: neither the law nor the terms give a day"
    return _at_once(
        Stage.ASKED, Holder.CLERK, facts.decided_on, facts.steps.get(Step.ASKED), working, "local", (), calendar, on
    )


def _replied(facts: PlacementFacts, calendar: SchoolCalendar, on: date) -> StageLine:
    asked = facts.steps.get(Step.ASKED)
    # The first word meets it: a school that refuses in time, and agrees weeks later, has replied in time.
    said = next((day for _, day in replies(facts.steps)), None)
    if facts.reply_within is None:
        working = "No day is given: the law has no figure, and the panel’s terms name none"
        return _at_once(Stage.REPLIED, Holder.SCHOOL, asked, said, working, "local", (), calendar, on)
    days = f"{facts.reply_within} school day" + ("" if facts.reply_within == 1 else "s")
    working = f"{days} after the school is asked, by the panel’s terms: a local rule, the law has no figure"
    if asked is None:
        return StageLine(Stage.REPLIED, Holder.SCHOOL, Stands(State.NOT_OPEN), working, "local", facts.terms)
    try:
        due = calendar.school_days_after(asked, facts.reply_within).due if facts.reply_within else asked
    except NoTermDates:
        where = Stands(State.MET if said else State.DUE)
        return StageLine(Stage.REPLIED, Holder.SCHOOL, where, NOT_COUNTED, "local", facts.terms, met_on=said)
    where = stands(DutyDates(due, due, met_on=said), on=on, calendar=calendar)
    return StageLine(Stage.REPLIED, Holder.SCHOOL, where, working, "local", facts.terms, due, due, met_on=said)


def _escalation(facts: PlacementFacts, calendar: SchoolCalendar, on: date) -> list[StageLine]:
    """Return what follows a refusal: who may direct depends on the kind of school, and some nobody may."""
    refused = facts.steps[Step.REFUSED]
    over = "" if facts.refused else "The school agreed after all"
    if facts.school_kind in DIRECTED_BY_AUTHORITY:
        return _direction(facts, refused, over, calendar, on)
    if facts.school_kind in DIRECTED_BY_SECRETARY_OF_STATE:
        asked = facts.steps.get(Step.SECRETARY_OF_STATE_ASKED)
        working = "An academy is directed by the Secretary of State, whom the authority asks; the law has no figure"
        lines = [
            _at_once(
                Stage.ESCALATED, Holder.AUTHORITY, refused, asked, working, "R56", (DIRECTION,), calendar, on, over
            )
        ]
        directed = facts.steps.get(Step.DIRECTED)
        says = "When the Secretary of State decides"
        said_no = "The Secretary of State did not direct" if Step.SECRETARY_OF_STATE_DECLINED in facts.steps else over
        who = Holder.SECRETARY_OF_STATE
        line = _at_once(Stage.DIRECTED, who, asked, directed, says, "R56", (DIRECTION,), calendar, on, over or said_no)
        return [*lines, line]
    working = "No power to direct a school of this kind is held: bring the child back to the panel"
    return [_at_once(Stage.ESCALATED, Holder.AUTHORITY, refused, None, working, "R56", (), calendar, on, over)]


def _direction(
    facts: PlacementFacts, refused: date, over: str, calendar: SchoolCalendar, on: date
) -> list[StageLine]:  # fmt: skip
    told, source = facts.steps.get(Step.DIRECTION_INTENDED), (DIRECTION,)
    working = "The authority may direct a maintained school, and tells it first; the law has no figure"
    lines = [_at_once(Stage.ESCALATED, Holder.AUTHORITY, refused, told, working, "R56", source, calendar, on, over)]
    if told is None:
        return lines
    limit = adjudicator_referral(told, looked_after=facts.looked_after)
    went = facts.steps.get(Step.TO_ADJUDICATOR)
    where = stands(
        DutyDates(limit.due, limit.due, met_on=went, lapses_on=limit.due, ended_because="" if went else over),
        on=on, calendar=calendar,
    )  # fmt: skip
    says = f"{limit.working}, {_said(told)}" + (", the child being looked after" if facts.looked_after else "")
    lines.append(
        StageLine(
            Stage.ADJUDICATOR, Holder.SCHOOL, where, says, limit.rule, limit.source, limit.due, limit.due, met_on=went
        )
    )
    if went:
        lines.append(_adjudicated(facts, went, over, calendar, on))
    # While the school may go to the adjudicator, and while the adjudicator has it, nothing can be directed.
    upheld = facts.steps.get(Step.ADJUDICATOR_UPHELD)
    opened = upheld if went else None if limit.due >= on else limit.due
    if Step.ADJUDICATOR_NOT_UPHELD in facts.steps:
        over = over or "The adjudicator did not uphold it"
    directed = facts.steps.get(Step.DIRECTED)
    waits = "Once the adjudicator has decided" if went else "Once the school can no longer go to the adjudicator"
    lines.append(_at_once(Stage.DIRECTED, Holder.AUTHORITY, opened, directed, waits, "R56", source, calendar, on, over))
    return lines


def _adjudicated(facts: PlacementFacts, went: date, over: str, calendar: SchoolCalendar, on: date) -> StageLine:
    said = facts.steps.get(Step.ADJUDICATOR_UPHELD) or facts.steps.get(Step.ADJUDICATOR_NOT_UPHELD)
    working = "When the adjudicator decides; the law has no figure"
    return _at_once(Stage.ADJUDICATED, Holder.ADJUDICATOR, went, said, working, "R56", (DIRECTION,), calendar, on, over)


def _back(facts: PlacementFacts, since: date, calendar: SchoolCalendar, on: date) -> StageLine:
    """Return that the panel looks for another school: it is done once the child comes to a panel again."""
    working = "The school cannot be made to admit the child, so that the panel looks for another: refer the child again"
    again = facts.referred_again_on
    return _at_once(Stage.BACK, Holder.CLERK, since, again, working, "R56", (DIRECTION,), calendar, on)


def _on_roll(facts: PlacementFacts, calendar: SchoolCalendar, on: date) -> StageLine:
    return _by_start(Stage.ON_ROLL, Holder.SCHOOL, facts, facts.steps.get(Step.ON_ROLL), calendar, on)


def _started(facts: PlacementFacts, calendar: SchoolCalendar, on: date) -> StageLine:
    return _by_start(Stage.STARTED, Holder.PARENT, facts, facts.steps.get(Step.STARTED), calendar, on)


def _by_start(
    stage: Stage, holder: Holder, facts: PlacementFacts, met_on: date | None, calendar: SchoolCalendar, on: date
) -> StageLine:  # fmt: skip
    due = facts.starts_on
    over = "The placement went back to the panel" if facts.back_on and not met_on else ""
    if due is None:
        working = f"{facts.named_by.capitalize()} gave no first day"
        return _at_once(stage, holder, facts.decided_on, met_on, working, "local", (), calendar, on, over)
    where = stands(DutyDates(due, due, met_on=met_on, ended_because=over), on=on, calendar=calendar)
    working = f"The day that {facts.named_by} gave"
    return StageLine(stage, holder, where, working, "local", facts.terms, due, due, met_on=met_on)


def _at_once(
    stage: Stage, holder: Holder, opened: date | None, met_on: date | None, working: str, rule: str,
    source: tuple[Source, ...], calendar: SchoolCalendar, on: date, over: str = "",
) -> StageLine:  # fmt: skip
    """Return a stage for which no day is given: it is due from the day it opens, never late, and shows its lag."""
    if met_on and met_on <= on:
        return StageLine(stage, holder, Stands(State.MET), working, rule, source, met_on=met_on)
    if over:
        return StageLine(stage, holder, Stands(State.ENDED), over, rule, source)
    if opened is None or opened > on:
        return StageLine(stage, holder, Stands(State.NOT_OPEN), working, rule, source)
    try:
        lag: int | None = calendar.days_until(opened, on)
    except NoTermDates:
        lag = None
    return StageLine(stage, holder, Stands(State.DUE), working, rule, source, lag=lag)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
