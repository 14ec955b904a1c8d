"""Rounds on the pages: opened with asks, chased, closed by one and approved by another; and the page behind a link."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import TODAY, ClientOf
from tests.factories.wsoa import asking, led_by_mail, link_of, place
from tests.integration.wsoa.views.test_plan_pages import HERE, send, words
from tests.page_form import errors, filled
from wsoa.models import Action, ActionUpdate, Plan, Round, RoundAsk
from wsoa.services import actions, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.plan_lead)


def test_round_is_opened_closed_approved_and_shown_in_the_heat_map(
    cast: Cast, manager: Client, lead: Client, officer: Client, plan: Plan, today: object
) -> None:
    assert "No round of updates is approved yet" in words(officer.get(HERE))
    early = send(manager, f"{HERE}rounds/open/", due="3/11/2026")
    assert errors(early)["due"] == "The day must be today or later"

    assert send(manager, f"{HERE}rounds/open/", due="18/11/2026", board="strategic").status_code == 302
    again = send(manager, f"{HERE}rounds/open/", due="18/11/2026")
    assert "is open: close it first" in str(again.context["form"].errors)
    assert "0 of 3 actions answered for" in words(officer.get(f"{HERE}rounds/1/"))
    assert "Strategic board, every quarter: the next is to open on 4 February 2027" in words(
        officer.get(f"{HERE}rounds/")
    )
    form = filled(manager, f"{HERE}rounds/1/close/")
    assert manager.post(f"{HERE}rounds/1/close/", form).status_code == 302
    assert manager.post(f"{HERE}rounds/1/close/", form).status_code == 302
    assert manager.get(f"{HERE}rounds/1/close/").status_code == 302
    # Somebody else's form, since theirs is not shown them.
    own = manager.post(f"{HERE}rounds/1/lock/", filled(lead, f"{HERE}rounds/1/lock/"))
    assert "You closed this round: somebody else approves it" in own.content.decode()
    assert "Approve and lock it" not in words(manager.get(f"{HERE}rounds/1/"))
    assert "Approve and lock it" in words(lead.get(f"{HERE}rounds/1/"))
    next_one = send(manager, f"{HERE}rounds/open/", due="18/11/2026")
    assert "is closed and not approved yet" in str(next_one.context["form"].errors)

    assert send(lead, f"{HERE}rounds/1/reopen/").status_code == 302
    assert send(manager, f"{HERE}rounds/1/close/").status_code == 302
    to_approve = lead.get(f"{HERE}rounds/1/lock/").context["rows"]
    actions.say(by=cast.plan_lead, at=timezone.now(), action=place(plan).action, on=TODAY, per_cent=100)
    assert len(to_approve) == 4
    assert "Review alternative provision" in words(lead.get(f"{HERE}rounds/1/lock/"))
    assert lead.get(f"{HERE}rounds/1/lock/").context["rows"] == to_approve, "What is said later is not approved."
    stale = filled(lead, f"{HERE}rounds/1/lock/")
    assert send(lead, f"{HERE}rounds/1/lock/").status_code == 302
    assert "meanwhile" in lead.post(f"{HERE}rounds/1/lock/", stale).content.decode()

    page = words(officer.get(HERE))
    assert "Round 1<span>4 Nov 26</span>" in page
    assert f'href="{HERE}rounds/1/?priority=1"' in page
    kept = words(officer.get(f"{HERE}rounds/1/?priority=1&state=overdue&show=changed"))
    assert "Review alternative provision" in kept
    assert "Map the waits" not in kept
    assert officer.get(f"{HERE}?last=nonsense").status_code == 200
    assert officer.get(f"{HERE}rounds/7/").status_code == 404


def opened_says(manager: Client) -> str:
    form = filled(manager, f"{HERE}rounds/open/", due="18/11/2026")
    return words(manager.post(f"{HERE}rounds/open/", form, follow=True))


@pytest.mark.usefixtures("plan", "today")
def test_round_that_nobody_could_be_asked_in_says_so(manager: Client) -> None:
    page = opened_says(manager)

    assert (
        "The round is open. Nobody could be asked: give the leading roles to somebody, or answer for them here." in page
    )


@pytest.mark.usefixtures("plan", "today")
@pytest.mark.parametrize(
    ("roles", "said"),
    [(("SEN Adviser",), "1 lead is asked by mail"), (("SEN Adviser", "EAS M’ger"), "2 leads are asked")],
)
def test_opened_round_says_how_many_leads_are_asked(
    manager: Client, cast: Cast, roles: tuple[str, ...], said: str
) -> None:
    for number, code in enumerate(roles):
        led_by_mail(code, by=cast.ruth, email=f"lead{number}@school.example")

    assert f"The round is open and {said}" in opened_says(manager)


@pytest.mark.usefixtures("today")
def test_opened_round_of_a_plan_that_is_done_asks_nobody(manager: Client, cast: Cast, plan: Plan) -> None:
    for each in Action.objects.all():
        actions.say(by=cast.ruth, at=timezone.now(), action=each, on=TODAY, per_cent=100)

    assert "The round is open. Every action is done: nobody is asked." in opened_says(manager)


@pytest.fixture
def link(plan: Plan, cast: Cast, today: object) -> str:
    led_by_mail("SEN Adviser", by=cast.ruth)
    asking(plan, by=cast.ruth, on=TODAY, due=TODAY)
    return link_of(RoundAsk.objects.get(token_hash__isnull=False))


def test_link_takes_an_answer_once_without_an_account(client: Client, link: str) -> None:
    page = client.get(link)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert "Review alternative provision" in words(page)
    for typed, field, said in (
        ({}, "text", "Say something of the action"),
        ({"per_cent": "most of it"}, "per_cent", "Enter a number only, from 0 to 100"),
        ({"per_cent": "140"}, "per_cent", "100"),
    ):
        wrong = client.post(link, typed)
        assert said in errors(wrong)[field]
        assert typed.get("per_cent", "") in wrong.content.decode()
    assert not ActionUpdate.objects.filter(said_by__gt="").exists()

    assert "Your answer is kept" in words(client.post(link, {"text": "Two visits made", "per_cent": "40"}))

    for again in (client.get(link), client.post(link, {"text": "Twice"})):
        assert again.status_code == 410
        assert "You have answered already, on 4 November 2026. The link works once" in words(again)
    assert not ActionUpdate.objects.filter(text="Twice").exists()


def test_link_that_is_altered_late_or_of_a_closed_round_says_so(client: Client, link: str, cast: Cast) -> None:
    altered = client.post(f"{link[:-2]}/", {"text": "Altered"})
    assert altered.status_code == 404
    assert "This link opens nothing" in words(altered)

    Round.objects.update(due=TODAY.replace(day=3), opened_on=TODAY.replace(day=2))
    late = client.post(link, {"text": "Late"})
    assert late.status_code == 410
    assert "Answers were wanted by 3 November 2026, and that day is over" in words(late)

    Round.objects.update(closed_on=TODAY, closed_by=cast.ruth)
    assert "This round of updates has closed" in words(client.post(link, {"text": "Closed"}))
    assert not ActionUpdate.objects.filter(said_by__gt="").exists()


def test_who_guesses_is_held_back_and_who_has_a_link_is_not(client: Client, link: str, settings: Any) -> None:
    settings.OPEN_REQUESTS_AN_HOUR = 3
    for _ in range(3):
        assert client.get("/plans/answer/guessed/").status_code == 404

    held_back = client.get("/plans/answer/guessed/")

    assert held_back.status_code == 429
    assert int(held_back.headers["Retry-After"]) > 0
    assert client.get(link).status_code == 200


def test_answers_are_listed_and_chased(manager: Client, officer: Client, client: Client, link: str) -> None:
    past = send(manager, f"{HERE}rounds/1/chase/", due="3/11/2026")
    assert "Choose today or a later day" in errors(past)["due"]
    assert send(manager, f"{HERE}rounds/1/chase/", due="6 nov").status_code == 302
    waiting = words(officer.get(f"{HERE}rounds/1/?show=waiting"))
    assert "Chased once" in waiting
    assert "Lead of SEN Adviser" in waiting
    assert officer.get(f"{HERE}rounds/1/chase/").status_code == 404

    client.post(link, {"text": "Two visits made"})

    assert "Two visits made" in words(officer.get(f"{HERE}rounds/1/?show=answered"))
    nobody = send(manager, f"{HERE}rounds/1/chase/", due="6 nov")
    assert "there is nobody to chase" in nobody.content.decode()


def test_approving_page_says_first_what_changed_and_has_its_button_before_the_rows(
    cast: Cast, manager: Client, lead: Client, plan: Plan, today: object
) -> None:
    here = f"{HERE}rounds/1/lock/"
    open_and_close(cast, plan, opened=date(2026, 9, 14), closed=date(2026, 9, 28))
    assert "This is the plan’s first round" in words(lead.get(here))
    send(lead, here)
    actions.say(by=cast.ruth, at=timezone.now(), action=place(plan, "2.1.1").action, on=TODAY, per_cent=100)
    open_and_close(cast, plan, opened=date(2026, 10, 26), closed=TODAY)

    answer = lead.get(f"{HERE}rounds/2/lock/")

    counted = {
        row["cells"][0]["text"]: [cell["text"] for cell in row["cells"][1:]] for row in answer.context["change_rows"]
    }
    # Done, now overdue (the review's date has passed), changed otherwise, added, set aside.
    assert counted == {
        "1 Exclusion with SEND": ["0", "1", "0", "0", "0"],
        "2 Waits for therapy": ["1", "0", "0", "0", "0"],
    }
    page = words(answer)
    assert "2 actions changed." in page
    assert page.index("2 actions changed.") < page.index("Approve and lock it</button>") < page.index("Train governors")


def open_and_close(cast: Cast, plan: Plan, *, opened: date, closed: date) -> None:
    found = rounds.open_round(by=cast.ruth, plan=plan, on=opened, due=closed)
    rounds.close_round(by=cast.ruth, round_=found, version=found.version, on=closed)
