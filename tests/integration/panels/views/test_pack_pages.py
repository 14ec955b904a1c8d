"""The pack: whose copy holds what, whose name it bears, and what it never holds."""

import io

import pikepdf
import pytest
from django.test import Client

from casework.models import Reading, User
from panels.rules.terms import PanelKind
from panels.rules.versions import ROUTES_OF
from tests.cast import Cast, person
from tests.conftest import NOW, TODAY, ClientOf
from tests.factories import panels as rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.test_conflict_matrix import Scene, scene
from tests.integration.panels.words import words
from tests.pdf_text import copies_of, pdf_text, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
__all__ = ["scene"]


@pytest.fixture
def member(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.member)


@pytest.fixture
def clerk(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.asha)


def out_of_the_first(scene: Scene, user: User) -> None:
    rows.connection(user, kind="works_at", school=scene.exclusion.school)


def test_own_copy_has_a_page_for_each_item_its_name_and_the_time(scene: Scene, member: Client) -> None:
    answer = member.get(f"{scene.here}pack/print.pdf")

    text = pdf_text(answer.content)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="pack-spp-{TODAY}.pdf"'
    assert f"Copy of {scene.cast.member.name}, 4 November 2026, 10:30am" in text
    for item in (scene.closed, scene.open):
        assert item.reference in text
    assert "Confidential: children’s records" in text
    with pikepdf.open(io.BytesIO(answer.content)) as pdf, pdf.open_outline() as outline:
        assert [each.title.split(".")[0] for each in outline.root] == ["Agenda", "1", "2"]
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert len(pdf.pages) >= 3


@pytest.mark.parametrize("form", ["print", "tablet"])
def test_copy_holds_nothing_of_an_item_that_its_reader_is_out_of(scene: Scene, member: Client, form: str) -> None:
    assert scene.closed.reference in text_of(member.get(f"{scene.here}pack/{form}.pdf"))
    out_of_the_first(scene, scene.cast.member)

    text = text_of(member.get(f"{scene.here}pack/{form}.pdf"))

    assert scene.closed.reference not in text
    assert "Zephyrine" not in text
    assert f"1. {scene.open.reference}" in text
    assert "2. " not in text.split("Agenda")[1].split("Page 1")[0]
    assert '<span class="app-n">1</span>' in words(member.get(f"{scene.here}pack/"))


def test_clerk_prints_every_copy_and_each_has_its_own_items(scene: Scene, clerk: Client) -> None:
    out_of_the_first(scene, scene.cast.member)

    found = copies_of(clerk.get(f"{scene.here}packs.zip"))

    assert len(found) == 4
    with_it = [name for name, text in found.items() if scene.closed.reference in text]
    assert len(with_it) == 3
    (without,) = set(found) - set(with_it)
    assert f"Copy of {scene.cast.member.name}, printed by {scene.cast.asha.name}" in found[without]
    assert scene.open.reference in found[without]
    alone = clerk.get(f"{scene.here}pack/{scene.cast.member.pk}/print.pdf")
    assert scene.closed.reference not in text_of(alone)


def test_copy_that_a_clerk_prints_holds_nothing_the_clerk_is_out_of(scene: Scene, clerk: Client) -> None:
    out_of_the_first(scene, scene.cast.asha)

    for tail in ("packs.zip", f"pack/{scene.cast.chair.pk}/print.pdf"):
        text = text_of(clerk.get(f"{scene.here}{tail}"))
        assert scene.closed.reference not in text
        assert scene.open.reference in text


def test_member_prints_nobody_elses_copy(scene: Scene, member: Client) -> None:
    for tail in ("packs.zip", f"pack/{scene.cast.chair.pk}/print.pdf", f"pack/{scene.cast.member.pk}/print.pdf"):
        assert member.get(f"{scene.here}{tail}").status_code == 404


def test_no_copy_before_its_reader_declares(scene: Scene, clerk: Client, client_of: ClientOf) -> None:
    late = person("late", role="panel_member")
    rows.member(scene.panel, late, by=scene.cast.administrator)
    browser = client_of(late)

    assert browser.get(f"{scene.here}pack/print.pdf").status_code == 404
    assert "Before the papers open, declare" in words(browser.get(f"{scene.here}pack/"))
    assert "Has not declared yet" in words(clerk.get(f"{scene.here}pack/"))
    assert clerk.get(f"{scene.here}pack/{late.pk}/print.pdf").status_code == 404
    assert len(copies_of(clerk.get(f"{scene.here}packs.zip"))) == 4
    sitting_rows.declared(scene.sitting, late)
    assert browser.get(f"{scene.here}pack/print.pdf").status_code == 200


def test_whoever_has_no_seat_on_the_day_gets_no_copy(scene: Scene, clerk: Client, client_of: ClientOf) -> None:
    assert clerk.get(f"{scene.here}pack/{scene.cast.ruth.pk}/print.pdf").status_code == 404
    assert client_of(scene.cast.school_user).get(f"{scene.here}pack/print.pdf").status_code == 404
    assert clerk.get(f"{scene.here}pack/poster.pdf").status_code == 404


def test_every_child_of_the_copies_is_written_down_as_read(scene: Scene, clerk: Client) -> None:
    clerk.get(f"{scene.here}packs.zip")

    read = Reading.objects.filter(user=scene.cast.asha, surface="pack of a sitting")
    assert set(read.values_list("pupil", flat=True)) == {scene.closed.pupil_id, scene.open.pupil_id}


def test_name_stands_in_it_only_where_the_terms_say_so(scene: Scene, member: Client) -> None:
    assert "Zephyrine" in text_of(member.get(f"{scene.here}pack/print.pdf"))
    rows.terms(
        scene.panel, by=scene.cast.administrator, from_=TODAY, pseudonymised=True, looked_after_placed_elsewhere=False,
        routes=ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT],
    )  # fmt: skip

    assert "Zephyrine" not in text_of(member.get(f"{scene.here}pack/print.pdf"))


def test_empty_sitting_has_no_pack(scene: Scene, clerk: Client) -> None:
    scene.sitting.items.all().update(taken_off_at=NOW, taken_off_by=scene.cast.asha, taken_off_because="Withdrawn")
    assert clerk.get(f"{scene.here}packs.zip").status_code == 404
    assert "nothing to print" in words(clerk.get(f"{scene.here}pack/"))
