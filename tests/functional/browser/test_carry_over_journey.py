"""Last year's notices out of a council's spreadsheet: twelve rows are wrong, are mended by what the page says, and come in."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page

from casework.models import Job, Pupil
from casework.services import jobs
from exclusions.models import Exclusion, SuspendedDay
from tests.cast import Cast
from tests.conftest import Place
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard
from tests.misspelt import FIRST, LAST
from tests.notice_files import as_csv, as_workbook, row

ROWS = 60
# The row of the file that is spoilt, the cell, what stands in it, and what the page says of it.
SPOILT: dict[int, tuple[str, str, str]] = {
    3: ("First day", "06/09/2025", "That is no school day of this school"),
    8: ("First day", "31/02/2026", "day"),
    12: ("Kind", "sent home", "Your own words"),
    17: ("Reason 1", "ZZ", "no reason of the Department"),
    21: ("School", "999998", "No school with this URN"),
    26: ("UPN", "A12345", "13 characters"),
    30: ("Date of birth", "03/05/2030", "from 1990"),
    35: ("Year group", "Form 3", "not known"),
    41: ("SEN", "Q", "not known"),
    47: ("Last day", "01/09/2025", "last day"),
    52: ("Reason 1", "", "at least one reason"),
    58: ("Social care", "sort of", "not known"),
}


def last_year(place: Place) -> list[dict[str, Any]]:
    """Return sixty suspensions of two days, of as many children, on Mondays and Tuesdays of 2025/26."""
    mondays = [day for day in (date(2025, 9, 8) + timedelta(days=7 * week) for week in range(40)) if _is_open(day)]
    return [
        row(
            first_name=FIRST[number % len(FIRST)],
            last_name=LAST[(number * 7) % len(LAST)],
            date_of_birth=f"{1 + number % 28:02d}/{1 + number % 12:02d}/2012",
            sex="FM"[number % 2],
            school=place.school.urn,
            first_day=f"{mondays[number % len(mondays)]:%d/%m/%Y}",
            last_day=f"{mondays[number % len(mondays)] + timedelta(days=1):%d/%m/%Y}",
            year_group="8",
        )
        for number in range(ROWS)
    ]  # fmt: skip


def _is_open(monday: date) -> bool:
    # Weeks in which the factories' calendar has no holiday at all.
    return (monday.month, monday.day // 7) in {
        (9, 2),
        (9, 3),
        (10, 0),
        (10, 1),
        (11, 1),
        (11, 2),
        (1, 2),
        (1, 3),
        (3, 1),
        (3, 2),
        (6, 2),
        (6, 3),
    }


def bring(page: Page, content: bytes, name: str) -> Keyboard:
    """Bring a file from the list of imports, and wait until it is checked."""
    page.goto("/administration/imports/bring/notices/")
    payload: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#id_file", files=payload)
    keyboard = Keyboard(page)
    page.focus("#id_file")
    keyboard.tab_to("Check the file")
    keyboard.press("Enter")
    work_off(page)
    return keyboard


def work_off(page: Page) -> None:
    """Do what a worker would, and wait until the page has gone on by itself."""
    page.wait_for_url("**/jobs/**")
    for job in Job.objects.filter(finished_at__isnull=True, failed_at__isnull=True):
        jobs.run(job_id=job.pk)
    # The address of the work holds the page's own as where to go on.
    page.wait_for_url(re.compile(r"^https?://[^/]+/administration/imports/[0-9a-f-]+/$"))
    page.wait_for_load_state()


def counted(page: Page) -> dict[str, str]:
    """Return the page's counts by their names."""
    rows = page.locator("section[aria-labelledby=counts] tbody tr")
    return {each.locator("th").inner_text(): each.locator("td").inner_text() for each in rows.all()}


@pytest.mark.django_db(transaction=True)
def test_last_years_notices_come_in_with_twelve_rows_mended_and_none_doubled(
    visit: Visit, cast: Cast, place: Place
) -> None:
    good = last_year(place)
    spoilt = [dict(each) for each in good]
    for number, (cell, wrong, _) in SPOILT.items():
        spoilt[number - 2][cell] = wrong
    page = visit(cast.asha, "/administration/imports/")

    keyboard = bring(page, as_csv(spoilt), "last year.csv")
    body = page.inner_text("main")
    found = [each.inner_text() for each in page.locator("table[role=table] tbody tr").all()]
    assert counted(page).get("Notices that come in") == str(ROWS - 12), body
    for number, (_, _, says) in SPOILT.items():
        line = [each for each in found if each.split()[0] == str(number)]
        assert line, f"row {number} is not named:\n{body}"
        assert says in line[0]
    keyboard.tab_to("Apply")
    keyboard.press("Enter")
    work_off(page)
    assert Exclusion.objects.count() == ROWS - 12

    keyboard = bring(page, as_workbook(good), "last year, mended.xlsx")
    now = counted(page)
    assert (now["Notices that come in"], now["Held already"]) == ("12", str(ROWS - 12))
    keyboard.tab_to("Apply")
    keyboard.press("Enter")
    work_off(page)

    assert Exclusion.objects.count() == Pupil.objects.count() == ROWS
    assert SuspendedDay.objects.count() == 2 * ROWS
    listed = visit(cast.asha, "/exclusions/?period=&first_from=2025-09-01&first_to=2026-07-31").inner_text("main")
    assert f"{ROWS} notices about {ROWS} children" in listed

    keyboard = bring(page, as_workbook(good), "last year, mended.xlsx")
    assert counted(page).get("Notices that come in", "0") == "0"
    assert counted(page)["Held already"] == str(ROWS)
