"""Where actions stand on a day: proposed by the rule from their dates and updates, or as somebody decided over it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from wsoa.models import Action, ActionPlace, ActionUpdate, DateMove, StateChoice
from wsoa.rules.states import (
    STALE_ROUNDS,
    ActionFacts,
    Proposed,
    Standing,
    Update,
    proposed,
    rounds_without_a_word,
    standing,
)
from wsoa.rules.terms import State
from wsoa.rules.written_dates import WrittenDate


@dataclass(frozen=True, slots=True)
class Stood:
    """An action where it stands in a plan, and its state on the day that was asked for."""

    place: ActionPlace
    standing: Standing
    last_update_on: date | None
    # How often its date was moved, and whether it is not done and has had no word for two rounds or more.
    moves: int
    stale: bool

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.place.action


def with_facts(places: QuerySet[ActionPlace], *, on: date) -> QuerySet[ActionPlace]:
    """Add to each place what the rule needs of its action's updates up to the day, and the last choice over the rule.

    Of the updates the rule needs the last, and the last that says how much is done: however many there are, two.
    """
    said = ActionUpdate.objects.filter(action=OuterRef("action"), on__lte=on).order_by("-on", "-id")
    counted = said.filter(per_cent__isnull=False)
    chosen = StateChoice.objects.filter(action=OuterRef("action"), at__date__lte=on).order_by("-id")
    return places.annotate(
        last_on=Subquery(said.values("on")[:1]),
        last_behind=Subquery(said.values("behind")[:1]),
        counted_on=Subquery(counted.values("on")[:1]),
        per_cent=Subquery(counted.values("per_cent")[:1]),
        chosen_state=Subquery(chosen.values("state")[:1]),
        chosen_reason=Subquery(chosen.values("reason")[:1]),
        chosen_by=Subquery(chosen.values("by__name")[:1]),
    )


def stood(places: QuerySet[ActionPlace], *, on: date, asked_on: tuple[date, ...] = ()) -> list[Stood]:
    """Return where each action stands at the end of a day, in one query; `asked_on` are the days on which rounds asked."""
    moves = DateMove.objects.filter(action=OuterRef("action")).order_by().values("action")
    found = with_facts(places, on=on).annotate(moves=Subquery(moves.annotate(number=Count("pk")).values("number")))
    return [_stood(each, on, asked_on) for each in found.select_related("action", "priority")]


def states_by_priority(
    places: QuerySet[ActionPlace], *, on: date, asked_on: tuple[date, ...] = ()
) -> dict[int, list[State]]:
    """Return the states of the actions by the key of their priority, in one query, for a page that shows no action."""
    dates = ("action__dates_as_written", "action__starts_on", "action__due", "action__ongoing")
    said = ("counted_on", "per_cent", "last_on", "last_behind")
    found: dict[int, list[State]] = defaultdict(list)
    rows = with_facts(places, on=on).values_list("priority", "chosen_state", *dates, *said)
    for priority, chosen, text, starts_on, due, ongoing, *facts in rows:
        state = State(chosen) if chosen else None
        if state is None:
            state = _by_rule(WrittenDate(text, starts_on, due, ongoing), facts, on, asked_on).state
        found[priority].append(state)
    return found


def _stood(place: Any, on: date, asked_on: tuple[date, ...]) -> Stood:
    action = place.action
    when = WrittenDate(action.dates_as_written, action.starts_on, action.due, action.ongoing)
    facts = (place.counted_on, place.per_cent, place.last_on, place.last_behind)
    rule = _by_rule(when, facts, on, asked_on)
    if place.chosen_state:
        now = standing(rule, chosen=State(place.chosen_state), reason=place.chosen_reason, by=place.chosen_by)
    else:
        now = standing(rule)
    said = (Update(place.last_on),) if place.last_on else ()
    silent = rounds_without_a_word(ActionFacts(when, said, asked_on=asked_on), on=on)
    stale = now.state is not State.COMPLETE and silent >= STALE_ROUNDS
    return Stood(place, now, place.last_on, place.moves or 0, stale)


def _by_rule(when: WrittenDate, facts: Sequence[Any], on: date, asked_on: tuple[date, ...]) -> Proposed:
    counted_on, per_cent, last_on, last_behind = facts
    updates = []
    if counted_on:
        updates.append(Update(counted_on, per_cent=per_cent))
    if last_on:
        updates.append(Update(last_on, behind=last_behind))
    return proposed(ActionFacts(when, tuple(updates), asked_on=asked_on), on=on)
