"""The rows that every page is asked for, written once for a module: the pages are hundreds, and the rows the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from casework.models import Job, Pupil, User
from casework.rules.periods import Period
from exclusions.models import Exclusion
from reporting.services import committee_report
from tests import cast as people
from tests.conftest import NOW, TODAY, Place, place_there, pupil_there, set_the_clock
from tests.factories import exclusions as exclusion_rows
from tests.factories.wsoa import plan_there, waiting, with_rounds
from tests.policy.objects import (
    bank_holiday,
    closure_of,
    contact_of,
    document_of,
    evidence_there,
    handover_of,
    holder_there,
    import_of,
    invitation_secret,
    logo_of_council,
    message_of,
    note_of,
    outcome_of,
    reading_there,
    saved_filter_of,
    school_contact_of,
    step_of,
    term_change_of,
)
from tests.policy.panel_objects import (
    action_there,
    business_there,
    officer_decided_there,
    parent_there,
    placed_there,
    scores_there,
    tie_there,
    unlisted_there,
)
from tests.policy.world import World


@dataclass(frozen=True)
class Standing:
    """What stands while a module's tests run; each test's own writing is undone before the next."""

    cast: people.Cast
    place: Place
    pupil: Pupil
    exclusion: Exclusion
    world: World
    sessions: dict[str, str]


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[Standing]:
    """Write everything, in a transaction that is never kept; a test's own transaction is a savepoint of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as monkeypatch:
            set_the_clock(monkeypatch)
            found = _standing()
        yield found
        transaction.set_rollback(True)
    cache.clear()


def _standing() -> Standing:
    place = place_there()
    cast = people.assemble(today=TODAY, school=place.school)
    pupil = pupil_there(place)
    exclusion = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)
    world = _world(cast, place, pupil, exclusion)
    return Standing(cast, place, pupil, exclusion, world, _sessions(cast))


def _world(cast: people.Cast, place: Place, pupil: Pupil, exclusion: Exclusion) -> World:
    job = Job.objects.create(kind="any", subject=1, natural_key="any 1", requested_by=cast.ruth, requested_at=NOW)
    report = committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse("2025/26"))
    step_of(exclusion)
    outcome_of(exclusion)
    note_of(exclusion)
    document_of(exclusion)
    message_of(exclusion)
    closure_of(place.school)
    import_of()
    invitation_secret()
    term_change_of(place.school)
    bank_holiday()
    school_contact_of(place.school)
    contact_of(pupil)
    handover_of(exclusion)
    logo_of_council()
    saved_filter_of(exclusion)
    tie_there(pupil)
    with_rounds(plan_there(), by=cast.ruth, approved_by=cast.plan_lead)
    evidence_there()
    waiting(plan_there(), by=cast.ruth)
    holder_there()
    reading_there()
    parent_there(pupil)
    action_there(pupil)
    placed_there(pupil)
    scores_there()
    officer_decided_there(pupil)
    unlisted_there(pupil)
    business_there()
    return World(pupil=pupil, school=place.school, exclusion=exclusion, job=job, report=report)


def _sessions(cast: people.Cast) -> dict[str, str]:
    found = {"anonymous": ""}
    everybody: dict[str, User] = cast.everybody()
    for name, user in everybody.items():
        found[name] = people.signed_in(Client(), user).cookies["session"].value
    without = Client()
    without.force_login(people.person("no_app", with_app=False, role="eas_officer"), backend=people.BACKEND)
    return found | {"no_app": without.cookies["session"].value}


@pytest.fixture
def cast(standing: Standing, today: object, db: None) -> people.Cast:
    return standing.cast


@pytest.fixture
def place(standing: Standing, db: None) -> Place:
    return standing.place


@pytest.fixture
def pupil(standing: Standing, db: None) -> Pupil:
    return standing.pupil


@pytest.fixture
def exclusion(standing: Standing, today: object, db: None) -> Exclusion:
    return standing.exclusion


@pytest.fixture
def world(standing: Standing, today: object, db: None) -> World:
    return standing.world


@pytest.fixture
def sessions(standing: Standing, today: object, db: None) -> dict[str, str]:
    """Return the session of each actor by name; the anonymous one has none."""
    return standing.sessions
