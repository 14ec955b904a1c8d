"""The pages of plans in their filled state."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page

from tests.factories.wsoa import in_two_plans, place, plan_there, waiting, with_rounds
from tests.functional.browser.served import Site
from tests.functional.browser.state import State, at
from tests.policy.objects import (
    ask_secret,
    evidence_there,
    holder_there,
    measure_of_plans,
    reading_there,
    role_of_plans,
)
from wsoa.models import RoundAsk


def _plan(tail: str) -> Callable[[Site], str]:
    return lambda site: (
        f"/plans/{with_rounds(plan_there(), by=site.cast.ruth, approved_by=site.cast.plan_lead).code}/{tail}"
    )


def _closed_round(who: str, tail: str) -> State:
    """Return the state of a page of a round that is closed, which is open again for whoever looks next."""

    def go(site: Site, page: Page) -> None:
        plan = with_rounds(plan_there(), by=site.cast.ruth, approved_by=site.cast.plan_lead)
        plan.rounds.filter(number=2).update(closed_on=date(2026, 11, 4), closed_by=site.cast.ruth)
        page.goto(f"/plans/{plan.code}/rounds/2/{tail}")
        plan.rounds.filter(number=2).update(closed_on=None, closed_by=None)

    return State(who, go)


def _link(site: Site) -> str:
    with_rounds(plan_there(), by=site.cast.ruth, approved_by=site.cast.plan_lead)
    RoundAsk.objects.update(answer=None, answered_at=None)
    return f"/plans/answer/{ask_secret()}/"


def _answered(site: Site, page: Page) -> None:
    page.goto(_link(site))
    page.fill("#id_text", "Under way")
    page.click("main button[type=submit]")
    page.wait_for_selector("text=Your answer is kept")


def _used_link(site: Site, page: Page) -> None:
    _answered(site, page)
    page.goto(page.url)


def _evidence(site: Site) -> Any:
    plan_there()
    return evidence_there().public_id


def _action(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/plans/{plan_there().code}/actions/{place(plan_there()).action_id}/{tail}"


def _second_plan(site: Site) -> str:
    there = in_two_plans(plan_there(), by=site.cast.ruth)
    return f"/plans/second-plan/actions/{there.action_id}/take-out/"


def _measure(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/plans/{plan_there().code}/measures/{measure_of_plans().pk}/{tail}"


def _role(tail: str) -> Callable[[Site], str]:
    return lambda site: f"/plans/roles/{role_of_plans().pk}/{tail}"


PLANS: dict[str, State] = {
    "wsoa/plans.html": at("ruth", lambda site: "/plans/" if plan_there() else ""),
    "wsoa/plan.html": at("ruth", _plan("")),
    "wsoa/actions.html": at("ruth", _plan("actions/")),
    "wsoa/measures.html": at("ruth", _plan("measures/")),
    "wsoa/measure.html": at("ruth", _measure("")),
    "wsoa/change_measure.html": at("ruth", _measure("change/")),
    "wsoa/read_measure.html": at("ruth", _measure("read/")),
    "wsoa/rounds.html": at("ruth", _plan("rounds/")),
    "wsoa/round.html": at("ruth", _plan("rounds/1/")),
    "wsoa/open_round.html": at("ruth", _plan("rounds/open/")),
    "wsoa/close_round.html": at("ruth", _plan("rounds/2/close/")),
    "wsoa/chase.html": at("ruth", _plan("rounds/2/chase/")),
    "wsoa/reopen_round.html": _closed_round("ruth", "reopen/"),
    "wsoa/lock_round.html": _closed_round("plan_lead", "lock/"),
    "wsoa/answer.html": at("", _link),
    "wsoa/answered.html": State("", _answered),
    "wsoa/no_longer_open.html": State("", _used_link),
    "wsoa/not_a_link.html": at("", lambda site: "/plans/answer/nothing/"),
    "wsoa/slips.html": at("ruth", _plan("slips/")),
    "wsoa/on_a_page.html": at("ruth", _plan("on-a-page/")),
    "wsoa/paper.html": at("ruth", _plan("paper/")),
    "wsoa/action.html": at("ruth", _action("")),
    "wsoa/update_action.html": at("ruth", _action("update/")),
    "wsoa/move_date.html": at("ruth", _action("move/")),
    "wsoa/set_state.html": at("ruth", _action("state/")),
    "wsoa/add_action.html": at("ruth", _plan("actions/add/")),
    "wsoa/change_action.html": at("ruth", _action("change/")),
    "wsoa/retire_action.html": at("ruth", _action("set-aside/")),
    "wsoa/take_back.html": at("ruth", _action("take-back/")),
    "wsoa/stand_in.html": at("ruth", _action("other-plan/")),
    "wsoa/add_wait.html": at("ruth", _action("waits/add/")),
    "wsoa/remove_wait.html": at(
        "ruth", lambda site: _action(f"waits/{waiting(plan_there(), by=site.cast.ruth).pk}/remove/")(site)
    ),
    "wsoa/add_evidence.html": at("ruth", _action("evidence/add/")),
    "wsoa/withdraw_evidence.html": at("ruth", lambda site: _action(f"evidence/{_evidence(site)}/withdraw/")(site)),
    "wsoa/withdraw_reading.html": at("ruth", lambda site: _measure(f"readings/{reading_there().pk}/withdraw/")(site)),
    "wsoa/correct_holder.html": at("ruth", lambda site: _role(f"holders/{holder_there().pk}/")(site)),
    "wsoa/take_back_holder.html": at("ruth", lambda site: _role(f"holders/{holder_there().pk}/take-back/")(site)),
    "wsoa/take_out.html": at("ruth", _second_plan),
    "wsoa/roles.html": at("ruth", lambda site: "/plans/roles/" if plan_there() else ""),
    "wsoa/role.html": at("ruth", _role("")),
    "wsoa/give_role.html": at("ruth", _role("give/")),
    "wsoa/review_role.html": at("ruth", _role("review/")),
}
