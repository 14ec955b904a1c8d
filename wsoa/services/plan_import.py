"""A workbook or a table of a plan, brought as any file is: checked whole, applied whole, undone while nothing hangs on it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.utils import timezone

from casework.imports import CannotUndo, Change, Listed
from casework.imports import Plan as Planned
from casework.models import Import, ImportChange, User
from casework.uploads import Fault, Unreadable
from wsoa.models import (
    Action,
    ActionPlace,
    ActionRole,
    ActionUpdate,
    ActionWait,
    DateMove,
    Evidence,
    Measure,
    MeasureReading,
    Outcome,
    Plan,
    Priority,
    Role,
    Slip,
    StateChoice,
)
from wsoa.rules import layouts
from wsoa.rules.slips import slips
from wsoa.rules.terms import DIRECTION_LABELS, STATE_LABELS
from wsoa.selectors.plan_paper import plan_said
from wsoa.services import actions, measures
from wsoa.services.plan_bringing import NewPlan, bring_in, new_plan
from wsoa.services.plan_changing import (
    ADDED,
    DATE,
    DECIDED,
    FIELDS,
    MODELS,
    SAID,
    TIES,
    UNDERSTOOD,
    PlanChanges,
    asked,
    asked_of,
    change,
    changes_of,
    put,
)
from wsoa.services.plan_older import older, said_before
from wsoa.services.plan_rows import Line, PlanTables, read_plan_tables
from wsoa.services.plan_ties import Ways

NEW = "plan"
STAYS = "What was said of an action, or decided over the rule, is not taken back: say or decide anew."
BACK = "Cells that go back to what stood there before"


@dataclass(slots=True)
class PlanImport(Planned):
    """What a file would bring in or change."""

    work: NewPlan | PlanChanges | None = None


def plan(row: Import, data: bytes) -> PlanImport:
    """Return what a file of a plan would do: a new plan, or changes to the one that was chosen. Raises Unreadable."""
    options = row.options
    tables = read_plan_tables(data, name=row.file_name, columns=options.get("columns", ""))
    today = timezone.localtime(row.uploaded_at).date()
    code = options.get("plan", "")
    if not code:
        asked = {name: options.get(name, "") for name in ("title", "code", "kind")}
        return _planned_new(new_plan(tables, **asked, today=today), tables.notes)
    chosen = Plan.objects.filter(code=code).first()
    if chosen is None:
        raise Unreadable(Fault("The plan that was chosen is not there any more."))
    _must_be_of(chosen, tables)
    found, notes = changes_of(chosen, tables, today=today), [*tables.notes]
    if others := _said_otherwise(chosen, tables):
        notes.append(
            f"Rows of the sheets “{layouts.PLAN}” and “{layouts.ROLES}” that say something else than the plan does, and are "
            f"not taken: {others}. A workbook changes actions, outcomes, measures and priorities."
        )
    if old := said_before(found):
        found.said = [each for each in found.said if each[0] not in old]
        notes.append(f"Words on progress that were said before, and are not said again: {len(old)}.")
    return _planned_changes(found, notes)


def _said_otherwise(chosen: Plan, tables: PlanTables) -> int:
    """Return how many rows say something else of the plan itself, or of a role, than stands."""
    stands = plan_said(chosen)
    rows = [line.text("said") != stands.get(line.text("what"), "") for line in tables.lines(layouts.PLAN)]
    roles = {role.code: (role.title, role.organisation) for role in Role.objects.all()}
    for line in tables.lines(layouts.ROLES):
        rows.append((line.text("title"), line.text("organisation")) != roles.get(line.text("code")))
    return sum(rows)


def _must_be_of(chosen: Plan, tables: PlanTables) -> None:
    """Raise Unreadable for a file that says it is another plan's: its places would be taken for the chosen one's."""
    for line in tables.lines(layouts.PLAN):
        named = line.text("what") == layouts.PLAN_LINES["code"]
        if named and line.text("said") != chosen.code:
            raise Unreadable(line.fault("said", "The file is of another plan: choose that one, or take this row out."))


def _planned_new(new: NewPlan, notes: list[str]) -> PlanImport:
    file, found = new.file, slips(new.file)
    comes = Listed("Actions that come in", ("Reference", "Action", "Date, as written", "Lead, as written"))
    comes.rows = [(each.reference, each.title, each.dates, each.lead) for each in file.actions]
    wrong = Listed("What cannot be right in it: kept as it is written", ("Where", "What"))
    wrong.rows = [(each.where or "The whole paper", each.what) for each in found]
    counts = {
        "Priorities": len(file.priorities),
        "Outcomes": sum(len(each.outcomes) for each in file.priorities),
        "Measures": sum(len(each.measures) for each in file.priorities),
        "Actions": len(file.actions),
        "States decided over the rule": len(new.decisions),
        "What cannot be right": len(found),
    }
    return PlanImport([Change(NEW, file.code, None, {"title": file.title})], [comes, wrong], counts, notes, work=new)


def _planned_changes(found: PlanChanges, notes: list[str]) -> PlanImport:
    words = Listed("Cells that change", ("Row", "Sheet", "Column", "From", "To"))
    for each in found.edits:
        for name, field in FIELDS[each.table].items():
            if field in each.after:
                cells = (each.line.headings[name], each.before[field] or "Nothing", each.after[field] or "Nothing")
                words.rows.append((*_where(each.line), *cells))
    for line, measure, asked_for in found.understood:
        was, becomes = asked(measure), asked(asked_for)
        for name in (name for name in was if was[name] != becomes[name]):
            cells = (line.headings.get(name, name), _shown(name, was[name]), _shown(name, becomes[name]))
            words.rows.append((*_where(line), *cells))
    for line, action, dates in found.dates:
        cells = (line.headings["dates"], action.dates_as_written or "Nothing", dates or "Nothing")
        words.rows.append((*_where(line), *cells))
    said = Listed("What is said of progress", ("Row", "Action", "As at", "Words", "Per cent", "Schedule"))
    for line, action, update in found.said:
        done = "" if update.per_cent is None else f"{update.per_cent}%"
        schedule = "" if update.behind is None else layouts.SCHEDULE[update.behind]
        said.rows.append(
            (str(line.row.number), action.title, f"{update.on.day} {update.on:%B %Y}", update.text, done, schedule)
        )
    decided = Listed("States decided over the rule", ("Row", "Action", "The rule says", "Decided", "Why"))
    for line, row, state in found.decided:
        rule = STATE_LABELS[row.stood.standing.proposed.state]
        decided.rows.append(
            (str(line.row.number), row.stood.action.title, rule, STATE_LABELS[state.state], state.reason)
        )
    added = Listed("Actions that are added", ("Row", "Action", "Priority"))
    added.rows = [(str(line.row.number), line.text("title"), str(priority)) for line, priority in found.added]
    back = _going_back(found)
    if back.rows:
        notes = [
            *notes,
            "The file is older than the plan in places. To keep what stands there, change a new workbook of it.",
        ]
    lists = [back, words, said, decided, added]
    counts = {each.heading: len(each.rows) for each in lists}
    counts["Actions of the plan that the file does not name: they stay"] = found.unnamed
    stays = STAYS if found.said or found.decided else ""
    return PlanImport(found.as_changes(), lists, counts, notes, stays_because=stays, work=found)


def _going_back(found: PlanChanges) -> Listed:
    back = Listed(BACK, ("Row", "Sheet", "Column", "Stands now", "Since"))
    for each in older(found):
        since = timezone.localtime(each.since)
        back.rows.append((*_where(each.line), each.column, each.stands, f"{since.day} {since:%B %Y}"))
    return back


def _shown(name: str, said: Any) -> str:
    return (DIRECTION_LABELS.get(said, said) if name == "direction" else said) or "Nothing"


def _where(line: Line) -> tuple[str, str]:
    return str(line.row.number), line.sheet or "The only one"


def apply(row: Import, planned: Planned) -> None:
    """Bring the plan in, or change it, as was shown. Within the caller's transaction."""
    if not isinstance(planned, PlanImport) or planned.work is None:
        raise TypeError("Only what was read from a file of a plan can be carried out.")
    at, by = row.checked_at or row.uploaded_at, _somebody(row.uploaded_by)
    on = timezone.localtime(row.uploaded_at).date()
    changes = [each for each in planned.changes if each.table != ADDED]
    if isinstance(planned.work, NewPlan):
        bring_in(planned.work, by=by, at=at, on=on)
    else:
        why = f"As the file brought on {on.day} {on:%B %Y} has it"
        keys = change(planned.work, by=by, at=at, on=on, why=why)
        changes += [Change(ADDED, str(key), None, {}) for key in keys]
    ImportChange.objects.bulk_create(
        ImportChange(of=row, table=each.table, key=each.key, before=each.before, after=each.after) for each in changes
    )


def _somebody(by: User | None) -> User:
    if by is None:
        raise TypeError("A plan comes by somebody.")
    return by


def undo(row: Import) -> None:
    """Take back what a file brought. Raises CannotUndo where it said or decided something, or somebody worked on it since."""
    tables = Counter(row.changes.values_list("table", flat=True))
    if tables[NEW]:
        _take_away(Plan.objects.get(code=row.changes.get(table=NEW).key), row)
        return
    if tables[SAID] or tables[DECIDED]:
        raise CannotUndo(STAYS)
    by = _somebody(row.undone_by)
    ways = Ways(Plan.objects.get(code=row.options["plan"]))
    for each in row.changes.exclude(table=ADDED).order_by("pk"):
        _put_back(each, row, by, ways)
    keys = [int(key) for key in row.changes.filter(table=ADDED).values_list("key", flat=True)]
    reworded = Action.objects.filter(pk__in=keys).exclude(version=1).exists()
    if reworded or ActionPlace.objects.filter(action__in=keys).count() != len(keys):
        raise CannotUndo("An action that the file added was changed, or put into another plan: set it aside instead.")
    try:
        with transaction.atomic():
            ActionRole.objects.filter(action__in=keys).delete()
            ActionPlace.objects.filter(action__in=keys).delete()
            Action.objects.filter(pk__in=keys).delete()
    except models.ProtectedError:
        raise CannotUndo(
            "Something was said of an action that the file added, or another waits for it: set that action aside instead."
        ) from None


def _put_back(each: ImportChange, row: Import, by: User, ways: Ways) -> None:
    changed = CannotUndo(f"A row of the plan was changed after the file, in its {each.table}: change it by hand.")
    at = row.undone_at or row.uploaded_at
    before, after = each.before or {}, each.after or {}
    if each.table == DATE:
        action = Action.objects.select_for_update().get(pk=int(each.key))
        if action.dates_as_written != after["dates"]:
            raise changed
        actions.put_date_back(by=by, at=at, action=action, was=before["dates"], reason="The file was undone")
    elif each.table == TIES:
        for part, codes in before.items():
            ways.put(int(each.key), part, codes)
    elif each.table == UNDERSTOOD:
        measure = Measure.objects.select_for_update().get(pk=int(each.key))
        if asked(measure) != after:
            raise changed
        facts = measures.Understood(**asked_of(before), indicator=measure.indicator, since=measure.since)
        measures.understand(by=by, measure=measure, version=measure.version, facts=facts)
    else:
        held: Any = MODELS[each.table].objects.select_for_update().get(pk=int(each.key))
        if any(getattr(held, name) != value for name, value in after.items()):
            raise changed
        put(each.table, held.pk, before, ways)


def _written_since(held: Plan) -> bool:
    """Tell by the history whether a part of a plan was added or changed after the plan came: all of it came at one moment."""
    came = Plan.objects.filter(pk=held.pk).aggregate(came=models.Min("events__pgh_created_at"))["came"]
    parts: tuple[models.QuerySet[Any], ...] = (
        Priority.objects.filter(plan=held),
        Outcome.objects.filter(priority__plan=held),
        Measure.objects.filter(priority__plan=held),
        ActionPlace.objects.filter(priority__plan=held),
        Action.objects.filter(places__priority__plan=held),
        ActionRole.objects.filter(action__places__priority__plan=held),
    )
    return any(part.filter(events__pgh_created_at__gt=came).exists() for part in parts)


def _take_away(held: Plan, row: Import) -> None:
    """Take a plan away that a file brought, where nothing was said, decided, read, asked, written or shown for it since."""
    at = row.checked_at or row.uploaded_at
    placed = Action.objects.filter(places__priority__plan=held)
    since = (
        held.rounds.exists()
        or ActionUpdate.objects.filter(action__in=placed).exclude(at=at).exists()
        or StateChoice.objects.filter(action__in=placed).exclude(at=at).exists()
        or DateMove.objects.filter(action__in=placed).exists()
        or MeasureReading.objects.filter(measure__priority__plan=held).exists()
        or ActionPlace.objects.filter(action__in=placed).exclude(priority__plan=held).exists()
        or Evidence.objects.filter(action__in=placed).exists()
        or ActionWait.objects.filter(models.Q(action__in=placed) | models.Q(waits_for__in=placed)).exists()
        or _written_since(held)
    )
    if since or held.version != 1:
        raise CannotUndo("Somebody has worked on the plan since: it stays.")
    keys = list(placed.values_list("pk", flat=True))
    # What came with the file goes with it; nobody has said anything here yet.
    with pgtrigger.ignore("wsoa.ActionUpdate:append_only", "wsoa.StateChoice:append_only"):
        ActionUpdate.objects.filter(action__in=keys).delete()
        StateChoice.objects.filter(action__in=keys).delete()
    ActionRole.objects.filter(action__in=keys).delete()
    ActionPlace.objects.filter(action__in=keys).delete()
    Action.objects.filter(pk__in=keys).delete()
    for model in (Outcome, Measure):
        model.objects.filter(priority__plan=held).delete()
    Priority.objects.filter(plan=held).delete()
    Slip.objects.filter(plan=held).delete()
    held.delete()
