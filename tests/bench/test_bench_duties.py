"""How long 10,000 open cases take: reckoned again after a closure, and listed on My work."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casework.models import CalendarChange, Case, Closure, Duty, Job, Pupil, User
from casework.services import jobs
from exclusions.duties import RECALCULATE
from exclusions.models import Exclusion, Step
from exclusions.services import duties
from tests import cast as people
from tests.bench.test_bench import measured, server
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

CASES = 10_000
TODAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def officer(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Ten thousand open permanent exclusions of the last weeks, owned by ten officers; yields one of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owners = [people.person(f"officer{number}", role="eas_officer") for number in range(10)]
        _open_cases(owners)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield owners[0]
        transaction.set_rollback(True)


def _open_cases(owners: list[User]) -> None:
    authority = rows.LocalAuthorityFactory.create()
    rows.default_calendar(authority)
    exclusion_rows.reason_codes()
    schools = [rows.SchoolFactory.create(authority=authority) for _ in range(20)]
    pupils = Pupil.objects.bulk_create(
        Pupil(
            first_name=f"Child{number}",
            last_name="Quillfeather",
            date_of_birth=date(2012, 5, 3) + timedelta(days=number % 900),
            sex="F",
            home_authority=authority,
        )
        for number in range(CASES)
    )
    cases = Case.objects.bulk_create(
        Case(reference=f"26-{number:05d}", pupil=pupil, owner=owners[number % 10], opened_at=NOW)
        for number, pupil in enumerate(pupils)
    )
    days = [day for day in (TODAY - timedelta(days=back) for back in range(30)) if day.weekday() < 5]
    exclusions = Exclusion.objects.bulk_create(
        Exclusion(
            case=case,
            school=schools[number % 20],
            kind="permanent",
            first_day=days[number % len(days)],
            council_told_on=days[number % len(days)],
            rule_set="2026-07",
            year_group="9",
            home_authority=authority,
            logged_at=NOW,
        )
        for number, case in enumerate(cases)
    )
    Step.objects.bulk_create(
        Step(exclusion=each, step="governors_told", on=each.first_day, recorded_at=NOW) for each in exclusions
    )
    began = time.perf_counter()
    duties.refresh([each.pk for each in exclusions], by=None, at=NOW, why={})
    print(f"\nopen the duties of {CASES:,} cases: {time.perf_counter() - began:.1f} s")


def test_bench_duties_after_a_calendar_change(officer: User) -> None:
    exclusion = Exclusion.objects.select_related("school").order_by("pk")[0]
    authority = exclusion.school.authority_id
    on = date(2026, 11, 12)
    Closure.objects.create(
        authority_id=authority, on=on, kind="unplanned closure", reason="Snow", declared_by="Council", declared_at=NOW
    )
    change = CalendarChange.objects.create(
        authority_id=authority, what="closure", first=on, last=on, reason="Snow", at=timezone.now(), by=officer
    )
    job = jobs.ask_for(by=officer, at=NOW, kind=RECALCULATE, subject=change.pk, natural_key=f"bench {change.pk}")
    before = dict(Duty.objects.values_list("pk", "due"))

    began = time.perf_counter()
    jobs.run(job_id=job.pk)
    taken = time.perf_counter() - began

    moved = sum(before[pk] != due for pk, due in Duty.objects.values_list("pk", "due"))
    job = Job.objects.get(pk=job.pk)
    print(f"reckon {CASES:,} open cases after a closure: {taken:.1f} s, {moved:,} dates moved, {job.done:,} cases done")


@pytest.mark.parametrize("query", ["", "?whose=everybody", "?whose=everybody&duty=sixth_day", "?show=overdue"])
def test_bench_my_work(officer: User, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    ask = server(officer)

    measured(f"my work at {CASES:,} open cases {query or 'mine'}", lambda: ask(f"/my-work/{query}"))
