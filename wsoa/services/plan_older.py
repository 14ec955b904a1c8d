"""What in a file is older than the plan: cells that say what stood there once, as a workbook does that waited while others wrote."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.exports import one_line_end
from wsoa.models import ActionUpdate, StateChoice
from wsoa.services.plan_changing import ASKED, FIELDS, MODELS, PlanChanges
from wsoa.services.plan_rows import Line


@dataclass(frozen=True, slots=True)
class Older:
    """A cell that goes back: `line` and `column` of the file, what stands now, and since when."""

    line: Line
    column: str
    stands: str
    since: datetime


def older(found: PlanChanges) -> list[Older]:
    """Return the cells of a file that would put back what stood in the plan before, in the order of what is changed.

    A few queries, however many cells: one for each table that the file changes.
    """
    cells: list[tuple[str, Line, str, Any, str, Any]] = []
    for edit in found.edits:
        by_field = {stands_in: name for name, stands_in in FIELDS[edit.table].items()}
        cells += [(edit.table, edit.line, by_field[name], edit.held, name, value) for name, value in edit.after.items()]
    for line, measure, becomes in found.understood:
        cells += [("measure", line, name, measure, name, getattr(becomes, name)) for name in ASKED]
    cells += [("action", line, "dates", action, "dates_as_written", dates) for line, action, dates in found.dates]
    histories = {
        table: _histories(MODELS[table], {cell[3].pk for cell in cells if cell[0] == table})
        for table in {cell[0] for cell in cells}
    }
    went_back = [
        Older(line, line.headings.get(column, column), str(getattr(held, name) or "Nothing"), since)
        for table, line, column, held, name, value in cells
        if getattr(held, name) != value and (since := _since(histories[table].get(held.pk, ()), name, value))
    ]
    return went_back + list(_decided_before(found))


def said_before(found: PlanChanges) -> set[Line]:
    """Return the rows whose word on progress is what a workbook said of the action before the latest was said."""
    keys = {action.pk for _, action, _ in found.said}
    stood: dict[int, list[tuple[Any, ...]]] = {}
    per_cent: dict[int, int] = {}
    behind: dict[int, bool] = {}
    for each in ActionUpdate.objects.filter(action__in=keys).order_by("on", "pk"):
        if each.per_cent is not None:
            per_cent[each.action_id] = each.per_cent
        if each.behind is not None:
            behind[each.action_id] = each.behind
        # A row of a workbook holds the last words, count and schedule, which need not have been said at once.
        row = (each.on, one_line_end(each.text), per_cent.get(each.action_id), behind.get(each.action_id))
        stood.setdefault(each.action_id, []).append(row)
    return {
        line
        for line, action, update in found.said
        if (update.on, update.text, update.per_cent, update.behind) in stood.get(action.pk, [])[:-1]
    }


def _histories(model: type[Any], keys: Iterable[int]) -> Mapping[int, list[Any]]:
    """Return the events of rows, oldest first, by the row's key."""
    events: dict[int, list[Any]] = {}
    tracked = model._meta.get_field("events").related_model
    for event in tracked.objects.filter(pgh_obj_id__in=keys).order_by("pgh_id"):
        events.setdefault(event.pgh_obj_id, []).append(event)
    return events


def _since(events: Iterable[Any], name: str, value: Any) -> datetime | None:
    """Return when a field last came to hold something else than an earlier `value`; None where it never held that."""
    had, since = False, None
    for event in events:
        was = getattr(event, name)
        if (one_line_end(was) if isinstance(was, str) else was) == value:
            had, since = True, None
        elif had and since is None:
            since = event.pgh_created_at
    return since


def _decided_before(found: PlanChanges) -> Iterator[Older]:
    """Yield the decisions of a file that the action had once, and that others followed."""
    keys = {row.stood.action.pk for _, row, _ in found.decided}
    choices: dict[int, list[StateChoice]] = {}
    for each in StateChoice.objects.filter(action__in=keys).order_by("pk"):
        choices.setdefault(each.action_id, []).append(each)
    for line, row, state in found.decided:
        held = choices.get(row.stood.action.pk, [])
        if any((each.state, each.reason) == (state.state, state.reason) for each in held[:-1]):
            column = line.headings.get("status", "status")
            yield Older(line, column, row.stood.standing.reason or "The rule’s", held[-1].at)
