"""What the last rounds of plans say, for whoever reads one page: where each priority stood, what moved, what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wsoa.models import Plan, Priority, Round, RoundState
from wsoa.rules.heat import Cell, cell
from wsoa.rules.terms import State


@dataclass(frozen=True, slots=True)
class PriorityThen:
    """A priority in a plan's last round, and its state in the round before; None where there was none."""

    priority: Priority
    cell: Cell
    before: State | None


@dataclass(frozen=True, slots=True)
class Highlight:
    """A plan's last locked round: its priorities, which actions came to be done or late in it, and what was decided."""

    round: Round
    priorities: Sequence[PriorityThen]
    actions: int
    done: int
    late: int
    newly_done: Sequence[RoundState]
    newly_late: Sequence[RoundState]
    decided: Sequence[RoundState]


def highlights(*, on: date) -> list[Highlight]:
    """Return the last round of each plan that runs on a day, of those locked by its end, by the plans' titles: two queries."""
    locked = Round.objects.filter(locked_at__date__lte=on, closed_on__lte=on).select_related("plan")
    by_plan: dict[Plan, list[Round]] = {}
    for each in locked.order_by("plan__title", "-number"):
        if each.plan.closed_on is None or each.plan.closed_on > on:
            by_plan.setdefault(each.plan, []).append(each)
    wanted = [each.pk for rounds in by_plan.values() for each in rounds[:2]]
    states: dict[int, list[RoundState]] = {pk: [] for pk in wanted}
    found = RoundState.objects.filter(round__in=wanted).select_related("priority", "place__action")
    for state in found.order_by("priority__position", "place__position"):
        states[state.round_id].append(state)
    return [
        _highlight(rounds[0], states[rounds[0].pk], states[rounds[1].pk] if len(rounds) > 1 else [])
        for rounds in by_plan.values()
    ]


def _highlight(round_: Round, now: Sequence[RoundState], before: Sequence[RoundState]) -> Highlight:
    was = {each.place_id: each.state for each in before}
    return Highlight(
        round=round_,
        priorities=_priorities(now, before),
        actions=len(now),
        done=sum(each.state == State.COMPLETE for each in now),
        late=sum(each.state == State.OVERDUE for each in now),
        newly_done=_newly(State.COMPLETE, now, was),
        newly_late=_newly(State.OVERDUE, now, was),
        decided=[each for each in now if each.state != each.proposed],
    )


def _newly(state: State, now: Sequence[RoundState], was: Mapping[int, str]) -> list[RoundState]:
    """Return the actions that came to a state since the round before; none where there was no such round."""
    return [each for each in now if was and each.state == state and was.get(each.place_id) != state]


def _priorities(now: Sequence[RoundState], before: Sequence[RoundState]) -> list[PriorityThen]:
    priorities = {each.priority_id: each.priority for each in now}
    return [
        PriorityThen(priority, cell(_of(now, pk)), cell(_of(before, pk)).state if _of(before, pk) else None)
        for pk, priority in priorities.items()
    ]


def _of(states: Sequence[RoundState], priority: int) -> list[State]:
    return [State(each.state) for each in states if each.priority_id == priority]
