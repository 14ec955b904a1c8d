"""A round of a plan from opening to lock: two leads answer by link, one by account, and another hand approves."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from casework.mail import filled
from casework.models import Message
from tests.cast import Cast
from tests.factories.wsoa import led_by_mail, place, plan_there
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard
from wsoa.models import Action, ActionUpdate, Plan, Role, RoundState
from wsoa.services import roles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("today")]
ROUND = "/plans/written-statement/rounds/1/"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A plan of which two leads have a link and no account, and the manager leads by her account."""
    found = plan_there()
    led_by_mail("SEN Adviser", by=cast.ruth, email="adviser@partners.example")
    led_by_mail("PACC", by=cast.ruth, email="carers@partners.example")
    role = Role.objects.get(code="EAS M’ger")
    roles.give_role(
        by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name=cast.ruth.name, person=cast.ruth
    )
    # The carers' action of the paper is done; this one is not.
    Action.objects.filter(pk=place(found, "2.1.1").action_id).update(lead_as_written="PACC")
    place(found, "2.1.1").action.roles.create(role=Role.objects.get(code="PACC"), position=1)
    return found


def links_of(email: str) -> list[str]:
    body = filled(Message.objects.filter(recipient=email).latest("pk"))
    return re.findall(r"https?://[^/]+(/plans/[^ \n]+)", body)


def do(page: Page, name: str) -> None:
    """Go to a button or link by Tab, and press Enter."""
    keyboard = Keyboard(page)
    keyboard.tab_to(name, limit=60)
    with page.expect_navigation():
        keyboard.press("Enter")


def say(page: Page, text: str, per_cent: str) -> None:
    keyboard = Keyboard(page)
    keyboard.tab_to("text")
    keyboard.type(text)
    keyboard.tab_to("per_cent")
    keyboard.type(per_cent)


def adviser_answers_by_link(visit: Visit) -> None:
    """Prose in the number is refused and nothing typed is lost; the link works once, and altered it opens nothing."""
    [link] = links_of("adviser@partners.example")
    page = visit(None, link)
    say(page, "Two visits made", "nearly all")
    do(page, "Send the answer")
    expect(page.locator("main")).to_contain_text("Enter a number only, from 0 to 100")
    assert page.input_value("#id_text") == "Two visits made"
    page.fill("#id_per_cent", "")
    Keyboard(page).type("60")
    do(page, "Send the answer")
    expect(page.locator("h1")).to_have_text("Your answer is kept")

    page.goto(link)
    expect(page.locator("main")).to_contain_text("The link works once. Nothing was changed.")
    page.goto(f"{link[:-3]}/")
    expect(page.locator("h1")).to_have_text("This link opens nothing")


def manager_answers_by_account(visit: Visit, cast: Cast) -> Page:
    page = visit(cast.ruth, next(each for each in links_of(cast.ruth.email) if "/update/" in each))
    say(page, "Data agreed", "100")
    do(page, "Keep the update")
    expect(page.locator("main")).to_contain_text("Data agreed")
    return page


def chase_and_close(lead: Page) -> None:
    lead.goto(ROUND)
    expect(lead.locator("main")).to_contain_text("2 of 3 actions answered for")
    do(lead, "Chase answers")
    keyboard = Keyboard(lead)
    keyboard.tab_to("due")
    keyboard.type("16 nov")
    do(lead, "Ask again")
    expect(lead.locator("main")).to_contain_text("Chased once")
    twice(lead, "Close it")
    expect(lead.locator("main")).to_contain_text("You closed this round: somebody else approves it")


def twice(page: Page, name: str) -> None:
    """Follow a button to its page, and press the one of that name there."""
    do(page, name)
    do(page, name)


def answers_again(carers: Page, link: str) -> None:
    carers.goto(link)
    say(carers, "Survey is out", "25")
    do(carers, "Send the answer")
    expect(carers.locator("h1")).to_have_text("Your answer is kept")


def test_round_runs_from_opening_to_lock(visit: Visit, cast: Cast, plan: Plan) -> None:
    lead = visit(cast.plan_lead, "/plans/written-statement/rounds/")
    do(lead, "Open a round")
    keyboard = Keyboard(lead)
    keyboard.tab_to("due")
    keyboard.type("13 nov")
    do(lead, "Open it")
    expect(lead.locator("main")).to_contain_text("0 of 3")

    adviser_answers_by_link(visit)
    # The second lead has the form open when the round closes: what is sent then changes nothing.
    [link] = links_of("carers@partners.example")
    carers = visit(None, link)
    say(carers, "Survey is out", "25")
    manager = manager_answers_by_account(visit, cast)
    chase_and_close(lead)
    do(carers, "Send the answer")
    expect(carers.locator("main")).to_contain_text("This round of updates has closed. Nothing was changed.")
    assert not ActionUpdate.objects.filter(text="Survey is out").exists()

    # It is opened again for her: a day too late, and then in time.
    twice(lead, "Open it again")
    plan.rounds.update(due=date(2026, 11, 3), opened_on=date(2026, 11, 3))
    carers.goto(link)
    expect(carers.locator("main")).to_contain_text("Answers were wanted by 3 November 2026, and that day is over")
    plan.rounds.update(due=date(2026, 11, 16))
    answers_again(carers, link)
    lead.goto(ROUND)
    expect(lead.locator("main")).to_contain_text("3 of 3 actions answered for")
    twice(lead, "Close it")
    manager.goto(ROUND)
    twice(manager, "Approve and lock it")
    expect(manager.locator("main")).to_contain_text("Approved and locked")

    assert dict(RoundState.objects.values_list("place__reference", "state")) == {
        "1.1.1": "complete", "1.1.2": "overdue", "1.1.3": "complete", "2.1.1": "on track",
    }  # fmt: skip
    expect(visit(None, link).locator("main")).to_contain_text("Nothing was changed.")
    assert ActionUpdate.objects.filter(said_by__gt="").count() == 2
