"""Which actions wait for which, and which are held up by one that is late or has slipped."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from wsoa.models import ActionPlace, ActionWait, Plan
from wsoa.rules.terms import State
from wsoa.rules.waits import holds_up
from wsoa.selectors.standing import Stood, stood, stood_anywhere


def held_up(actions: Sequence[Stood], *, on: date) -> Mapping[int, Sequence[Stood]]:
    """Return, by the key of an action that is not done, those it waits for that are late or have slipped; in two queries.

    Whether a round asked of them is not looked at: it makes nobody late.
    """
    waiting = [each.action.pk for each in actions if each.standing.state is not State.COMPLETE]
    ties = ActionWait.objects.filter(action__in=waiting).order_by("waits_for", "action")
    pairs = list(ties.values_list("action", "waits_for"))
    places = ActionPlace.objects.standing().filter(action__in={waits_for for _, waits_for in pairs})
    late = {
        each.action.pk: each
        for each in stood(places.order_by("-pk"), on=on)
        if holds_up(each.standing.state, slipped=bool(each.slips))
    }
    found: dict[int, list[Stood]] = defaultdict(list)
    for action, waits_for in pairs:
        if waits_for in late:
            found[action].append(late[waits_for])
    return found


def waits_of(place: ActionPlace, *, on: date) -> tuple[list[Stood], list[Stood]]:
    """Return the actions that an action waits for, and those that wait for it, in three queries; what is set aside too.

    One that stands in more plans than one is shown where it stands in this one's, else in its first.
    """
    pairs = list(
        (ActionWait.objects.filter(action=place.action_id) | ActionWait.objects.filter(waits_for=place.action_id))
        .order_by("pk")
        .values_list("action", "waits_for")
    )
    keys = {key for pair in pairs for key in pair} - {place.action_id}
    by_action: dict[int, Stood] = {}
    for each in stood_anywhere(ActionPlace.objects.filter(action__in=keys).order_by("pk"), on=on):
        here = each.place.priority.plan_id == place.priority.plan_id
        if here or each.action.pk not in by_action:
            by_action[each.action.pk] = each
    return (
        [by_action[waits_for] for action, waits_for in pairs if action == place.action_id],
        [by_action[action] for action, waits_for in pairs if waits_for == place.action_id],
    )


def named(plan: Plan, which: str) -> QuerySet[ActionPlace]:
    """Return the standing actions of a plan that a reference names, as written; where none has it, those with the words."""
    places = ActionPlace.objects.standing().filter(priority__plan=plan).select_related("action")
    found = places.filter(reference__iexact=which)
    found = found if found.exists() else places.filter(action__title__icontains=which)
    return found.order_by("priority__position", "position")
