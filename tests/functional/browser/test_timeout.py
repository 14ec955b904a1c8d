"""The warning before an idle session ends, and what becomes of what was typed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from casework.models import Draft, Pupil
from tests.cast import PASSWORD, Cast, cache_clear, code_now, person
from tests.functional.browser.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def idle_seconds(settings: Any) -> int:
    settings.SESSION_COOKIE_AGE = 8
    return 8


def sign_in(page: Page, email: str) -> None:
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#id_code", code_now())
    page.click("main button[type=submit]")
    cache_clear()


def test_warning_takes_the_focus_and_one_key_extends_the_session(
    visit: Visit, cast: Cast, pupil: Pupil, idle_seconds: int
) -> None:
    page = visit(cast.asha, "/exclusions/log-a-notice/")
    page.focus("#id_first_day")
    page.wait_for_selector("dialog.app-timeout[open]")

    assert page.evaluate("document.activeElement.textContent") == "You are about to be signed out"
    assert "You will be signed out in" in page.inner_text("[data-timeout-left]")
    page.keyboard.press("Escape")

    page.wait_for_selector("dialog.app-timeout:not([open])", state="attached")
    assert page.evaluate("document.activeElement.id") == "id_first_day"
    assert page.goto("/account/").status == 200  # type: ignore[union-attr]


def test_session_that_ends_keeps_what_was_typed_and_sign_in_brings_it_back(
    visit: Visit, cast: Cast, pupil: Pupil, idle_seconds: int
) -> None:
    page = visit(cast.asha, f"/exclusions/log-a-notice/?pupil={pupil.public_id}")
    page.fill("#id_narrative", "Half a sentence")

    page.wait_for_url("**/sign-in/?ended=1**", timeout=30_000)

    assert "You were signed out after 30 minutes without use." in page.inner_text("main")
    assert "is kept as a draft" in page.inner_text("main")
    assert Draft.objects.get().typed["narrative"] == ["Half a sentence"]
    sign_in(page, cast.asha.email)
    page.wait_for_url(re.compile(r"/exclusions/log-a-notice/\?draft="))
    assert page.input_value("#id_narrative") == "Half a sentence"


def test_another_person_at_the_same_screen_is_not_given_the_draft(
    visit: Visit, cast: Cast, pupil: Pupil, idle_seconds: int
) -> None:
    colleague = person("bo", role="eas_officer")
    page = visit(cast.asha, f"/exclusions/log-a-notice/?pupil={pupil.public_id}")
    page.fill("#id_narrative", "Half a sentence")
    page.wait_for_url("**/sign-in/?ended=1**", timeout=30_000)

    sign_in(page, colleague.email)
    page.wait_for_url("**/exclusions/log-a-notice/")

    assert page.input_value("#id_narrative") == ""
    assert "Half a sentence" not in page.content()
