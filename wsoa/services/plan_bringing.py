"""A plan that comes in from a file's tables: what it would be, and bringing it in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casework.models import User
from casework.uploads import Fault
from casework.uploads.table import folded
from wsoa.models import ActionPlace, Measure, Plan
from wsoa.rules import layouts, places
from wsoa.rules.measures import is_on_the_better_side
from wsoa.rules.plan_file import (
    ActionLine,
    MeasureLine,
    OutcomeLine,
    PlanFile,
    PriorityLine,
    RoleLine,
    UpdateLine,
)
from wsoa.rules.terms import DIRECTION_LABELS, LAYOUT_LABELS, PLAN_KIND_LABELS, Layout
from wsoa.selectors.standing import stood
from wsoa.services import actions, measures
from wsoa.services.plan_decided import Decided, NotDecided, decided
from wsoa.services.plan_rows import Line, PlanTables, refuse
from wsoa.services.plans import RESERVED, Brought, bring_plan_in, code_is_free, title_is_free

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@dataclass(slots=True)
class NewPlan:
    """A plan as a file has it, what it decides by row of the file, and what its measures ask for, in their order."""

    file: PlanFile
    decisions: Mapping[tuple[int, int], Decided]
    understood: Mapping[tuple[int, int], measures.Understood]


@dataclass(slots=True, eq=False)
class _Priority:
    """A priority as it is put together from the file's rows."""

    reference: str
    title: str
    theme: str
    outcomes: list[OutcomeLine] = field(default_factory=list)
    measures: list[MeasureLine] = field(default_factory=list)
    actions: list[ActionLine] = field(default_factory=list)


def new_plan(tables: PlanTables, *, title: str, code: str, kind: str, today: date) -> NewPlan:
    """Return the plan that a file's tables hold. What is given beside the file stands over what the file says of itself.

    Raises Unreadable with every row that cannot stand in a plan.
    """
    # A priority that cannot be read would make faults of all that stands under it.
    refuse(tables.faults)
    faults: list[Fault] = []
    told = {folded(line.text("what")): line for line in tables.lines(layouts.PLAN)}
    facts = _facts(told, {"title": title, "code": code, "kind": kind}, tables.layout, faults)
    builder = _Builder(tables, today, faults)
    refuse(faults)
    priorities = tuple(
        PriorityLine(
            each.reference, each.title, each.theme, tuple(each.outcomes), tuple(each.measures), tuple(each.actions)
        )
        for each in builder.priorities
    )
    roles = tuple(_role(line) for line in tables.lines(layouts.ROLES))
    return NewPlan(PlanFile(**facts, roles=roles, priorities=priorities), builder.decisions, builder.understood)


def _facts(told: Mapping[str, Line], given: Mapping[str, str], layout: Layout, faults: list[Fault]) -> dict[str, Any]:
    def said(name: str) -> str:
        line = told.get(folded(layouts.PLAN_LINES[name]))
        return given.get(name) or (line.text("said") if line else "")

    title, code = said("title"), said("code")
    for name, value, most in (("title", title, 160), ("code", code, 40)):
        if not value or len(value) > most:
            faults.append(Fault(f"Give the plan a {layouts.PLAN_LINES[name].lower()} of at most {most} characters."))
    if code and not _CODE.fullmatch(code):
        faults.append(Fault("Write the short name in small letters, digits and hyphens: it stands in addresses."))
    elif code in RESERVED:
        faults.append(Fault(f"“{code}” stands for a page of its own in addresses: give the plan another short name."))
    elif code and not code_is_free(code):
        faults.append(Fault("Another plan has this short name: choose that plan to change it, or give another name."))
    if title and not title_is_free(title):
        faults.append(Fault("Another plan has this title: give another."))
    kinds = {label: value for value, label in PLAN_KIND_LABELS.items()}
    own = {label: Layout(value) for value, label in LAYOUT_LABELS.items()}
    try:
        paper_on = date.fromisoformat(said("paper_on")) if said("paper_on") else None
    except ValueError:
        paper_on = None
        faults.append(told[folded(layouts.PLAN_LINES["paper_on"])].fault("said", "Write a day such as 2026-11-30."))
    return {
        "title": title, "code": code, "kind": given["kind"] or kinds.get(said("kind"), layout.value),
        "layout": own.get(said("layout"), layout), "answers": said("answers"), "source": said("source"),
        "paper_on": paper_on,
    }  # fmt: skip


def _role(line: Line) -> RoleLine:
    return RoleLine(line.text("code"), line.text("title"), line.text("organisation"), ways_written(line))


def ways_written(line: Line) -> tuple[str, ...]:
    """Return the other ways in which a row of the sheet of roles says that the plan writes one."""
    return tuple(way.strip() for way in line.text("also_written").split(";") if way.strip())


class _Builder:
    """Puts priorities together from the rows of a file, and keeps what is wrong with a row."""

    def __init__(self, tables: PlanTables, today: date, faults: list[Fault]) -> None:
        self.layout, self.today, self.faults = tables.layout, today, faults
        self.priorities: list[_Priority] = []
        self.by_place: dict[int, _Priority] = {}
        self.decisions: dict[tuple[int, int], Decided] = {}
        self.understood: dict[tuple[int, int], measures.Understood] = {}
        listed = tables.lines(layouts.PRIORITIES)
        for line in listed:
            self._add(line, line.text("reference"), line.text("title"))
        self.may_add = not listed
        for line in tables.actions:
            if priority := self._of(line, places.ACTION, "priority_reference"):
                priority.actions.append(self._action(line))
                self._decide(line, (self.priorities.index(priority) + 1, len(priority.actions)))
        for line in tables.lines(layouts.OUTCOMES):
            if priority := self._of(line, places.OUTCOME):
                priority.outcomes.append(OutcomeLine(line.text("reference"), line.text("title")))
        for line in tables.lines(layouts.MEASURES):
            if priority := self._of(line, places.MEASURE):
                said = [line.text(name) for name in ("title", "target_as_written", "unit")]
                priority.measures.append(MeasureLine(*said))
                at = (self.priorities.index(priority) + 1, len(priority.measures))
                self.understood[at] = understood_of(line, self.faults)

    def _add(self, line: Line, reference: str, title: str) -> _Priority:
        made = _Priority(reference, title, line.text("theme"))
        self.priorities.append(made)
        if at := places.positions(line.text("place")):
            self.by_place[at[0]] = made
        return made

    def _of(self, line: Line, part: str, reference_in: str = "") -> _Priority | None:
        """Return the priority that a row belongs to: by its place, else by its words; a new one where none is listed."""
        at = places.positions(line.text("place"), part)
        if at and at[0] in self.by_place:
            return self.by_place[at[0]]
        reference, title = line.text(reference_in) if reference_in else "", line.text("priority")
        adds = self.may_add and bool(reference_in)
        if adds and not title:
            # A table that names no priority is one list.
            title = "Actions"
        for each in self.priorities:
            if each.title == title and reference in ("", each.reference):
                return each
        if adds:
            return self._add(line, reference, title)
        self.faults.append(line.fault("priority", "The plan has no such priority: write it as its own sheet does."))
        return None

    def _action(self, line: Line) -> ActionLine:
        words = ("reference", "title", "dates", "lead", "partners", "resource", "how_known")
        # A council's own file has one column of status, which is what its paper says.
        paper = "status_in_paper" if "status_in_paper" in line.values else "status"
        return ActionLine(
            **{name: line.text(name) for name in words}, status=line.text(paper), updates=tuple(self._updates(line))
        )

    def _updates(self, line: Line) -> Iterator[UpdateLine]:
        try:
            said = update_of(line, today=self.today)
        except NotDecided as wrong:
            self.faults.append(line.fault(wrong.column, str(wrong)))
            return
        if said:
            yield said

    def _decide(self, line: Line, at: tuple[int, int]) -> None:
        try:
            if found := decided(line, layout=self.layout):
                self.decisions[at] = found
        except NotDecided as wrong:
            self.faults.append(line.fault(wrong.column, str(wrong)))


def update_of(line: Line, *, today: date) -> UpdateLine | None:
    """Return what a row says of progress, None for nothing. Raises NotDecided where it lacks its day."""
    text, per_cent, schedule = line.text("progress"), line.values.get("per_cent"), line.text("schedule")
    on = line.values.get("progress_on")
    if not text and per_cent is None and not schedule:
        return None
    behind = {folded(words): said for said, words in layouts.SCHEDULE.items()}.get(folded(schedule))
    if schedule and behind is None:
        raise NotDecided("schedule", f"Write {' or '.join(layouts.SCHEDULE.values())}, or nothing.")
    if on is None:
        raise NotDecided("progress_on", "Write the day of which this is said.")
    if on > today:
        raise NotDecided("progress_on", "This day is still to come.")
    return UpdateLine(on, text, per_cent, behind)


def understood_of(line: Line, faults: list[Fault]) -> measures.Understood:
    """Return what a measure's row asks for, and add to the faults what does not fit together."""
    directions = {folded(label): value for value, label in DIRECTION_LABELS.items()}
    direction = directions.get(folded(line.text("direction")), "")
    values: dict[str, Any] = {name: line.values.get(name) for name in ("baseline", "baseline_on", "target", "due")}
    if line.text("direction") and not direction:
        faults.append(line.fault("direction", f"Write {' or '.join(DIRECTION_LABELS.values())}, or nothing."))
    if (values["baseline"] is None) != (values["baseline_on"] is None):
        faults.append(line.fault("baseline_on", "A baseline and its day stand together: write both, or neither."))
    elif values["target"] is not None and not direction:
        faults.append(line.fault("direction", "A target needs its direction."))
    elif values["due"] and values["baseline_on"] and values["due"] <= values["baseline_on"]:
        faults.append(line.fault("due", "The day for the target must be after the baseline’s."))
    elif not is_on_the_better_side(direction, baseline=values["baseline"], target=values["target"]):
        faults.append(
            line.fault("target", f"{DIRECTION_LABELS[direction]}: this target is on the other side of the baseline.")
        )
    return measures.Understood(direction=direction, target_note=line.text("target_note"), **values)


def bring_in(new: NewPlan, *, by: User, at: datetime, on: date) -> Brought:
    """Bring the plan in with what its measures ask for and what was decided over the rule. Raises CodeTaken."""
    brought = bring_plan_in(by=by, at=at, file=new.file)
    plan = Plan.objects.get(code=new.file.code)
    for measure in Measure.objects.filter(priority__plan=plan).select_related("priority"):
        asked = new.understood.get((measure.priority.position, measure.position))
        if asked and asked != measures.Understood():
            measures.understand(by=by, measure=measure, version=measure.version, facts=asked)
    if new.decisions:
        for each in stood(ActionPlace.objects.filter(priority__plan=plan), on=on):
            if found := new.decisions.get((each.place.priority.position, each.place.position)):
                actions.set_state(
                    by=by, at=at, action=each.action, seen=0, rule=each.standing.proposed, state=found.state,
                    reason=found.reason,
                )  # fmt: skip
    return brought
