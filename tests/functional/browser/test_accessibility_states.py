"""axe over the other states of pages: empty, with errors, with the timeout warning open, very long text."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.functional.browser.axe import WIDTHS, violations
from tests.functional.browser.served import Site, site  # noqa: F401 - a fixture
from tests.policy.panel_objects import advised_there, member_there, panel_there, scores_there

pytestmark = pytest.mark.long

Go = Callable[[Site, Page], Any]


def sent_empty(address: str | Callable[[Site], str]) -> Go:
    """Return how to send a page's form with nothing in it."""

    def go(here: Site, page: Page) -> None:
        page.goto(address if isinstance(address, str) else address(here))
        page.evaluate(
            "for (const field of document.querySelectorAll('main input:not([type=hidden]), main textarea, main select'))"
            " { field.checked = false; field.value = '' }"
        )
        page.evaluate("document.querySelector('main form[method=post] button[type=submit]').click()")
        page.wait_for_selector(".govuk-error-summary")

    return go


def narrowed_to_nothing(here: Site, page: Page) -> None:
    page.goto("/exclusions/?kind=lunchtime&first_from=2026-01-01")


def warned(here: Site, page: Page) -> None:
    page.goto("/exclusions/log-a-notice/")
    page.evaluate("document.querySelector('dialog.app-timeout').showModal()")


def very_long(here: Site, page: Page) -> None:
    page.goto(f"/exclusions/{here.exclusion.case.reference}/")
    page.evaluate(
        "for (const cell of document.querySelectorAll('main td, main dd, main h1')) cell.textContent += ' "
        + "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 3
        + "'"
    )


def _scores_to_check(here: Site, page: Page) -> None:
    panel = scores_there().panel
    page.goto(f"/panels/{panel.code}/turns/scores/publish/")
    page.get_by_label("In force from").fill("today")
    page.get_by_role("button", name="Check the scores").click()
    expect(page.get_by_role("heading", name="Check the scores")).to_be_visible()


def _refused_referral(here: Site, page: Page) -> None:
    panel_there()
    page.goto(f"/panels/refer/?case={here.exclusion.case.reference}")
    page.select_option("#id_panel", "fap-secondary")
    page.click("main button[type=submit]")
    page.wait_for_selector("#refused")


STATES: dict[str, tuple[str, Go]] = {
    "sign in, wrong": ("", sent_empty("/sign-in/")),
    "add a child, wrong": ("asha", sent_empty("/pupils/add/")),
    "add to a roll, wrong": ("asha", sent_empty(lambda here: f"/pupils/{here.pupil.public_id}/roll/")),
    "search, wrong": ("asha", sent_empty("/search/")),
    "outcome, wrong": ("asha", sent_empty(lambda here: f"/exclusions/{here.exclusion.case.reference}/outcome/")),
    "provision, wrong": ("asha", sent_empty(lambda here: f"/exclusions/{here.exclusion.case.reference}/provision/")),
    "notice, wrong": ("imran", lambda here, page: _colleagues_notice(here, page)),
    "list, narrowed to nothing": ("asha", narrowed_to_nothing),
    "list, its filters alone": ("asha", lambda here, page: page.goto("/exclusions/?show=filters")),
    "list, wrong filter": ("asha", lambda here, page: page.goto("/exclusions/?first_from=nonsense")),
    "timeout warning": ("asha", warned),
    "very long text": ("asha", very_long),
    "terms, wrong": ("administrator", sent_empty(lambda here: f"/panels/{panel_there().code}/terms/add/")),
    "appoint, wrong": ("administrator", sent_empty(lambda here: f"/panels/{panel_there().code}/members/appoint/")),
    "connection, wrong": (
        "asha",
        sent_empty(lambda here: f"/panels/{panel_there().code}/members/{member_there().pk}/connections/record/"),
    ),
    "referral, refused": ("asha", _refused_referral),
    "officer's decision, wrong": (
        "ruth",
        sent_empty(lambda here: f"/panels/advising/referrals/{advised_there(here.pupil).reference}/decide/"),
    ),
    "sitting, wrong": ("asha", sent_empty(lambda here: f"/panels/{panel_there().code}/sittings/call/")),
    "scores, wrong": ("asha", sent_empty(lambda here: f"/panels/{panel_there().code}/turns/scores/publish/")),
    "scores, to check": ("asha", _scores_to_check),
    "a plan's file, wrong": ("ruth", sent_empty("/administration/imports/bring/plan/")),
    "no panel is one's own": ("chair", lambda here, page: page.goto("/panels/")),
    "no pages of one's own": ("data_protection", lambda here, page: page.goto("/account/")),
}


def _colleagues_notice(here: Site, page: Page) -> None:
    from tests.cast import person

    person("bo", role="eas_officer")
    here.sign_in(page.context, type(here.cast.asha).objects.get(email="bo@marchshire.example"))
    page.goto("/exclusions/log-a-notice/")
    page.fill("#id_first_day", "24/10")
    page.keyboard.press("Alt+Enter")
    page.wait_for_selector(".govuk-error-summary")


@pytest.mark.parametrize("state", STATES)
def test_page_in_this_state_has_no_violation_of_any_impact(state: str, site: Site) -> None:  # noqa: F811
    who, go = STATES[state]
    found: list[str] = []
    with site.page(site.cast.everybody().get(who)) as page:
        go(site, page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"at {width}: {each}" for each in violations(page)[0]]

    assert not found
