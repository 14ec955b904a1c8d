"""What an attached file is, by its content, and what is kept of it."""

import time
from contextlib import suppress

import pytest

from casework.uploads.documents import read_document
from casework.uploads.refused import Refused
from tests import documents as made
from tests.documents import PLACE

WHOLE = {
    "pdf": made.PDF,
    "docx": made.word(),
    "jpg": made.jpeg(),
    "png": made.png(),
    "eml": made.MAIL,
    "msg": made.MSG,
    "txt": made.TEXT,
}


@pytest.mark.parametrize("kind", list(WHOLE))
def test_each_kind_is_known_by_its_content_and_kept_whole(kind: str) -> None:
    found = read_document(WHOLE[kind])

    assert (found.type, found.content) == (kind, WHOLE[kind])


@pytest.mark.parametrize(
    "data",
    [
        "A note: rang at 8am".encode("utf-16"),
        "£20 and an é".encode("cp1252"),
        b"\xef\xbb\xbfDear head,",
        b"To: be kept\n\n",
    ],
)
def test_text_in_its_encodings_is_text(data: bytes) -> None:
    assert read_document(data).type == "txt"


def test_picture_loses_what_the_camera_wrote() -> None:
    words = (made.chunk(b"tEXt", b"Comment\0" + PLACE), made.chunk(b"eXIf", PLACE), made.chunk(b"zzZz", PLACE))
    assert read_document(made.png(*words)).content == made.png()

    said = (made.segment(0xFE, PLACE), made.segment(0xED, PLACE), made.segment(0xE0, b"Other" + PLACE), made.exif(1))
    assert read_document(made.jpeg(*said, behind=PLACE)).content == made.jpeg()


def test_photograph_of_a_page_stays_the_right_way_up_and_loses_its_place() -> None:
    kept = read_document(made.jpeg(made.exif(6))).content

    assert PLACE not in kept
    assert kept.startswith(b"\xff\xd8\xff\xe1")
    # Written anew, read again: it says the same, and nothing more is dropped.
    assert read_document(kept).content == kept
    assert read_document(made.jpeg(made.segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff"))).content == made.jpeg()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"MZ\x90\0program", "a program"),
        (b"\x7fELF", "a program"),
        (b"#!/bin/sh\nrm -r /\n", "a program"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a web page"),
        (b"\xef\xbb\xbf  <HTML><body>", "a web page"),
        ("<html>".encode("utf-16"), "a web page"),
        (b"Hello <SCRIPT>alert(1)</script>", "a web page"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a drawing"),
        (b'<?xml version="1.0"?><a/>', "XML"),
        (b"GIF89a", "a picture"),
        (b"{\\rtf1 hello}", "a text document"),
        (b"\x1f\x8b\x08", "a compressed archive"),
        (b"PK\x05\x06" + bytes(18), "an empty zip archive"),
        (b"\0\x01\x02\x03" * 9, "no kind that is kept"),
        (b"words\0more words", "no kind that is kept"),
        (b"\x81\x8d\x8f", "no kind that is kept"),
        (made.archive({"a.txt": "a"}), "an archive"),
        (made.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "no Word document"),
        (made.outlook("WordDocument"), "an old Office document"),
        (made.outlook("EncryptedPackage"), "locked with a password"),
        (made.locked(made.word()), "locked with a password"),
        (made.PDF.replace(b"trailer<<", b"trailer<</Encrypt 2 0 R"), "locked with a password"),
        (made.PDF[:-7], "cut short"),
        (b"%PDF-nonsense\n%%EOF", "damaged"),
        (made.PDF + made.word(), "another file behind it"),
        (made.PDF[:-6] + made.archive({"a": "b"}) + b"\n%%EOF\n", "another file behind it"),
        (made.PDF.replace(b"<</Type", b"<</S/Launch/Type"), "starts programs"),
        (made.PDF.replace(b"<</Type", b"<</EmbeddedFiles 3 0 R/Type"), "carries other files"),
    ],
)  # fmt: skip
def test_other_files_are_refused_in_plain_words(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_document(data)


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (made.word({"word/vbaProject.bin": "x"}), "macro"),
        (made.word(main=made.MAIN.replace("openxmlformats-officedocument", "ms-word.macroEnabled")), "macro"),
        (made.word(main="application/xml"), "no Word document"),
        (made.word({"word/embeddings/oleObject1.bin": "MZ"}), "another file or a control"),
        (made.word({"word/activeX/activeX1.bin": "x"}), "another file or a control"),
        (made.word({"word/_rels/settings.xml.rels": made.links(("attachedTemplate", "http://evil.example/t", "External"))}), "from elsewhere"),
        (made.word({"word/_rels/document.xml.rels": made.links(("image", "file://host/share", "EXTERNAL"))}), "from elsewhere"),
        (made.word({"word/_rels/document.xml.rels": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "damaged"),
        (made.word({"word/_rels/document.xml.rels": "<a"}), "damaged"),
        (made.word({"word/_rels/document.xml.rels": " " * 1_100_000}), "more than can be looked at"),
        (made.word({"../evil": "x"}), "damaged"),
        (made.word({"/etc/passwd": "x"}), "damaged"),
        (made.word({f"word/part{number}.xml": "" for number in range(2001)}), "more than can be looked at"),
        (made.word()[:200], "damaged"),
    ],
)  # fmt: skip
def test_word_document_with_more_than_words_is_refused(document: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_document(document)


def test_word_document_with_a_link_to_follow_is_kept() -> None:
    linked = made.word(
        {"word/_rels/document.xml.rels": made.links(("hyperlink", "mailto:head@school.example", "External"))}
    )

    assert read_document(linked).type == "docx"


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = made.word({"word/media/image1.png": bytes(210 * 1024**2)})
    began = time.perf_counter()

    with pytest.raises(Refused, match="more than can be looked at"):
        read_document(bomb)

    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (made.png(width=9000, height=9000), "million pixels"),
        (made.jpeg(width=9000, height=9000), "million pixels"),
        (made.jpeg(width=0), "damaged"),
        (made.png()[:-6], "damaged"),
        (made.png()[:20], "damaged"),
        (made.png().replace(b"\x08\0\0\0\0", b"\x08\0\0\0\1"), "damaged"),
        (made.jpeg()[:-2], "damaged"),
        (made.jpeg()[:24], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8\xff" + b"words and words", "damaged"),
    ],
)
def test_damaged_or_vast_picture_is_refused(picture: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_document(picture)


@pytest.mark.parametrize("kind", list(WHOLE))
def test_every_cut_and_every_changed_byte_is_answered(kind: str) -> None:
    whole = WHOLE[kind]
    for place in range(0, len(whole), max(len(whole) // 150, 1)):
        for data in (
            whole[:place],
            whole[:place] + b"\xff" + whole[place + 1 :],
            whole[:place] + bytes(9) + whole[place:],
        ):
            with suppress(Refused):
                assert read_document(data).type in WHOLE
