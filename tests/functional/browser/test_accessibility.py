"""axe over every page template in its filled state, at 1280 and at 320 pixels."""

from collections import Counter

import pytest
from playwright.sync_api import Page

from tests.functional.browser.axe import WIDTHS, violations
from tests.functional.browser.served import Site, site  # noqa: F401 - a fixture
from tests.functional.browser.states import FILLED, page_templates

UNDECIDED: Counter[str] = Counter()


def test_every_page_template_has_a_filled_state() -> None:
    assert set(page_templates()) - set(FILLED) == set(), "Add a line to tests/functional/browser/states.py."
    assert set(FILLED) - set(page_templates()) == set()


@pytest.mark.parametrize("template", sorted(FILLED))
def test_page_in_its_filled_state_has_no_violation_of_any_impact(template: str, site: Site) -> None:  # noqa: F811
    state = FILLED[template]
    found: list[str] = []
    with site.page(site.cast.everybody().get(state.who)) as page:
        state.go(site, page)
        shows(page, template)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong, undecided = violations(page)
            found += [f"at {width}: {each}" for each in wrong]
            if (over := _too_wide(page)) > 0:
                found.append(f"at {width}: the page is {over} pixels too wide")
            UNDECIDED[template] += undecided

    assert not found


def shows(page: Page, template: str) -> None:
    """Fail when another page was reached than the one that was meant."""
    heading = page.inner_text("h1")
    wrong = {"Page not found", "Sign in to Sixth Day"} if template not in {"404.html", "account/login.html"} else set()
    assert heading not in wrong, f"{template} shows {heading!r} at {page.url}"


def _too_wide(page: Page) -> int:
    """Return by how much the page scrolls sideways: tables may, within themselves; the page may not."""
    over: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return over


SEED = """
document.querySelector('main').insertAdjacentHTML('beforeend',
  '<img src="/static/sixth-day/icon.svg"><a class="seeded" href="/a">.</a><a class="seeded" href="/b">.</a>')
for (const {style} of document.querySelectorAll('.seeded')) {
  style.display = 'inline-block'; style.width = '9px'; style.height = '9px'
}
"""


def test_axe_finds_a_seeded_fault(site: Site) -> None:  # noqa: F811
    with site.page(site.cast.asha) as page:
        page.goto("/help/")
        page.evaluate(SEED)
        found, _ = violations(page)

    assert any("image-alt" in each for each in found), found
    assert any("target-size" in each for each in found), found


def test_undecided_things_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\naxe: {len(UNDECIDED)} pages at {WIDTHS}, left undecided: {dict(+UNDECIDED)}")
