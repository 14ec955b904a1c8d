"""Letting an action wait for another, and taking that away again."""

from collections import defaultdict

from django.db import transaction

from casework.models import User
from wsoa.models import Action, ActionPlace, ActionWait, Plan
from wsoa.rules.waits import circle
from wsoa.services.actions import Retired


class WaitsAlready(Exception):
    """The action waits for that one already."""


class Circle(Exception):
    """The action would wait for itself; `chain` names each action on the way, from it back to it."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        super().__init__("The action would wait for itself.")
        self.chain = chain


class NoSuchWait(Exception):
    """The action does not wait for that one: it was taken away meanwhile."""


@transaction.atomic
def add_wait(*, by: User, action: Action, waits_for: Action) -> ActionWait:
    """Let an action wait for another. Raises Retired where either was set aside, WaitsAlready, and Circle."""
    # One at a time over all plans: two that each close half a circle would not see one another.
    list(Plan.objects.select_for_update().order_by("pk").values_list("pk"))
    if Action.objects.filter(pk__in=(action.pk, waits_for.pk), retired_on__isnull=False).exists():
        raise Retired
    if ActionWait.objects.filter(action=action, waits_for=waits_for).exists():
        raise WaitsAlready
    waits: dict[int, set[int]] = defaultdict(set)
    for one, other in ActionWait.objects.values_list("action", "waits_for"):
        waits[one].add(other)
    if found := circle(waits, action=action.pk, waits_for=waits_for.pk):
        raise Circle(_names(found))
    return ActionWait.objects.create(action=action, waits_for=waits_for)


@transaction.atomic
def remove_wait(*, by: User, action: Action, waits_for: int) -> None:
    """Let an action no longer wait for another, named by its key. Raises NoSuchWait."""
    deleted, _ = ActionWait.objects.filter(action=action, waits_for=waits_for).delete()
    if not deleted:
        raise NoSuchWait


def _names(keys: tuple[int, ...]) -> tuple[str, ...]:
    titles = dict(Action.objects.filter(pk__in=keys).values_list("pk", "title"))
    places = ActionPlace.objects.filter(action__in=keys).exclude(reference="").order_by("-pk")
    references = dict(places.values_list("action", "reference"))
    return tuple(references.get(key, titles[key]) for key in keys)
