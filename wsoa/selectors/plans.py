"""Plans as lists and pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wsoa.models import ActionPlace, Measure, Outcome, Plan, Priority, Slip
from wsoa.rules.heat import Cell, cell
from wsoa.rules.terms import State
from wsoa.selectors.standing import Stood, stood


@dataclass(frozen=True, slots=True)
class PriorityNow:
    """A priority with its actions where they stand, in the paper's order; without an action it has no state."""

    priority: Priority
    actions: Sequence[Stood]
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class PlanNow:
    """A plan on a day. What was set aside is in no count."""

    priorities: Sequence[PriorityNow]

    @property
    def actions(self) -> list[Stood]:
        """Every action in the paper's order."""
        return [action for each in self.priorities for action in each.actions]

    def count(self, state: State) -> int:
        """Return how many actions are in a state."""
        return sum(action.standing.state is state for action in self.actions)


def listed() -> QuerySet[Plan]:
    """Return plans, those that have not closed first, each with how much stands in it."""
    return Plan.objects.annotate(
        priority_count=_counted(Priority.objects.filter(plan=OuterRef("pk")), "plan"),
        outcome_count=_counted(Outcome.objects.filter(priority__plan=OuterRef("pk")), "priority__plan"),
        measure_count=_counted(Measure.objects.filter(priority__plan=OuterRef("pk")), "priority__plan"),
        action_count=_counted(ActionPlace.objects.filter(priority__plan=OuterRef("pk")), "priority__plan"),
        slip_count=_counted(Slip.objects.filter(plan=OuterRef("pk")), "plan"),
    ).order_by("closed_on", "title")


def _counted(
    rows: QuerySet[Priority] | QuerySet[Outcome] | QuerySet[Measure] | QuerySet[ActionPlace] | QuerySet[Slip], by: str
) -> Coalesce:
    grouped = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def plan_now(plan: Plan, *, on: date) -> PlanNow:
    """Return a plan as it stands at the end of a day, in two queries."""
    places = ActionPlace.objects.standing().filter(priority__plan=plan).order_by("priority__position", "position")
    by_priority: dict[int, list[Stood]] = {}
    for each in stood(places, on=on):
        by_priority.setdefault(each.place.priority_id, []).append(each)
    return PlanNow(
        [
            PriorityNow(priority, actions, cell([each.standing.state for each in actions]) if actions else None)
            for priority in plan.priorities.order_by("position")
            for actions in [by_priority.get(priority.pk, [])]
        ]
    )


def filtered(now: PlanNow, *, state: str = "", priority: str = "") -> list[Stood]:
    """Return the actions in a state, and of a priority by its position; an empty filter keeps every one."""
    return [
        each
        for each in now.actions
        if (not state or each.standing.state == state)
        and (not priority or str(each.place.priority.position) == priority)
    ]
