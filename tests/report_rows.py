"""A committee report for tests: built from the rows that there are, ready to sign when asked."""

import re
import subprocess
from datetime import date, datetime
from pathlib import Path

from casework.models import User
from casework.rules.periods import Period
from casework.services import jobs
from reporting.models import CommitteeReport, ReportFile
from reporting.services import committee_report

PERIOD = "2026/27-autumn"


def built(*, by: User, at: datetime, period: str = PERIOD) -> CommitteeReport:
    """Open a report and build it as a worker does."""
    report = committee_report.open_report(by=by, at=at, period=Period.parse(period))
    job = committee_report.build(by=by, at=at, report=report)
    jobs.run(job_id=job.pk)
    report.refresh_from_db()
    return report


def written(report: CommitteeReport, *, by: User, at: datetime) -> CommitteeReport:
    """Write what a report must have before it can be signed."""
    for section in report.sections.filter(body=""):
        committee_report.write_section(
            by=by, at=at, section=section, version=section.version, body="Needs are met late."
        )
    report.refresh_from_db()
    committee_report.set_cover(
        report=report,
        edit_version=report.edit_version,
        committee=report.committee,
        meeting_on=date(2026, 12, 3),
        item="7",
        officer=report.responsible_officer,
    )
    report.refresh_from_db()
    return report


def text_of(pdf: bytes, folder: Path) -> str:
    """Return the words of a PDF as they stand on its pages."""
    file = folder / "report.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True)
    return done.stdout


def number_beside(label: str, text: str) -> str:
    """Return the first number, or [c], that stands after a label on a line of its own."""
    found = re.search(rf"^\s*{label}\s+(\[c\]|[\d,]+)", text, re.MULTILINE)
    assert found, f"{label} is not in the tables"
    return found.group(1)


def file_of(report: CommitteeReport, access: str, form: str = "pdf") -> bytes:
    """Return a file of a report."""
    return bytes(ReportFile.objects.get(report=report, access=access, form=form).content)
