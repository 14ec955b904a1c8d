"""Roles are reviewed twice a year, and a vacant one that leads is chased until somebody holds it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.conftest import TODAY, ClientOf
from tests.factories.wsoa import asking, led_by_mail, place, plan_there, with_actions
from tests.integration.wsoa.views.test_plan_pages import HERE, words
from tests.page_form import filled
from tests.queries import asked
from wsoa.models import Plan, Role, RoleReview
from wsoa.services import actions, roles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
ROLES = "/plans/roles/"


def reviewed(code: str, on: date, cast: Cast) -> Role:
    role = Role.objects.get(code=code)
    roles.review_role(by=cast.ruth, at=NOW, on=on, role=role, version=role.version)
    return role


def test_role_is_reviewed_unchanged_in_one_step_and_once(manager: Client, plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    here = f"{ROLES}{role.pk}/"
    assert "Due: never reviewed." in words(manager.get(here))
    form = filled(manager, here)

    first, twice = (manager.post(f"{here}review/", form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    kept = RoleReview.objects.get()
    assert (kept.role, kept.on, kept.by) == (role, TODAY, cast.ruth)
    page = words(manager.get(here))
    assert "Next by 4 May 2027." in page
    assert cast.ruth.name in page


def test_review_of_a_role_that_was_changed_meanwhile_is_asked_again(manager: Client, plan: Plan, cast: Cast) -> None:
    role = Role.objects.get(code="PACC")
    stale = filled(manager, f"{ROLES}{role.pk}/")
    led_by_mail(by=cast.ruth)

    answer = manager.post(f"{ROLES}{role.pk}/review/", stale)

    assert "Somebody else changed this role" in answer.content.decode()
    assert "Held by Lead of PACC since 1 January 2026" in words(answer)
    assert not RoleReview.objects.exists()


def test_roles_list_vacant_leads_first_then_late_then_due_and_filters_in_its_address(
    officer: Client, plan: Plan, cast: Cast
) -> None:
    for code in ("EAS M’ger", "PACC"):
        led_by_mail(code, by=cast.ruth)
    reviewed("EAS M’ger", date(2026, 11, 1), cast)
    reviewed("PACC", date(2026, 5, 3), cast)

    page = words(officer.get(ROLES))

    # "SEN Adviser" is vacant and leads; "PACC" is late by a day; the manager's was reviewed on Sunday.
    order = [page.index(f">{title}</a>") for title in ("SEN Adviser", "Parent and Carer Council", "Education Access")
             if f">{title}</a>" in page]  # fmt: skip
    assert order == sorted(order)
    assert len(order) >= 2
    assert "Was due 3 November 2026" in page
    late, due, vacant = (words(officer.get(f"{ROLES}?show={show}")) for show in ("late", "due", "vacant"))
    assert [("PACC" in each, "SEN Adviser" in each) for each in (late, due, vacant)] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip
    assert "PACC" in words(officer.get(f"{ROLES}?show=nonsense"))


def test_officer_sees_reviews_and_makes_none(officer: Client, plan: Plan) -> None:
    role = Role.objects.get(code="PACC")

    assert "Reviewed, unchanged" not in words(officer.get(f"{ROLES}{role.pk}/"))
    assert officer.get(f"{ROLES}{role.pk}/review/").status_code == 404
    assert officer.post(f"{ROLES}{role.pk}/review/", {}).status_code == 404


def test_vacant_role_that_leads_open_actions_is_chased_until_somebody_holds_it(
    manager: Client, officer: Client, plan: Plan, cast: Cast, client_of: ClientOf
) -> None:
    for code in ("EAS M’ger", "PACC"):
        led_by_mail(code, by=cast.ruth)
    asking(plan, by=cast.ruth, on=TODAY, due=TODAY)
    lead = client_of(cast.plan_lead)
    said, line = "<b>1 vacant role leads actions that are not done:</b>", "SEN Adviser: 1 open action</a>"
    for client, address in ((officer, HERE), (officer, f"{HERE}rounds/1/"), (lead, "/plans/"), (manager, "/plans/")):
        page = words(client.get(address))
        assert said in page, address
        assert "SEN Adviser</a> (1)" in page
    assert said not in words(officer.get("/plans/"))
    assert "Vacant roles that lead actions of plans" in words(manager.get("/my-work/"))
    assert line in words(manager.get("/my-work/"))
    assert line not in words(officer.get("/my-work/"))

    led_by_mail("SEN Adviser", by=cast.ruth)

    assert said not in words(officer.get(HERE))
    assert line not in words(manager.get("/my-work/"))


def test_vacant_role_whose_actions_are_done_or_of_a_closed_plan_is_not_chased(
    manager: Client, plan: Plan, cast: Cast
) -> None:
    for code in ("EAS M’ger", "PACC"):
        led_by_mail(code, by=cast.ruth)
    assert "SEN Adviser: 1 open action" in words(manager.get("/my-work/"))

    Plan.objects.update(closed_on=TODAY)
    assert "SEN Adviser: 1 open action" not in words(manager.get("/my-work/"))
    Plan.objects.update(closed_on=None)
    actions.say(by=cast.ruth, at=NOW, action=place(plan).action, on=TODAY, per_cent=100)
    assert "SEN Adviser: 1 open action" not in words(manager.get("/my-work/"))


def test_same_number_of_queries_at_few_and_many_actions(manager: Client, cast: Cast) -> None:
    counted = []
    for number, code in ((5, "short"), (60, "long")):
        plan_there(with_actions(number, code=code))
        for address in (f"/plans/{code}/", "/plans/", "/my-work/", ROLES):
            with CaptureQueriesContext(connection) as captured:
                assert manager.get(address).status_code == 200
            counted.append(len(asked(captured)))

    assert counted[:4] == counted[4:]
