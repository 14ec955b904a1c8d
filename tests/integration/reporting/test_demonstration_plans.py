"""The invented county's four plans, with as many parts as their papers have."""

from datetime import date

import pytest

from reporting.demonstration.accounts import open_accounts
from reporting.demonstration.plans import bring_plans_in
from tests.conftest import Place
from wsoa.models import ActionPlace, Measure, Outcome, Plan
from wsoa.rules.terms import State
from wsoa.selectors.plans import plan_now

TODAY = date(2026, 11, 20)


@pytest.mark.django_db
def test_four_plans_stand_with_all_their_parts(place: Place) -> None:
    users = open_accounts(schools=(place.school, place.primary))

    assert bring_plans_in(today=TODAY, users=users) == 4

    counted = {
        plan.code: (
            plan.priorities.count(),
            Outcome.objects.filter(priority__plan=plan).count(),
            Measure.objects.filter(priority__plan=plan).count(),
            ActionPlace.objects.filter(priority__plan=plan).count(),
        )
        for plan in Plan.objects.all()
    }
    assert counted == {
        "written-statement": (6, 15, 41, 66),
        "send-action-plan": (12, 0, 7, 30),
        "improvement-plan": (11, 0, 0, 66),
        "recommendations-tracker": (1, 0, 0, 42),
    }
    statement = plan_now(Plan.objects.get(code="written-statement"), on=TODAY)
    assert [each.standing.state for each in statement.actions].count(State.COMPLETE) == 54
    assert [len(each.actions) for each in statement.priorities] == [15, 11, 11, 11, 6, 12]
