"""Tables that leave the service: no text acts as a formula, and what comes back in is what went out."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from casework.exports import TRIGGERS, Column, csv_bytes, csv_response, read_back, safe_text, xlsx_bytes

MADE_AT = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
BEGINNINGS = st.sampled_from(["", *TRIGGERS, "''", '"', ",", ";", "\0=", " =", "\u200b=", "-1", "+44", "@SUM(A1)"])
# What a sheet cannot hold: surrogates, and control characters that XML has no way to write.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
TEXTS = st.builds(lambda begin, rest: begin + rest, BEGINNINGS, st.text(LETTERS, max_size=20))


@settings(max_examples=600, deadline=None)
@given(TEXTS)
@example("=cmd|' /C calc'!A0")
@example("\t=1+1")
@example("＝1+1")
def test_text_comes_back_from_csv_as_it_went_and_never_begins_a_formula(text: str) -> None:
    written = csv_bytes([Column("Note", "text")], [[text]])

    (cell,) = list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))[1] or [""]
    assert not cell.startswith(tuple(trigger for trigger in TRIGGERS if trigger != "'"))
    assert read_back(cell) == text.replace("\0", "")


@settings(max_examples=50, deadline=None)
@given(st.lists(TEXTS, min_size=12, max_size=40))
def test_workbook_has_no_cell_of_formula_and_gives_each_text_back(texts: list[str]) -> None:
    content = xlsx_bytes("exclusions", [Column("Note", "text")], [[text] for text in texts], made_at=MADE_AT, by="A")

    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)]
    assert all(cell.data_type != "f" for cell in cells)
    for text, cell in zip(texts, cells, strict=False):
        # A workbook's own reader makes one line end of them all.
        came_back = read_back(unescape(cell.value or "")).replace("\r\n", "\n").replace("\r", "\n")
        assert came_back == text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def test_seeded_formula_would_stand_as_one_without_the_guard() -> None:
    unsafe = io.StringIO()
    csv.writer(unsafe).writerow(["=1+1"])

    assert unsafe.getvalue().startswith("=")
    assert safe_text("=1+1") == "'=1+1"


def test_numbers_and_days_keep_their_kind() -> None:
    row = [-5, Decimal("2200.50"), date(2026, 10, 12), None, True]
    columns = [Column(name, "text") for name in "abcde"]

    text = csv_bytes(columns, [row]).decode("utf-8-sig").splitlines()[1]
    cells = next(
        openpyxl.load_workbook(io.BytesIO(xlsx_bytes("x", columns, [row], made_at=MADE_AT, by="A"))).active.iter_rows(
            min_row=2
        )
    )

    assert text == "-5,2200.50,2026-10-12,,True"
    assert [cell.value for cell in cells[:2]] == [-5, 2200.5]
    assert cells[2].value.date() == date(2026, 10, 12)


def test_download_is_named_dated_and_runs_nothing() -> None:
    response = csv_response("exclusions", [Column("A", "text")], [], made_at=MADE_AT, by="A")

    assert response.headers["Content-Disposition"] == 'attachment; filename="exclusions-2026-11-04.csv"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
