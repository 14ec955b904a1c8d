"""A plan at a glance: what its page on one sheet says, on the screen and in print alike."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from wsoa.models import DateMove, Plan, Round
from wsoa.rules.changes import Changes, changes
from wsoa.rules.rounds import Board, Stage, next_due
from wsoa.rules.terms import State
from wsoa.selectors import measures
from wsoa.selectors.measures import MeasureNow
from wsoa.selectors.plans import PriorityNow, plan_now
from wsoa.selectors.standing import Stood
from wsoa.selectors.waits import held_up


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a plan's last locked round closed: its actions by their place's key, and those whose date moved."""

    round: Round
    changes: Changes
    was: dict[int, State]
    moved: Sequence[Stood]


@dataclass(frozen=True, slots=True)
class OnePage:
    """A plan on a day: its priorities, the measures held against a target, what changed, and when the next round is."""

    priorities: Sequence[PriorityNow]
    # Those that have a target, in the paper's order; the others are a count.
    measures: Sequence[MeasureNow]
    without_target: int
    # The keys of the actions that wait for one that is overdue or has slipped.
    held_up: Container[int]
    since: Since | None
    open_round: Round | None
    # When the next round for each board is to open, the earliest first; none while a round is open.
    next_rounds: Sequence[tuple[Board, date]]

    @property
    def actions(self) -> list[Stood]:
        """Every action that stands, in the paper's order."""
        return [action for each in self.priorities for action in each.actions]

    def number(self, state: State) -> int:
        """Return how many actions are in a state."""
        return sum(each.standing.state is state for each in self.actions)


def one_page(plan: Plan, *, on: date) -> OnePage:
    """Return a plan at the end of a day, in nine queries and those that count the measures that are bound to the cases."""
    now = plan_now(plan, on=on)
    rounds = list(plan.rounds.order_by("number"))
    listed = [measures.measure_now(each, on=on) for each in measures.listed(plan)]
    held = [each for each in listed if each.judged]
    locked = [each for each in rounds if each.locked_at and each.closed_on and each.closed_on <= on]
    waiting = next((each for each in rounds if each.stage is not Stage.LOCKED), None)
    return OnePage(
        priorities=now.priorities,
        measures=held,
        without_target=len(listed) - len(held),
        held_up=held_up(now.actions, on=on),
        since=_since(locked[-1], now.actions, on=on) if locked else None,
        open_round=waiting,
        next_rounds=[] if waiting else _next_rounds(rounds),
    )


def _since(round_: Round, actions: Sequence[Stood], *, on: date) -> Since:
    was = {place: State(state) for place, state in round_.states.order_by("pk").values_list("place", "state")}
    now = {each.place.pk: each.standing.state for each in actions}
    moves = DateMove.objects.filter(action__in=[each.action.pk for each in actions], at__date__lte=on)
    moved = set(moves.filter(at__date__gt=round_.closed_on).values_list("action", flat=True))
    return Since(round_, changes(was, now), was, [each for each in actions if each.action.pk in moved])


def _next_rounds(rounds: Sequence[Round]) -> list[tuple[Board, date]]:
    last = {Board(each.board): each.opened_on for each in rounds}
    found = [(board, next_due(board, last_opened=opened_on)) for board, opened_on in last.items()]
    return sorted(found, key=lambda each: each[1])
