"""Notices are carried over while the process is killed at ten moments: all of them come in, or none."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.long.drill import ROOT, Site
from tests.notice_files import as_csv, row

pytestmark = pytest.mark.long
NOTICES = 200
MOMENTS = 10

BRING = """
from pathlib import Path
from django.utils import timezone
from casework.models import User
from casework.services import imports
by = User.objects.filter(role="eas_officer").first()
options = {"rows": "", "columns": "", "words": "", "whole_from": "2026-09-01"}
data = Path(%r).read_bytes()
row = imports.bring(by=by, at=timezone.now(), kind="notices", file_name="n.csv", content=data, options=options, ring=False)
imports.check(at=timezone.now(), row=row)
print(row.counts, row.faults[:3])
"""

# Kills itself at its %d-th statement, or, with 0, takes everything back and says how many there are.
APPLY = """
import os, signal
from django.db import connection, transaction
from django.utils import timezone
from casework.models import Import
from casework.services import imports
counted = []
def failpoint(execute, sql, params, many, context):
    counted.append(1)
    if len(counted) == %(at)d:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
row = Import.objects.get(kind="notices")
with transaction.atomic(), connection.execute_wrapper(failpoint):
    imports.apply(by=row.uploaded_by, at=timezone.now(), row=row)
    transaction.set_rollback(%(at)d == 0)
print("statements", len(counted))
if %(at)d == -1:
    os.kill(os.getpid(), signal.SIGKILL)
"""
TABLES = (
    "exclusions_exclusion", "exclusions_suspendedday", "exclusions_exclusionreason", "casework_case", "casework_pupil",
    "casework_rollspell", "casework_timelineevent", "casework_duty", "exclusions_recordswhole", "casework_importchange",
    "casework_importfile", "exclusions_exclusionevent",
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "home")
    site.manage("migrate", "-v0")
    site.manage("load_demonstration", "--small")
    urn, first = site.ask(
        "SELECT s.urn, t.first_day FROM casework_school s, casework_termspell t WHERE s.closed_on IS NULL AND "
        "t.school_id IS NULL AND t.first_day < CURRENT_DATE AND t.last_day > t.first_day + 20 "
        "AND s.opened_on < t.first_day ORDER BY t.first_day DESC, s.id LIMIT 1"
    )[0]
    day = first.isoformat()
    rows = [
        row(
            school=urn, first_name=f"Ferdinand{number}", last_name=f"Oakapple{number}q", first_day=day, last_day=day,
            date_of_birth=(date(2012, 5, 3) + timedelta(days=number)).isoformat(),
        )
        for number in range(NOTICES)
    ]  # fmt: skip
    file = tmp_path / "notices.csv"
    file.write_bytes(as_csv(rows))
    print(site.manage("shell", said=BRING % str(file)))
    yield site
    site.end()


def counts(site: Site) -> list[int]:
    return [int(site.ask(f"SELECT count(*) FROM {table}")[0][0]) for table in TABLES]  # noqa: S608


def apply(site: Site, *, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "shell"], cwd=ROOT, env=site.environment, input=APPLY % {"at": at}, text=True,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def test_ten_killed_processes_leave_before_or_after(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    before = counts(site)
    whole = apply(site, at=0)
    assert whole.returncode == 0, whole.stderr[-2000:]
    statements = int(whole.stdout.split()[-1])
    assert counts(site) == before

    moments = [1 + number * (statements - 1) // (MOMENTS - 1) for number in range(MOMENTS)]
    for moment in moments:
        killed = apply(site, at=moment)
        assert killed.returncode == -signal.SIGKILL, killed.stderr[-2000:]
        assert counts(site) == before, f"Killed at statement {moment} it left something."

    assert apply(site, at=-1).returncode == -signal.SIGKILL
    after = dict(zip(TABLES, counts(site), strict=True))
    assert after["exclusions_exclusion"] == dict(zip(TABLES, before, strict=True))["exclusions_exclusion"] + NOTICES
    again = apply(site, at=0)
    assert "NotReady" in again.stderr, "What was applied is not applied twice."
    with capsys.disabled():
        print(f"\nkilled at statements {moments} of {statements}: before each time; after the commit: after")
