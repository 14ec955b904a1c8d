"""Rounds of a plan, what they ask, and what changed from one to the next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from wsoa.models import ActionPlace, Plan, Priority, Round, RoundAsk, RoundState
from wsoa.rules.changes import Changes, changes
from wsoa.rules.rounds import Board, next_due
from wsoa.rules.terms import State

WAITING, UNREACHED, ANSWERED = "waiting", "unreached", "answered"
ASKS_SHOWN = {WAITING: "No answer yet", UNREACHED: "Nobody could be asked", ANSWERED: "Answered"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Of how many actions a round asks, of how many somebody has said something, and of how many nobody could be asked."""

    actions: int
    answered: int
    unreached: int


def listed(plan: Plan) -> QuerySet[Round]:
    """Return a plan's rounds, the latest first, each with of how many actions it asked and how many were answered for."""
    stands = Q(asks__place__action__retired_on=None)
    return plan.rounds.annotate(
        asked=Count("asks__place", filter=stands, distinct=True),
        answered=Count("asks__place", filter=stands & Q(asks__answer__isnull=False), distinct=True),
    ).order_by("-number")


def asked(round_: Round) -> Asked:
    """Return how far a round's answers have come, in one query."""
    waiting, reached = Q(answer__isnull=True), ~Q(recipient="")
    found = round_.asks.filter(place__action__retired_on=None).aggregate(
        actions=Count("place", distinct=True),
        answered=Count("place", filter=~waiting, distinct=True),
        reached=Count("place", filter=~waiting | reached, distinct=True),
    )
    return Asked(found["actions"], found["answered"], found["actions"] - found["reached"])


def asks(round_: Round, *, show: str = "") -> QuerySet[RoundAsk]:
    """Return what a round asks in the plan's order; of those in one state, if asked."""
    found: QuerySet[RoundAsk] = round_.asks.select_related("place__action", "role", "holder", "answer__by")
    if show == WAITING:
        found = found.filter(answer__isnull=True).exclude(recipient="")
    elif show == UNREACHED:
        found = found.filter(answer__isnull=True, recipient="")
    elif show == ANSWERED:
        found = found.filter(answer__isnull=False)
    return found.order_by("place__priority__position", "place__position", "pk")


def states(round_: Round, *, changed: bool = False) -> QuerySet[Any]:
    """Return where every action stood in a locked round, and in the locked round before it; those that changed, if asked.

    An action that is new since then has nothing before it, and counts as changed.
    """
    last = round_.plan.rounds.filter(number__lt=round_.number, locked_at__isnull=False).order_by("-number")[:1]
    before = RoundState.objects.filter(round__in=last.values("pk"), place=OuterRef("place"))
    found = round_.states.annotate(before=Subquery(before.values("state")[:1]))
    if changed:
        found = found.filter(Q(before__isnull=True) | ~Q(before=F("state")))
    return found.select_related("place__action", "priority").order_by("priority__position", "place__position")


def held(stood: Sequence[Mapping[str, Any]]) -> list[RoundState]:
    """Return the states that a closed round holds for whoever approves it, as they will be kept; in two queries."""
    places = ActionPlace.objects.select_related("action").in_bulk([each["place_id"] for each in stood])
    priorities = Priority.objects.in_bulk({each["priority_id"] for each in stood})
    return [
        RoundState(
            place=places[each["place_id"]], priority=priorities[each["priority_id"]], state=each["state"],
            because=each["because"], proposed=each["proposed"],
        )
        for each in stood
    ]  # fmt: skip


def changes_by_priority(round_: Round) -> list[tuple[Priority, Changes]] | None:
    """Return what changed in each priority from the locked round before to what a closed round holds, in three queries.

    None where there was no such round. An action that came to be in another priority is gone from one and new in the other.
    """
    last = round_.plan.rounds.filter(number__lt=round_.number, locked_at__isnull=False).order_by("-number").first()
    if last is None:
        return None
    before: dict[int, dict[int, State]] = defaultdict(dict)
    now: dict[int, dict[int, State]] = defaultdict(dict)
    for priority, place, state in last.states.order_by("pk").values_list("priority", "place", "state"):
        before[priority][place] = State(state)
    for each in round_.stood or []:
        now[each["priority_id"]][each["place_id"]] = State(each["state"])
    priorities = round_.plan.priorities.order_by("position")
    return [(each, changes(before.get(each.pk, {}), now.get(each.pk, {}))) for each in priorities]


def next_rounds(plan: Plan) -> list[tuple[Board, date]]:
    """Return when the next round is to open for each board that has had one, in one query."""
    last: dict[str, date] = {}
    for board, opened_on in plan.rounds.order_by("opened_on").values_list("board", "opened_on"):
        last[board] = opened_on
    return [(Board(board), next_due(Board(board), last_opened=on)) for board, on in last.items()]
