"""Where actions stand on a day: proposed by the rule from their dates and updates, or as somebody decided over it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from wsoa.models import Action, ActionPlace, ActionUpdate, DateMove, Round, StateChoice
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

# A row as a piece of JSON, or None where there is none.
Found = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Stood:
    """An action where it stands in a plan, and its state on the day that was asked for."""

    place: ActionPlace
    standing: Standing
    last_update_on: date | None
    # How often its date was moved, how often of these to a later day, and whether it is not done and has had no word for two
    # rounds or more.
    moves: int
    slips: int
    stale: bool

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.place.action


def with_facts(places: QuerySet[ActionPlace], *, on: date) -> QuerySet[Any]:
    """Add to each place what the rule needs of its action's updates up to the day, and the last choice over the rule.

    Of the updates the rule needs the last, the last that says how much is done, and the last that says whether it is behind:
    however many there are, three. Each is looked up once, as a piece of JSON, since a plan has hundreds of actions.
    """
    said = ActionUpdate.objects.filter(action=OuterRef("action"), on__lte=on).order_by("-on", "-id")
    counted = said.filter(per_cent__isnull=False)
    scheduled = said.filter(behind__isnull=False)
    chosen = StateChoice.objects.filter(action=OuterRef("action"), at__date__lte=on).order_by("-id")
    return places.annotate(
        last=_first(said, on="on"),
        counted=_first(counted, on="on", per_cent="per_cent"),
        scheduled=_first(scheduled, on="on", behind="behind"),
        chosen=_first(chosen, state="state", reason="reason", by="by__name"),
    )


def not_done(places: QuerySet[ActionPlace], *, on: date) -> QuerySet[Any]:
    """Leave out what is complete at the end of a day, as the rule says or somebody over it, in the query itself.

    For counts over many plans: the one state that hangs on neither dates nor rounds, but on what was said and chosen last.
    """
    said = ActionUpdate.objects.filter(action=OuterRef("action"), on__lte=on, per_cent__isnull=False)
    chosen = StateChoice.objects.filter(action=OuterRef("action"), at__date__lte=on)
    now = places.annotate(
        said_last=Coalesce(Subquery(said.order_by("-on", "-id").values("per_cent")[:1]), Value(0)),
        chosen_last=Coalesce(Subquery(chosen.order_by("-id").values("state")[:1]), Value("")),
    )
    return now.exclude(Q(chosen_last=State.COMPLETE) | Q(chosen_last="", said_last=100))


def _first(rows: QuerySet[Any], **fields: str) -> Subquery:
    return Subquery(rows.values(found=JSONObject(**fields))[:1])


def stood(places: QuerySet[ActionPlace], *, on: date, asked_on: tuple[date, ...] = ()) -> list[Stood]:
    """Return where each action stands at the end of a day, in one query; `asked_on` are the days on which rounds asked."""
    found = _with_moves(places, on=on)
    return [_stood(each, on, asked_on) for each in found.select_related("action", "priority")]


def stood_anywhere(places: QuerySet[ActionPlace], *, on: date) -> list[Stood]:
    """Return where actions stand at the end of a day, each as the rounds of its own plan asked of it, in two queries."""
    asked_on: dict[int, list[date]] = defaultdict(list)
    rounds = Round.objects.filter(plan__in=places.order_by().values("priority__plan"), opened_on__lte=on)
    for plan, opened_on in rounds.order_by("pk").values_list("plan", "opened_on"):
        asked_on[plan].append(opened_on)
    found = _with_moves(places, on=on).select_related("action", "priority__plan")
    return [_stood(each, on, tuple(asked_on[each.priority.plan_id])) for each in found]


def _with_moves(places: QuerySet[ActionPlace], *, on: date) -> QuerySet[Any]:
    moves = DateMove.objects.filter(action=OuterRef("action")).order_by().values("action")
    counted = JSONObject(moves=Count("pk"), slips=Count("pk", filter=Q(is_later=True)))
    found: QuerySet[Any] = with_facts(places, on=on).annotate(moved=Subquery(moves.annotate(n=counted).values("n")))
    return found


def states_by_priority(
    places: QuerySet[ActionPlace], *, on: date, asked_on: tuple[date, ...] = ()
) -> dict[int, list[State]]:
    """Return the states of the actions by the key of their priority, in one query, for a page that shows no action."""
    dates = ("action__dates_as_written", "action__starts_on", "action__due", "action__ongoing")
    facts = ("priority", "chosen", "last", "counted", "scheduled", "added_on")
    found: dict[int, list[State]] = defaultdict(list)
    # The last round alone decides a state: it need not be looked for among forty at each of hundreds of actions.
    asked_on = tuple(sorted(day for day in asked_on if day <= on)[-1:])
    rows = with_facts(places, on=on).values_list(*facts, *dates)
    for priority, chosen, last, counted, scheduled, added_on, *when in rows:
        state = State(chosen["state"]) if chosen and chosen["state"] else None
        if state is None:
            asked = _asked_since(added_on, asked_on)
            state = _by_rule(WrittenDate(*when), (counted, scheduled, last), on, asked).state
        found[priority].append(state)
    return found


def _stood(place: Any, on: date, asked_on: tuple[date, ...]) -> Stood:
    action = place.action
    when = WrittenDate(action.dates_as_written, action.starts_on, action.due, action.ongoing)
    last, chosen = place.last, place.chosen
    asked_on = _asked_since(place.added_on, asked_on)
    rule = _by_rule(when, (place.counted, place.scheduled, last), on, asked_on)
    if chosen and chosen["state"]:
        now = standing(rule, chosen=State(chosen["state"]), reason=chosen["reason"], by=chosen["by"])
    else:
        now = standing(rule)
    last_on = date.fromisoformat(last["on"]) if last else None
    said = (Update(last_on),) if last_on else ()
    silent = rounds_without_a_word(ActionFacts(when, said, asked_on=asked_on), on=on)
    stale = now.state is not State.COMPLETE and silent >= STALE_ROUNDS
    moved = place.moved or {"moves": 0, "slips": 0}
    return Stood(place, now, last_on, moved["moves"], moved["slips"], stale)


def _asked_since(added_on: date | None, asked_on: tuple[date, ...]) -> tuple[date, ...]:
    """Leave out the rounds that opened before an action was added to its plan, or on that day: they did not ask of it."""
    return asked_on if added_on is None else tuple(day for day in asked_on if day > added_on)


def _by_rule(when: WrittenDate, said: tuple[Found, ...], on: date, asked_on: tuple[date, ...]) -> Proposed:
    """Return what the rule says of the updates it needs, the last of all given last: of two of a day it is the later."""
    updates = tuple(
        Update(date.fromisoformat(each["on"]), each.get("per_cent"), each.get("behind")) for each in said if each
    )
    return proposed(ActionFacts(when, updates, asked_on=asked_on), on=on)
