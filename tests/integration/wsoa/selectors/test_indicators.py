"""The figures to which measures are bound: each case that is to be counted is, and none that is not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from casework.models import HeadcountPart, Pupil
from exclusions.models import Exclusion
from exclusions.services import outcomes
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from wsoa.rules.indicators import PERMANENT_EHC, REPEAT_SEN_SUPPORT, SUSPENSION_RATE_EHC
from wsoa.selectors.indicators import counted

pytestmark = pytest.mark.django_db
SINCE = date(2021, 9, 1)


def logged(place: Place, cast: Cast, sen: str, *, pupil: Pupil | None = None, **changes: Any) -> Exclusion:
    """Log a notice, and set what the child's SEN was on its first day."""
    found = exclusion_rows.exclusion(
        pupil=pupil or rows.child_on_roll(place.school), school=place.school, by=cast.asha, **changes
    )
    Exclusion.objects.filter(pk=found.pk).update(sen=sen)
    return found


def test_permanent_exclusions_with_a_plan_count_those_that_stand(place: Place, cast: Cast) -> None:
    counts = logged(place, cast, "E")
    logged(place, cast, "K")
    logged(place, cast, "E", kind="suspension")
    logged(place, cast, "E", first_day=date(2021, 7, 5), council_told_on=date(2021, 7, 5))
    voided = logged(place, cast, "E")
    Exclusion.objects.filter(pk=voided.pk).update(
        voided_at=timezone.now(), voided_by=cast.asha, voided_because="Another child’s"
    )

    figure = counted(PERMANENT_EHC, on=TODAY, since=SINCE)

    assert figure.value == 1
    assert list(figure.cases) == [counts]
    assert counted(PERMANENT_EHC, on=date(2026, 10, 11), since=SINCE).value == 0
    assert counted(PERMANENT_EHC, on=TODAY).value == 2


def test_repeat_suspensions_leave_the_first_of_the_year_out(place: Place, cast: Cast) -> None:
    pupil = rows.child_on_roll(place.school)

    def suspended(day: date, sen: str = "K") -> Exclusion:
        return logged(
            place, cast, sen, pupil=pupil, kind="suspension", first_day=day, last_day=day, council_told_on=day
        )

    suspended(date(2025, 6, 10))
    suspended(date(2025, 10, 7))
    second = suspended(date(2025, 11, 4))
    third = suspended(date(2026, 1, 13))
    suspended(date(2026, 3, 10), sen="N")
    suspended(date(2026, 10, 6))

    figure = counted(REPEAT_SEN_SUPPORT, on=TODAY)

    assert figure.value == 2
    assert set(figure.cases) == {second, third}


def test_rate_is_of_the_last_whole_year_and_needs_a_census(place: Place, cast: Cast) -> None:
    day = date(2026, 3, 10)
    logged(place, cast, "E", kind="suspension", first_day=day, last_day=day, council_told_on=day)
    logged(place, cast, "E", kind="suspension")

    assert counted(SUSPENSION_RATE_EHC, on=TODAY).value is None
    assert "census" in counted(SUSPENSION_RATE_EHC, on=TODAY).without

    for year, sen, number in ((2025, "E", 900), (2026, "E", 16), (2026, "K", 500), (2027, "E", 1)):
        HeadcountPart.objects.create(school=place.school, year=year, year_group="7", sen=sen, headcount=number)

    figure = counted(SUSPENSION_RATE_EHC, on=TODAY)
    assert figure.value == Decimal("6.3")
    assert figure.cases.count() == 1


def test_exclusion_that_was_cancelled_is_counted_no_more(place: Place, cast: Cast) -> None:
    found = logged(place, cast, "E")
    assert counted(PERMANENT_EHC, on=TODAY, since=SINCE).value == 1

    found.refresh_from_db()
    outcomes.record(by=cast.asha, at=NOW, exclusion=found, event="cancelled", on=TODAY, version=found.version, note="")

    assert counted(PERMANENT_EHC, on=TODAY, since=SINCE).value == 0
