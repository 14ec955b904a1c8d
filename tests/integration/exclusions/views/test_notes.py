"""Notes, calls and mails of a case: written, listed, corrected in sight, never changed."""

from datetime import date, time

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Note, Reading, TimelineEvent
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import NOW, ClientOf
from tests.page_form import errors, filled
from tests.policy.objects import note_of
from tests.queries import asked


def notes(exclusion: Exclusion, tail: str = "") -> str:
    return f"/exclusions/{exclusion.case.reference}/notes/{tail}"


def test_note_is_kept_and_listed_with_its_day(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    page = notes(exclusion, "write/")
    typed = {"kind": "call", "happened": "3/11/2026 8:42", "with_whom": "Ms Ferrier", "text": "Work is set."}

    saved = officer.post(page, filled(officer, page, **typed))

    note = Note.objects.get()
    assert (note.kind, note.happened_on, note.happened_time) == ("call", date(2026, 11, 3), time(8, 42))
    assert note.written_by == cast.asha
    listed = officer.get(saved.headers["Location"]).content.decode()
    assert "Telephone call, Tuesday 3 November 2026 at 8:42am, with Ms Ferrier" in listed
    assert "Work is set." in listed
    event = TimelineEvent.objects.get(event="note_written")
    assert (event.by, event.data) == (cast.asha, {"kind": "call", "on": "2026-11-03"})
    assert Reading.objects.filter(pupil=exclusion.case.pupil, surface="notes of an exclusion").exists()


def test_correction_shows_both(officer: Client, exclusion: Exclusion) -> None:
    first = note_of(exclusion)
    page = notes(exclusion, f"{first.pk}/correct/")

    saved = officer.post(page, filled(officer, page, text="The deputy rang.", because="I misheard"))

    listed = officer.get(saved.headers["Location"]).content.decode()
    assert "The deputy rang." in listed
    assert "Corrected: I misheard" in listed
    assert listed.count("The head rang.") == 1
    assert TimelineEvent.objects.filter(event="note_corrected").count() == 1
    again = officer.post(page, filled(officer, page, text="Nobody rang.", because="No"))
    assert errors(again)["__all__"].startswith("Somebody has corrected this note already")
    assert Note.objects.count() == 2


def test_note_is_never_changed(exclusion: Exclusion) -> None:
    note_of(exclusion)

    with pytest.raises(InternalError), transaction.atomic():
        Note.objects.update(text="Something else")
    with pytest.raises(InternalError), transaction.atomic():
        Note.objects.all().delete()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"happened": "5/11/2026"}, "happened"),
        ({"happened": "3/11/1999"}, "happened"),
        ({"happened": "soon"}, "happened"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_bad_note_keeps_what_was_typed_and_saves_nothing(
    officer: Client, exclusion: Exclusion, typed: dict[str, str], field: str
) -> None:
    page = notes(exclusion, "write/")

    refused = officer.post(page, filled(officer, page, **({"with_whom": "Ms Ferrier", "text": "Work is set."} | typed)))

    assert field in errors(refused)
    assert "Ms Ferrier" in refused.content.decode()
    assert not Note.objects.exists()


def test_second_click_writes_once(officer: Client, exclusion: Exclusion) -> None:
    page = notes(exclusion, "write/")
    typed = filled(officer, page, text="Work is set.")

    assert [officer.post(page, typed).status_code for _ in range(2)] == [302, 302]
    assert Note.objects.count() == 1


def test_list_is_filtered_paged_and_asks_as_often_for_5_as_for_500(
    officer: Client, exclusion: Exclusion, cast: Cast
) -> None:
    counts = []
    for count in (5, 500):
        Note.objects.bulk_create(
            Note(
                case=exclusion.case, kind=("call", "mail")[number % 2], happened_on=date(2026, 11, 2), written_at=NOW,
                text=f"Entry {number} of {count}", written_by=cast.asha,
            )
            for number in range(count)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            page = officer.get(notes(exclusion)).content.decode()
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]
    assert "page=2" in page
    mails = officer.get(f"{notes(exclusion)}?kind=mail").content.decode()
    assert "Entry 499 of 500" in mails
    assert "Entry 498 of 500" not in mails


def test_note_of_another_case_is_not_there(officer: Client, exclusion: Exclusion, suspension: Exclusion) -> None:
    assert officer.get(notes(suspension, f"{note_of(exclusion).pk}/correct/")).status_code == 404


def test_wrong_methods_are_refused(officer: Client, exclusion: Exclusion) -> None:
    assert officer.post(notes(exclusion)).status_code == 405
    assert officer.put(notes(exclusion, "write/")).status_code == 405


@pytest.mark.parametrize("who", ["ruth", "administrator", "stranger"])
def test_colleague_without_the_right_writes_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, cast: Cast
) -> None:
    client = client_of(cast.everybody()[who])

    assert client.post(notes(exclusion, "write/"), {"text": "x"}).status_code == 404
    assert client.post(notes(exclusion, f"{note_of(exclusion).pk}/correct/"), {"text": "x"}).status_code == 404
    assert Note.objects.count() == 1
