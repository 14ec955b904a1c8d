"""The calculator in a browser: without script, from the keyboard, on a phone, and on one sheet of paper."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.functional.browser.axe import WIDTHS, violations
from tests.functional.browser.served import Site, site  # noqa: F401 - a fixture

TERMS = """3/9/2026 to 23/10/2026
2/11/2026 to 18/12/2026
5/1/2027 to 12/2/2027
22/2/2027 to 25/3/2027"""
MARCHSHIRE = {"terms": TERMS, "closed": "2/11/2026", "first_day": "21/10/2026", "governors_told": "21/10/2026"}
CHAIN = MARCHSHIRE | {
    "governors_met": "18/11/2026",
    "letter_on": "18/11/2026",
    "applied_on": "1/12/2026",
    "panel_notice_on": "15/12/2026",
    "closures": "24/11/2026",
    "fair_access_on": "5/1/2027",
    "sent_home_on": "20/10/2026",
}
SUSPENSION = {
    "terms": TERMS,
    "kind": "suspension",
    "days": "12",
    "first_day": "16/11/2026",
    "governors_told": "16/11/2026",
}
FIFTY = SUSPENSION | {"first_day": "14/9/2026", "governors_told": "14/9/2026", "representations": "yes"}


def fill(page: Page, facts: dict[str, str]) -> None:
    page.goto("/calculator/")
    for summary in page.locator("main details > summary").all():
        summary.click()
    page.select_option("#id_calendar", "own")
    for name, value in facts.items():
        if name == "kind":
            page.check(f"[name=kind][value={value}]")
        elif value == "yes":
            page.check(f"#id_{name}")
        else:
            page.fill(f"#id_{name}", value)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=How each date was worked out")


def text(page: Page, selector: str) -> str:
    return " ".join(page.inner_text(selector).split())


@pytest.mark.parametrize("script", [True, False])
def test_dates_are_worked_out_with_and_without_script(site: Site, script: bool) -> None:  # noqa: F811
    with site.page(script=script) as page:
        fill(page, MARCHSHIRE)

        dates = text(page, "section[aria-labelledby=dates]")
        assert "Permanent exclusion from Wednesday 21 October 2026" in dates
        assert "Thursday 5 November or Friday 6 November, on the other reading" in dates
        assert "Thursday 19 November 15 school days after Wednesday 21 October" in dates
        assert page.locator("text=Print or save as PDF").is_visible() == script


def test_strip_shows_day_six_on_both_readings_and_the_governors(site: Site) -> None:  # noqa: F811
    with site.page() as page:
        fill(page, MARCHSHIRE)

        assert text(page, ".app-strip__day--due .app-strip__date") == "Thu 5 Nov"
        assert text(page, ".app-strip__day--other .app-strip__date") == "Fri 6 Nov"
        assert text(page, ".app-strip__day:last-child") == "Thu 19 Nov day 16 Governors must have met"


def test_mistake_moves_the_focus_to_the_summary_and_leads_to_its_field(site: Site) -> None:  # noqa: F811
    with site.page() as page:
        page.goto("/calculator/")
        page.fill("#id_first_day", "soon")
        page.keyboard.press("Enter")
        page.wait_for_selector(".govuk-error-summary")

        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
        page.click(".govuk-error-summary a")
        assert page.evaluate("document.activeElement.id") == "id_first_day"
        assert page.title().startswith("Error: ")


@pytest.mark.parametrize(
    "facts", [MARCHSHIRE, CHAIN, SUSPENSION], ids=["both readings", "the whole chain", "suspension"]
)
def test_dates_print_on_one_landscape_sheet(site: Site, tmp_path: Path, facts: dict[str, str]) -> None:  # noqa: F811
    """The sheet is A4 on its side, and nothing of the answer runs over to a second."""
    with site.page() as page:
        fill(page, facts)
        page.pdf(path=tmp_path / "dates.pdf", prefer_css_page_size=True)

    told = subprocess.run(["pdfinfo", tmp_path / "dates.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
    assert "841.9" in told.split("Page size:")[1].split("x")[0]


@pytest.mark.parametrize("facts", [CHAIN, SUSPENSION], ids=["the whole chain", "suspension"])
def test_answers_have_no_violation_and_no_page_is_too_wide(site: Site, facts: dict[str, str]) -> None:  # noqa: F811
    with site.page() as page:
        fill(page, facts)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})

            assert violations(page)[0] == []
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
