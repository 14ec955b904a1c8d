"""Rows of people and places for tests. Every name is invented; 999 is the dummy authority."""

from datetime import UTC, date, datetime, timedelta

import factory

from casework.models import (
    Address,
    BankHoliday,
    Circumstance,
    Closure,
    LocalAuthority,
    Pupil,
    RollSpell,
    School,
    TermSpell,
)
from casework.rules.periods import easter_monday
from casework.rules.upn import make_upn

FIRST_YEAR, LAST_YEAR = 2018, 2027
KNOWN_FROM = date(2018, 9, 1)
ONE_DAY = timedelta(days=1)


class LocalAuthorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalAuthority
        django_get_or_create = ("code",)

    code = "999"
    gss_code = "E09999999"
    name = "Marchshire"
    nation = "england"


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School

    urn = factory.Sequence(lambda number: f"{900001 + number}")
    establishment_number = factory.Sequence(lambda number: f"{4001 + number % 5_999}")
    authority = factory.SubFactory(LocalAuthorityFactory)
    name = factory.Sequence(lambda number: f"Marchbridge School {number + 1}")
    phase = "secondary"
    kind = "maintained"
    establishment_type = "01"
    opened_on = date(1990, 9, 1)


class PupilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pupil

    upn = factory.Sequence(lambda number: make_upn("999", "4001", 2022, number % 1000))
    first_name = factory.Sequence(lambda number: f"Zephyrine{'abcdefghij'[number % 10]}")
    last_name = "Quillfeather"
    date_of_birth = date(2013, 2, 3)
    sex = "F"
    home_authority = factory.SubFactory(LocalAuthorityFactory)


class RollSpellFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RollSpell

    pupil = factory.SubFactory(PupilFactory)
    school = factory.SubFactory(SchoolFactory)
    year_group = "9"
    first_day = KNOWN_FROM


class CircumstanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Circumstance

    pupil = factory.SubFactory(PupilFactory)
    kind = "sen"
    value = "K"
    first_day = date(2024, 9, 1)
    source = "School census"
    known_on = date(2024, 10, 1)


class AddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Address

    pupil = factory.SubFactory(PupilFactory)
    lines = "14 Tumbledown Reach"
    postcode = "ZZ99 3WZ"
    protected = False
    first_day = KNOWN_FROM


class ClosureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Closure

    authority = factory.SubFactory(LocalAuthorityFactory)
    school = None
    kind = "closed"
    reason = "INSET"
    declared_by = "Marchshire"
    declared_at = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def default_calendar(authority: LocalAuthority) -> None:
    """Write a three-term calendar of ten academic years, with its bank holidays."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        label = f"{year}/{(year + 1) % 100:02d}"
        TermSpell.objects.bulk_create(
            TermSpell(authority=authority, academic_year=label, term=term, first_day=first, last_day=last)
            for term, first, last in spells_of(year)
        )
    days = [easter_monday(year) - timedelta(days=back) for year in range(FIRST_YEAR, LAST_YEAR + 2) for back in (0, 3)]
    days += [_monday_on_or_after(date(year, 5, 1)) for year in range(FIRST_YEAR, LAST_YEAR + 2)]
    BankHoliday.objects.bulk_create(
        (BankHoliday(on=day, name="Bank holiday", source="gov.uk") for day in days), ignore_conflicts=True
    )


def spells_of(year: int) -> list[tuple[str, date, date]]:
    """Return the six spells of an academic year: three terms with a week off in the middle of each."""
    october = _monday_on_or_after(date(year, 10, 25))
    february = _monday_on_or_after(date(year + 1, 2, 14))
    may = _monday_on_or_after(date(year + 1, 5, 25))
    week = timedelta(days=7)
    return [
        ("autumn", date(year, 9, 2), october - 3 * ONE_DAY),
        ("autumn", october + week, _friday_on_or_before(date(year, 12, 20))),
        ("spring", _monday_on_or_after(date(year + 1, 1, 3)), february - 3 * ONE_DAY),
        ("spring", february + week, _friday_on_or_before(date(year + 1, 3, 28))),
        ("summer", _monday_on_or_after(date(year + 1, 4, 12)), may - 3 * ONE_DAY),
        ("summer", may + week, date(year + 1, 7, 21)),
    ]


def _monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _friday_on_or_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)


def child_on_roll(school: School, *, since: date = date(2019, 9, 1)) -> Pupil:
    """Return a child who has been on a school's roll since a day."""
    child: Pupil = PupilFactory.create(home_authority=school.authority)
    RollSpellFactory.create(pupil=child, school=school, first_day=since)
    return child
