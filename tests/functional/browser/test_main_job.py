"""The main job from end to end: a notice logged in the browser becomes a figure in the signed report."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from casework.models import Job, Pupil
from casework.services import jobs
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import Place
from tests.factories import casework as casework_rows
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import log_permanent_exclusion
from tests.report_rows import number_beside, text_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_notice_logged_by_keyboard_is_one_more_in_the_signed_pdf(
    visit: Visit, cast: Cast, exclusion: Exclusion, place: Place, tmp_path: Path, capsys: Any
) -> None:
    another = casework_rows.PupilFactory.create(first_name="Balthazar", home_authority=place.authority)
    casework_rows.RollSpellFactory.create(pupil=another, school=place.school)
    casework_rows.CircumstanceFactory.create(pupil=another, kind="sen", value="K")
    manager = visit(cast.ruth, "/reports/")
    build_first_report(manager)
    before = downloaded(manager, "Restricted PDF", tmp_path)

    officer = visit(cast.asha, "/exclusions/")
    keys = log_permanent_exclusion(officer, find="balthazar", first_day="2/11", told="2/11 8:42")

    assert Exclusion.objects.filter(kind="permanent").count() == 2
    manager.reload()
    write_and_sign(manager)
    after = downloaded(manager, "Restricted PDF", tmp_path)
    for label in ("Notified", "Open"):
        assert int(number_beside(label, after)) == int(number_beside(label, before)) + 1
    assert "signed 4 November 2026" in after
    assert keys < 200
    with capsys.disabled():
        print(f"\nA notice for a known child took {keys} keystrokes.")


def build_first_report(page: Page) -> None:
    page.select_option("#id_period", "2026/27-autumn")
    page.click("button:has-text('Build a report')")
    work_off(page)


def work_off(page: Page) -> None:
    """Do what a worker would, and wait until the page has gone on by itself."""
    page.wait_for_url("**/jobs/**")
    for job in Job.objects.filter(finished_at__isnull=True):
        jobs.run(job_id=job.pk)
    page.wait_for_url("**/reports/*-*/")


def write_and_sign(page: Page) -> None:
    for section in ("Causes and work under way", "Conclusion"):
        page.click(f"nav[aria-label=Sections] a:has-text('{section}')")
        page.fill("#id_body", "Needs are met late. Help comes earlier now.")
        page.click("button:has-text('Save and go on')")
        page.click("a:has-text('Back to the report')")
    page.fill("#id_meeting_on", "3/12/2026")
    page.click("button:has-text('Save the cover')")
    page.click("button:has-text('Build again')")
    work_off(page)
    page.click("a:has-text('Check and sign')")
    page.check("#id_read")
    page.check("#id_stand")
    page.click("main button:has-text('Sign')")
    page.wait_for_selector("text=The report is signed")


def downloaded(page: Page, link: str, folder: Path) -> str:
    with page.expect_download() as waiting:
        page.click(f"a:has-text('{link}')")
    file = folder / "downloaded.pdf"
    waiting.value.save_as(file)
    return text_of(file.read_bytes(), folder)


def test_the_same_can_be_done_without_script(visit: Visit, cast: Cast, pupil: Pupil) -> None:
    page = visit(cast.asha, "/exclusions/log-a-notice/", script=False)

    page.fill("#id_q", "zephyr")
    page.click("button:has-text('Find')")
    page.click(".app-option")
    page.check("#id_kind_1")
    page.fill("#id_first_day", "2/11")
    page.fill("#id_reason_1", "PP")
    page.fill("#id_council_told", "2/11")
    page.click(".app-actions button:has-text('Check answers')")
    page.click("button:has-text('Log this notice')")

    assert "Permanent exclusion from Monday 2 November 2026" in page.inner_text("h1")
    assert Exclusion.objects.count() == 1
