"""Opening, building, writing and signing committee reports."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection

from casework.models import Job
from casework.rules.periods import Period
from casework.services import jobs
from exclusions.models import Exclusion
from exclusions.services import outcomes
from reporting.models import CommitteeReport, ReportFile
from reporting.rules.narrative import UnknownFigure
from reporting.services import committee_report
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories import exclusions as exclusion_rows
from tests.pdf_tags import check_tagged
from tests.report_rows import PERIOD, built, file_of, number_beside, text_of, written


def test_build_makes_four_files_and_counts_the_exclusion(cast: Cast, exclusion: Exclusion, tmp_path: Path) -> None:
    report = built(by=cast.ruth, at=NOW)

    assert report.figures
    assert report.figures["waterfall"]["notified"] == 1
    assert ReportFile.objects.filter(report=report).count() == 4
    text = text_of(file_of(report, "restricted"), tmp_path)
    assert number_beside("Notified", text) == "1"
    assert number_beside("Open", text) == "1"


def test_public_version_hides_one_child_and_restricted_does_not(
    cast: Cast, exclusion: Exclusion, tmp_path: Path
) -> None:
    report = built(by=cast.ruth, at=NOW)

    public = text_of(file_of(report, "public"), tmp_path)

    assert number_beside("Notified", public) == "[c]"
    assert number_beside("Open", public) == "[c]"
    assert b"[c]" in file_of(report, "public", "html")
    assert b"[c]" not in file_of(report, "restricted", "html")


@pytest.mark.parametrize("access", ["public", "restricted"])
def test_pdf_is_tagged_with_language_title_and_words_for_every_figure(
    cast: Cast, exclusion: Exclusion, access: str
) -> None:
    report = built(by=cast.ruth, at=NOW)

    tags = check_tagged(file_of(report, access), title="School exclusions, autumn term 2026/27")

    assert tags["/Figure"]
    assert tags["/Table"] >= 6


def test_sign_freezes_figures_and_keeps_hashes(cast: Cast, exclusion: Exclusion, tmp_path: Path) -> None:
    report = written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)

    signed = committee_report.sign(by=cast.ruth, at=NOW, report=report, edit_version=report.edit_version)

    exclusion_rows.exclusion(
        pupil=exclusion.case.pupil, school=exclusion.school, by=cast.asha, first_day=date(2026, 10, 14),
        council_told_on=date(2026, 10, 14),
    )  # fmt: skip
    signed.refresh_from_db()
    assert signed.figures
    assert signed.figures["waterfall"]["notified"] == 1
    for file in ReportFile.objects.filter(report=signed):
        assert hashlib.sha256(bytes(file.content)).hexdigest() == file.sha256
    assert "Version 1, signed 4 November 2026" in text_of(file_of(signed, "public"), tmp_path)
    with pytest.raises(committee_report.AlreadySigned):
        committee_report.build(by=cast.ruth, at=NOW, report=signed)
    with pytest.raises(committee_report.AlreadySigned):
        committee_report.sign(by=cast.ruth, at=NOW, report=signed, edit_version=signed.edit_version)


def test_a_build_that_ends_after_the_signature_changes_nothing(cast: Cast, exclusion: Exclusion) -> None:
    report = written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)
    late = committee_report.build(by=cast.ruth, at=NOW, report=report)
    committee_report.sign(by=cast.ruth, at=NOW, report=report, edit_version=report.edit_version)
    before = set(ReportFile.objects.filter(report=report).values_list("sha256", flat=True))

    jobs.run(job_id=late.pk)

    late.refresh_from_db()
    assert late.finished_at is not None
    assert set(ReportFile.objects.filter(report=report).values_list("sha256", flat=True)) == before


def test_sign_refuses_what_is_not_ready_and_says_what_is_missing(cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)

    with pytest.raises(committee_report.NotReadyToSign) as refused:
        committee_report.sign(by=cast.ruth, at=NOW, report=report, edit_version=report.edit_version)

    assert "the day of the meeting is not set" in refused.value.missing
    assert any("Conclusion" in each for each in refused.value.missing)


def test_new_version_carries_narrative_over_and_counts_anew(cast: Cast, exclusion: Exclusion) -> None:
    report = written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)
    committee_report.sign(by=cast.ruth, at=NOW, report=report, edit_version=report.edit_version)
    report.refresh_from_db()

    later = committee_report.start_new_version(by=cast.ruth, at=NOW, report=report)

    assert later.version == 2
    section = later.sections.get(key="conclusion")
    assert (section.body, section.carried_over) == ("Needs are met late.", True)
    assert committee_report.start_new_version(by=cast.ruth, at=NOW, report=report) == later
    assert later.figures is None


def test_next_year_carries_the_narrative_of_the_same_kind_of_period(cast: Cast, exclusion: Exclusion) -> None:
    written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)

    year = committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse("2025/26"))
    term = committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse("2026/27-spring"))

    assert year.sections.get(key="conclusion").body == ""
    assert term.sections.get(key="conclusion").body == "Needs are met late."


def test_write_section_refuses_an_unknown_figure_and_a_stale_version(cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="summary")

    with pytest.raises(UnknownFigure):
        committee_report.write_section(by=cast.ruth, at=NOW, section=section, version=section.version, body="{many}")
    with pytest.raises(committee_report.ChangedMeanwhile):
        committee_report.write_section(by=cast.ruth, at=NOW, section=section, version=99, body="Other words.")

    section.refresh_from_db()
    assert "{notified}" in section.body


def test_text_that_looks_like_markup_is_printed_as_it_was_typed(
    cast: Cast, exclusion: Exclusion, tmp_path: Path
) -> None:
    report = written(built(by=cast.ruth, at=NOW), by=cast.ruth, at=NOW)
    section = report.sections.get(key="conclusion")
    hostile = '#panic() *bold* $x$ <script>alert(1)</script> #read("/etc/passwd")'
    committee_report.write_section(by=cast.ruth, at=NOW, section=section, version=section.version, body=hostile)

    again = built(by=cast.ruth, at=NOW)

    text = text_of(file_of(again, "restricted"), tmp_path)
    assert "#panic() *bold* $x$ <script>alert(1)</script>" in " ".join(text.split())
    assert b"<script>" not in file_of(again, "restricted", "html")
    assert "root:" not in text


def test_only_one_build_of_a_report_is_under_way(cast: Cast, exclusion: Exclusion) -> None:
    report = committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse(PERIOD))

    first = committee_report.build(by=cast.ruth, at=NOW, report=report)
    second = committee_report.build(by=cast.ruth, at=NOW, report=report)

    assert first == second
    assert Job.objects.filter(subject=report.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_terms_that_end_open_one_report_each_however_often_beat_rings(cast: Cast, place: Place) -> None:
    after_autumn = date(2026, 12, 22)

    def ring(_: int) -> None:
        try:
            committee_report.open_for_ended_terms(on=after_autumn, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(ring, range(6)))

    assert list(CommitteeReport.objects.values_list("period", "version")) == [("2026/27-autumn", 1)]
    assert CommitteeReport.objects.get().opened_by is None


def test_a_term_that_has_not_ended_or_ended_long_ago_opens_nothing(cast: Cast, place: Place) -> None:
    last_day_of_autumn = date(2026, 12, 18)

    opened = committee_report.open_for_ended_terms(on=last_day_of_autumn, at=NOW)
    long_after = committee_report.open_for_ended_terms(on=date(2027, 7, 1) - timedelta(days=1), at=NOW)

    assert opened == []
    assert [report.period for report in long_after] == ["2026/27-spring"]


def test_an_overturned_exclusion_moves_between_steps_and_the_sum_stays(
    cast: Cast, exclusion: Exclusion, place: Place
) -> None:
    exclusion.refresh_from_db()
    outcomes.record(
        by=cast.asha, at=NOW, exclusion=exclusion, version=exclusion.version, event="upheld by governors",
        on=date(2026, 10, 30), note="",
    )  # fmt: skip
    exclusion.refresh_from_db()
    outcomes.record(
        by=cast.asha, at=NOW, exclusion=exclusion, version=exclusion.version, event="reinstated after review",
        on=date(2026, 11, 3), note="",
    )  # fmt: skip

    report = built(by=cast.ruth, at=NOW)

    assert report.figures
    steps = report.figures["waterfall"]
    assert (steps["notified"], steps["overturned"], steps["completed"], steps["open"]) == (1, 1, 0, 0)


def test_small_numbers_that_somebody_typed_are_listed_for_whoever_signs(cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)
    section = report.sections.get(key="conclusion")
    body = "There were 3 girls. Of {notified}, 24 ended in 2020/21. One child was six. Costs rose by 2.5%."
    committee_report.write_section(by=cast.ruth, at=NOW, section=section, version=section.version, body=body)

    found = [sentence for heading, sentence in committee_report.small_numbers_typed(report) if heading == "Conclusion"]

    assert found == ["There were 3 girls.", "One child was six."]


def test_years_before_records_began_are_left_out_and_not_printed_as_nought(cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)

    assert report.figures
    assert [row["period"] for row in report.figures["series"]] == [PERIOD]
    assert [row["period"] for row in report.figures["suspensions"]] == [PERIOD]
