"""Rounds: one open at a time, and what stood at the closing never changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.wsoa import place
from wsoa.models import ActionPlace, Plan, Round, RoundState
from wsoa.rules.terms import State
from wsoa.selectors.heat_map import ROUNDS_SHOWN, heat_map
from wsoa.selectors.rounds import states
from wsoa.selectors.standing import stood
from wsoa.services import actions, rounds

DAY = timedelta(days=1)


def opened(plan: Plan, cast: Cast, on: date = TODAY) -> Round:
    return rounds.open_round(by=cast.ruth, plan=plan, on=on, due=on + 7 * DAY)


def closed(held: Round, cast: Cast, on: date = TODAY) -> Round:
    return rounds.close_round(by=cast.ruth, round_=held, version=held.version, on=on)


def locked(held: Round, cast: Cast, on: date = TODAY) -> int:
    found = closed(held, cast, on)
    return rounds.lock_round(by=cast.plan_lead, at=NOW, round_=found, version=found.version)


def test_round_keeps_where_every_action_stood(plan: Plan, cast: Cast) -> None:
    held = opened(plan, cast)

    assert locked(held, cast) == 4

    states = dict(RoundState.objects.values_list("place__reference", "state"))
    assert states == {"1.1.1": "no update", "1.1.2": "overdue", "1.1.3": "complete", "2.1.1": "no update"}
    with pytest.raises(DatabaseError), transaction.atomic():
        RoundState.objects.update(state="complete")


def test_later_words_change_the_day_and_not_the_round(plan: Plan, cast: Cast) -> None:
    held = opened(plan, cast, on=TODAY - 7 * DAY)
    locked(held, cast, on=TODAY - DAY)
    actions.say(by=cast.ruth, at=NOW, action=place(plan).action, on=TODAY, per_cent=100)

    assert RoundState.objects.get(place__reference="1.1.2").state == "overdue"
    now = stood(ActionPlace.objects.filter(reference="1.1.2"), on=TODAY)[0]
    assert now.standing.state is State.COMPLETE


def test_what_may_not_be_is_refused(plan: Plan, cast: Cast) -> None:
    with pytest.raises(rounds.DueBeforeItOpens):
        rounds.open_round(by=cast.ruth, plan=plan, on=TODAY, due=TODAY - DAY)
    held = opened(plan, cast)
    with pytest.raises(rounds.AlreadyOpen):
        opened(plan, cast)
    with pytest.raises(rounds.Stale):
        rounds.close_round(by=cast.ruth, round_=held, version=2, on=TODAY)
    with pytest.raises(rounds.Stale):
        rounds.lock_round(by=cast.plan_lead, at=NOW, round_=held, version=1)
    found = closed(held, cast)
    with pytest.raises(rounds.Stale):
        closed(found, cast)
    with pytest.raises(rounds.NotApproved):
        opened(plan, cast)
    with pytest.raises(rounds.ClosedByThem):
        rounds.lock_round(by=cast.ruth, at=NOW, round_=found, version=found.version)
    rounds.lock_round(by=cast.plan_lead, at=NOW, round_=found, version=found.version)
    with pytest.raises(rounds.Stale):
        rounds.reopen_round(by=cast.ruth, round_=found, version=found.version + 1)
    with pytest.raises(rounds.BeforeLast):
        opened(plan, cast)
    plan.closed_on = TODAY
    plan.save()
    with pytest.raises(rounds.PlanClosed):
        opened(plan, cast, on=TODAY + DAY)


def test_closing_is_taken_back_until_it_is_approved(plan: Plan, cast: Cast) -> None:
    found = closed(opened(plan, cast), cast)

    again = rounds.reopen_round(by=cast.plan_lead, round_=found, version=found.version)

    assert (again.closed_on, again.closed_by) == (None, None)
    assert locked(again, cast) == 4


def test_nothing_said_after_the_closing_changes_what_is_approved(plan: Plan, cast: Cast) -> None:
    found = closed(opened(plan, cast), cast)
    late = place(plan)
    actions.say(by=cast.ruth, at=NOW, action=late.action, on=TODAY, per_cent=100)
    late.action.retired_on, late.action.retired_because = TODAY, "Merged"
    late.action.save()

    assert rounds.lock_round(by=cast.plan_lead, at=NOW, round_=found, version=found.version) == 4

    assert RoundState.objects.get(place=late).state == "overdue"


def test_nobody_locks_what_he_closed_not_even_by_the_row(plan: Plan, cast: Cast) -> None:
    found = closed(opened(plan, cast), cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=found.pk).update(locked_at=NOW, locked_by=cast.ruth)


def test_what_changed_since_the_round_before(plan: Plan, cast: Cast) -> None:
    locked(opened(plan, cast, on=TODAY - 7 * DAY), cast, on=TODAY - 7 * DAY)
    held = opened(plan, cast)
    actions.say(by=cast.ruth, at=NOW, action=place(plan).action, on=TODAY, per_cent=100)
    locked(held, cast)

    second = Round.objects.get(number=2)
    changed = list(states(second, changed=True).values_list("place__reference", "before", "state"))
    assert changed == [("1.1.2", "overdue", "complete")]
    assert len(states(second)) == 4
    first = states(Round.objects.get(number=1), changed=True)
    assert list(first.values_list("before", flat=True)) == [None] * 4


def test_heat_map_has_a_cell_for_each_priority_and_round(plan: Plan, cast: Cast) -> None:
    first = TODAY - (42 * 12 - 14) * DAY
    for number in range(12):
        held = opened(plan, cast, on=first + 42 * number * DAY)
        locked(held, cast, on=held.due)
    opened(plan, cast)

    parts: dict[str, Any] = {
        "priorities": list(plan.priorities.order_by("position")), "rounds": list(plan.rounds.order_by("number")),
    }  # fmt: skip
    heat = heat_map(**parts)
    earlier = heat_map(**parts, last=heat.rounds[0].number - 1)

    assert [each.number for each in heat.rounds] == list(range(4, 13))
    assert (len(heat.rounds), heat.earlier, heat.later) == (ROUNDS_SHOWN, 3, 0)
    assert [each.number for each in earlier.rounds] == [1, 2, 3]
    assert (earlier.earlier, earlier.later) == (0, 9)
    assert [row.cells[-1].state for row in heat.rows if row.cells[-1]] == [State.OVERDUE, State.NO_UPDATE]
