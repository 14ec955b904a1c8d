"""From no panel to a member's declaration: by the keyboard alone, without script, and on a telephone."""

import pytest
from playwright.sync_api import Page

from casework.models import User
from panels.models import Connection, Membership, Panel, TermsOfReference
from tests.cast import Cast
from tests.conftest import Place
from tests.factories import panels as rows
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)


def test_panel_is_opened_given_terms_and_members_by_keyboard_alone(visit: Visit, cast: Cast) -> None:
    page = visit(cast.administrator, "/panels/")
    keyboard = Keyboard(page)

    keyboard.tab_to("Open a panel", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/open/")
    _open(keyboard)
    page.wait_for_url("**/panels/fap-secondary/")
    keyboard.tab_to("Add the terms", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/terms/add/")
    _lay_down(keyboard)
    page.wait_for_selector("text=At least 3 heads.")
    keyboard.tab_to("Appoint a member", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/appoint/")
    _appoint(keyboard, cast.chair)
    page.wait_for_selector("text=is appointed.")

    assert Panel.objects.get().kind == "fair_access_secondary"
    assert TermsOfReference.objects.get().fairness_model == "rotation"
    assert (Membership.objects.get().person, Membership.objects.get().role) == (cast.chair, "chair")


def _open(keyboard: Keyboard) -> None:
    keyboard.tab_to("name", limit=60)
    keyboard.type("Fair Access Panel, secondary")
    keyboard.tab_to("code")
    keyboard.type("fap-secondary")
    keyboard.tab_to("kind")
    keyboard.press("ArrowDown", times=2)
    keyboard.tab_to("opened_on")
    keyboard.type("today")
    keyboard.press("Enter")


def _lay_down(keyboard: Keyboard) -> None:
    keyboard.tab_to("decision_model", limit=60)
    keyboard.press("ArrowDown")
    keyboard.tab_to("quorum_head")
    keyboard.type("3")
    keyboard.tab_to("fairness", limit=60)
    keyboard.press("ArrowDown")
    keyboard.press("Alt+Enter")


def _appoint(keyboard: Keyboard, person: User) -> None:
    keyboard.tab_to("person", limit=60)
    keyboard.type(person.name)
    keyboard.tab_to("role")
    keyboard.type("Chair")
    keyboard.press("Alt+Enter")


def test_member_declares_on_a_telephone_without_script(visit: Visit, cast: Cast, place: Place) -> None:
    rows.member(rows.panel(), cast.member, by=cast.administrator)
    page = visit(cast.member, "/panels/", script=False, width=360)

    page.click("text=My connections")
    page.click("text=Declare a connection")
    page.check("input[value=works_at]")
    page.click("main button[type=submit]")
    assert "Enter a school" in page.inner_text(".govuk-error-summary")
    page.fill("#id_school", place.school.urn)
    page.click("main button[type=submit]")

    assert place.school.name in page.inner_text("main")
    assert not _too_wide(page)
    assert Connection.objects.get().kind == "works_at"


def _too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
