"""Actions that come from the training log, a case study or an audit, and are tracked as the plan's own are."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories.wsoa import place, plan_there, with_actions
from tests.integration.wsoa.views.test_plan_pages import HERE, send, words
from tests.page_form import errors, filled
from tests.queries import asked
from wsoa.models import ActionOrigin, ActionPlace, Plan
from wsoa.rules.terms import Layout
from wsoa.selectors.plan_paper import sheets
from wsoa.services import action_edits
from wsoa.services.action_edits import Origin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
FOUND = {"origin": "audit", "origin_source": "Audit of first-day calls, finding 4", "origin_on": "12 oct"}


def new(plan: Plan, **typed: str) -> dict[str, str]:
    return {"priority": str(plan.priorities.get(position=1).pk), "reference": "1.1.9", "title": "Ring back", **typed}


def test_action_is_added_with_where_it_comes_from_and_is_found_by_it(
    manager: Client, officer: Client, plan: Plan
) -> None:
    form = filled(manager, f"{HERE}actions/add/") | new(plan, dates="Mar 27", **FOUND)

    first, twice = (manager.post(f"{HERE}actions/add/", form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    kept = ActionOrigin.objects.get()
    assert (kept.kind, kept.source, kept.on) == ("audit", FOUND["origin_source"], date(2026, 10, 12))
    page = words(officer.get(f"{HERE}actions/{kept.action_id}/"))
    assert "Audit recommendation: Audit of first-day calls, finding 4, 12 October 2026" in page
    shown: dict[str, Any] = {
        origin: words(officer.get(f"{HERE}actions/?origin={origin}"))
        for origin in ("audit", "training", "own", "nonsense")
    }
    assert {origin: ("Ring back" in each, "Train governors" in each) for origin, each in shown.items()} == {
        "audit": (True, False), "training": (False, False), "own": (False, True), "nonsense": (True, True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"origin_source": ""}, "origin_source", "Enter what it was found in"),
        ({"origin_on": ""}, "origin_on", "Enter the day of that"),
        ({"origin_on": "5/11/2026"}, "origin_on", "The day cannot be one to come"),
        ({"origin": ""}, "origin", "Choose where it comes from"),
    ],
)
def test_origin_that_is_half_said_is_refused_at_its_field_and_what_was_typed_is_kept(
    manager: Client, plan: Plan, typed: dict[str, str], field: str, said: str
) -> None:
    sent = new(plan, dates="Mar 27", **(FOUND | typed))

    answer = send(manager, f"{HERE}actions/add/", **sent)

    assert said in errors(answer)[field]
    assert all(value in answer.content.decode() for value in sent.values())
    assert not ActionPlace.objects.filter(reference="1.1.9").exists()


def test_origin_is_put_right_with_the_words_and_taken_away(manager: Client, plan: Plan) -> None:
    address = f"{HERE}actions/{place(plan).action_id}/change/"

    assert send(manager, address, **FOUND).status_code == 302
    assert filled(manager, address)["origin_source"] == FOUND["origin_source"]
    assert send(manager, address, origin="case study").status_code == 302
    assert ActionOrigin.objects.get().kind == "case study"
    assert send(manager, address, origin="", origin_source="", origin_on="").status_code == 302

    assert not ActionOrigin.objects.exists()
    assert "Comes from</dt>" not in words(manager.get(address.removesuffix("change/")))


@pytest.mark.parametrize("layout", list(Layout))
def test_papers_are_the_same_wherever_an_action_comes_from(plan: Plan, cast: Cast, layout: Layout) -> None:
    before = sheets(plan, layout=layout, on=TODAY)

    ActionOrigin.objects.create(action=place(plan).action, kind="training", source="Log, page 3", on=TODAY)

    assert sheets(plan, layout=layout, on=TODAY) == before


def test_same_number_of_queries_at_few_and_many_origins(officer: Client, cast: Cast) -> None:
    counted = []
    for number, code in ((2, "short"), (20, "long")):
        plan = plan_there(with_actions(1, code=code))
        for n in range(number):
            action_edits.add_action(
                by=cast.ruth, on=TODAY, priority=plan.priorities.get(), reference=f"9.{n}",
                words=action_edits.Words(f"Nine {n}"), dates="Mar 27", origin=Origin("training", "Log", TODAY),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"/plans/{code}/actions/?origin=training").status_code == 200
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]
