"""An import of schools is killed at ten points and at ten random moments: each leaves what was before, or what is after.

The points are counted in statements sent to the database, so that they fall where they are meant to on any machine.
"""

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gias_files import a_school, download
from tests.long.drill import ROOT, Site

pytestmark = pytest.mark.long
SCHOOLS = 3_000
POINTS = 10

# Applies the import that was checked last; kills itself at a statement where one is given.
APPLY = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from django.utils import timezone
from casework.models import Import
from casework.services import imports

fatal, seen = int(sys.argv[1]), 0

def counting(execute, sql, params, many, context):
    global seen
    seen += 1
    if seen == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

row = Import.objects.latest("pk")
with connection.execute_wrapper(counting):
    getattr(imports, sys.argv[2])(by=None, at=timezone.now(), row=row)
print(seen)
"""
CHECK = """
from pathlib import Path
from django.utils import timezone
from casework.services import imports
row = imports.bring(by=None, at=timezone.now(), kind="gias", file_name="edubasealldata.csv",
                    content=Path("{file}").read_bytes(), options={{}}, ring=False)
assert imports.check(at=timezone.now(), row=row)
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "home")
    site.manage("migrate", "-v0")
    site.manage("load_reference_data")
    yield site
    site.end()


def state(site: Site) -> str:
    """Return a fingerprint of every row that an import writes."""
    rows = [
        site.ask("SELECT urn, name, kind, closed_on, telephone FROM casework_school ORDER BY urn"),
        site.ask("SELECT group_id, name FROM casework_trust ORDER BY group_id"),
        site.ask("SELECT count(*) FROM casework_schoollink"),
        site.ask("SELECT count(*) FROM casework_importchange"),
        site.ask("SELECT count(*) FROM casework_importfile"),
        site.ask("SELECT applied_at IS NOT NULL, undone_at IS NOT NULL FROM casework_import ORDER BY id"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def start(site: Site, work: str, *, fatal: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", APPLY, str(fatal), work],
        cwd=ROOT,
        env={**site.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def check(site: Site, file: Path, schools: int, *, closed: bool) -> None:
    rows = [
        a_school(
            str(100_000 + number),
            f"School {number}",
            number=f"{number:04}",
            type="34" if number % 3 == 0 else "01",
            trust="2044" if number % 3 == 0 else "",
            trust_name="Three Becks",
            status="2" if closed and number % 7 == 0 else "1",
            closed="31-08-2026" if closed and number % 7 == 0 else "",
        )
        for number in range(schools)
    ]
    file.write_bytes(download(rows))
    site.manage("shell", said=CHECK.format(file=file))


def statements(site: Site, work: str) -> int:
    """Do the work whole and return how many statements it took."""
    done = start(site, work)
    out, error = done.communicate(timeout=120)
    assert done.returncode == 0, error[-2000:]
    return int(out.split()[-1])


def settled(site: Site) -> None:
    """Wait until the database has let go of what the killed process held."""
    for _ in range(100):
        if site.ask("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND pid <> pg_backend_pid()") == [
            (0,)
        ]:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("work", ["apply", "undo"])
def test_killed_at_ten_points_it_leaves_before_or_after(site: Site, tmp_path: Path, work: str) -> None:
    # Once whole, to know how many statements there are; then again from the same state, killed on the way.
    check(site, tmp_path / "first.csv", SCHOOLS // 2, closed=False)
    statements(site, "apply")
    check(site, tmp_path / "second.csv", SCHOOLS, closed=True)
    if work == "undo":
        statements(site, "apply")
    before = state(site)
    chance = random.Random(20261125)
    fatal = sorted(chance.sample(range(1, 16), k=POINTS))

    for point in fatal:
        killed = start(site, work, fatal=point)
        killed.communicate(timeout=120)
        settled(site)
        assert killed.returncode in {-9, 0}, killed.returncode
        if killed.returncode == 0:
            break
        assert state(site) == before, f"killed at statement {point}"

    whole = statements(site, work) if state(site) == before else point
    assert whole >= POINTS, f"{whole} statements are fewer than the points"
    assert state(site) != before


def test_killed_at_random_moments_it_leaves_before_or_after(site: Site, tmp_path: Path) -> None:
    # Once whole and undone, to know how long it takes on this machine; then again, killed within that time.
    check(site, tmp_path / "first.csv", SCHOOLS, closed=False)
    began = time.monotonic()
    statements(site, "apply")
    took = time.monotonic() - began
    statements(site, "undo")
    check(site, tmp_path / "first.csv", SCHOOLS, closed=False)
    chance = random.Random(7)
    before = state(site)
    kills = 0
    for moment in sorted(chance.uniform(0.3, 1.0) * took for _ in range(POINTS)):
        running = start(site, "apply")
        time.sleep(moment)
        running.kill()
        running.communicate(timeout=60)
        settled(site)
        if state(site) != before:
            break
        kills += 1

    if state(site) == before:
        statements(site, "apply")
    assert site.ask("SELECT count(*) FROM casework_school") == [(SCHOOLS,)]
    assert site.ask("SELECT count(*) FROM casework_import WHERE applied_at IS NOT NULL AND undone_at IS NULL") == [(1,)]
    assert kills > POINTS // 2
