"""The only way out for tables: CSV and XLSX made from values, in which no text can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
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
    """One column: its heading, and whether its cells are text, date or number."""

    heading: str
    kind: str


def safe_text(text: str) -> str:
    """Return the text with an apostrophe before what could act as a formula; `NUL` is taken out."""
    clean = text.replace("\0", "")
    return f"'{clean}" if clean.startswith(TRIGGERS) else clean


def read_back(text: str) -> str:
    """Return what `safe_text` was given, for a table that comes in again."""
    return text[1:] if text.startswith("'") else text


def csv_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, made_at: datetime, by: str
) -> HttpResponse:
    """Return the table as a CSV file: UTF-8 with its mark, ISO dates, every text made safe."""
    return _download(csv_bytes(columns, rows), f"{name}-{made_at:%Y-%m-%d}.csv", "text/csv; charset=utf-8")


def xlsx_response(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, made_at: datetime, by: str
) -> HttpResponse:
    """Return the table as a new workbook of one sheet: text typed as text, dates as dates, no hidden part."""
    return _download(xlsx_bytes(name, columns, rows, made_at=made_at, by=by), f"{name}-{made_at:%Y-%m-%d}.xlsx", XLSX)


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
    """Return a workbook's bytes; who made it and when stand in its properties and nothing else does."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": name, "author": by, "created": made_at.replace(tzinfo=None)})
    sheet = book.add_worksheet(name[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.heading, bold)
        sheet.set_column(at, at, 12 if column.kind != "text" else 22)
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _write(sheet, number, at, value, day)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, at: int, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.replace(tzinfo=None), day)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, at, value)
    else:
        sheet.write_string(row, at, safe_text(str(value)))


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return safe_text(str(value))


def _download(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
