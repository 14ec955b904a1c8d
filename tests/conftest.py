"""What every test may ask for: the cast, a place with a calendar, a child, a day to call today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from casework.models import Circumstance, LocalAuthority, Pupil, School, User
from exclusions.models import Exclusion
from tests import cast as people
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

# How long an example takes is told by the benchmarks: on a busy machine a test must not fail for it.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

ClientOf = Callable[[User], Client]

TODAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """An authority with its calendar, two of its schools, and a neighbour."""

    authority: LocalAuthority
    neighbour: LocalAuthority
    school: School
    primary: School


def set_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the clock of the pages to a Wednesday of the autumn term, at half past ten."""
    began = datetime.now(tz=UTC)
    monkeypatch.setattr(timezone, "now", lambda: NOW + (datetime.now(tz=UTC) - began))
    # It holds the clock's function by a name of its own.
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: timezone.now())


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Return the day that the pages take for today; their clock is set to it."""
    set_the_clock(monkeypatch)
    return TODAY


@pytest.fixture(autouse=True)
def _fresh_process_memory() -> Iterator[None]:
    # Used codes and counted tries are kept in the process: one test's must not be another's.
    cache.clear()
    yield
    cache.clear()


def place_there() -> Place:
    """Write the authority and its schools."""
    authority = rows.LocalAuthorityFactory.create()
    neighbour = rows.LocalAuthorityFactory.create(code="894", gss_code="E06000020", name="Telford and Wrekin")
    rows.default_calendar(authority)
    exclusion_rows.reason_codes()
    return Place(
        authority=authority,
        neighbour=neighbour,
        school=rows.SchoolFactory.create(authority=authority, name="Marchbridge High School"),
        primary=rows.SchoolFactory.create(authority=authority, name="Underhill Primary School", phase="primary"),
    )


@pytest.fixture
def place(db: None) -> Place:
    return place_there()


def pupil_there(place: Place) -> Pupil:
    """Write a child on the roll of the secondary school, of whom two things are known."""
    child: Pupil = rows.PupilFactory.create(first_name="Zephyrine", home_authority=place.authority)
    rows.RollSpellFactory.create(pupil=child, school=place.school)
    rows.CircumstanceFactory.create(pupil=child, kind="sen", value="K")
    Circumstance.objects.create(
        pupil=child,
        kind="social_care",
        value="child in need",
        first_day=date(2026, 5, 1),
        source="Social care system",
        known_on=date(2026, 5, 4),
    )
    return child


@pytest.fixture
def pupil(place: Place) -> Pupil:
    return pupil_there(place)


@pytest.fixture
def cast(today: date, place: Place) -> people.Cast:
    return people.assemble(today=today, school=place.school)


@pytest.fixture
def exclusion(cast: people.Cast, pupil: Pupil, place: Place) -> Exclusion:
    """A permanent exclusion from Monday 12 October 2026."""
    return exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)


@pytest.fixture
def suspension(cast: people.Cast, pupil: Pupil, place: Place) -> Exclusion:
    """A suspension of two days, 21 and 22 September 2026."""
    first = date(2026, 9, 21)
    return exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension", first_day=first,
        last_day=first + timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def officer(client: Client, cast: people.Cast) -> Client:
    """A browser in which the EAS officer has signed in."""
    return people.signed_in(client, cast.asha)


@pytest.fixture
def client_of() -> ClientOf:
    """Return a new browser in which the person has signed in."""

    def client_of(user: User) -> Client:
        return people.signed_in(Client(), user)

    return client_of
