"""The whole way by keyboard alone: from the sign-in page to the logged exclusion."""

import pytest
from playwright.sync_api import Page

from casework.models import Pupil
from exclusions.models import Exclusion
from tests.cast import PASSWORD, Cast, code_now
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard, log_permanent_exclusion

pytestmark = pytest.mark.django_db(transaction=True)

WATCH_MOUSE = """
for (const kind of ['mousedown', 'mousemove', 'touchstart', 'wheel'])
  addEventListener(kind, (event) => { if (event.isTrusted) sessionStorage.setItem('mouse', kind) }, true)
"""


def test_officer_signs_in_and_logs_a_permanent_exclusion_without_a_mouse(
    visit: Visit, cast: Cast, pupil: Pupil, capsys: pytest.CaptureFixture[str]
) -> None:
    page = visit(None, "/sign-in/")
    page.context.add_init_script(WATCH_MOUSE)
    page.reload()

    to_sign_in = sign_in(page, cast.asha.email)
    to_log = log_permanent_exclusion(page, find="zephyr", first_day="2/11", told="2/11 8:42")

    assert page.inner_text("h1") == "Permanent exclusion from Monday 2 November 2026"
    assert Exclusion.objects.get().case.reference == "26-0001"
    assert page.evaluate("sessionStorage.getItem('mouse')") is None
    assert to_log < 100
    assert to_sign_in + to_log < 200
    with capsys.disabled():
        print(f"\nkeystrokes: {to_sign_in} to sign in, {to_log} to log a permanent exclusion of a known child")


def sign_in(page: Page, email: str) -> int:
    """Sign in by keyboard alone; return how many keys it took."""
    keyboard = Keyboard(page)
    keyboard.tab_to("login")
    keyboard.type(email)
    keyboard.tab_to("password")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    page.wait_for_selector("#id_code")
    keyboard.tab_to("code")
    keyboard.type(code_now())
    keyboard.press("Enter")
    page.wait_for_url("**/my-work/")
    return keyboard.pressed


def test_focus_is_seen_on_every_stop_of_the_notice(visit: Visit, cast: Cast, pupil: Pupil) -> None:
    page = visit(cast.asha, f"/exclusions/log-a-notice/?pupil={pupil.public_id}")
    hidden = []

    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const here = document.activeElement
              if (here === document.body) return null
              const box = (here.closest('.govuk-radios__item, .govuk-checkboxes__item') || here).getBoundingClientRect()
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
              const seen = top && (here.contains(top) || top.contains(here) || top.closest('label') ||
                here.closest('.govuk-radios__item, .govuk-checkboxes__item')?.contains(top))
              return {name: here.name || here.textContent.trim().slice(0, 30), seen: Boolean(seen), width: box.width}
            }"""
        )
        if found and not found["seen"]:
            hidden.append(found)

    assert hidden == []
