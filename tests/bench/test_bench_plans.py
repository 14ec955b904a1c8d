"""The heat map of a plan with 500 actions and 40 rounds."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from tests import cast as people
from tests.bench.test_bench import measured, server
from tests.factories.wsoa import plan_there, with_actions
from wsoa.models import ActionPlace, ActionUpdate, Priority, Round, RoundState

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
NOW = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
ACTIONS, ROUNDS, PRIORITIES = 500, 40, 10
SIX_WEEKS = timedelta(days=42)


def test_bench_heat_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    manager, other = people.person("ruth", role="manager"), people.person("plan_lead")
    plan = plan_there(with_actions(ACTIONS))
    places = _over_priorities(list(ActionPlace.objects.filter(priority__plan=plan).select_related("action")))
    first = NOW.date() - ROUNDS * SIX_WEEKS
    for number in range(1, ROUNDS + 1):
        on = first + (number - 1) * SIX_WEEKS
        held = Round.objects.create(
            plan=plan,
            number=number,
            opened_on=on,
            due=on,
            opened_by=manager,
            closed_on=on,
            closed_by=manager,
            locked_at=NOW,
            locked_by=other,
        )
        _answered(held, places, on=on)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ask = server(manager)

    print()
    for tail in ("", "?last=20", "actions/", "rounds/40/"):
        address = f"/plans/{plan.code}/{tail}"
        measured(f"plan of {ACTIONS} actions and {ROUNDS} rounds, {tail or 'heat map'}", partial(ask, address))


def _over_priorities(places: list[ActionPlace]) -> list[ActionPlace]:
    plan = places[0].priority.plan
    priorities = [places[0].priority] + [
        Priority.objects.create(plan=plan, position=n, reference=str(n), title=f"Priority {n}")
        for n in range(2, PRIORITIES + 1)
    ]
    for number, each in enumerate(places):
        each.priority = priorities[number % PRIORITIES]
        each.save(update_fields=["priority"])
    return places


def _answered(held: Round, places: list[ActionPlace], *, on: date) -> None:
    RoundState.objects.bulk_create(
        RoundState(
            round=held,
            place=each,
            priority_id=each.priority_id,
            state="on track",
            proposed="on track",
            because="Said so",
        )
        for each in places
    )
    ActionUpdate.objects.bulk_create(
        ActionUpdate(action=each.action, on=on, text="Under way", per_cent=50, at=NOW) for each in places
    )
