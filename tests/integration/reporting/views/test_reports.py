"""The pages of committee reports."""

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Job
from casework.rules.periods import Period
from casework.services import jobs
from exclusions.models import Exclusion
from reporting.models import CommitteeReport
from reporting.services import committee_report
from tests.cast import Cast, signed_in
from tests.conftest import NOW, ClientOf
from tests.report_rows import PERIOD, built, written


@pytest.fixture
def manager(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.ruth)


def test_building_from_the_page_shows_progress_and_then_the_report(manager: Client, exclusion: Exclusion) -> None:
    answer = manager.post(reverse("reporting:open-report"), {"period": PERIOD})

    job = Job.objects.get()
    assert answer["Location"].startswith(f"/jobs/{job.public_id}/")
    assert "Waiting for a worker" in manager.get(answer["Location"]).content.decode()
    jobs.run(job_id=job.pk)
    done = manager.get(answer["Location"])
    assert done["Location"] == reverse("reporting:report", args=[CommitteeReport.objects.get().public_id])
    page = manager.get(done["Location"]).content.decode()
    assert "Tables, as each version prints them" in page
    assert manager.get(reverse("casework:job-progress", args=[job.public_id])).json()["finished"] is True


def test_a_second_click_on_build_opens_no_second_report(manager: Client, exclusion: Exclusion) -> None:
    for _ in range(2):
        manager.post(reverse("reporting:open-report"), {"period": PERIOD})

    assert CommitteeReport.objects.count() == 1
    assert Job.objects.count() == 1


def test_a_period_that_does_not_exist_is_refused_in_words(manager: Client, cast: Cast) -> None:
    page = manager.post(reverse("reporting:open-report"), {"period": "2026/99"}, follow=True)

    assert "Choose one from the list" in page.content.decode()
    assert not CommitteeReport.objects.exists()


def test_another_persons_build_is_told_of_on_the_reports_page(
    manager: Client, cast: Cast, exclusion: Exclusion
) -> None:
    report = committee_report.open_report(by=None, at=NOW, period=Period.parse(PERIOD))
    committee_report.build(by=None, at=NOW, report=report)

    page = manager.post(reverse("reporting:build-report", args=[report.public_id]), follow=True)

    assert "being built already" in page.content.decode()


def test_each_number_of_the_restricted_table_lists_its_children(
    manager: Client, cast: Cast, exclusion: Exclusion
) -> None:
    report = built(by=cast.ruth, at=NOW)

    page = manager.get(reverse("reporting:report", args=[report.public_id])).content.decode()

    start = page.index('href="/exclusions/?kind=permanent&amp;outcome=open')
    address = page[start + 6 : page.index('"', start + 7)].replace("&amp;", "&")
    listed = manager.get(address).content.decode()
    assert "1 notice about 1 child" in listed


def test_section_is_saved_and_the_next_one_follows(manager: Client, cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="summary")

    answer = manager.post(
        reverse("reporting:report-section", args=[report.public_id, "summary"]),
        {"version": section.version, "body": "In {period} there were {notified}."},
    )

    assert answer["Location"].endswith("/sections/recommendations/")
    section.refresh_from_db()
    assert section.body == "In {period} there were {notified}."
    assert section.edited_by == cast.ruth


def test_unknown_figure_is_told_at_the_field_and_what_was_typed_stays(
    manager: Client, cast: Cast, exclusion: Exclusion
) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="summary")

    page = manager.post(
        reverse("reporting:report-section", args=[report.public_id, "summary"]),
        {"version": section.version, "body": "There were {notifed}."},
    ).content.decode()

    assert "There is no figure called {notifed}" in page
    assert "There were {notifed}." in page
    assert "<title>Error:" in page


def test_stale_section_keeps_what_was_typed_and_can_then_be_saved(
    manager: Client, cast: Cast, exclusion: Exclusion
) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="conclusion")
    committee_report.write_section(by=cast.ruth, at=NOW, section=section, version=section.version, body="First.")
    address = reverse("reporting:report-section", args=[report.public_id, "conclusion"])

    page = manager.post(address, {"version": section.version, "body": "Second."}).content.decode()

    section.refresh_from_db()
    assert section.body == "First."
    assert "Somebody else changed this report" in page
    assert "Second." in page
    assert f'value="{section.version}"' in page


def test_signing_asks_for_both_ticks_and_then_freezes(manager: Client, cast: Cast, exclusion: Exclusion) -> None:
    report = written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)
    address = reverse("reporting:sign-report", args=[report.public_id])
    token = "5f2d5cf0-0e6c-4d8b-9a39-36d0f6f6a001"

    unticked = manager.post(address, {"version": report.edit_version, "token": token}).content.decode()
    signed = manager.post(
        address, {"version": report.edit_version, "token": token, "read": "on", "stand": "on"}, follow=True
    ).content.decode()
    again = manager.post(address, {"version": report.edit_version, "token": token, "read": "on", "stand": "on"})

    assert "I have read the public version page by page" in unticked
    assert "The report is signed" in signed
    assert "SHA-256" in signed
    assert again.status_code == 302
    report.refresh_from_db()
    assert report.signed_by == cast.ruth


def test_files_are_downloaded_as_they_are_kept(manager: Client, cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)

    pdf = manager.get(reverse("reporting:report-file", args=[report.public_id, "public", "pdf"]))
    page = manager.get(reverse("reporting:report-file", args=[report.public_id, "restricted", "html"]))

    assert pdf.content.startswith(b"%PDF-")
    assert "attachment" in pdf["Content-Disposition"]
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "no-store" in pdf["Cache-Control"]


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_an_officer_may_not_read_the_restricted_report(
    client_of: ClientOf, cast: Cast, exclusion: Exclusion, form: str
) -> None:
    report = built(by=cast.ruth, at=NOW)

    answer = client_of(cast.asha).get(reverse("reporting:report-file", args=[report.public_id, "restricted", form]))

    assert answer.status_code == 404


def test_reports_page_says_how_to_begin_when_there_is_none(manager: Client) -> None:
    assert "A report opens by itself when a term ends" in manager.get("/reports/").content.decode()


def test_a_picture_letter_is_refused_at_the_field(manager: Client, cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="conclusion")

    page = manager.post(
        reverse("reporting:report-section", args=[report.public_id, "conclusion"]),
        {"version": section.version, "body": "Well done \U0001f600"},
    ).content.decode()

    assert "cannot be printed: take it out" in page
