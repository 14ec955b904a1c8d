"""Adding an action to a plan, changing its words, setting it aside, and letting it stand in another plan too."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from casework.models import User
from wsoa.models import Action, ActionOrigin, ActionPlace, Plan, Priority
from wsoa.rules.slips import named_roles
from wsoa.rules.terms import LEAD, PARTNER
from wsoa.rules.written_dates import written_date
from wsoa.services.actions import NotUnderstood, Retired, Stale
from wsoa.services.plan_ties import Ways


class StandsThere(Exception):
    """The action stands in that priority already."""


class OnlyThere(Exception):
    """The action stands in no other plan: it is set aside rather than taken out of the one it has."""


class RoundsKnowIt(Exception):
    """A round of the plan asked about the action, or keeps where it stood: it is set aside rather than taken out."""


class NotRetired(Exception):
    """The action stands: there is nothing to take back."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a plan's paper says of an action, each as it is to be written."""

    title: str
    lead_as_written: str = ""
    partners_as_written: str = ""
    resource: str = ""
    how_known: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action comes from that is not the plan's own: the kind, what it was found in, and the day of that."""

    kind: str
    source: str
    on: date


@transaction.atomic
def add_action(
    *, by: User, on: date, priority: Priority, reference: str, words: Words, dates: str, origin: Origin | None = None
) -> ActionPlace:
    """Add an action on a day at the end of a priority, tied to the roles that its words name.

    Without an `origin` it is the plan's own. Raises NotUnderstood for its dates.
    """
    Plan.objects.select_for_update().get(pk=priority.plan_id)
    when = written_date(dates)
    if when.faults:
        raise NotUnderstood(when.faults[0])
    action = Action.objects.create(
        **asdict(words),
        dates_as_written=dates,
        starts_on=when.starts_on,
        due=when.due,
        ongoing=when.ongoing,
    )
    _tie(priority.plan, action)
    _come_from(action, origin)
    return _place(action, priority, reference, on=on)


@transaction.atomic
def change_action(
    *, by: User, plan: Plan, action: Action, version: int, words: Words, origin: Origin | None = None
) -> Action:
    """Change the words of an action, the roles with them, and where it comes from: without an `origin`, from the plan. Its date is moved, and its state decided, elsewhere.

    Raises Stale and Retired.
    """
    held = _held(action, version)
    if held.retired_on:
        raise Retired
    for name, value in asdict(words).items():
        setattr(held, name, value)
    held.version += 1
    held.save()
    _tie(plan, held)
    _come_from(held, origin)
    return held


@transaction.atomic
def retire_action(*, by: User, on: date, action: Action, version: int, because: str) -> None:
    """Set an action aside: it is in no count and nobody is asked about it, and it stays to be read. Raises Stale and Retired."""
    held = _held(action, version)
    if held.retired_on:
        raise Retired
    held.retired_on, held.retired_because, held.version = on, because, held.version + 1
    held.save(update_fields=["retired_on", "retired_because", "version"])


@transaction.atomic
def take_back(*, by: User, action: Action, version: int) -> None:
    """Let an action that was set aside stand again; that it was stays in its history. Raises Stale and NotRetired."""
    held = _held(action, version)
    if held.retired_on is None:
        raise NotRetired
    held.retired_on, held.retired_because, held.version = None, "", held.version + 1
    held.save(update_fields=["retired_on", "retired_because", "version"])


@transaction.atomic
def stand_in(*, by: User, on: date, action: Action, priority: Priority, reference: str) -> ActionPlace:
    """Let an action stand in a priority of another plan too from a day on: one action, said of once. Raises StandsThere and Retired."""
    Plan.objects.select_for_update().get(pk=priority.plan_id)
    if action.retired_on:
        raise Retired
    if ActionPlace.objects.filter(action=action, priority__plan=priority.plan_id).exists():
        raise StandsThere
    return _place(action, priority, reference, on=on)


@transaction.atomic
def take_out(*, by: User, place: ActionPlace, version: int) -> ActionPlace:
    """Take an action out of a plan in which it stands besides another; return where it stands still.

    `version` is the action's. That it stood there stays in its history. Raises Stale, OnlyThere and RoundsKnowIt.
    """
    action = _held(place.action, version)
    other = elsewhere(place)
    if other is None:
        raise OnlyThere
    if place.asks.exists() or place.round_states.exists():
        raise RoundsKnowIt
    action.version += 1
    action.save(update_fields=["version"])
    place.delete()
    return other


def elsewhere(place: ActionPlace) -> ActionPlace | None:
    """Return where an action stands besides, in the plan into which it came first; None where it stands here alone."""
    others = ActionPlace.objects.filter(action=place.action_id).exclude(pk=place.pk)
    found: ActionPlace | None = others.select_related("priority__plan").order_by("pk").first()
    return found


def unknown_roles(plan: Plan, words: Words) -> list[str]:
    """Return the names in the words of an action that are no role the plan knows: nobody is asked in their place."""
    ways = Ways(plan).ways
    return [
        name for cell in (words.lead_as_written, words.partners_as_written) for name in named_roles(cell, ways).unknown
    ]


def _held(action: Action, version: int) -> Action:
    held = Action.objects.select_for_update().get(pk=action.pk)
    if held.version != version:
        raise Stale
    return held


def _tie(plan: Plan, action: Action) -> None:
    Ways(plan).tie(action.pk, {LEAD: action.lead_as_written, PARTNER: action.partners_as_written})


def _come_from(action: Action, origin: Origin | None) -> None:
    if origin is None:
        ActionOrigin.objects.filter(action=action).delete()
    else:
        ActionOrigin.objects.update_or_create(action=action, defaults=asdict(origin))


def _place(action: Action, priority: Priority, reference: str, *, on: date) -> ActionPlace:
    last = priority.places.aggregate(last=Max("position"))["last"] or 0
    place: ActionPlace = ActionPlace.objects.create(
        action=action, priority=priority, position=last + 1, reference=reference, added_on=on
    )
    return place
