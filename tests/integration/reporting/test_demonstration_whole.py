"""The whole demonstration: the Department's rates come out, and nothing is out of bounds."""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Q

from casework.models import RollSpell, School
from casework.rules.periods import AcademicYear, Period
from casework.selectors.calendars import calendars_of
from exclusions.models import Exclusion, SuspendedDay
from exclusions.rules.totals import YEAR_LIMIT
from reporting.demonstration.load import load_demonstration
from reporting.demonstration.totals import LAST_PUBLISHED, totals_of
from reporting.selectors.figures import figures

pytestmark = [pytest.mark.django_db, pytest.mark.long]

TODAY = date(2026, 11, 20)
SECONDS = 60


@contextmanager
def loaded() -> Iterator[float]:
    with transaction.atomic():
        began = time.monotonic()
        load_demonstration(today=TODAY)
        yield time.monotonic() - began
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    with django_db_blocker.unblock(), loaded() as seconds:
        yield seconds


def test_the_whole_load_takes_less_than_a_minute(whole: float) -> None:
    assert whole < SECONDS


@pytest.mark.parametrize("year", range(2015, LAST_PUBLISHED + 1))
def test_suspensions_come_to_the_published_counts_and_rates(year: int, whole: float) -> None:
    period = Period(AcademicYear(year))
    local = figures(period, as_at=TODAY)["indicators"]
    published = figures(period, as_at=TODAY, basis="dfe")["indicators"]

    assert local["suspensions"]["value"] == published["suspensions"]["value"]
    for key in ("suspension_rate", "one_or_more_rate"):
        assert local[key]["value"] == published[key]["value"]
        assert local[key]["by"]["phase"] == published[key]["by"]["phase"]
        assert local[key]["denominator"] == published[key]["denominator"]
    assert {phase: local["suspensions"]["by"]["phase"][phase] for phase in totals_of(year)} == {
        phase: totals.suspensions for phase, totals in totals_of(year).items()
    }


def test_one_child_alone_is_past_the_limit_of_a_year_and_says_why(whole: float) -> None:
    half_days: dict[tuple[int, int], int] = defaultdict(int)
    rows = SuspendedDay.objects.values_list("exclusion__case__pupil_id", "on", "morning", "afternoon", "lunchtime")
    for pupil, on, *sessions in rows:
        half_days[pupil, AcademicYear.of(on).first_year] += sum(sessions)
    over = [pupil for (pupil, _), count in half_days.items() if count > YEAR_LIMIT]

    assert len(over) == 1
    assert Exclusion.objects.exclude(recorded_because="").get().case.pupil_id == over[0]


def test_every_day_of_suspension_is_a_school_day_and_no_child_has_one_twice(whole: float) -> None:
    calendars = calendars_of(list(School.objects.all()))
    seen: set[tuple[int, date]] = set()
    rows = SuspendedDay.objects.standing().values_list("exclusion__case__pupil_id", "exclusion__school_id", "on")
    for pupil, school, on in rows:
        assert calendars[school].is_school_day(on)
        assert (pupil, on) not in seen
        seen.add((pupil, on))


def test_every_child_was_on_the_roll_of_the_school(whole: float) -> None:
    on_roll = RollSpell.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=F("pupil__cases__exclusion__first_day")),
        first_day__lte=F("pupil__cases__exclusion__first_day"),
        school=F("pupil__cases__exclusion__school"),
        year_group=F("pupil__cases__exclusion__year_group"),
    )

    assert Exclusion.objects.count() == on_roll.values("pupil__cases__exclusion").distinct().count()
