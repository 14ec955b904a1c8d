"""Plans as lists and pages show them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wsoa.models import (
    ActionOrigin,
    ActionPlace,
    ActionRole,
    DateMove,
    Measure,
    Outcome,
    Plan,
    Priority,
    Role,
    Round,
    Slip,
)
from wsoa.rules.heat import Cell, cell
from wsoa.rules.terms import ORIGIN_LABELS, State
from wsoa.rules.written_dates import written_date
from wsoa.selectors.standing import Stood, states_by_priority, stood

SLIPPED, STALE, HELD_UP, ASIDE = "slipped", "stale", "held-up", "aside"
SHOWN = {
    SLIPPED: "Slipped: moved to a later day",
    STALE: "Stale: no word for two rounds or more",
    HELD_UP: "Held up: it waits for one that is overdue or slipped",
    ASIDE: "Set aside: in no count",
}

OWN = "own"
ORIGINS = {OWN: "The plan’s own", **ORIGIN_LABELS}


@dataclass(frozen=True, slots=True)
class PriorityNow:
    """A priority with its actions where they stand, in the paper's order."""

    priority: Priority
    actions: Sequence[Stood]


@dataclass(frozen=True, slots=True)
class PlanNow:
    """A plan on a day. What was set aside is in no count."""

    priorities: Sequence[PriorityNow]

    @property
    def actions(self) -> list[Stood]:
        """Every action in the paper's order."""
        return [action for each in self.priorities for action in each.actions]


def listed() -> QuerySet[Plan]:
    """Return plans, those that have not closed first, each with how much stands in it."""
    return Plan.objects.annotate(
        priority_count=_counted(Priority.objects.filter(plan=OuterRef("pk")), "plan"),
        outcome_count=_counted(Outcome.objects.filter(priority__plan=OuterRef("pk")), "priority__plan"),
        measure_count=_counted(Measure.objects.filter(priority__plan=OuterRef("pk")), "priority__plan"),
        action_count=_counted(ActionPlace.objects.standing().filter(priority__plan=OuterRef("pk")), "priority__plan"),
        slip_count=_counted(Slip.objects.filter(plan=OuterRef("pk")), "plan"),
    ).order_by(F("closed_on").desc(nulls_first=True), "title")


def _counted(
    rows: QuerySet[Priority] | QuerySet[Outcome] | QuerySet[Measure] | QuerySet[ActionPlace] | QuerySet[Slip], by: str
) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def plan_now(plan: Plan, *, on: date, aside: bool = False) -> PlanNow:
    """Return a plan as it stands at the end of a day, or of it the actions that were set aside, in three queries."""
    asked_on = tuple(plan.rounds.filter(opened_on__lte=on).values_list("opened_on", flat=True))
    kept = ActionPlace.objects.set_aside() if aside else ActionPlace.objects.standing()
    places = kept.filter(priority__plan=plan).order_by("priority__position", "position")
    by_priority: dict[int, list[Stood]] = {}
    for each in stood(places, on=on, asked_on=asked_on):
        by_priority.setdefault(each.place.priority_id, []).append(each)
    return PlanNow(
        [PriorityNow(priority, by_priority.get(priority.pk, [])) for priority in plan.priorities.order_by("position")]
    )


@dataclass(frozen=True, slots=True)
class PriorityStates:
    """A priority with the states of its actions on a day; without an action it has no cell."""

    priority: Priority
    states: Sequence[State]

    @property
    def cell(self) -> Cell | None:
        """The state of the priority itself."""
        return cell(self.states) if self.states else None


def priority_states(
    plan: Plan, *, on: date, priorities: Sequence[Priority], rounds: Sequence[Round]
) -> list[PriorityStates]:
    """Return the states of each priority's actions at the end of a day, in one query."""
    asked_on = tuple(each.opened_on for each in rounds if each.opened_on <= on)
    places = ActionPlace.objects.standing().filter(priority__plan=plan)
    states = states_by_priority(places, on=on, asked_on=asked_on)
    return [PriorityStates(each, states.get(each.pk, [])) for each in priorities]


def roles_in(plan: Plan) -> list[tuple[str, str]]:
    """Return the roles that lead actions of a plan or help with them: key and title, by title. One query."""
    found = Role.objects.filter(actions__action__places__priority__plan=plan, actions__action__retired_on=None)
    return [(str(key), title) for key, title in found.distinct().order_by("title", "pk").values_list("pk", "title")]


def filtered(
    now: PlanNow,
    *,
    state: str = "",
    priority: str = "",
    show: str = "",
    role: str = "",
    held_up: Container[int] = (),
    origin: str = "",
) -> list[Stood]:
    """Return the actions in a state, of a priority, of a role by its key, from an origin, slipped, stale or held up.

    `held_up` are the keys of those that are. An empty filter keeps every one. A query each where a role or an origin is asked for.
    """
    its = set(ActionRole.objects.filter(role=int(role)).values_list("action_id", flat=True)) if role else set()
    come = ActionOrigin.objects.exclude(kind="") if origin == OWN else ActionOrigin.objects.filter(kind=origin)
    coming = set(come.values_list("action_id", flat=True)) if origin else set()
    return [
        each
        for each in now.actions
        if (not state or each.standing.state == state)
        and (not priority or str(each.place.priority.position) == priority)
        and (show != SLIPPED or each.slips)
        and (show != STALE or each.stale)
        and (show != HELD_UP or each.place.action_id in held_up)
        and (not role or each.place.action_id in its)
        and (not origin or (each.place.action_id in coming) is not (origin == OWN))
    ]


def days_before(actions: Sequence[Stood]) -> dict[int, list[date]]:
    """Return, by the key of an action, the days by which it was to be done before its date was moved, in one query."""
    moves = DateMove.objects.filter(action__in=[each.action.pk for each in actions if each.moves]).order_by("pk")
    found: dict[int, list[date]] = {}
    for action, was in moves.values_list("action", "was"):
        due = written_date(was).due
        if due:
            found.setdefault(action, []).append(due)
    return found


def by_date(actions: Sequence[Stood]) -> list[Stood]:
    """Return actions by the day they are due, the earliest first; those without a day come last, in the plan's order."""
    return sorted(actions, key=lambda each: each.action.due or date.max)
