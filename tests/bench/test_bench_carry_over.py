"""How long 5,000 notices take to come in: read, held against the rows of the day, and written with their days."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from string import ascii_lowercase

import pytest
from django.db import connection, transaction

from casework.services import imports
from exclusions.models import Exclusion, SuspendedDay
from tests import cast as people
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.notice_files import as_csv, row

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

NOTICES = 5_000
SCHOOLS = 60
NOW = datetime(2027, 6, 30, 10, 30, tzinfo=UTC)
OPTIONS = {"rows": "", "columns": "", "words": "", "whole_from": "2026-09-01"}


def _word(chance: random.Random) -> str:
    """Return a name that is like no other, so that no row is taken for the child of another."""
    return "".join(chance.choices(ascii_lowercase, k=12)).title()


def _file() -> bytes:
    chance = random.Random(20261122)
    authority = rows.LocalAuthorityFactory.create()
    rows.default_calendar(authority)
    exclusion_rows.reason_codes()
    schools = [rows.SchoolFactory.create(authority=authority) for _ in range(SCHOOLS)]
    days = [date(2026, 9, 7) + timedelta(days=number) for number in range(80)]
    school_days = [day for day in days if day.weekday() < 4 and not date(2026, 10, 24) <= day <= date(2026, 11, 1)]
    written = []
    for number in range(NOTICES):
        first = chance.choice(school_days)
        permanent = number % 50 == 0
        written.append(
            row(
                school=schools[number % SCHOOLS].urn, first_name=_word(chance), sex="F",
                last_name=_word(chance), kind="PEX" if permanent else "SUSP",
                date_of_birth=date(2010, 9, 1) + timedelta(days=chance.randrange(1500)),
                first_day=first.isoformat(), last_day="" if permanent else (first + timedelta(days=1)).isoformat(),
                year_group="9", council_told_on=first.isoformat(),
            )
        )  # fmt: skip
    return as_csv(written)


def test_carry_over(capsys: pytest.CaptureFixture[str]) -> None:
    officer = people.person("bench", role="eas_officer")
    data = _file()

    began = time.perf_counter()
    with transaction.atomic():
        brought = imports.bring(
            by=officer, at=NOW, kind="notices", file_name="n.csv", content=data, options=OPTIONS, ring=False
        )
        imports.check(at=NOW, row=brought)
    checked = time.perf_counter()
    imports.apply(by=officer, at=NOW, row=brought)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    done = time.perf_counter()

    with capsys.disabled():
        print(
            f"\ncarry-over: {Exclusion.objects.count():,} notices with {SuspendedDay.objects.count():,} days; "
            f"checked in {checked - began:.1f} s, applied in {done - checked:.1f} s, {done - began:.1f} s in all"
        )
    assert brought.counts["Rows to mend"] == 0
