"""The child process that takes a workbook apart. It knows no project, no database and no secrets.

A line of JSON and then the workbook come in; the sheet's rows go out as JSON, or the faults for which it is refused.
"""

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

MEMORY_BYTES = 1024**3
SECONDS = 30
MOST_ENTRIES = 500
MOST_UNCOMPRESSED = 300 * 1024**2
MOST_RATIO = 200
MOST_CHARACTERS = 50_000_000
CHUNK = 1024**2
SAVE_AS = "Open it in your spreadsheet program and save it as CSV or as an Excel workbook (.xlsx)."
VALUES_ONLY = "copy its rows, paste them as values into a new workbook and upload that."

_MARKUP_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z]{1,3})(\d{1,7}):")


class Refused(Exception):
    """The workbook is not read; row and column where there is one place to look at."""

    def __init__(self, message: str, row: int | None = None, column: str = "") -> None:
        super().__init__(message)
        self.fault = (message, row, column)


def read(data: bytes, limits: dict[str, int], sheet: str) -> dict[str, Any]:
    """Return rows and notes of the workbook's one sheet. Raises Refused."""
    has_formulas = check_archive(data)
    book = _opened(data)
    chosen, rows, notes = _choose(book, sheet, limits)
    if has_formulas:
        found = _without_value(data, chosen, rows)
        if found:
            notes.append(f"{found} cells hold formulas: the values that were last saved in the file were read.")
    return {"rows": rows, "notes": notes}


def read_every(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    """Return the rows of every sheet that is shown and holds anything, by its title, and notes. Raises Refused."""
    has_formulas = check_archive(data)
    book = _opened(data)
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    sheets = {one.title: rows for one in shown if (rows := _rows_of(one, limits))}
    if not sheets:
        raise Refused("The workbook is empty.")
    hidden = len(book.worksheets) - len(shown)
    notes = [f"Hidden sheets were left out: {hidden}."] if hidden else []
    if has_formulas:
        found = sum(_without_value(data, title, rows) for title, rows in sheets.items())
        notes.append(f"{found} cells hold formulas: the values that were last saved in the file were read.")
    return {"sheets": sheets, "notes": notes}


def _opened(data: bytes) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as wrong:  # whatever a damaged workbook makes of the library, the answer is the same
        raise Refused(f"The workbook is damaged. {SAVE_AS}") from wrong


def check_archive(data: bytes) -> bool:
    """Refuse an archive that is no plain workbook or that swells; return whether a sheet holds a formula."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as wrong:
        raise Refused("The workbook is cut off or damaged: ask for it again.") from wrong
    entries = archive.infolist()
    names = [entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNCOMPRESSED:
        raise Refused("The workbook unpacks to far more than a table holds, and was not opened.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("The workbook is locked with a password: take the password off and upload it again.")
    if len(set(names)) != len(names):
        raise Refused(f"The workbook holds the same part twice. {SAVE_AS}")
    _check_names(names)
    return _check_parts(archive, entries)


def _check_names(names: list[str]) -> None:
    if "mimetype" in names and "content.xml" in names:
        raise Refused(f"The file is an OpenDocument spreadsheet (.ods). {SAVE_AS}")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Refused("The workbook holds macros. Save it as an Excel workbook without macros (.xlsx) and upload that.")
    if "xl/workbook.bin" in names:
        raise Refused(f"The file is a binary workbook (.xlsb). {SAVE_AS}")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refused("The file is a document or a presentation, not a workbook.")
    if "xl/workbook.xml" not in names:
        raise Refused("The file is an archive (.zip). Take the table out of it and upload that.")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise Refused(f"The workbook takes values from other files: {VALUES_ONLY}")


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """Unpack every part once without keeping it: what an entry says of its size need not be true."""
    has_formulas, whole = False, 0
    for entry in entries:
        size, tail = 0, b""
        lower = entry.filename.lower()
        is_markup = lower.endswith((".xml", ".rels", ".vml"))
        is_sheet = "worksheets/" in lower and lower.endswith(".xml")
        try:
            with archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    size, whole = size + len(chunk), whole + len(chunk)
                    if whole > MOST_UNCOMPRESSED or (size > CHUNK and size > MOST_RATIO * max(entry.compress_size, 1)):
                        raise Refused("The workbook unpacks to far more than a table holds, and was not opened.")
                    seen = tail + chunk
                    if is_markup:
                        _check_markup(seen, first=size == len(chunk))
                    if is_sheet:
                        has_formulas = has_formulas or bool(_FORMULA.search(seen))
                        _check_merged(seen)
                    tail = seen[-200:]
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as wrong:
            raise Refused("The workbook is cut off or damaged: ask for it again.") from wrong
    return has_formulas


def _check_markup(seen: bytes, *, first: bool) -> None:
    # In UTF-16 a declaration would be spelt otherwise, and no spreadsheet program writes it.
    if _MARKUP_DECLARED.search(seen) or (first and (seen[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in seen[:100])):
        raise Refused(f"The workbook holds a declaration that no spreadsheet program writes. {SAVE_AS}")


def _check_merged(seen: bytes) -> None:
    merged = _MERGED.search(seen)
    if merged:
        raise Refused(
            "Cells are merged here, so that it is not known to which row they belong: take the merging away.",
            int(merged[2]),
            merged[1].decode(),
        )


def _choose(book: Any, sheet: str, limits: dict[str, int]) -> tuple[str, list[Any], list[str]]:
    if sheet:
        if sheet not in book.sheetnames:
            raise Refused(f"The workbook has no sheet of that name. Its sheets are: {_listed(book.sheetnames)}.")
        return sheet, _rows_of(book[sheet], limits), []
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    read_sheets = [(one.title, rows) for one in shown if (rows := _rows_of(one, limits))]
    if len(read_sheets) > 1:
        listed = _listed([title for title, _ in read_sheets])
        raise Refused(f"More than one sheet holds something: {listed}. Keep the one that is wanted.")
    if not read_sheets:
        raise Refused("The workbook is empty.")
    hidden = len(book.worksheets) - len(shown)
    notes = [f"Hidden sheets were left out: {hidden}."] if hidden else []
    return *read_sheets[0], notes


def _listed(titles: list[str]) -> str:
    return ", ".join(f"“{title[:31]}”" for title in titles[:8])


def _rows_of(sheet: Any, limits: dict[str, int]) -> list[Any]:
    """Return the rows that hold anything, each with its number. Raises Refused for too much."""
    found: list[Any] = []
    characters = 0
    for number, cells in _cells_of(sheet):
        values = [_as_text(cell, number) for cell in cells]
        while values and not values[-1]:
            values.pop()
        if not values:
            continue
        if len(found) > limits["rows"]:
            raise Refused(f"A file of more than {limits['rows']:,} rows is not taken: divide it.", number)
        if len(values) > limits["columns"]:
            raise Refused(f"A file of more than {limits['columns']} columns is not taken.", number)
        characters += sum(map(len, values))
        if characters > MOST_CHARACTERS:
            raise Refused("The workbook unpacks to far more than a table holds, and was not opened.", number)
        # A sheet that begins with empty rows or columns keeps its numbers, as its reader sees them.
        found.append([number, values])
    return found


def _cells_of(sheet: Any) -> Iterator[tuple[int, Any]]:
    # What a workbook says of its size need not be true, and openpyxl would cut the rows to it.
    sheet.reset_dimensions()
    number = 0
    try:
        for cells in sheet.iter_rows():
            number += 1
            yield number, cells
    except Refused:
        raise
    except Exception as wrong:  # whatever a damaged sheet makes of the library, the answer is the same
        raise Refused("The sheet is damaged here: ask for the workbook again.", number + 1) from wrong


def _as_text(cell: Any, row: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            raise Refused("The cell shows an error instead of a value: correct it.", row, cell.column_letter)
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _without_value(data: bytes, title: str, rows: list[Any]) -> int:
    """Return how many cells of the sheet are formulas. Raises Refused for one of which no value was saved."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    values = dict(rows)
    count = 0
    for number, cells in _cells_of(book[title]):
        for place, cell in enumerate(cells):
            if cell.data_type == "f":
                count += 1
                held = values.get(number, [])
                if place >= len(held) or not held[place]:
                    raise Refused(
                        "The cell holds a formula without a saved value: paste the values instead.",
                        number,
                        cell.column_letter,
                    )
    return count


def main() -> None:
    """Read the request from standard input and write the answer to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    request = json.loads(sys.stdin.buffer.readline())
    try:
        data, limits = sys.stdin.buffer.read(), request["limits"]
        answer = read_every(data, limits) if request["every"] else read(data, limits, request["sheet"])
    except Refused as refused:
        answer = {"faults": [refused.fault]}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
