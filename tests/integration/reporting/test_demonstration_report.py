"""The restricted paper of the demonstration prints the published numbers; the public one hides the small ones."""

from datetime import date
from pathlib import Path

import pytest

from casework.rules.periods import Period
from reporting.reports import files
from reporting.services import committee_report
from tests.report_rows import number_beside, text_of

pytestmark = pytest.mark.django_db


def printed(period: str, access: str, on: date, folder: Path) -> str:
    document = committee_report.document_for(Period.parse(period), access=access, on=on)
    return text_of(files.pdf(document), folder)


def test_restricted_paper_of_2020_21_prints_the_waterfall(demonstration: date, tmp_path: Path) -> None:
    text = printed("2020/21", "restricted", demonstration, tmp_path)

    steps = {"Notified": 75, "Averted": 24, "Rescinded": 7, "Overturned": 1, "Open": 0, "Completed": 43}
    assert {step: int(number_beside(step, text)) for step in steps} == steps
    assert number_beside("Key stage 4", text) == "19"
    assert number_beside("All children", text) == "43"
    years = next(line for line in text.splitlines() if line.split()[:1] == ["All"])
    assert years.split()[1:] == ["50", "73", "90", "44", "43"]


def test_restricted_paper_of_2018_19_prints_the_cost(demonstration: date, tmp_path: Path) -> None:
    text = printed("2018/19", "restricted", demonstration, tmp_path)

    assert "£302,473" in text
    assert "£2,200" in text
    assert "£39,200" in text


def test_restricted_paper_of_autumn_2020_prints_the_audit(demonstration: date, tmp_path: Path) -> None:
    text = printed("2020/21-autumn", "restricted", demonstration, tmp_path)

    expected = {
        "All children": 24, "Male": 20, "Female": 4, "No special educational need": 16, "SEN support": 5,
        "Key stage 4": 15, "Looked after": 2, "Closed to social care": 14, "Drug and alcohol related": 6,
    }  # fmt: skip
    assert {label: int(number_beside(label, text)) for label in expected} == expected


def test_public_paper_of_2020_21_hides_what_would_give_a_child_away(demonstration: date, tmp_path: Path) -> None:
    document = committee_report.document_for(Period.parse("2020/21"), access="public", on=demonstration)
    text = text_of(files.pdf(document), tmp_path)

    assert number_beside("Rescinded", text) == "[c]"
    assert number_beside("Overturned", text) == "[c]"
    assert number_beside("Notified", text) == "75"
    assert "£39,200" not in text
    drawn = " ".join(
        item["alt"] + item["svg"] for part in document["sections"] for item in part["items"] if "fig" in item
    )
    assert "Overturned: 1" not in drawn
    assert "Rescinded or overturned: 8" in drawn
