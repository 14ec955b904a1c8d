"""The heat map: each priority's state in each round that is locked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from wsoa.models import Priority, Round, RoundState
from wsoa.rules.heat import Cell, cell
from wsoa.rules.terms import State

ROUNDS_SHOWN = 9
"""So many rounds stand side by side on a page; earlier ones are reached from there."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A priority with its cell in each round shown; None where it had no action then."""

    priority: Priority
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rounds, oldest first, and each priority's row; `earlier` is how many rounds lie before the first one shown."""

    rounds: Sequence[Round]
    rows: Sequence[HeatRow]
    earlier: int
    later: int


def heat_map(*, priorities: Sequence[Priority], rounds: Sequence[Round], last: int | None = None) -> HeatMap:
    """Return a plan's rounds up to the number `last`, or to the latest, in one query however many actions there are.

    `rounds` are all of the plan's in order of number; those that are not locked have no column.
    """
    locked = [each for each in rounds if each.locked_at]
    upto = [each for each in locked if last is None or each.number <= last] or locked
    shown = upto[-ROUNDS_SHOWN:]
    states: dict[tuple[int, int], list[State]] = defaultdict(list)
    counted = RoundState.objects.filter(round__in=[each.pk for each in shown]).order_by()
    for round_, priority, state, number in counted.values_list("round", "priority", "state").annotate(n=Count("pk")):
        states[priority, round_] += [State(state)] * number
    rows = [
        HeatRow(priority, [_cell(states.get((priority.pk, each.pk), [])) for each in shown]) for priority in priorities
    ]
    return HeatMap(shown, rows, earlier=len(upto) - len(shown), later=len(locked) - len(upto))


def _cell(states: list[State]) -> Cell | None:
    return cell(states) if states else None
