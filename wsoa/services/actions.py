"""What leads say of actions, and what managers decide over the rule. Nothing said is taken back: more is said."""

from datetime import date, datetime

from django.db import transaction

from casework.models import User
from wsoa.models import Action, ActionUpdate, StateChoice
from wsoa.rules.states import Proposed
from wsoa.rules.terms import State


class NothingSaid(ValueError):
    """An update says something: words, per cent, or that it is behind."""


class Retired(Exception):
    """The action was set aside: nothing more is said of it."""


class Stale(Exception):
    """Somebody decided meanwhile what the page did not show."""


class SameAsRule(Exception):
    """The rule's state stands already, so there is nothing to decide."""


@transaction.atomic
def say(
    *, by: User, at: datetime, action: Action, on: date, text: str = "", per_cent: int | None = None,
    behind: bool | None = None,
) -> ActionUpdate:  # fmt: skip
    """Keep an update of an action. Raises NothingSaid and Retired."""
    if not text.strip() and per_cent is None and behind is None:
        raise NothingSaid
    _must_stand(Action.objects.select_for_update().get(pk=action.pk))
    return ActionUpdate.objects.create(
        action=action, on=on, text=text.strip(), per_cent=per_cent, behind=behind, by=by, at=at
    )


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


def _must_stand(action: Action) -> None:
    if action.retired_on:
        raise Retired
