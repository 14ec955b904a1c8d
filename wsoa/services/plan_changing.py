"""What a file changes in a plan that is there: held against it cell by cell, and done by the services of what it changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from casework.exports import one_line_end
from casework.imports import Change
from casework.models import User
from casework.uploads import Fault
from wsoa.models import Action, ActionPlace, Measure, Outcome, Plan, Priority, StateChoice
from wsoa.rules import layouts, places
from wsoa.rules.plan_file import UpdateLine
from wsoa.rules.written_dates import written_date
from wsoa.selectors.plan_paper import PaperRow, paper_rows
from wsoa.selectors.standing import stood
from wsoa.services import actions, measures
from wsoa.services.plan_bringing import understood_of, update_of, ways_written
from wsoa.services.plan_decided import Decided, NotDecided, decided
from wsoa.services.plan_rows import Line, PlanTables, refuse
from wsoa.services.plan_ties import CELLS, Ways, tied

# By table: which column of the file stands in which field of the row.
FIELDS: Mapping[str, Mapping[str, str]] = {
    "priority": {"theme": "theme", "reference": "reference", "title": "title"},
    "outcome": {"reference": "reference", "title": "title"},
    "measure": {"title": "title", "target_as_written": "target_as_written", "unit": "unit"},
    "action": {
        "title": "title", "lead": "lead_as_written", "partners": "partners_as_written", "resource": "resource",
        "how_known": "how_known", "status_in_paper": "status_as_written",
    },
    "place": {"reference": "reference"},
}  # fmt: skip
MODELS: Mapping[str, type[Any]] = {
    "priority": Priority, "outcome": Outcome, "measure": Measure, "action": Action, "place": ActionPlace,
}  # fmt: skip
ASKED = ("direction", "baseline", "baseline_on", "target", "target_note", "due")
UNDERSTOOD, TIES, DATE, SAID, DECIDED, ADDED = "asks for", "ties", "date", "said", "decided", "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of one row that become others; `before` and `after` by the fields of the row."""

    table: str
    line: Line
    held: Any
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(slots=True)
class PlanChanges:
    """All that a file changes in a plan."""

    plan: Plan
    edits: list[Edit] = field(default_factory=list)
    understood: list[tuple[Line, Measure, measures.Understood]] = field(default_factory=list)
    dates: list[tuple[Line, Action, str]] = field(default_factory=list)
    said: list[tuple[Line, Action, UpdateLine]] = field(default_factory=list)
    decided: list[tuple[Line, PaperRow, Decided]] = field(default_factory=list)
    added: list[tuple[Line, Priority]] = field(default_factory=list)
    # The ways in which the file says that roles are written, and their codes.
    ways: Mapping[str, str] = field(default_factory=dict)
    # How many standing actions the file does not name.
    unnamed: int = 0

    def as_changes(self) -> list[Change]:
        """Return each change by what names its row, so that a second look shows whether anything else would be done."""
        found = [Change(each.table, str(each.held.pk), dict(each.before), dict(each.after)) for each in self.edits]
        for each in self.edits:
            if each.after.keys() & {f"{cell}_as_written" for _, cell in CELLS}:
                found.append(Change(TIES, str(each.held.pk), tied(each.held.pk), {}))
        for _, measure, becomes in self.understood:
            found.append(Change(UNDERSTOOD, str(measure.pk), asked(measure), asked(becomes)))
        for _, action, dates in self.dates:
            found.append(Change(DATE, str(action.pk), {"dates": action.dates_as_written}, {"dates": dates}))
        for _, action, update in self.said:
            found.append(Change(SAID, str(action.pk), None, {"on": update.on.isoformat(), "text": update.text}))
        for _, row, state in self.decided:
            found.append(Change(DECIDED, str(row.stood.action.pk), None, {"state": state.state, "why": state.reason}))
        for line, priority in self.added:
            found.append(
                Change(ADDED, str(line.row.number), None, {"priority": priority.pk, "title": line.text("title")})
            )
        return found


def asked(measure: Measure | measures.Understood) -> dict[str, str]:
    """Return what a measure asks for, each as text."""
    return {name: _as_text(getattr(measure, name)) for name in ASKED}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def asked_of(said: Mapping[str, str]) -> dict[str, Any]:
    """Return what a measure asks for, from what `as_changes` says of it."""
    found: dict[str, Any] = dict(said)
    for name in ("baseline", "target"):
        found[name] = Decimal(said[name]) if said[name] else None
    for name in ("baseline_on", "due"):
        found[name] = date.fromisoformat(said[name]) if said[name] else None
    return found


def changes_of(plan: Plan, tables: PlanTables, *, today: date) -> PlanChanges:
    """Return what a file's tables change in a plan. A column that the file lacks changes nothing.

    Raises Unreadable with every row that cannot stand in the plan.
    """
    faults = list(tables.faults)
    ways = {
        way: line.text("code")
        for line in tables.lines(layouts.ROLES)
        for way in (line.text("code"), *ways_written(line))
    }
    found = PlanChanges(plan, ways=ways)
    _Actions(plan, tables, today, found, faults).hold()
    priorities = {(each.position, 0): each for each in plan.priorities.all()}
    for line, held in _matched(tables.lines(layouts.PRIORITIES), "", priorities, faults):
        _hold_words("priority", line, held, found)
    of_plan: tuple[tuple[str, str, str, Any], ...] = (
        ("outcome", layouts.OUTCOMES, places.OUTCOME, Outcome), ("measure", layouts.MEASURES, places.MEASURE, Measure),
    )  # fmt: skip
    for table, sheet, part, model in of_plan:
        rows = model.objects.filter(priority__plan=plan).select_related("priority")
        by_place = {(each.priority.position, each.position): each for each in rows}
        for line, held in _matched(tables.lines(sheet), part, by_place, faults):
            _hold_words(table, line, held, found)
            if table == "measure":
                _hold_understood(line, held, found, faults)
    refuse(faults)
    return found


def _matched(
    lines: Iterable[Line], part: str, by_place: Mapping[tuple[int, int], Any], faults: list[Fault]
) -> list[tuple[Line, Any]]:
    """Return each row with the row of the plan that its place names; a place that is not there, or comes twice, is a fault."""
    found, seen = [], set()
    for line in lines:
        at = places.positions(line.text("place"), part)
        if at is None or at not in by_place:
            faults.append(
                line.fault("place", "The plan has no such row here: bring its workbook anew and change that.")
            )
        elif at in seen:
            faults.append(line.fault("place", "An earlier row has this place: each row of the plan stands once."))
        else:
            seen.add(at)
            found.append((line, by_place[at]))
    return found


def _hold_words(table: str, line: Line, held: Any, found: PlanChanges) -> None:
    before, after = {}, {}
    for name, stands_in in FIELDS[table].items():
        was = getattr(held, stands_in)
        if name in line.values and line.values[name] != one_line_end(was):
            before[stands_in], after[stands_in] = was, line.values[name]
    if after:
        found.edits.append(Edit(table, line, held, before, after))


def _hold_understood(line: Line, held: Measure, found: PlanChanges, faults: list[Fault]) -> None:
    if "target" not in line.values:
        return
    said = understood_of(line, faults)
    # Whether it reads the cases is not a spreadsheet's to say.
    becomes = measures.Understood(
        said.direction,
        said.baseline,
        said.baseline_on,
        said.target,
        said.target_note,
        said.due,
        held.indicator,
        held.since,
    )
    if any(getattr(becomes, name) != getattr(held, name) for name in ASKED):
        found.understood.append((line, held, becomes))


class _Actions:
    """Holds the rows of actions against the plan."""

    def __init__(
        self, plan: Plan, tables: PlanTables, today: date, found: PlanChanges, faults: list[Fault]
    ) -> None:  # fmt: skip
        self.plan, self.tables, self.today = plan, tables, today
        self.found, self.faults = found, faults
        self.rows = paper_rows(plan, layout=tables.layout, on=today)
        self.priorities = list(plan.priorities.order_by("position"))

    def hold(self) -> None:
        """Find what each row changes, and which actions no row names."""
        by_place = {
            (row.priority.position, row.stood.place.position): row for row in self.rows
        }  # fmt: skip
        by_words: dict[tuple[Any, Any], list[PaperRow]] = {}
        for row in self.rows:
            by_words.setdefault((row.values["reference"], row.values["title"]), []).append(row)
        placed = [line for line in self.tables.actions if line.text("place")]
        named = dict(_matched(placed, places.ACTION, by_place, self.faults)) if placed else {}
        taken = {row.stood.place.pk for row in named.values()}
        for line in self.tables.actions:
            if line.text("place"):
                if line in named:
                    self._hold_row(line, named[line])
                continue
            same = [
                each
                for each in by_words.get((line.text("reference"), line.text("title")), ())
                if each.stood.place.pk not in taken
            ]
            if same:
                taken.add(same[0].stood.place.pk)
                self._hold_row(line, same[0])
            else:
                self._add(line)
        self.found.unnamed = len(self.rows) - len(taken)

    def _hold_row(self, line: Line, row: PaperRow) -> None:
        action = row.stood.action
        _hold_words("action", line, action, self.found)
        _hold_words("place", line, row.stood.place, self.found)
        if "dates" in line.values and line.values["dates"] != action.dates_as_written:
            self._hold_dates(line, action)
        try:
            update = update_of(line, today=self.today)
            if update and self._differs(line, row):
                self.found.said.append((line, action, update))
            if state := decided(line, layout=self.tables.layout, now=row.stood.standing):
                self.found.decided.append((line, row, state))
        except NotDecided as wrong:
            self.faults.append(line.fault(wrong.column, str(wrong)))

    def _differs(self, line: Line, row: PaperRow) -> bool:
        names = ("progress", "progress_on", "per_cent", "schedule")
        told = row.values | {"progress": one_line_end(row.values["progress"])}
        return any(name in line.values and line.values[name] != told[name] for name in names)

    def _hold_dates(self, line: Line, action: Action) -> None:
        wrong = written_date(line.values["dates"]).faults
        if wrong:
            self.faults.append(line.fault("dates", f"{wrong[0]}: write it as Mar 27, or Jan 27 to Jun 27."))
        else:
            self.found.dates.append((line, action, line.values["dates"]))

    def _add(self, line: Line) -> None:
        reference, title = line.text("priority_reference"), line.text("priority")
        fits = [
            each for each in self.priorities
            if (title and each.title == title) or (not title and reference and each.reference == reference)
        ]  # fmt: skip
        if len(self.priorities) == 1 and not (title or reference):
            fits = self.priorities
        if not fits:
            self.faults.append(line.fault("priority", "A new action needs its priority, written as the plan has it."))
            return
        if wrong := written_date(line.text("dates")).faults:
            self.faults.append(line.fault("dates", f"{wrong[0]}: write it as Mar 27, or Jan 27 to Jun 27."))
            return
        try:
            update_of(line, today=self.today)
            decided(line, layout=self.tables.layout)
        except NotDecided as wrong_row:
            self.faults.append(line.fault(wrong_row.column, str(wrong_row)))
            return
        self.found.added.append((line, fits[0]))


def change(found: PlanChanges, *, by: User, at: datetime, on: date, why: str) -> list[int]:
    """Do what a file changes, within the caller's transaction; return the keys of the actions that were added.

    A date that changes is moved, with `why` as the reason, so that the slip stays told.
    """
    Plan.objects.select_for_update().get(pk=found.plan.pk)
    ways = Ways(found.plan, found.ways)
    for each in found.edits:
        put(each.table, each.held.pk, each.after, ways)
    for _, measure, becomes in found.understood:
        held = Measure.objects.get(pk=measure.pk)
        measures.understand(by=by, measure=held, version=held.version, facts=becomes)
    for _, action, dates in found.dates:
        held_action = Action.objects.get(pk=action.pk)
        actions.move_date(by=by, at=at, action=held_action, version=held_action.version, now=dates, reason=why)
    added = [_add(line, priority, ways, on=on) for line, priority in found.added]
    new = [(line, place.action) for (line, _), place in zip(found.added, added, strict=True)]
    said = [*found.said, *((line, action, update) for line, action in new if (update := update_of(line, today=on)))]
    for _, action, update in said:
        actions.say(
            by=by, at=at, action=action, on=update.on, text=update.text, per_cent=update.per_cent, behind=update.behind
        )
    for _, row, state in found.decided:
        _decide(row.stood.place, state, by=by, at=at, on=on)
    for (line, _), place in zip(found.added, added, strict=True):
        if state_of_new := decided(line, layout=layouts.layout_of(line.headings.values())):
            _decide(place, state_of_new, by=by, at=at, on=on)
    return [place.action_id for place in added]


def put(table: str, pk: int, values: Mapping[str, str], ways: Ways) -> None:
    """Write words into a row of a plan, count its version on where it has one, and tie an action to the roles they name."""
    held = MODELS[table].objects.select_for_update().get(pk=pk)
    for name, value in values.items():
        setattr(held, name, value)
    if hasattr(held, "version"):
        held.version += 1
    held.save()
    if table == "action":
        ways.tie(pk, {part: values.get(f"{cell}_as_written") for part, cell in CELLS})


def _decide(place: ActionPlace, state: Decided, *, by: User, at: datetime, on: date) -> None:
    (now,) = stood(ActionPlace.objects.filter(pk=place.pk), on=on, asked_on=_asked_on(place, on))
    seen = StateChoice.objects.filter(action=place.action_id).count()
    actions.set_state(
        by=by, at=at, action=place.action, seen=seen, rule=now.standing.proposed, state=state.state, reason=state.reason
    )


def _asked_on(place: ActionPlace, on: date) -> tuple[date, ...]:
    return tuple(place.priority.plan.rounds.filter(opened_on__lte=on).values_list("opened_on", flat=True))


def _add(line: Line, priority: Priority, ways: Ways, *, on: date) -> ActionPlace:
    """Add an action on a day at the end of a priority."""
    words = {stands_in: line.text(name) for name, stands_in in FIELDS["action"].items()}
    when = written_date(line.text("dates"))
    action = Action.objects.create(
        **words, dates_as_written=line.text("dates"), starts_on=when.starts_on, due=when.due, ongoing=when.ongoing,
    )  # fmt: skip
    last = priority.places.aggregate(last=Max("position"))["last"] or 0
    ways.tie(action.pk, {part: words[f"{cell}_as_written"] for part, cell in CELLS})
    place: ActionPlace = ActionPlace.objects.create(
        action=action, priority=priority, position=last + 1, reference=line.text("reference"), added_on=on
    )
    return place
