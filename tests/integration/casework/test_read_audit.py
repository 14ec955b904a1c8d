"""Every reading of a child's record is written before the page leaves, and nothing is shown when it cannot be."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casework.audit import record_reading
from casework.models import Pupil, Reading
from exclusions.models import Exclusion
from panels.models import Referral
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import NOW, ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.factories.wsoa import plan_there, with_rounds
from tests.policy.pages import pages
from tests.policy.world import World

# A referral's reference, as a page's own words spell it.
LOT = re.compile(r"\b[2-9B-DF-HJ-NP-TV-Z]{6}\b")
# Each child has a name of letters that no other word of a page holds.
CANARIES = ("Qwyxana", "Qwyxbert", "Qwyxcelia", "Qwyxdorian", "Qwyxella", "Qwyxfinn")


@pytest.fixture
def children(cast: Cast, place: Place) -> dict[str, Pupil]:
    """Return six children by first name: three were excluded, three were not."""
    found = {}
    for number, name in enumerate(CANARIES):
        child = rows.PupilFactory.create(first_name=name, last_name=f"Marrowby{name[4:]}")
        rows.RollSpellFactory.create(pupil=child, school=place.school)
        if number < 3:
            exclusion_rows.exclusion(pupil=child, school=place.school, by=cast.asha)
        found[name] = child
    return found


def shown_in(body: str, children: dict[str, Pupil]) -> set[int]:
    """Return the children of whom a page shows a name, a UPN or a birthday of their own."""
    return {
        child.pk
        for name, child in children.items()
        if name in body or child.last_name in body or str(child.upn) in body
    }


def recorded(since: int) -> set[int | None]:
    return set(Reading.objects.filter(pk__gt=since, pupil__isnull=False).values_list("pupil", flat=True))


def last_reading() -> int:
    return Reading.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_every_child_on_every_page_has_a_reading_and_no_other_child_has(
    cast: Cast, place: Place, children: dict[str, Pupil], client_of: ClientOf
) -> None:
    world = _world(cast, place, children)
    officer, manager = client_of(cast.asha), client_of(cast.ruth)
    asked = 0
    children_shown = 0

    for client in (officer, manager):
        for page in pages():
            plain = page.address(world)
            for address in (plain, f"{plain}?pupil={children['Qwyxella'].public_id}"):
                before = last_reading()
                body = client.get(address).content.decode(errors="replace")
                # An export or a calendar holds no name: it shows the children whose references it lists. A document is its case’s.
                shown = shown_in(body, children) or _listed(body, page.name, world)

                assert recorded(before) == shown, address
                asked += 1
                children_shown += len(shown)

    assert asked > 100
    assert children_shown > 20, "The crawl must have met children."


def _listed(body: str, page: str, world: World) -> set[int]:
    if page == "exclusions:document-file" and body.startswith("Dear Ms Imran"):
        return {world.exclusion.case.pupil_id}
    if page == "exclusions:export-exclusions" and "Reference" in body[:20]:
        references = [line.split(",")[0] for line in body.splitlines()[1:]]
    elif page.startswith("panels:"):
        # A panel's pages may name a child by the referral's reference alone.
        return set(Referral.objects.filter(reference__in=LOT.findall(body)).values_list("pupil", flat=True))
    elif body.startswith("BEGIN:VCALENDAR"):
        references = re.findall(r"\b\d\d-\d{4,6}\b", body)
    else:
        return set()
    return set(Exclusion.objects.filter(case__reference__in=references).values_list("case__pupil", flat=True))


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/search/", {"q": "Marrowby"}),
        ("/search/", {"q": "Qwyxbert"}),
        ("/search/", {"q": "nobody at all"}),
        ("/exclusions/log-a-notice/find/", {"q": "Qwyxcelia"}),
        ("/exclusions/log-a-notice/", {"action": "find", "q": "Qwyxdorian"}),
    ],
)
def test_every_child_that_a_search_shows_has_a_reading(
    address: str, typed: dict[str, str], officer: Client, children: dict[str, Pupil]
) -> None:
    body = officer.post(address, typed).content.decode()

    assert recorded(0) == shown_in(body, children)
    assert Reading.objects.filter(pupil=None).count() == 1, "The search itself is recorded as well."


def test_preview_and_check_page_leave_a_reading(officer: Client, children: dict[str, Pupil]) -> None:
    child = children["Qwyxella"]
    steps: list[Callable[[], Any]] = [
        lambda: officer.post("/exclusions/log-a-notice/preview/", notice.typed(child)),
        lambda: officer.post(notice.LOG, notice.typed(child, reason_1="")),
        lambda: officer.post(notice.LOG, notice.typed(child)) and officer.get(notice.CHECK),
    ]
    for step in steps:
        before = last_reading()
        step()

        assert recorded(before) == {child.pk}


@contextmanager
def audit_table_locked() -> Iterator[None]:
    """Hold the audit table from another connection, as a maintenance job gone wrong would."""
    settings = connection.get_connection_params()
    other = psycopg2.connect(
        dbname=settings["dbname"], host=settings.get("host"), user=settings.get("user"), port=settings.get("port"),
        password=settings.get("password"),
    )  # fmt: skip
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE casework_reading IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.mark.django_db(transaction=True)
def test_pages_of_children_answer_503_and_show_nothing_while_the_audit_cannot_be_written(
    officer: Client, children: dict[str, Pupil]
) -> None:
    child = children["Qwyxana"]
    reference = child.cases.get().reference
    officer.post(notice.LOG, notice.typed(child, first_day="3/11", council_told="3/11/2026"))
    asks: dict[str, Callable[[], Any]] = {
        "exclusion": lambda: officer.get(f"/exclusions/{reference}/"),
        "pupil": lambda: officer.get(f"/pupils/{child.public_id}/"),
        "list": lambda: officer.get("/exclusions/"),
        "search": lambda: officer.post("/search/", {"q": "Qwyxana"}),
        "find": lambda: officer.post("/exclusions/log-a-notice/find/", {"q": "Qwyxana"}),
        "check": lambda: officer.get(notice.CHECK),
        "export": lambda: officer.get("/exclusions/export.csv"),
    }

    with audit_table_locked():
        for name, ask in asks.items():
            began = time.monotonic()
            answer = ask()
            body = answer.content.decode()

            assert answer.status_code == 503, name
            assert time.monotonic() - began < 5, name
            assert not shown_in(body, children), name
            assert "cannot record that you opened this page" in body

    assert asks["exclusion"]().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_page_without_the_audit_would_show_the_child(
    officer: Client, children: dict[str, Pupil], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.views.exclusion.record_reading", lambda **_: None)
    reference = children["Qwyxana"].cases.get().reference

    with audit_table_locked():
        answer = officer.get(f"/exclusions/{reference}/")

    assert answer.status_code == 200
    assert shown_in(answer.content.decode(), children)


def test_reading_can_be_neither_changed_nor_deleted(cast: Cast, pupil: Pupil) -> None:
    record_reading(by=cast.asha, at=NOW, pupils=[pupil.pk], surface="test", request="1")

    changes: list[Callable[[], Any]] = [
        lambda: Reading.objects.update(surface="other"),
        lambda: Reading.objects.all().delete(),
        lambda: Reading.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
            change()

    assert Reading.objects.get().surface == "test"


def test_search_leaves_a_hash_that_knows_the_same_words_again(cast: Cast, pupil: Pupil) -> None:
    for words in ("Qwyxana", " qwyxANA ", "Qwyxbert"):
        record_reading(by=cast.asha, at=NOW, pupils=[], surface="search", request="1", terms=words)

    first, same, other = Reading.objects.order_by("pk").values_list("terms_hash", flat=True)
    assert first == same != other


def _world(cast: Cast, place: Place, children: dict[str, Pupil]) -> World:
    from casework.models import Job
    from casework.rules.periods import Period
    from reporting.services import committee_report

    child = children["Qwyxana"]
    with_rounds(plan_there(), by=cast.ruth, approved_by=cast.plan_lead)
    return World(
        pupil=child,
        school=place.school,
        exclusion=Exclusion.objects.get(case__pupil=child, first_day=date(2026, 10, 12)),
        job=Job.objects.create(kind="any", subject=1, natural_key="1", requested_by=cast.ruth, requested_at=NOW),
        report=committee_report.open_report(by=cast.ruth, at=NOW, period=Period.parse("2025/26")),
    )
