"""Opening and closing the rounds of a plan."""

from datetime import date

from django.db import transaction

from casework.models import User
from wsoa.models import Plan, Round, RoundState
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
    """Somebody closed the round meanwhile."""


@transaction.atomic
def open_round(*, by: User, plan: Plan, on: date, due: date) -> Round:
    """Open a plan's next round on a day. Raises PlanClosed, AlreadyOpen, BeforeLast and DueBeforeItOpens."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.closed_on and held.closed_on < on:
        raise PlanClosed
    if due < on:
        raise DueBeforeItOpens
    last = Round.objects.filter(plan=held).order_by("-number").first()
    if last and last.closed_on is None:
        raise AlreadyOpen(last.number)
    if last and last.closed_on and last.closed_on >= on:
        raise BeforeLast(last.closed_on)
    return Round.objects.create(
        plan=held, number=last.number + 1 if last else 1, opened_on=on, due=due, opened_by=by
    )  # fmt: skip


@transaction.atomic
def close_round(*, by: User, round_: Round, version: int, on: date) -> int:
    """Close a round at the end of a day and keep where every action stands; return how many. Raises Stale."""
    held = Round.objects.select_for_update().select_related("plan").get(pk=round_.pk)
    if held.closed_on or held.version != version:
        raise Stale
    now = plan_now(held.plan, on=on)
    held.closed_on, held.closed_by, held.version = on, by, held.version + 1
    held.save(update_fields=["closed_on", "closed_by", "version"])
    kept = RoundState.objects.bulk_create(
        RoundState(
            round=held,
            place=each.place,
            priority_id=each.place.priority_id,
            state=each.standing.state.value,
            because=(each.standing.reason or each.standing.proposed.because)[:200],
            proposed=each.standing.proposed.state.value,
        )
        for each in now.actions
    )
    return len(kept)
