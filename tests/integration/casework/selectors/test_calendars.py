"""The calendars of schools, read anew each time although what was counted by the same facts is kept."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casework.models import BankHoliday, Closure, TermSpell
from casework.selectors.calendars import calendars_of
from tests.conftest import Place

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)
pytestmark = pytest.mark.django_db


def test_a_change_of_the_calendar_is_seen_at_once(place: Place) -> None:
    def met(*days: date) -> list[bool]:
        found = calendars_of([place.school, place.primary])
        return [found[school.pk].is_school_day(day) for school in (place.school, place.primary) for day in days]

    assert met(WEDNESDAY, THURSDAY, FRIDAY) == [True] * 6

    shut = {"authority": place.authority, "kind": "closed", "declared_at": timezone.now()}
    own = Closure.objects.create(school=place.school, on=WEDNESDAY, **shut)
    everywhere = Closure.objects.create(school=None, on=THURSDAY, **shut)
    holiday = BankHoliday.objects.create(on=FRIDAY, name="A day of the realm")

    assert met(WEDNESDAY, THURSDAY, FRIDAY) == [False, False, False, True, False, False]

    for row in (own, everywhere, holiday):
        row.delete()

    assert met(WEDNESDAY, THURSDAY, FRIDAY) == [True] * 6

    TermSpell.objects.filter(first_day__lte=WEDNESDAY, last_day__gte=WEDNESDAY).update(first_day=THURSDAY)

    assert met(WEDNESDAY, THURSDAY) == [False, True, False, True]


def test_one_school_and_two_take_one_query(place: Place, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for schools in ([place.school], [place.school, place.primary]):
        with django_assert_num_queries(1):
            calendars_of(schools)
