"""The pages of plans: lists, a plan, its actions, what its paper gets wrong, roles, updates and states."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.factories.wsoa import held, place, plan_there, with_actions, with_rounds
from tests.page_form import errors, filled
from tests.queries import asked
from wsoa.models import ActionUpdate, Plan, Role, RoleHolder, StateChoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/plans/written-statement/"


def words(answer: Any) -> str:
    """Return the words of a page's main part, with one space between them."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(main.split())


def test_list_says_how_much_stands_in_each_plan(officer: Client, plan: Plan) -> None:
    page = words(officer.get("/plans/"))

    assert "Written Statement of Action" in page
    assert f'href="{HERE}slips/"' in page


def test_plans_that_have_not_closed_come_first(officer: Client, plan: Plan) -> None:
    closed = plan_there(with_actions(1, code="a-closed-plan"))
    closed.closed_on = date(2026, 7, 31)
    closed.save()

    page = words(officer.get("/plans/"))

    assert page.index(plan.title) < page.index(closed.title)


def test_empty_list_says_how_a_plan_comes(officer: Client) -> None:
    assert "import_plan" in words(officer.get("/plans/"))


def test_plan_shows_each_priority_with_its_state(officer: Client, plan: Plan) -> None:
    page = words(officer.get(HERE))

    assert "2 priorities, 1 outcome, 1 measure, 4 actions." in page
    assert "<b>1 of 4 actions is done.</b>" in page
    assert ">1 is past its date</a>" in page
    assert "1 of 3 late" in page


def test_actions_are_filtered_in_the_address_and_nonsense_filters_nothing(officer: Client, plan: Plan) -> None:
    every = words(officer.get(f"{HERE}actions/?state=nonsense&priority=99"))
    late = words(officer.get(f"{HERE}actions/?state=overdue&priority=1"))
    none = words(officer.get(f"{HERE}actions/?state=behind"))

    assert all(reference in every for reference in ("1.1.1", "1.1.2", "1.1.3", "2.1.1"))
    assert "Review alternative provision" in late
    assert "Train governors" not in late
    assert "No action fits these filters" in none


def test_slips_say_where_what_and_who_found_it(officer: Client, plan: Plan) -> None:
    page = words(officer.get(f"{HERE}slips/"))

    assert "is not among the roles that the paper explains" in page
    assert "Rule" in page


def test_action_shows_what_is_written_and_what_that_is_understood_to_say(officer: Client, plan: Plan) -> None:
    page = words(officer.get(f"{HERE}actions/{place(plan).action_id}/"))

    assert "Sept 26" in page
    assert "Due 30 September 2026" in page
    assert "Its date, 30 September 2026, has passed" in page
    assert "Nothing has been said of this action yet" in page
    assert "Add an update" not in page


def test_same_number_of_queries_at_5_and_500_actions(officer: Client) -> None:
    for number, code in ((5, "short"), (500, "long")):
        plan_there(with_actions(number, code=code))
    counted = []
    for code in ("short", "long"):
        for address in (f"/plans/{code}/", f"/plans/{code}/actions/", f"/plans/{code}/slips/", "/plans/"):
            with CaptureQueriesContext(connection) as captured:
                assert officer.get(address).status_code == 200
            counted.append(len(asked(captured)))

    assert counted[:4] == counted[4:]
    assert max(counted) <= 10


def send(client: Client, address: str, **typed: str) -> Any:
    return client.post(address, filled(client, address) | typed)


def test_manager_adds_an_update_once(manager: Client, plan: Plan, cast: Cast) -> None:
    here = f"{HERE}actions/{place(plan).action_id}/"
    form = filled(manager, f"{here}update/") | {"text": "Two providers visited", "per_cent": "50", "behind": "yes"}

    first, twice = manager.post(f"{here}update/", form), manager.post(f"{here}update/", form)

    assert (first.status_code, twice.status_code) == (302, 302)
    kept = ActionUpdate.objects.get(action=place(plan).action)
    assert (kept.text, kept.per_cent, kept.behind, kept.by) == ("Two providers visited", 50, True, cast.ruth)
    page = words(manager.get(here))
    assert "Two providers visited" in page
    assert "50%" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Say something of the action: words, per cent or its schedule"),
        ({"per_cent": "nearly done"}, "Enter a number only, from 0 to 100: words go into the text above"),
        ({"per_cent": "101"}, "100"),
        ({"text": "x", "on": "5/11"}, "An update cannot be of a day to come"),
    ],
)
def test_update_that_cannot_be_is_refused_and_nothing_typed_is_lost(
    manager: Client, plan: Plan, typed: dict[str, str], said: str
) -> None:
    answer = send(manager, f"{HERE}actions/{place(plan).action_id}/update/", **typed)

    assert answer.status_code == 200
    assert any(said in error for error in errors(answer).values())
    assert all(value in answer.content.decode() for value in typed.values())
    assert not ActionUpdate.objects.filter(action=place(plan).action).exists()


def test_state_is_decided_with_a_reason_and_the_rules_stays_beside_it(manager: Client, plan: Plan) -> None:
    here = f"{HERE}actions/{place(plan).action_id}/"
    refused = send(manager, f"{here}state/", state="on track")
    assert "Enter why" in errors(refused)["reason"]

    assert send(manager, f"{here}state/", state="on track", reason="The board moved the day").status_code == 302

    page = words(manager.get(here))
    assert "The board moved the day" in page
    assert "The rule says" in page
    assert "Decided over the rule" in words(manager.get(f"{HERE}actions/"))
    stale = filled(manager, f"{here}state/") | {"state": "behind", "reason": "Second thoughts", "version": "0"}
    answer = manager.post(f"{here}state/", stale)
    assert answer.status_code == 200
    assert "Somebody else changed this state" in answer.content.decode()
    assert StateChoice.objects.count() == 1


def test_roles_say_who_holds_them_and_which_are_vacant(manager: Client, plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    assert "Vacant" in words(manager.get("/plans/roles/"))

    given = send(
        manager, f"/plans/roles/{role.pk}/give/", name="Nerissa Vale", email="n@vale.example", first_day="1/10/2026"
    )

    assert given.status_code == 302
    assert RoleHolder.objects.get().first_day == date(2026, 10, 1)
    assert "Nerissa Vale" in words(manager.get(f"/plans/roles/{role.pk}/"))
    assert "Nerissa Vale" not in words(manager.get("/plans/roles/?show=vacant"))
    late = send(manager, f"/plans/roles/{role.pk}/give/", name="Corin", first_day="1/9/2026")
    assert any("1 October 2026" in error for error in errors(late).values())
    nameless = send(manager, f"/plans/roles/{role.pk}/give/", email="c@ashby.example", first_day="today")
    assert any("Enter the name of whoever holds it" in error for error in errors(nameless).values())


def test_what_is_not_there_is_not_found(manager: Client, plan: Plan) -> None:
    other = plan_there(with_actions(1, code="other"))
    elsewhere = other.priorities.get().places.get().action_id

    for address in (
        "/plans/none/",
        f"{HERE}actions/{elsewhere}/",
        "/plans/roles/999999/",
        f"{HERE}actions/999999/state/",
    ):
        assert manager.get(address).status_code == 404


def test_officer_sees_and_says_nothing(officer: Client, plan: Plan) -> None:
    here = f"{HERE}actions/{place(plan).action_id}/"

    assert officer.get(f"{here}update/").status_code == 404
    assert officer.post(f"{here}update/", {"text": "x"}).status_code == 404


def test_date_is_moved_and_the_slip_stays_told(manager: Client, plan: Plan) -> None:
    here = f"{HERE}actions/{place(plan).action_id}/"
    for typed, said in (
        ({"now": "soon", "reason": "x"}, "No day can be read in it"),
        ({"now": "Jan 27 to Dec 26", "reason": "x"}, "It ends before it begins"),
        ({"now": "Sept 26", "reason": "x"}, "stands already"),
    ):
        answer = send(manager, f"{here}move/", **typed)
        assert said in errors(answer)["now"]
        assert typed["now"] in answer.content.decode()
    assert "reason" in errors(send(manager, f"{here}move/", now="Mar 27"))
    stale = filled(manager, f"{here}move/") | {"now": "Feb 27", "reason": "Later"}

    assert send(manager, f"{here}move/", now="Mar 27", reason="The provider withdrew").status_code == 302

    assert "Somebody else changed this action" in manager.post(f"{here}move/", stale).content.decode()
    page = words(manager.get(here))
    assert "Due 31 March 2027" in page
    assert "The provider withdrew" in page
    assert "Sept 26" in page
    slipped = words(manager.get(f"{HERE}actions/?show=slipped"))
    assert "Moved once" in slipped
    assert "Agree the data to report" not in slipped


def test_action_without_a_word_for_two_rounds_is_stale(manager: Client, plan: Plan, cast: Cast) -> None:
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)

    page = words(manager.get(f"{HERE}actions/?show=stale"))

    assert "Review alternative provision" in page
    assert "Train governors" not in page


def test_status_so_far_shows_what_the_rule_said_and_what_stood_in_each_round(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    here = f"{HERE}actions/{place(plan).action_id}/"
    assert "Status so far" not in words(manager.get(here))
    held(plan, by=cast.ruth, approved_by=cast.plan_lead, on=date(2026, 9, 14), closed_on=date(2026, 9, 28))
    assert "What stood is what the rule said, in each of 1 round." in words(manager.get(here))
    send(manager, f"{here}state/", state="behind", reason="The provider opens in January")
    held(plan, by=cast.ruth, approved_by=cast.plan_lead, on=date(2026, 10, 26), closed_on=date(2026, 11, 4))

    page = words(manager.get(here))

    assert "Somebody decided over the rule in 1 of 2 rounds, outlined." in page
    assert page.count("app-heat--decided") == 1
    assert "</svg>Behind</b>Overridden" in page
    assert page.index("Round 1<span>28 Sep 26</span>") < page.index("Round 2<span>4 Nov 26</span>")


def test_actions_of_a_role_and_by_their_dates(officer: Client, plan: Plan) -> None:
    pacc = Role.objects.get(code="PACC").pk

    theirs = words(officer.get(f"{HERE}actions/?role={pacc}"))
    assert "Train governors" in theirs
    assert "Agree the data to report" in theirs
    assert "Review alternative provision" not in theirs
    assert "Map the waits" in words(officer.get(f"{HERE}actions/?role=nonsense"))

    by_date = words(officer.get(f"{HERE}actions/?sort=due"))
    order = [
        by_date.index(title)
        for title in ("Train governors", "Review alternative provision", "Agree the data", "Map the waits")
    ]
    assert order == sorted(order)
