"""A plan as its paper prints it, in any of the layouts: the rows of its table, and the sheets of its workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from casework.exports import Column, Sheet
from wsoa.models import ActionPlace, ActionRole, ActionUpdate, Measure, Outcome, Plan, Priority
from wsoa.rules import layouts, places
from wsoa.rules.layouts import Field
from wsoa.rules.slips import ways_of
from wsoa.rules.terms import DIRECTION_LABELS, LEAD, PARTNER, PRINTED, Layout
from wsoa.selectors.standing import Stood, stood

_COLUMN_KINDS = {layouts.WORDS: "words", layouts.DAY: "date", layouts.NUMBER: "number", layouts.PER_CENT: "per cent"}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """An action as a row of the paper: what stands in each column, by name, and where the action stands."""

    priority: Priority
    values: dict[str, Any]
    stood: Stood


def paper_rows(plan: Plan, *, layout: Layout, on: date) -> list[PaperRow]:
    """Return the rows of a plan's table at the end of a day, in the paper's order, in two queries.

    What was set aside is not among them.
    """
    asked_on = tuple(plan.rounds.filter(opened_on__lte=on).values_list("opened_on", flat=True))
    said = ActionUpdate.objects.filter(action=OuterRef("action"), on__lte=on).order_by("-on", "-id")
    found = (
        ActionPlace.objects.standing().filter(priority__plan=plan).annotate(last_text=Subquery(said.values("text")[:1]))
    )
    standing = stood(found.order_by("priority__position", "position"), on=on, asked_on=asked_on)
    return [PaperRow(each.place.priority, _values(each, layout), each) for each in standing]


def _values(each: Stood, layout: Layout) -> dict[str, Any]:
    action, place, now, printed = each.action, each.place, each.standing, PRINTED[layout]
    # What the query adds to a place.
    found: Any = place
    behind = (found.scheduled or {}).get("behind")
    return {
        "theme": place.priority.theme,
        "priority_reference": place.priority.reference,
        "priority": place.priority.title,
        "reference": place.reference,
        "title": action.title,
        "dates": action.dates_as_written,
        "lead": action.lead_as_written,
        "partners": action.partners_as_written,
        "resource": action.resource,
        "how_known": action.how_known,
        "progress": found.last_text or "",
        "progress_on": each.last_update_on,
        "per_cent": (found.counted or {}).get("per_cent"),
        "schedule": "" if behind is None else layouts.SCHEDULE[behind],
        "status": printed[now.state],
        "status_by_rule": printed[now.proposed.state],
        "decided_because": now.reason,
        "status_in_paper": action.status_as_written,
        "place": places.place(place.priority.position, places.ACTION, place.position),
    }


def sheets(plan: Plan, *, layout: Layout, on: date) -> list[Sheet]:
    """Return the sheets of a plan's workbook in a layout; the actions come first, and a sheet without a row is left out."""
    priorities = list(plan.priorities.order_by("position"))
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = {
        layouts.PRIORITIES: [_priority(each) for each in priorities],
        layouts.OUTCOMES: [_outcome(each) for each in _of(plan, Outcome)],
        layouts.MEASURES: [_measure(each) for each in _of(plan, Measure)],
        layouts.ROLES: list(_roles(plan, layout)),
        layouts.PLAN: [{"what": heading, "said": _said(plan, name)} for name, heading in layouts.PLAN_LINES.items()],
    }
    actions = [row.values for row in paper_rows(plan, layout=layout, on=on)]
    made = [_sheet(layouts.ACTIONS, layouts.action_fields(layout), actions)]
    return made + [_sheet(name, fields, rows[name]) for name, fields in layouts.SHEETS.items() if rows[name]]


def _sheet(name: str, fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = [Column(field.heading, _COLUMN_KINDS[field.kind], field.width) for field in fields]
    return Sheet(name, columns, [[row[field.name] for field in fields] for row in rows])


def _of(plan: Plan, model: type[Outcome] | type[Measure]) -> Any:
    found = model.objects.filter(priority__plan=plan).select_related("priority")
    return found.order_by("priority__position", "position")


def _priority(each: Priority) -> dict[str, Any]:
    return {
        "theme": each.theme, "reference": each.reference, "title": each.title, "place": places.place(each.position),
    }  # fmt: skip


def _outcome(each: Outcome) -> dict[str, Any]:
    at = places.place(each.priority.position, places.OUTCOME, each.position)
    return {"priority": each.priority.title, "reference": each.reference, "title": each.title, "place": at}


def _measure(each: Measure) -> dict[str, Any]:
    as_it_is = ("title", "target_as_written", "unit", "baseline", "baseline_on", "target", "target_note", "due")
    return {name: getattr(each, name) for name in as_it_is} | {
        "priority": each.priority.title,
        "direction": DIRECTION_LABELS.get(each.direction, ""),
        "place": places.place(each.priority.position, places.MEASURE, each.position),
    }


def plan_said(plan: Plan) -> dict[str, str]:
    """Return what a plan's workbook says of the plan itself, by heading, as a cell reads."""
    return {heading: str(_said(plan, name) or "") for name, heading in layouts.PLAN_LINES.items()}


def _said(plan: Plan, name: str) -> Any:
    labelled = {"kind": plan.get_kind_display, "layout": plan.get_layout_display}
    return labelled[name]() if name in labelled else getattr(plan, name)


def _roles(plan: Plan, layout: Layout) -> Iterator[dict[str, Any]]:
    """Yield each role that the layout's columns name, in the actions' order, with the other ways in which they write it."""
    shown = {field.name for field in layouts.action_fields(layout)}
    in_order = ActionRole.objects.select_related("role").order_by("part", "position")
    found = ActionPlace.objects.standing().filter(priority__plan=plan).select_related("action")
    standing = found.order_by("priority__position", "position").prefetch_related(Prefetch("action__roles", in_order))
    named: dict[str, dict[str, Any]] = {}
    ways: dict[str, dict[str, None]] = {}
    for action in (place.action for place in standing):
        cells = ((LEAD, "lead", action.lead_as_written), (PARTNER, "partners", action.partners_as_written))
        for part, _, cell in (each for each in cells if each[1] in shown):
            roles = [each.role for each in action.roles.all() if each.part == part]
            for role in roles:
                named.setdefault(role.code, {"code": role.code, "title": role.title, "organisation": role.organisation})
            for code, way in ways_of(cell, [role.code for role in roles]):
                ways.setdefault(code, {})[way] = None
    for code, row in named.items():
        yield row | {"also_written": "; ".join(ways.get(code, ()))}
