"""The minutes as a PDF: each reader's own copy, tagged, and plain about what is a draft and what is approved."""

import pytest
from django.test import Client

from casework.models import Reading, User
from panels.models import AgendaItem, Attendance, ItemMinutes, ItemRecord, Referral
from panels.selectors.minutes import minutes_of
from panels.services import minutes as service
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf
from tests.factories import panels as rows
from tests.integration.panels.test_conflict_matrix import Scene, scene
from tests.integration.panels.words import words
from tests.pdf_tags import check_tagged
from tests.pdf_text import pdf_text, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
__all__ = ["scene"]
DRAFT = "Not approved yet: do not act on it"


@pytest.fixture
def member(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.member)


@pytest.fixture
def clerk(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.asha)


def approve(scene: Scene, *referrals: Referral) -> None:
    found = minutes_of(scene.cast.chair, scene.sitting, on=TODAY)
    assert found
    versions = {one.seen.item.pk: one.version for one in found.items if one.seen.item.referral in referrals}
    service.approve(by=scene.cast.chair, at=NOW, on=TODAY, sitting=scene.sitting, versions=versions)


def copy_of(client: Client, scene: Scene) -> str:
    return text_of(client.get(f"{scene.here}minutes.pdf"))


def out_of_the_first(scene: Scene, user: User) -> None:
    rows.connection(user, kind="works_at", school=scene.exclusion.school)


def test_draft_says_so_with_who_was_there_and_every_part(scene: Scene, clerk: Client) -> None:
    Attendance.objects.create(
        sitting=scene.sitting, person=scene.cast.asha, present=True, said_at=NOW, said_by=scene.cast.asha
    )

    answer = clerk.get(f"{scene.here}minutes.pdf")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="minutes-spp-{TODAY}.pdf"'
    text = pdf_text(answer.content)
    assert DRAFT in text
    assert "Version 1, draft." in text
    assert f"Copy of {scene.cast.asha.name}, 4 November 2026, 10:30am" in text
    assert "Minutes: Specialist Placement Panel" in text
    assert f"{scene.cast.asha.name} (clerk)." in text
    for said in (scene.closed.reference, "Room was checked.", "Works well in small groups.", "Quorum met"):
        assert said in text
    tags = check_tagged(answer.content, title="Minutes, Specialist Placement Panel")
    assert tags["/H1"] == 3
    assert tags["/Table"] == 1


def test_page_leads_to_it(scene: Scene, clerk: Client) -> None:
    assert f'href="{scene.here}minutes.pdf"' in words(clerk.get(f"{scene.here}minutes/"))


def test_what_is_not_approved_is_read_by_the_clerk_and_whoever_approves_alone(scene: Scene, member: Client) -> None:
    text = copy_of(member, scene)
    assert "Not approved yet. What was minuted stands here" in text
    assert "Works well in small groups." not in text

    approve(scene, scene.closed)
    text = copy_of(member, scene)
    assert "Part approved. What is not approved yet is left out." in text
    assert text.count("Works well in small groups.") == 1
    assert "Draft" not in text

    approve(scene, scene.open)
    text = copy_of(member, scene)
    assert "Approved. Each item in the version that stands." in text
    assert f"Version 1, approved by {scene.cast.chair.name} on 4 November 2026." in text


def test_corrected_minutes_are_a_draft_to_the_clerk_and_stand_as_approved_to_others(
    scene: Scene, clerk: Client, member: Client
) -> None:
    approve(scene, scene.closed, scene.open)
    item = AgendaItem.objects.get(referral=scene.closed)
    row = ItemMinutes.objects.get(item=item)
    ItemMinutes.objects.create(
        item=item, number=2, record_version=row.record_version, reasons="Put right.", because="A slip",
        written_at=NOW, written_by=scene.cast.asha,
    )  # fmt: skip

    theirs, ours = copy_of(member, scene), copy_of(clerk, scene)

    assert "Put right." not in theirs
    assert DRAFT not in theirs
    assert "Version 2, draft; version 1 stands until it is approved." in ours
    assert DRAFT in ours


def test_copy_holds_nothing_of_an_item_that_its_reader_is_out_of(scene: Scene, member: Client) -> None:
    approve(scene, scene.closed, scene.open)
    assert scene.closed.reference in copy_of(member, scene)
    out_of_the_first(scene, scene.cast.member)

    text = copy_of(member, scene)

    assert scene.closed.reference not in text
    assert f"1. {scene.open.reference}" in text
    assert "2. " not in text
    assert text.count("Works well in small groups.") == 1


def test_advice_and_where_it_stands_are_both_in_it(scene: Scene, clerk: Client) -> None:
    ItemRecord.objects.filter(item__referral=scene.open).update(is_advice=True)

    text = copy_of(clerk, scene)

    assert "The panel advises: Mainstream" in text
    assert "Officer’s decision Advice given, waiting for the officer’s decision." in text


def test_every_child_of_the_copy_is_written_down_as_read(scene: Scene, clerk: Client) -> None:
    clerk.get(f"{scene.here}minutes.pdf")

    read = Reading.objects.filter(user=scene.cast.asha, surface="minutes of a sitting")
    assert set(read.values_list("pupil", flat=True)) == {scene.closed.pupil_id, scene.open.pupil_id}


def test_no_copy_where_the_reader_sees_no_item_or_has_not_declared(
    scene: Scene, member: Client, client_of: ClientOf
) -> None:
    Attendance.objects.filter(person=scene.cast.member).update(declared_at=None)
    assert member.get(f"{scene.here}minutes.pdf").status_code == 404
    assert client_of(scene.cast.school_user).get(f"{scene.here}minutes.pdf").status_code == 404
    scene.sitting.items.all().update(taken_off_at=NOW, taken_off_by=scene.cast.asha, taken_off_because="Withdrawn")
    clerk = client_of(scene.cast.asha)
    assert clerk.get(f"{scene.here}minutes.pdf").status_code == 404
    assert "My copy as a PDF" not in words(clerk.get(f"{scene.here}minutes/"))
