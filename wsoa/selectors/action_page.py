"""One action with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wsoa.models import (
    ActionOrigin,
    ActionPlace,
    ActionRole,
    ActionUpdate,
    DateMove,
    Evidence,
    RoleHolder,
    RoundState,
    StateChoice,
)
from wsoa.rules.written_dates import WrittenDate, written_date
from wsoa.selectors.heat_map import ROUNDS_SHOWN
from wsoa.selectors.roles import holding
from wsoa.selectors.standing import Stood, stood
from wsoa.selectors.waits import waits_of


@dataclass(frozen=True, slots=True)
class Part:
    """A role with its part in an action, and who holds it on the day; None where it is vacant."""

    row: ActionRole
    holder: RoleHolder | None


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action in a plan on a day: its state, its date as understood, who leads and helps, all that was said and decided."""

    now: Stood
    when: WrittenDate
    parts: Sequence[Part]
    updates: QuerySet[ActionUpdate]
    choices: QuerySet[StateChoice]
    moves: QuerySet[DateMove]
    elsewhere: Sequence[ActionPlace]
    # Where it stood in the plan's rounds that are locked, up to the one that was asked for, the first one first; whether
    # there are others before these, and after them.
    history: Sequence[RoundState]
    earlier: bool
    later: bool
    evidence: Sequence[Evidence]
    # None where it is the plan's own.
    origin: ActionOrigin | None
    # The actions that it waits for, and those that wait for it.
    waits_for: Sequence[Stood]
    waited_for_by: Sequence[Stood]


def action_page(place: ActionPlace, *, on: date, last: int | None = None) -> ActionPage:
    """Return what an action's page shows, in fourteen queries however much was said of it; the latest words come first.

    Its rounds are those up to the number `last`, or to the latest.
    """
    action = place.action
    roles = list(action.roles.select_related("role").order_by("part", "position"))
    holders = {each.role_id: each for each in holding(on=on).filter(role__in=[each.role_id for each in roles])}
    asked_on = tuple(place.priority.plan.rounds.filter(opened_on__lte=on).values_list("opened_on", flat=True))
    others = ActionPlace.objects.filter(action=action).exclude(pk=place.pk)
    waits_for, waited_for_by = waits_of(place, on=on)
    # A round each six weeks: two hundred in a plan's twenty years.
    kept = list(place.round_states.select_related("round").order_by("round__number"))
    upto = [each for each in kept if last is None or each.round.number <= last]
    shown = upto or kept
    return ActionPage(
        now=stood(ActionPlace.objects.filter(pk=place.pk), on=on, asked_on=asked_on)[0],
        when=written_date(action.dates_as_written),
        parts=[Part(each, holders.get(each.role_id)) for each in roles],
        updates=action.updates.select_related("by").order_by("-on", "-pk"),
        moves=action.date_moves.select_related("by").order_by("-pk"),
        choices=action.state_choices.select_related("by").order_by("-pk"),
        evidence=list(action.evidence.select_related("added_by", "withdrawn_by").order_by("-added_at", "-pk")),
        history=shown[-ROUNDS_SHOWN:],
        earlier=len(shown) > ROUNDS_SHOWN,
        later=len(shown) < len(kept),
        elsewhere=list(others.select_related("priority__plan").order_by("priority__plan__title")),
        origin=ActionOrigin.objects.filter(action=action).first(),
        waits_for=waits_for,
        waited_for_by=waited_for_by,
    )
