"""Files that are no table, or a spoilt one: each answered by row and column where it has one, and by what to do."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from casework.exports import Column, xlsx_bytes
from casework.uploads import Limits, Unreadable, read_table, workbook_child
from tests.workbooks import archive, lying_about_size, part, with_parts, workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook([["URN", "Name"], [1, "Elm"]])
LIMITS = Limits(bytes=200_000, rows=3, columns=5, cell=40)
MARKUP = b'<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'


def spoilt(name: str, old: bytes, new: bytes) -> bytes:
    before = part(GOOD, name)
    assert old in before
    return with_parts(GOOD, {name: before.replace(old, new)})


def locked_archive() -> bytes:
    data = bytearray(GOOD)
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def twice_the_same_part() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr(SHEET, b"<worksheet/>")
    return out.getvalue()


def many_parts() -> bytes:
    return with_parts(GOOD, {f"xl/media/{number}.bin": b"" for number in range(600)})


CASES: list[tuple[str, str, bytes | Callable[[], bytes], int | None, str, str]] = [
    # what it is, the file's name, its bytes, row, column, words of the answer
    ("no bytes", "a.csv", b"", None, "", "The file is empty"),
    ("blanks alone", "a.csv", b"\r\n \r\n", None, "", "The file is empty"),
    ("a mark and nothing", "a.csv", b"\xef\xbb\xbf", None, "", "The file is empty"),
    ("zeros alone", "a.csv", b"\0" * 50, None, "", "The file is empty"),
    ("a header alone", "a.csv", b"URN,Name\n", 2, "", "no row under it"),
    ("an empty first row", "a.csv", b",,\nURN,Name,Town\n1,Elm,Wold\n", None, "", "first row must name the columns"),
    ("too many bytes", "a.csv", b"URN\n" + b"1\n" * 200_000, None, "", "0.2 MB are the most"),
    ("too many rows", "a.csv", b"URN\n1\n2\n3\n4\n", 5, "", "more than 3 rows"),
    ("too many columns", "a.csv", b"a,b,c,d,e,f\n1,2,3,4,5,6\n", 1, "", "more than 5 columns"),
    ("a cell too long", "a.csv", b"URN,Name\n1," + b"x" * 41 + b"\n", 2, "B (Name)", "41 characters, and 40"),
    (
        "a row too short",
        "a.csv",
        b"URN,Name,Town\n1,Elm,Wold\n2,Ash\n",
        3,
        "C (Town)",
        "2 cells where the header has 3",
    ),
    ("a file cut off", "a.csv", b"URN,Name,Town\n1,Elm,Wold\n2", 3, "B (Name)", "1 cell where the header has 3"),
    ("a row too long", "a.csv", b"URN,Name\n1,Elm, upper\n", 2, "C", "after the header has ended"),
    ("two columns of one name", "a.csv", b"URN,Name, urn\n1,Elm,2\n", 1, "C (urn)", "Column A has the same name"),
    ("a column without a name", "a.csv", b"URN,,Town\n1,x,Wold\n", 2, "B", "has no name in the header"),
    ("a quotation mark not closed", "a.csv", b'URN,Name\n1,"Elm\n2,Ash\n', 2, "B", "quotation mark"),
    ("a quotation mark in a cell", "a.csv", b'URN,Name\n1,Elm\n2,"A"sh\n', 3, "B", "quotation mark"),
    (
        "a quotation mark that ate rows",
        "a.csv",
        b'URN,Name\n1,"Elm\n' + b"2,Ash\n" * 20 + b'3,"\n',
        2,
        "B",
        "quotation",
    ),
    ("NUL in a cell", "a.csv", b"URN,Name\n1,El\0m\n", 2, "B (Name)", "sign that cannot be shown"),
    ("NUL in the header", "a.csv", b"UR\0N,Name\n1,Elm\n", 1, "A", "sign that cannot be shown"),
    ("a bell", "a.csv", b"URN,Name\n1,Elm\n2,As\x07h\n", 3, "B (Name)", "sign that cannot be shown"),
    ("two encodings", "a.csv", b"URN,Name\n1,Caf\xc3\xa9\n2,Caf\xe9\n", 3, "B", "another encoding than the rest"),
    (
        "cut off in a letter",
        "a.csv",
        b"URN,Name\n1,Caf\xc3\xa9\n2,Caf\xc3",
        3,
        "B",
        "cut off in the middle of a letter",
    ),
    ("no encoding at all", "a.csv", b"URN,Name\n1,Elm\x81\n", 2, "B", "in no encoding that we know"),
    ("UTF-32", "a.csv", "URN\n1\n".encode("utf-32"), None, "", "UTF-32"),
    ("UTF-16 cut off", "a.csv", "URN,Name\n1,Elm\n".encode("utf-16")[:-1], 2, "B", "cut off or damaged here"),
    ("a PDF", "a.csv", b"%PDF-1.7 ...", None, "", "a PDF"),
    ("a web page", "a.csv", b"\n <!DOCTYPE html><html></html>", None, "", "a web page or XML"),
    ("a web page named as a workbook", "a.xls", b"<html><table><tr></tr></table>", None, "", "a web page or XML"),
    ("XML", "a.xlsx", b"<?xml version='1.0'?><Workbook/>", None, "", "a web page or XML"),
    ("an old workbook", "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, None, "", "old Excel workbook"),
    (
        "a locked workbook",
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        None,
        "",
        "locked with a password",
    ),
    ("a picture", "a.xlsx", b"\x89PNG\r\n\x1a\n", None, "", "a picture"),
    ("a program", "a.csv", b"MZ\x90\0", None, "", "a program"),
    ("an archive that is compressed", "a.csv", b"\x1f\x8b\x08\0", None, "", "a compressed archive"),
    ("a workbook named .csv", "a.csv", GOOD, None, "", "named as text and is an Excel workbook"),
    ("text named .xlsx", "a.xlsx", b"URN,Name\n1,Elm\n", None, "", "named as a workbook and is text"),
    ("a zip archive", "a.zip", lambda: archive({"schools.csv": b"URN\n1\n"}), None, "", "an archive (.zip)"),
    (
        "OpenDocument",
        "a.ods",
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
        None,
        "",
        "OpenDocument spreadsheet",
    ),
    ("a document", "a.xlsx", lambda: archive({"word/document.xml": b"<x/>"}), None, "", "not a workbook"),
    ("a binary workbook", "a.xlsb", lambda: archive({"xl/workbook.bin": b"x"}), None, "", "(.xlsb)"),
    ("a workbook cut off", "a.xlsx", GOOD[: len(GOOD) // 2], None, "", "cut off or damaged"),
    ("a workbook spoilt within", "a.xlsx", GOOD[:200] + b"\xff" * 400 + GOOD[600:], None, "", "cut off or damaged"),
    ("a sheet cut off", "a.xlsx", lambda: spoilt(SHEET, b"</sheetData>", b"<row"), 3, "", "damaged here"),
    ("macros", "a.xlsm", lambda: with_parts(GOOD, {"xl/vbaProject.bin": b"x"}), None, "", "holds macros"),
    ("macros of old", "a.xlsx", lambda: with_parts(GOOD, {"xl/macrosheets/s.xml": b"<x/>"}), None, "", "holds macros"),
    (
        "values of other files",
        "a.xlsx",
        lambda: with_parts(GOOD, {"xl/externalLinks/externalLink1.xml": b"<x/>"}),
        None,
        "",
        "takes values from other files",
    ),
    ("a part that is locked", "a.xlsx", locked_archive, None, "", "locked with a password"),
    ("a part twice", "a.xlsx", twice_the_same_part, None, "", "the same part twice"),
    ("many parts", "a.xlsx", many_parts, None, "", "unpacks to far more"),
    (
        "a part that swells",
        "a.xlsx",
        lambda: with_parts(GOOD, {"xl/media/a.bin": b"\0" * 30_000_000}),
        None,
        "",
        "unpacks to far more",
    ),
    (
        "a part that swells and says it does not",
        "a.xlsx",
        lambda: lying_about_size(with_parts(GOOD, {"xl/media/a.bin": b"\0" * 30_000_000}), "xl/media/a.bin", 100),
        None,
        "",
        "cut off or damaged",
    ),
    (
        "a declared entity",
        "a.xlsx",
        lambda: spoilt(SHEET, b"<worksheet", MARKUP + b"<worksheet"),
        None,
        "",
        "declaration",
    ),
    (
        "markup in UTF-16",
        "a.xlsx",
        lambda: with_parts(GOOD, {SHEET: part(GOOD, SHEET).decode().encode("utf-16")}),
        None,
        "",
        "declaration",
    ),
    (
        "merged cells",
        "a.xlsx",
        lambda: spoilt(SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>'),
        2,
        "B",
        "merged here",
    ),
    ("a formula never reckoned", "a.xlsx", workbook([["URN", "Twice"], [1, "=A2*2"]]), 2, "B", "without a saved value"),
    ("an error in a cell", "a.xlsx", workbook([["URN", "Name"], [1, "Elm"], [2, "#N/A"]]), 3, "B", "shows an error"),
    ("an empty workbook", "a.xlsx", workbook([]), None, "", "workbook is empty"),
    (
        "two sheets",
        "a.xlsx",
        workbook([["URN"], [1]], more={"Spring": [["URN"], [2]]}),
        None,
        "",
        "“Sheet1”, “Spring”. Keep the one",
    ),
    ("a workbook of too many rows", "a.xlsx", workbook([["URN"], [1], [2], [3], [4], [5]]), 5, "", "more than 3 rows"),
    ("a workbook too wide", "a.xlsx", workbook([list("abcdef"), [1]]), 1, "", "more than 5 columns"),
    (
        "a control sign in a workbook",
        "a.xlsx",
        lambda: spoilt(SHEET, b"Elm", b"El\x7fm"),
        2,
        "B (Name)",
        "sign",
    ),
]


@pytest.mark.parametrize(("what", "name", "made", "row", "column", "says"), CASES, ids=[case[0] for case in CASES])
def test_a_spoilt_file_is_answered_by_row_and_column(
    what: str, name: str, made: bytes | Callable[[], bytes], row: int | None, column: str, says: str
) -> None:
    data = made() if callable(made) else made

    with pytest.raises(Unreadable) as refused:
        read_table(data, name=name, limits=LIMITS)

    fault = refused.value.faults[0]
    assert (fault.row, fault.column) == (row, column), str(fault)
    assert says in fault.message


def test_at_most_fifty_faults_are_named() -> None:
    data = b"URN,Name\n" + b"1\n" * 200

    with pytest.raises(Unreadable) as refused:
        read_table(data, name="a.csv")

    assert len(refused.value.faults) == 50


def test_everything_that_is_wrong_with_a_workbook_is_told_at_once() -> None:
    rows: list[list[object]] = [["URN", "Twice"], [1, "=A2*2"], [2, "#N/A"], [3, "=A4*2"]]
    made = workbook(rows)
    merged = b'</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>'
    data = with_parts(made, {SHEET: part(made, SHEET).replace(b"</sheetData>", merged)})

    with pytest.raises(Unreadable) as refused:
        read_table(data, name="a.xlsx")

    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (2, "A"), (2, "B"), (3, "B"), (2, "B"), (4, "B"),
    ]  # fmt: skip


def test_no_fault_quotes_what_a_cell_holds() -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(b"URN,Name\n1,Jane Doe of Elm\x07\n2,Jane Doe,Jane Doe\n", name="jane-doe.csv")

    assert "Jane" not in str(refused.value)


def test_a_small_workbook_that_says_one_long_text_many_times_is_refused() -> None:
    # Our own exports keep each text once and name it by number, so that a file can say far more than it holds.
    made = xlsx_bytes("List", [Column("Name", "text")], [["x"]], made_at=datetime(2026, 11, 25, tzinfo=UTC), by="A")
    strings = part(made, "xl/sharedStrings.xml").replace(b"<t>x<", b"<t>" + b"x" * 1900 + b"<")
    cells = b"".join(
        b'<row r="%d">%s</row>'
        % (row, b"".join(b'<c r="%c%d" t="s"><v>1</v></c>' % (65 + at, row) for at in range(20)))
        for row in range(2, 3_000)
    )
    sheet = part(made, SHEET).replace(b"</sheetData>", cells + b"</sheetData>")

    with pytest.raises(Unreadable, match="unpacks to far more"):
        read_table(with_parts(made, {"xl/sharedStrings.xml": strings, SHEET: sheet}), name="a.xlsx")


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_child, "SECONDS", 0.001)

    with pytest.raises(Unreadable, match="too much memory or time"):
        read_table(GOOD, name="a.xlsx")
