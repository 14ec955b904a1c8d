"""Documents of a case: known by their content, read with an audit, withdrawn with a reason, never deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Document, DocumentContent, Reading, TimelineEvent
from casework.scanning import Verdict
from exclusions.models import Exclusion
from tests import documents as made
from tests.cast import Cast
from tests.conftest import NOW, ClientOf
from tests.page_form import errors, filled
from tests.policy.objects import document_of
from tests.queries import asked

CLEAN = Verdict(clean=True, scanner="Invented 1.0")


def documents(exclusion: Exclusion, tail: str = "") -> str:
    return f"/exclusions/{exclusion.case.reference}/documents/{tail}"


def send(client: Client, exclusion: Exclusion, data: bytes = made.PDF, **typed: Any) -> Any:
    page = documents(exclusion, "add/")
    file = SimpleUploadedFile("Zephyrine Quill 12 May.exe", data)
    return client.post(page, filled(client, page, **({"title": "Letter from the head", "file": file} | typed)))


def whole(response: Any) -> bytes:
    return bytes(response.content)


def scanner(answer: Callable[[bytes], Any], monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("casework.scanning.ask", answer, raising=False)
    settings.DOCUMENT_SCANNER = "casework.scanning.ask"


def test_document_is_kept_listed_and_handed_out(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    saved = send(officer, exclusion)

    document = Document.objects.get()
    assert (document.title, document.type, document.size) == ("Letter from the head", "pdf", len(made.PDF))
    assert (document.added_by, len(document.sha256), document.scanned_by) == (cast.asha, 64, "")
    for address in (saved.headers["Location"], f"/exclusions/{exclusion.case.reference}/"):
        assert "Letter from the head" in officer.get(address).content.decode()
    event = TimelineEvent.objects.get(event="document_added")
    assert (event.by, event.data) == (cast.asha, {"title": "Letter from the head", "type": "pdf"})

    handed = officer.get(documents(exclusion, f"{document.public_id}/"))

    assert whole(handed) == made.PDF
    assert handed.headers["Content-Type"] == "application/pdf"
    name = f"{exclusion.case.reference}-{str(document.public_id)[:8]}.pdf"
    assert handed.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert handed.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert handed.headers["X-Content-Type-Options"] == "nosniff"
    assert handed.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_case_without_documents_says_what_will_be_there(officer: Client, exclusion: Exclusion) -> None:
    for address in (documents(exclusion), f"/exclusions/{exclusion.case.reference}/"):
        assert "that are added to this case will stand here" in officer.get(address).content.decode()


def test_picture_is_kept_without_its_place(officer: Client, exclusion: Exclusion) -> None:
    send(officer, exclusion, made.jpeg(made.exif(6), made.segment(0xFE, made.PLACE)))

    kept = bytes(DocumentContent.objects.get().content)
    assert made.PLACE not in kept
    assert Document.objects.get().size == len(kept)


def test_nothing_leaves_before_the_reading_is_recorded(
    officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = documents(exclusion, f"{document_of(exclusion).public_id}/")
    assert officer.get(address).status_code == 200
    assert Reading.objects.filter(pupil=exclusion.case.pupil, surface="document of an exclusion").count() == 1

    def cannot(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("exclusions.views.exclusion.record_reading", cannot)
    refused = officer.get(address)

    assert refused.status_code == 503
    assert b"Dear Ms Imran" not in refused.content


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"MZ\x90\0", "a program"),
        (b"<!doctype html><p>Hello", "a web page"),
        (b"<svg/>", "a drawing"),
        (made.archive({"a.txt": "a"}), "an archive"),
        (made.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}), "no Word document"),
        (made.word({"word/vbaProject.bin": "x"}), "a macro"),
        (made.outlook("EncryptedPackage"), "locked with a password"),
    ],
)
def test_other_file_is_refused_and_what_was_typed_stays(
    data: bytes, says: str, officer: Client, exclusion: Exclusion
) -> None:
    refused = send(officer, exclusion, data, title="Letter of 3 November")

    assert refused.status_code == 200
    assert says in errors(refused)["file"]
    assert "Letter of 3 November" in refused.content.decode()
    assert "Zephyrine Quill 12 May" not in refused.content.decode()
    nothing_kept()


def nothing_kept() -> None:
    """Fail when a document, its bytes or its event was kept."""
    assert not Document.objects.exists()
    assert not DocumentContent.objects.exists()
    assert not TimelineEvent.objects.filter(event="document_added").exists()


@pytest.mark.parametrize("field", ["title", "file"])
def test_missing_answer_is_asked_for(field: str, officer: Client, exclusion: Exclusion) -> None:
    page = documents(exclusion, "add/")
    sent = {"title": "A", "file": SimpleUploadedFile("a.pdf", made.PDF)} | {field: ""}

    assert field in errors(officer.post(page, filled(officer, page, **sent)))
    nothing_kept()


def test_too_large_a_file_is_refused_at_its_field(officer: Client, exclusion: Exclusion, settings: Any) -> None:
    settings.LARGEST_DOCUMENT = 2 * 1024**2

    refused = send(officer, exclusion, b"words " * 400_000)

    assert errors(refused)["file"] == "The file must be 2 MB or smaller"
    assert "at most 2 MB" in refused.content.decode()
    nothing_kept()


def test_vast_request_is_refused_before_it_is_read(
    officer: Client, exclusion: Exclusion, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LARGEST_DOCUMENT = 1024**2
    page = documents(exclusion, "add/")
    typed = filled(officer, page, title="A", file=SimpleUploadedFile("a.txt", b"words " * 600_000))
    monkeypatch.setattr("django.http.request.HttpRequest._load_post_and_files", lambda _: pytest.fail("It was read."))

    refused = officer.post(page, typed)

    assert refused.status_code == 413
    assert "at most 3 MB" in refused.content.decode()
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_page_without_files_takes_no_vast_request(officer: Client, exclusion: Exclusion) -> None:
    page = f"/exclusions/{exclusion.case.reference}/notes/write/"

    refused = officer.post(page, {"file": SimpleUploadedFile("a.txt", b"words " * 200_000)})

    assert refused.status_code == 413
    assert "at most 1 MB" in refused.content.decode()


def test_case_holds_so_much_and_no_more_even_of_withdrawn_documents(
    officer: Client, exclusion: Exclusion, settings: Any
) -> None:
    settings.DOCUMENTS_A_CASE = 1000
    send(officer, exclusion, b"a" * 600)
    Document.objects.update(withdrawn_at=NOW, withdrawn_because="Wrong case")

    refused = send(officer, exclusion, b"b" * 401)

    assert errors(refused)["file"].startswith("The documents of one case may have")
    assert send(officer, exclusion, b"b" * 400).status_code == 302
    assert Document.objects.count() == 2


def test_person_adds_so_much_a_day(officer: Client, exclusion: Exclusion, settings: Any) -> None:
    settings.DOCUMENTS_A_PERSON_A_DAY = 1000
    send(officer, exclusion, b"a" * 600)

    refused = send(officer, exclusion, b"b" * 401)

    assert "in the last 24 hours" in errors(refused)["file"]


def test_same_file_is_kept_once(officer: Client, exclusion: Exclusion, suspension: Exclusion) -> None:
    send(officer, exclusion, title="The letter")

    assert "as “The letter”" in errors(send(officer, exclusion, title="The letter again"))["file"]
    assert Document.objects.count() == 1
    assert send(officer, suspension).status_code == 302


def test_scanner_is_asked_of_the_file_as_it_came(
    officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    seen = []

    def ask(content: bytes) -> Verdict:
        seen.append(content)
        return CLEAN

    scanner(ask, monkeypatch, settings)
    sent = made.jpeg(made.exif(6))

    page = send(officer, exclusion, sent)

    assert seen == [sent]
    assert Document.objects.get().scanned_by == "Invented 1.0"
    assert "Invented 1.0" in officer.get(page.headers["Location"]).content.decode()


def test_infected_file_is_not_kept(
    officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    scanner(lambda content: Verdict(clean=False, scanner="Invented 1.0"), monkeypatch, settings)

    assert "virus scanner stopped this file" in errors(send(officer, exclusion))["file"]
    nothing_kept()


@pytest.mark.parametrize("broken", ["raises", "says nothing", "is not there"])
def test_nothing_is_kept_when_the_scanner_cannot_be_asked(
    broken: str, officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def ask(_: bytes) -> None:
        if broken == "raises":
            raise ConnectionRefusedError

    scanner(ask, monkeypatch, settings)
    if broken == "is not there":
        settings.DOCUMENT_SCANNER = "casework.scanning.nobody"

    assert "could not be asked" in errors(send(officer, exclusion))["file"]
    nothing_kept()


def test_withdrawn_document_is_not_handed_out_and_stays(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    document = document_of(exclusion)
    page = documents(exclusion, f"{document.public_id}/withdraw/")

    officer.post(page, filled(officer, page, because="Put on the wrong case"))

    document.refresh_from_db()
    assert (document.withdrawn_by, document.withdrawn_because) == (cast.asha, "Put on the wrong case")
    assert officer.get(documents(exclusion, f"{document.public_id}/")).status_code == 404
    assert DocumentContent.objects.filter(document=document).exists()
    listed = officer.get(documents(exclusion)).content.decode()
    assert "Put on the wrong case" in listed
    assert f'{document.public_id}/"' not in listed
    assert TimelineEvent.objects.get(event="document_withdrawn").by == cast.asha
    # The page and a second click lead back, and nothing is told twice.
    assert officer.get(page).status_code == 302
    assert officer.post(page, {"because": "Again"}).status_code == 302
    assert TimelineEvent.objects.filter(event="document_withdrawn").count() == 1
    # The right one may be put there now.
    assert send(officer, exclusion, whole_of(document)).status_code == 302


def whole_of(document: Document) -> bytes:
    return bytes(document.content.content)


def test_withdrawing_needs_a_reason(officer: Client, exclusion: Exclusion) -> None:
    page = documents(exclusion, f"{document_of(exclusion).public_id}/withdraw/")

    assert "because" in errors(officer.post(page, filled(officer, page, because="")))
    assert Document.objects.standing().count() == 1


def test_content_is_never_changed_or_deleted(exclusion: Exclusion) -> None:
    document_of(exclusion)

    with pytest.raises(InternalError), transaction.atomic():
        DocumentContent.objects.update(content=b"other")
    with pytest.raises(InternalError), transaction.atomic():
        DocumentContent.objects.all().delete()


def test_second_click_keeps_once(officer: Client, exclusion: Exclusion) -> None:
    page = documents(exclusion, "add/")
    typed = filled(officer, page, title="A", file=None)

    for _ in range(2):
        answer = officer.post(page, typed | {"file": SimpleUploadedFile("a.pdf", made.PDF)})
        assert answer.status_code == 302
    assert Document.objects.count() == 1


def test_lists_are_paged_and_ask_as_often_for_5_as_for_500(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    counts = []
    for count in (5, 500):
        Document.objects.bulk_create(
            Document(
                case=exclusion.case, title=f"Document {number} of {count}", type="txt", size=10, added_at=NOW,
                sha256=f"{count}-{number}", added_by=cast.asha,
            )
            for number in range(count)
        )  # fmt: skip
        for address in (documents(exclusion), f"/exclusions/{exclusion.case.reference}/"):
            with CaptureQueriesContext(connection) as captured:
                page = officer.get(address).content.decode()
            counts.append(len(asked(captured)))
            assert page.count("(downloads)") in {5, 25}
            assert not any("documentcontent" in sql for sql in asked(captured))

    assert counts[:2] == counts[2:]
    assert "page=2" in officer.get(documents(exclusion)).content.decode()


def test_document_of_another_case_is_not_there(officer: Client, exclusion: Exclusion, suspension: Exclusion) -> None:
    number = document_of(exclusion).public_id

    assert officer.get(documents(suspension, f"{number}/")).status_code == 404
    assert officer.post(documents(suspension, f"{number}/withdraw/"), {"because": "x"}).status_code == 404


def test_wrong_methods_are_refused(officer: Client, exclusion: Exclusion) -> None:
    assert officer.post(documents(exclusion)).status_code == 405
    assert officer.post(documents(exclusion, f"{document_of(exclusion).public_id}/")).status_code == 405
    assert officer.put(documents(exclusion, "add/")).status_code == 405


@pytest.mark.parametrize("who", ["ruth", "administrator", "stranger"])
def test_colleague_without_the_right_adds_and_withdraws_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, cast: Cast
) -> None:
    client = client_of(cast.everybody()[who])
    number = document_of(exclusion).public_id

    assert client.post(documents(exclusion, "add/"), {"title": "x"}).status_code == 404
    assert client.post(documents(exclusion, f"{number}/withdraw/"), {"because": "x"}).status_code == 404
    assert client.get(documents(exclusion, f"{number}/")).status_code == (200 if who == "ruth" else 404)
    assert Document.objects.standing().count() == 1
