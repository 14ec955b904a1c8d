"""What leads say of actions, and what managers decide over the rule. Nothing said is taken back: more is said."""

from datetime import date, datetime

from django.db import transaction

from casework.models import User
from wsoa.models import Action, ActionUpdate, DateMove, StateChoice
from wsoa.rules.states import Proposed
from wsoa.rules.terms import State
from wsoa.rules.written_dates import written_date
from wsoa.services.asks import settle


class NothingSaid(ValueError):
    """An update says something: words, per cent, or that it is behind."""


class Retired(Exception):
    """The action was set aside: nothing more is said of it."""


class Stale(Exception):
    """Somebody decided meanwhile what the page did not show."""


class NotUnderstood(ValueError):
    """No day can be read in a date, or it cannot be right; the message says which."""


class SameDate(Exception):
    """The date is the one that stands already."""


class SameAsRule(Exception):
    """The rule's state stands already, so there is nothing to decide."""


@transaction.atomic
def say(
    *, by: User, at: datetime, action: Action, on: date, text: str = "", per_cent: int | None = None,
    behind: bool | None = None,
) -> ActionUpdate:  # fmt: skip
    """Keep an update of an action, and take it as the answer to the round that asks. Raises NothingSaid and Retired."""
    if not text.strip() and per_cent is None and behind is None:
        raise NothingSaid
    _must_stand(Action.objects.select_for_update().get(pk=action.pk))
    said = ActionUpdate.objects.create(
        action=action, on=on, text=text.strip(), per_cent=per_cent, behind=behind, by=by, at=at
    )
    settle(said)
    return said


@transaction.atomic
def set_state(
    *, by: User, at: datetime, action: Action, seen: int, rule: Proposed, state: State | None, reason: str
) -> StateChoice:
    """Decide an action's state over the rule's, or with None let the rule's stand again; both are kept, with the reason.

    `seen` is how many decisions the page knew of. Raises Stale, Retired and SameAsRule.
    """
    held = Action.objects.select_for_update().get(pk=action.pk)
    _must_stand(held)
    choices = StateChoice.objects.filter(action=held)
    if choices.count() != seen:
        raise Stale
    last = choices.order_by("-pk").first()
    if state is None and (last is None or not last.state):
        raise SameAsRule
    return StateChoice.objects.create(
        action=held,
        proposed=rule.state.value,
        proposed_because=rule.because,
        state=state.value if state else "",
        reason=reason,
        by=by,
        at=at,
    )


@transaction.atomic
def move_date(*, by: User, at: datetime, action: Action, version: int, now: str, reason: str) -> DateMove:
    """Give an action another date, as it is to be written, and keep what was written before.

    Raises NotUnderstood for a date in which no day can be read or that cannot be right, SameDate, Retired, and Stale.
    """
    held = Action.objects.select_for_update().get(pk=action.pk)
    _must_stand(held)
    if held.version != version:
        raise Stale
    when = written_date(now)
    if when.faults:
        raise NotUnderstood(when.faults[0])
    if now == held.dates_as_written:
        raise SameDate
    return _moved(held, by=by, at=at, now=now, reason=reason)


@transaction.atomic
def put_date_back(*, by: User, at: datetime, action: Action, was: str, reason: str) -> DateMove:
    """Give an action the date that it had before, slips and all, and keep that it was moved back."""
    return _moved(Action.objects.select_for_update().get(pk=action.pk), by=by, at=at, now=was, reason=reason)


def _moved(held: Action, *, by: User, at: datetime, now: str, reason: str) -> DateMove:
    when = written_date(now)
    is_later = held.due is None or when.due is None or when.due > held.due
    move = DateMove.objects.create(
        action=held, was=held.dates_as_written, now=now, is_later=is_later, reason=reason, by=by, at=at
    )
    held.dates_as_written, held.version = now, held.version + 1
    held.starts_on, held.due, held.ongoing = when.starts_on, when.due, when.ongoing
    held.save(update_fields=["dates_as_written", "version", "starts_on", "due", "ongoing"])
    return move


def _must_stand(action: Action) -> None:
    if action.retired_on:
        raise Retired
