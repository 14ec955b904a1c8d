"""The only way out for tables: CSV and XLSX made from values, in which no text can act as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse

# What a spreadsheet program may take for the beginning of a formula, in full width too.
# The apostrophe itself is among them, so that what comes back in is what went out.
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and whether its cells are text, date, number, per cent or words.

    Words wrap and stay text when somebody edits the cell: a spreadsheet program makes no date of "Dec 20" there.
    """

    heading: str
    kind: str
    width: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def safe_text(text: str) -> str:
    """Return the text with an apostrophe before what could act as a formula; `NUL` is taken out."""
    clean = text.replace("\0", "")
    return f"'{clean}" if clean.startswith(TRIGGERS) else clean


def read_back(text: str) -> str:
    """Return what `safe_text` was given, for a table that comes in again."""
    return text[1:] if text.startswith("'") else text


def one_line_end(text: str) -> str:
    """Return the text with each line ended as a workbook ends it, whatever a browser sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, made_at: datetime, by: str
) -> HttpResponse:
    """Return the table as a CSV file: UTF-8 with its mark, ISO dates, every text made safe."""
    return download(csv_bytes(columns, rows), f"{name}-{made_at:%Y-%m-%d}.csv", "text/csv; charset=utf-8")


def xlsx_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, made_at: datetime, by: str
) -> HttpResponse:
    """Return the table as a new workbook of one sheet: text typed as text, dates as dates, no hidden part."""
    return workbook_response(name, [Sheet(name, columns, rows)], made_at=made_at, by=by)


def csv_bytes(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a CSV file's bytes."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([safe_text(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, made_at: datetime, by: str
) -> bytes:
    """Return the bytes of a workbook of one sheet."""
    return workbook_bytes(name, [Sheet(name, columns, rows)], made_at=made_at, by=by)


def workbook_response(name: str, sheets: Iterable[Sheet], *, made_at: datetime, by: str) -> HttpResponse:
    """Return the sheets as a new workbook, in their order."""
    content = workbook_bytes(name, sheets, made_at=made_at, by=by)
    return download(content, f"{name}-{made_at:%Y-%m-%d}.xlsx", XLSX)


def workbook_bytes(title: str, sheets: Iterable[Sheet], *, made_at: datetime, by: str) -> bytes:
    """Return a workbook's bytes; who made it and when stand in its properties and nothing else does.

    Each sheet prints on landscape A4, as wide as the page, with its headings on every page.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": by, "created": made_at.replace(tzinfo=None)})
    formats = {kind: book.add_format(how) for kind, how in _FORMATS.items()}
    for each in sheets:
        _write_sheet(book.add_worksheet(each.name[:31]), each, formats)
    book.close()
    return out.getvalue()


_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "head": {"bold": True},
    "head of words": {"bold": True, "text_wrap": True, "valign": "top"},
    "text": {},
    "number": {},
    "date": {"num_format": "dd/mm/yyyy"},
    "per cent": {"num_format": "0%", "valign": "top"},
    "words": {"num_format": "@", "text_wrap": True, "valign": "top"},
}
_NARROW, _WIDE = 12, 22
_A4 = 9


def _write_sheet(sheet: Any, told: Sheet, formats: Mapping[str, Any]) -> None:
    for at, column in enumerate(told.columns):
        of_words = column.kind == "words"
        sheet.write_string(0, at, column.heading, formats["head of words" if of_words else "head"])
        width = column.width or (_WIDE if column.kind == "text" else _NARROW)
        # The column's own format is that of the cells that are still empty.
        sheet.set_column(at, at, width, formats["words"] if of_words else None)
    for number, row in enumerate(told.rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, number, at, value, formats, told.columns[at].kind)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, row: int, at: int, value: Any, formats: Mapping[str, Any], kind: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.replace(tzinfo=None), formats["date"])
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, at, value / 100 if kind == "per cent" else value, formats[kind])
    elif kind == "words":
        sheet.write_string(row, at, safe_text(one_line_end(str(value))), formats["words"])
    else:
        sheet.write_string(row, at, safe_text(str(value)), formats["text"])


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return safe_text(str(value))


def download(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    """Return a file that is saved under a name and runs nothing."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
