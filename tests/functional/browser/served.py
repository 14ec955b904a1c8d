"""One site with data, served for a whole module: making it anew for each page would take longer than the pages."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from casework.models import Circumstance, Job, Pupil, User
from casework.rules.periods import Period
from casework.services import jobs
from exclusions.models import Exclusion
from reporting.models import CommitteeReport
from reporting.services import committee_report
from tests import cast as people
from tests import notice_form as notice
from tests.conftest import NOW, TODAY, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows


@dataclass
class Site:
    """A served site: its address, its people, its rows, and how to open a page of it."""

    url: str
    chromium: Browser
    cast: people.Cast
    place: Place
    pupil: Pupil
    exclusion: Exclusion
    report: CommitteeReport
    job: Job

    @contextmanager
    def page(self, user: User | None = None, *, width: int = 1280, script: bool = True) -> Iterator[Page]:
        """Open a window in which the person has signed in; an error on its console fails the test."""
        context = self.chromium.new_context(
            base_url=self.url, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        if user is not None:
            self.sign_in(context, user)
        page = context.new_page()
        page.set_default_timeout(15_000)
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        told = [each for each in wrong if "status of 4" not in each and "status of 5" not in each]
        assert not told, told

    def sign_in(self, context: BrowserContext, user: User, *, confirmed: bool = False) -> None:
        """Give the window a session of the person, who has just confirmed who it is if asked."""
        client = people.signed_in(Client(), user)
        if confirmed:
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url}])


@pytest.fixture(scope="module")
def site(chromium: Browser, django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """Serve a site with a child, her exclusions, a draft and a built report; take everything away at the end."""
    patch = pytest.MonkeyPatch()
    began = datetime.now(tz=UTC)
    patch.setattr(timezone, "now", lambda: NOW + (datetime.now(tz=UTC) - began))
    with django_db_blocker.unblock(), _test_database():
        server = LiveServer("localhost")
        try:
            yield _filled(server.url, chromium)
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            patch.undo()


@contextmanager
def _test_database() -> Iterator[None]:
    """Make the test database where pytest-django saw no need: it looks at single tests, and these share a module's."""
    if connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    config = setup_databases(verbosity=0, interactive=False, keepdb=True, aliases={"default": None})
    assert connection.settings_dict["NAME"].startswith("test_")
    yield
    teardown_databases(config, verbosity=0, keepdb=True)


def _filled(url: str, chromium: Browser) -> Site:
    authority = rows.LocalAuthorityFactory.create()
    rows.default_calendar(authority)
    exclusion_rows.reason_codes()
    exclusion_rows.ProviderFactory.create()
    place = Place(
        authority=authority,
        neighbour=rows.LocalAuthorityFactory.create(code="894", gss_code="E06000020", name="Telford and Wrekin"),
        school=rows.SchoolFactory.create(authority=authority, name="Marchbridge High School"),
        primary=rows.SchoolFactory.create(authority=authority, name="Underhill Primary School", phase="primary"),
    )
    cast = people.assemble(today=TODAY, school=place.school)
    pupil = _child(place)
    rows.ClosureFactory.create(on=date(2026, 10, 14), kind="unplanned closure", reason="Burst pipe")
    exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2026, 9, 21), last_day=date(2026, 9, 22),
    )  # fmt: skip
    exclusion = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, narrative="Hit another child.", decided_by="Mrs Oakes",
        parents_told_on=date(2026, 10, 12), decided_on=date(2026, 10, 12),
    )  # fmt: skip
    for _ in range(28):
        spell = rows.RollSpellFactory.create(school=place.primary, year_group="6")
        exclusion_rows.exclusion(pupil=spell.pupil, school=place.primary, by=cast.asha, kind="suspension")
    report = committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse("2026/27-autumn"))
    job = committee_report.build(by=cast.ruth, at=NOW, report=report)
    jobs.run(job_id=job.pk)
    report.refresh_from_db()
    waiting = Job.objects.create(
        kind="any", subject=1, natural_key="waiting", requested_by=cast.ruth, requested_at=NOW, done=2, total=6,
        message="Setting the restricted version",
    )  # fmt: skip
    # The officer has answered everything and not yet logged it.
    people.signed_in(Client(), cast.asha).post(
        notice.LOG, notice.suspended(pupil, reason_2="VA", narrative="Shouted.", decided_by="Mrs Oakes")
    )
    return Site(url, chromium, cast, place, pupil, exclusion, report, waiting)


def _child(place: Place) -> Pupil:
    child: Pupil = rows.PupilFactory.create(first_name="Zephyrine", home_authority=place.authority)
    rows.RollSpellFactory.create(pupil=child, school=place.school)
    rows.CircumstanceFactory.create(pupil=child)
    rows.AddressFactory.create(pupil=child, protected=True)
    Circumstance.objects.create(
        pupil=child, kind="social_care", value="child in need", first_day=date(2026, 5, 1),
        source="Social care system", known_on=date(2026, 5, 4),
    )  # fmt: skip
    return child
