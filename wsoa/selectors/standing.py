"""Where actions stand on a day: proposed by the rule from their dates and updates, or as somebody decided over it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from wsoa.models import Action, ActionPlace, ActionUpdate, StateChoice
from wsoa.rules.states import ActionFacts, Standing, Update, proposed, standing
from wsoa.rules.terms import State
from wsoa.rules.written_dates import written_date


@dataclass(frozen=True, slots=True)
class Stood:
    """An action where it stands in a plan, and its state on the day that was asked for."""

    place: ActionPlace
    standing: Standing
    last_update_on: date | None

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
    return places.select_related("action", "priority").annotate(
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
    return [_stood(place, on=on, asked_on=asked_on) for place in with_facts(places, on=on)]


def _stood(place: Any, *, on: date, asked_on: tuple[date, ...]) -> Stood:
    facts: list[Update] = []
    if place.counted_on:
        facts.append(Update(place.counted_on, per_cent=place.per_cent))
    if place.last_on:
        facts.append(Update(place.last_on, behind=place.last_behind))
    rule = proposed(
        ActionFacts(written_date(place.action.dates_as_written), tuple(facts), asked_on=asked_on), on=on
    )  # fmt: skip
    if place.chosen_state:
        now = standing(rule, chosen=State(place.chosen_state), reason=place.chosen_reason, by=place.chosen_by)
    else:
        now = standing(rule)
    return Stood(place, now, place.last_on)
