"""Twenty reports build while their worker is killed at ten random moments: twenty reports, none twice, none broken."""

import hashlib
import random
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.long.drill import Site, pause

pytestmark = pytest.mark.long
REPORTS = 20
KILLS = 10
PATIENCE_SECONDS = 400

OPEN_REPORTS = """
from django.utils import timezone
from casework.models import User
from casework.rules.periods import Period
from reporting.services import committee_report
ruth = User.objects.filter(role="manager").first()
years = [f"20{y}/{y + 1}" for y in range(15, 20)]
periods = years + [f"{year}-{term}" for year in years for term in ("autumn", "spring", "summer")]
for key in periods[:20]:
    report = committee_report.open_report(by=ruth, at=timezone.now(), period=Period.parse(key))
    committee_report.build(by=ruth, at=timezone.now(), report=report)
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "home", JOB_LEASE_SECONDS="3", JOB_SWEEP_SECONDS="2", JOB_ATTEMPTS="50")
    site.manage("migrate", "-v0")
    site.manage("load_demonstration", "--small")
    yield site
    site.end()


def test_reports_survive_ten_killed_workers(site: Site) -> None:
    chance = random.Random(20261122)
    worker = site.start_worker(beat=True)
    site.manage("shell", said=OPEN_REPORTS)

    for _ in range(KILLS):
        pause(chance, least=1.5, most=6)
        site.kill(worker)
        worker = site.start_worker(beat=True)

    wait_until_done(site)
    assert_twenty_whole_reports(site)


def test_three_workers_share_the_reports(site: Site) -> None:
    for number in range(3):
        site.start_worker(beat=number == 0)
    site.manage("shell", said=OPEN_REPORTS)

    wait_until_done(site)
    assert_twenty_whole_reports(site)
    assert site.ask("SELECT max(fence) FROM casework_job") == [(1,)]


def wait_until_done(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while site.ask("SELECT count(*) FROM casework_job WHERE finished_at IS NULL") != [(0,)]:
        assert time.monotonic() < deadline, site.ask("SELECT fence, attempts, message, failure FROM casework_job")
        time.sleep(0.5)


def assert_twenty_whole_reports(site: Site) -> None:
    assert site.ask("SELECT count(*), count(DISTINCT natural_key) FROM casework_job") == [(REPORTS, REPORTS)]
    assert site.ask("SELECT count(*) FROM casework_job WHERE failed_at IS NOT NULL") == [(0,)]
    # A build raises the report's edit version by one: a second effect would show as a higher number.
    assert site.ask(
        "SELECT count(*), min(edit_version), max(edit_version) FROM reporting_committeereport WHERE figures IS NOT NULL"
    ) == [(REPORTS, 2, 2)]
    files = site.ask("SELECT form, content, sha256 FROM reporting_reportfile")
    assert len(files) == REPORTS * 4
    for form, content, kept in files:
        assert hashlib.sha256(bytes(content)).hexdigest() == kept
        if form == "pdf":
            with pikepdf.open(BytesIO(bytes(content))) as pdf:
                assert len(pdf.pages) > 3
