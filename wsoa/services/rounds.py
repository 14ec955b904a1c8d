"""Opening, closing, approving and locking the rounds of a plan."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.models import User
from wsoa.models import Plan, Round, RoundState
from wsoa.rules.rounds import Board, Stage
from wsoa.selectors.plans import plan_now


class AlreadyOpen(Exception):
    """The plan has a round that has not closed; `number` is its number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Round {number} is open.")
        self.number = number


class BeforeLast(Exception):
    """The day is not after the last round's closing; `closed_on` is that day."""

    def __init__(self, closed_on: date) -> None:
        super().__init__("The last round closed later.")
        self.closed_on = closed_on


class DueBeforeItOpens(Exception):
    """The day by which answers are wanted lies before the round's first."""


class PlanClosed(Exception):
    """The plan has closed: it has no more rounds."""


class Stale(Exception):
    """Somebody closed, opened again or approved the round meanwhile."""


class NotApproved(Exception):
    """The last round is closed and not approved yet; `number` is its number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Round {number} is not approved.")
        self.number = number


class ClosedByThem(Exception):
    """Whoever closed a round cannot approve it too."""


@transaction.atomic
def open_round(*, by: User, plan: Plan, on: date, due: date, board: Board = Board.PARTNERSHIP) -> Round:
    """Open a plan's next round on a day. Raises PlanClosed, AlreadyOpen, NotApproved, BeforeLast and DueBeforeItOpens."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.closed_on and held.closed_on < on:
        raise PlanClosed
    if due < on:
        raise DueBeforeItOpens
    last = Round.objects.filter(plan=held).order_by("-number").first()
    if last and last.stage is Stage.OPEN:
        raise AlreadyOpen(last.number)
    if last and last.stage is Stage.CLOSED:
        raise NotApproved(last.number)
    if last and last.closed_on and last.closed_on >= on:
        raise BeforeLast(last.closed_on)
    return Round.objects.create(
        plan=held, number=last.number + 1 if last else 1, board=board, opened_on=on, due=due, opened_by=by
    )  # fmt: skip


@transaction.atomic
def close_round(*, by: User, round_: Round, version: int, on: date) -> Round:
    """Close a round to answers, and hold fast where every action stands for whoever approves it. Raises Stale."""
    held = _held(round_, version, Stage.OPEN)
    held.closed_on, held.closed_by, held.stood = on, by, _standing(held, on)
    return _kept(held, "closed_on", "closed_by", "stood")


@transaction.atomic
def reopen_round(*, by: User, round_: Round, version: int) -> Round:
    """Take the closing of a round back, while nobody has approved it; who did is in its history. Raises Stale."""
    held = _held(round_, version, Stage.CLOSED)
    held.closed_on = held.closed_by = held.stood = None
    return _kept(held, "closed_on", "closed_by", "stood")


@transaction.atomic
def lock_round(*, by: User, at: datetime, round_: Round, version: int) -> int:
    """Approve a closed round, and keep for good where every action stood when it closed; return how many.

    Raises Stale, and ClosedByThem for whoever closed it.
    """
    held = _held(round_, version, Stage.CLOSED)
    if held.closed_by_id == by.pk or held.closed_on is None:
        raise ClosedByThem
    stood = _standing(held, held.closed_on) if held.stood is None else held.stood
    held.locked_at, held.locked_by, held.stood = at, by, None
    _kept(held, "locked_at", "locked_by", "stood")
    kept = RoundState.objects.bulk_create(RoundState(round=held, **each) for each in stood)
    return len(kept)


def _standing(held: Round, on: date) -> list[dict[str, Any]]:
    """Return where every action of a round's plan stands, as its states are written."""
    return [
        {
            "place_id": each.place.pk,
            "priority_id": each.place.priority_id,
            "state": each.standing.state.value,
            "because": each.standing.reason or each.standing.proposed.because,
            "proposed": each.standing.proposed.state.value,
        }
        for each in plan_now(held.plan, on=on).actions
    ]


def _held(round_: Round, version: int, stage: Stage) -> Round:
    held = Round.objects.select_for_update(of=("self",)).select_related("plan").get(pk=round_.pk)
    if held.stage is not stage or held.version != version:
        raise Stale
    return held


def _kept(held: Round, *fields: str) -> Round:
    held.version += 1
    held.save(update_fields=[*fields, "version"])
    return held
