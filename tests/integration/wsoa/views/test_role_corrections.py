"""A role that was given wrongly is put right or taken back, and what was asked follows it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from casework.models import Message
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.wsoa import SITE, asking, led_by_mail
from tests.integration.wsoa.views.test_plan_pages import HERE, send, words
from tests.page_form import errors, filled
from wsoa.models import Plan, Role, RoleHolder, RoundAsk
from wsoa.services import asks, roles
from wsoa.services.roles import HolderFacts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
DAY = timedelta(days=1)


@pytest.fixture
def role(plan: Plan, cast: Cast) -> Role:
    """A role that Nerissa Vale holds since January, and Corin Ashby from the day after tomorrow."""
    found: Role = Role.objects.get(code="PACC")
    for day, name in ((date(2026, 1, 1), "Nerissa Vale"), (TODAY + 2 * DAY, "Corin Ashby")):
        roles.give_role(
            by=cast.ruth, role=found, version=found.version, first_day=day, name=name, email="a@pacc.example"
        )
        found.refresh_from_db()
    return found


def holder(name: str) -> RoleHolder:
    return RoleHolder.objects.get(name=name)


def here(role: Role, name: str, tail: str = "") -> str:
    return f"/plans/roles/{role.pk}/holders/{holder(name).pk}/{tail}"


def test_holder_to_come_is_named_as_such(role: Role, officer: Client) -> None:
    page, every = words(officer.get(f"/plans/roles/{role.pk}/")), words(officer.get("/plans/roles/"))

    assert 'No end<span class="app-second">To come</span>' in page
    assert "Since 1 January 2026 to 5 November 2026. Corin Ashby from 6 November 2026" in every
    assert "Correct or take back" not in page


def test_holder_is_put_right_in_place(role: Role, manager: Client, cast: Cast) -> None:
    page = here(role, "Nerissa Vale")
    unnamed = send(manager, page, name="")
    assert unnamed.context["form"].errors["name"] == ["Enter the name of whoever holds it"]
    assert "must not be before" in errors(send(manager, page, last_day="1/12/2025"))["last_day"]
    overlapping = send(manager, page, last_day="")
    assert errors(overlapping)["first_day"].startswith("Corin Ashby holds it from 6 November 2026 on")

    assert send(manager, page, name="Nerys Vale", email="b@pacc.example", first_day="1/2/2026").status_code == 302

    kept = holder("Nerys Vale")
    assert (kept.email, kept.first_day, kept.last_day) == ("b@pacc.example", date(2026, 2, 1), TODAY + DAY)
    shown = words(manager.get(f"/plans/roles/{role.pk}/"))
    assert shown.count("Corrected ") == 1
    assert ": was Nerissa Vale, a@pacc.example, from 1 January 2026" in shown


def test_holder_taken_back_gives_the_role_to_whoever_gave_it_up(role: Role, manager: Client, officer: Client) -> None:
    page = here(role, "Corin Ashby", "take-back/")
    assert "Nerissa Vale, whose time ended on 5 November 2026, holds it again" in words(manager.get(page))
    form = filled(manager, page) | {"because": "Another role was meant"}

    first, twice = (manager.post(page, form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    assert holder("Nerissa Vale").last_day is None
    shown = words(officer.get(f"/plans/roles/{role.pk}/"))
    assert "4 November 2026 by Ruth Penhale: Another role was meant" in shown
    assert "Corin" not in words(officer.get("/plans/roles/"))
    assert manager.get(page).status_code == 302
    assert manager.get(here(role, "Corin Ashby")).status_code == 302


def test_holder_between_others_taken_back_leaves_the_one_after(role: Role, cast: Cast) -> None:
    roles.give_role(by=cast.ruth, role=role, version=role.version, first_day=TODAY + 9 * DAY, name="Third")
    role.refresh_from_db()
    with pytest.raises(roles.Stale):
        roles.take_back_holder(by=cast.ruth, at=NOW, holder=holder("Corin Ashby"), version=1, because="Wrong")

    roles.take_back_holder(by=cast.ruth, at=NOW, holder=holder("Corin Ashby"), version=role.version, because="Wrong")

    assert holder("Nerissa Vale").last_day == TODAY + 8 * DAY
    role.refresh_from_db()
    facts = HolderFacts("Corin Ashby", "", None, TODAY, None)
    with pytest.raises(roles.TakenBack):
        roles.correct_holder(by=cast.ruth, holder=holder("Corin Ashby"), version=role.version, facts=facts)


def test_taken_back_before_a_gap_leaves_the_gap(plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    roles.give_role(by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name="First")
    roles.give_role(by=cast.ruth, role=role, version=2, first_day=date(2026, 5, 1))
    roles.give_role(by=cast.ruth, role=role, version=3, first_day=date(2026, 9, 1), name="Second")

    assert roles.take_back_holder(by=cast.ruth, at=NOW, holder=holder("Second"), version=4, because="Wrong") is None

    assert holder("First").last_day == date(2026, 4, 30)


def test_mistake_gives_the_role_back_to_nobody_who_had_left_before_it(plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    roles.give_role(by=cast.ruth, role=role, version=1, first_day=date(2026, 1, 1), name="Anna")
    roles.give_role(by=cast.ruth, role=role, version=2, first_day=date(2026, 7, 1))
    roles.give_role(by=cast.ruth, role=role, version=3, first_day=date(2026, 7, 1), name="Ben")

    assert roles.take_back_holder(by=cast.ruth, at=NOW, holder=holder("Ben"), version=4, because="Wrong") is None

    assert holder("Anna").last_day == date(2026, 6, 30)


@pytest.mark.parametrize("moved_to", [TODAY - 20 * DAY, TODAY + 20 * DAY])
def test_corrected_first_day_moves_the_day_on_which_the_one_before_gave_it_up(
    role: Role, cast: Cast, moved_to: date
) -> None:
    facts = HolderFacts("Corin Ashby", "", None, moved_to, None)

    roles.correct_holder(by=cast.ruth, holder=holder("Corin Ashby"), version=role.version, facts=facts)

    assert (holder("Nerissa Vale").last_day, holder("Corin Ashby").first_day) == (moved_to - DAY, moved_to)


def test_first_day_before_the_one_before_began_is_refused(role: Role, cast: Cast) -> None:
    facts = HolderFacts("Corin Ashby", "", None, date(2025, 12, 1), None)

    with pytest.raises(roles.Overlaps):
        roles.correct_holder(by=cast.ruth, holder=holder("Corin Ashby"), version=role.version, facts=facts)

    assert holder("Nerissa Vale").last_day == TODAY + DAY


def test_link_of_one_taken_back_answers_no_more_and_a_chase_follows_a_corrected_address(
    plan: Plan, cast: Cast, manager: Client, officer: Client
) -> None:
    led_by_mail("SEN Adviser", by=cast.ruth, email="wrong@pacc.example")
    held = asking(plan, by=cast.ruth, on=TODAY, due=TODAY + 7 * DAY)
    ask = RoundAsk.objects.get(token_hash__isnull=False)
    role = Role.objects.get(code="SEN Adviser")
    named = role.holders.get()
    facts = HolderFacts(named.name, "right@pacc.example", None, named.first_day, None)
    to_a_stranger = asks.secret_of(ask)
    assert asks.opened(to_a_stranger, on=TODAY)
    roles.correct_holder(by=cast.ruth, holder=named, version=role.version, facts=facts)
    with pytest.raises(asks.NotTheirs):
        asks.opened(to_a_stranger, on=TODAY)

    assert asks.chase(by=cast.ruth, at=NOW, on=TODAY, round_=held, due=held.due, site=SITE) == 1

    mail = Message.objects.get(recipient="right@pacc.example")
    assert "reminder" not in mail.body, "Nobody wrote to this address before."
    held.refresh_from_db()
    assert asks.chase(by=cast.ruth, at=NOW, on=TODAY, round_=held, due=held.due, site=SITE) == 1
    last = Message.objects.filter(recipient="right@pacc.example").latest("pk")
    assert "This is a reminder: no answer has come since 4 November 2026." in last.body
    assert "reminder" not in Message.objects.get(recipient="wrong@pacc.example").body
    ask.refresh_from_db()
    role.refresh_from_db()
    roles.take_back_holder(by=cast.ruth, at=NOW, holder=named, version=role.version, because="Not theirs")
    with pytest.raises(asks.NotTheirs):
        asks.opened(asks.secret_of(ask), on=TODAY)
    assert f"{named.name} holds the role no more: chase to ask whoever does" in words(officer.get(f"{HERE}rounds/1/"))


def test_who_closed_a_round_is_not_led_to_approve_it(plan: Plan, cast: Cast, manager: Client) -> None:
    asking(plan, by=cast.plan_lead, on=TODAY, due=TODAY)
    assert send(manager, f"{HERE}rounds/1/close/").status_code == 302

    assert manager.get(f"{HERE}rounds/1/lock/").headers["Location"] == f"{HERE}rounds/1/"
    assert "You closed this round: somebody else approves it." in words(manager.get(f"{HERE}rounds/1/"))
