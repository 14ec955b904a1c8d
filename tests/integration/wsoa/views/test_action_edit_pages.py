"""Adding an action, changing its words, setting it aside and taking it back, and letting it stand in another plan."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.wsoa import asking, in_two_plans, place, plan_there, with_actions, with_rounds
from tests.integration.wsoa.views.test_plan_pages import HERE, send, words
from tests.page_form import errors, filled
from wsoa.models import Action, ActionPlace, Plan, Round, RoundAsk, RoundState
from wsoa.rules.terms import State
from wsoa.selectors.standing import stood
from wsoa.services import action_edits, actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def roles_of(action: Action) -> list[tuple[str, str]]:
    return list(action.roles.order_by("part", "position").values_list("part", "role__code"))


def there(plan: Plan) -> str:
    return f"{HERE}actions/{place(plan).action_id}/"


def test_action_is_added_at_the_end_of_its_priority_and_tied_to_its_roles(manager: Client, plan: Plan) -> None:
    first = plan.priorities.get(position=1)
    typed: dict[str, Any] = {
        "priority": str(first.pk), "reference": "1.1.4", "title": "Publish the pathway", "dates": "Mar 27",
        "lead_as_written": "EAS mgr/Nobody known", "partners_as_written": "PACC",
    }  # fmt: skip
    wrong = send(manager, f"{HERE}actions/add/", **(typed | {"dates": "soon"}))
    assert "No day can be read in it" in errors(wrong)["dates"]
    assert "Publish the pathway" in wrong.content.decode()
    assert "title" in errors(send(manager, f"{HERE}actions/add/", **(typed | {"title": ""})))
    form = filled(manager, f"{HERE}actions/add/", **typed)

    answer = manager.post(f"{HERE}actions/add/", form, follow=True)
    assert manager.post(f"{HERE}actions/add/", form).status_code == 302

    added = ActionPlace.objects.get(reference="1.1.4")
    assert (added.position, str(added.action.due)) == (4, "2027-03-31")
    assert roles_of(added.action) == [("lead", "EAS M’ger"), ("partner", "PACC")]
    assert "No role that this plan knows: Nobody known." in words(answer)
    assert "Publish the pathway" in words(manager.get(f"{HERE}actions/"))


def test_action_added_after_rounds_is_neither_stale_nor_said_to_have_been_asked(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)
    typed = {"priority": str(plan.priorities.get(position=1).pk), "reference": "1.1.4", "title": "Publish the pathway"}

    assert send(manager, f"{HERE}actions/add/", **typed, dates="Mar 27").status_code == 302

    assert place(plan, "1.1.4").added_on == TODAY
    added = place(plan, "1.1.4").action
    assert "Publish the pathway" not in words(manager.get(f"{HERE}actions/?show=stale"))
    page = words(manager.get(f"{HERE}actions/{added.pk}/"))
    assert "Nothing says otherwise" in page
    assert "no word has come since" not in page


def test_words_are_changed_with_the_roles_they_name_and_not_over_somebody_elses(manager: Client, plan: Plan) -> None:
    stale = filled(manager, f"{there(plan)}change/") | {"title": "Other words"}

    assert (
        send(manager, f"{there(plan)}change/", title="Review every provider", lead_as_written="PACC").status_code == 302
    )

    action = place(plan).action
    assert (action.title, roles_of(action)) == ("Review every provider", [("lead", "PACC")])
    again = manager.post(f"{there(plan)}change/", stale)
    assert "Somebody else changed this action" in again.content.decode()
    assert "Other words" in again.content.decode()


def test_action_set_aside_is_in_no_count_and_asked_of_nobody_until_it_is_taken_back(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    assert "because" in errors(send(manager, f"{there(plan)}set-aside/"))
    assert "there is nothing to take back" in send(manager, f"{there(plan)}take-back/").content.decode()

    assert send(manager, f"{there(plan)}set-aside/", because="Merged with 1.1.1").status_code == 302

    page = words(manager.get(there(plan)))
    assert "Set aside on 4 November 2026: Merged with 1.1.1" in page
    assert "Review alternative provision" not in words(manager.get(f"{HERE}actions/"))
    assert "3 actions." in words(manager.get(f"{HERE}actions/"))
    aside = words(manager.get(f"{HERE}actions/?show=aside"))
    assert "Review alternative provision" in aside
    assert "Train governors" not in aside
    held = asking(plan, by=cast.ruth, on=TODAY, due=TODAY)
    assert not RoundAsk.objects.filter(round=held, place=place(plan)).exists()
    assert "take it back first" in send(manager, f"{there(plan)}change/", title="x").content.decode()
    with pytest.raises(actions.Retired):
        actions.say(by=cast.ruth, at=cast.ruth.created_at, action=place(plan).action, on=TODAY, text="x")

    assert send(manager, f"{there(plan)}take-back/").status_code == 302
    assert "Review alternative provision" in words(manager.get(f"{HERE}actions/"))


def test_action_stands_in_another_plan_and_is_said_of_once(manager: Client, plan: Plan, cast: Cast) -> None:
    assert "There is no other plan" in words(manager.get(f"{there(plan)}other-plan/"))
    other = plan_there(with_actions(1, code="accelerated-plan"))
    priority = other.priorities.get()

    assert send(manager, f"{there(plan)}other-plan/", priority=str(priority.pk), reference="1.1.9").status_code == 302
    actions.say(by=cast.ruth, at=cast.ruth.created_at, action=place(plan).action, on=TODAY, per_cent=100)

    (now,) = stood(ActionPlace.objects.filter(priority=priority, reference="1.1.9"), on=TODAY)
    assert now.standing.state is State.COMPLETE
    assert "There is no other plan" in words(manager.get(f"{there(plan)}other-plan/"))


def test_action_in_two_plans_is_taken_out_of_one_and_stays_in_the_other(
    manager: Client, officer: Client, plan: Plan, cast: Cast
) -> None:
    second = in_two_plans(plan, by=cast.ruth)
    here = f"/plans/second-plan/actions/{second.action_id}/"
    assert "Take it out of this plan" in words(manager.get(here))
    assert "Take it out" not in words(officer.get(here))
    form = filled(manager, f"{here}take-out/")

    first, twice = (manager.post(f"{here}take-out/", form) for _ in range(2))

    assert first.headers["Location"] == f"{HERE}actions/{second.action_id}/"
    assert twice.status_code == 404, "It stands there no more."
    assert [each.priority.plan for each in ActionPlace.objects.filter(action=second.action_id)] == [plan]
    assert "Take it out" not in words(manager.get(f"{HERE}actions/{second.action_id}/"))


def test_action_that_a_round_knows_or_that_stands_in_one_plan_alone_is_not_taken_out(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    second = in_two_plans(plan, "1.1.1", by=cast.ruth)
    with pytest.raises(actions.Stale):
        action_edits.take_out(by=cast.ruth, place=second, version=9)
    asking(second.priority.plan, by=cast.ruth, on=TODAY, due=TODAY)

    refused = send(manager, f"/plans/second-plan/actions/{second.action_id}/take-out/")

    told = "A round of this plan has asked about the action, or keeps where it stood: set it aside instead"
    assert told in refused.content.decode()
    assert ActionPlace.objects.filter(pk=second.pk).exists()
    only = place(plan, "1.1.2")
    with pytest.raises(action_edits.OnlyThere):
        action_edits.take_out(by=cast.ruth, place=only, version=only.action.version)


@pytest.mark.parametrize("tail", ["change/", "set-aside/", "take-back/", "other-plan/", "take-out/"])
def test_officer_changes_nothing(officer: Client, plan: Plan, tail: str) -> None:
    assert officer.get(there(plan) + tail).status_code == 404
    assert officer.get(f"{HERE}actions/add/").status_code == 404
    assert "Add an action" not in words(officer.get(f"{HERE}actions/"))


def test_action_put_into_another_plan_is_not_said_to_have_been_asked_by_its_earlier_rounds(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)
    other = plan_there(with_actions(2, code="other-plan"))
    action = place(other, "1.1.2").action
    typed = {"priority": str(plan.priorities.get(position=1).pk), "reference": "1.1.9"}

    assert send(manager, f"/plans/other-plan/actions/{action.pk}/other-plan/", **typed).status_code == 302

    assert place(plan, "1.1.9").action == action
    assert "no word has come since" not in words(manager.get(f"{HERE}actions/{action.pk}/"))
    assert "1.1.9" not in words(manager.get(f"{HERE}actions/?show=stale"))


def test_action_page_reaches_every_round_it_stood_in(manager: Client, plan: Plan, cast: Cast) -> None:
    here = place(plan)
    for number in range(1, 13):
        held = Round.objects.create(
            plan=plan, number=number, opened_on=TODAY, due=TODAY, opened_by=cast.ruth, closed_on=TODAY, closed_by=cast.ruth,
            locked_at=NOW, locked_by=cast.plan_lead,
        )  # fmt: skip
        RoundState.objects.create(
            round=held, place=here, priority=here.priority, state="on track", proposed="on track", because="Said"
        )

    def rounds(tail: str) -> list[int]:
        page = manager.get(f"{HERE}actions/{here.action_id}/{tail}").context
        assert bool(page["earlier_href"]) is (page["history"][0].round.number > 1)
        assert bool(page["later_href"]) is (page["history"][-1].round.number < 12)
        return [each.round.number for each in page["history"]]

    assert rounds("") == list(range(4, 13))
    assert rounds("?last=3") == [1, 2, 3]
    assert rounds("?last=0") == list(range(4, 13))
    assert rounds("?last=twelve") == list(range(4, 13))
