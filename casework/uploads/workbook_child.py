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
from itertools import islice
from typing import Any

MEMORY_BYTES = 1024**3
SECONDS = 30
MOST_ENTRIES = 500
MOST_UNCOMPRESSED = 300 * 1024**2
MOST_RATIO = 200
MOST_CHARACTERS = 50_000_000
CHUNK = 1024**2
MOST_FAULTS = 50
SAVE_AS = "Open it in your spreadsheet program and save it as CSV or as an Excel workbook (.xlsx)."
VALUES_ONLY = "copy its rows, paste them as values into a new workbook and upload that."

_MARKUP_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=\"([A-Z]{1,3})(\d{1,7}):")


Fault = tuple[str, int | None, str]
"""What is wrong, the row and the column."""


class Refused(Exception):
    """The workbook is not read. Each fault is what is wrong, with row and column where there is a place to look at."""

    def __init__(self, message: str, row: int | None = None, *, faults: list[Fault] | None = None) -> None:
        super().__init__(message)
        self.faults = faults or [(message, row, "")]


def read(data: bytes, limits: dict[str, int], sheet: str) -> dict[str, Any]:
    """Return rows and notes of the workbook's one sheet. Raises Refused."""
    has_formulas, faults = check_archive(data)
    book = _opened(data)
    chosen, rows, notes = _choose(book, sheet, limits, faults)
    if has_formulas:
        found = _formulas(data, chosen, rows, faults)
        if found:
            notes.append(f"{found} cells hold formulas: the values that were last saved in the file were read.")
    _refuse_all(faults)
    return {"rows": rows, "notes": notes}


def read_every(data: bytes, limits: dict[str, int]) -> dict[str, Any]:
    """Return the rows of every sheet that is shown and holds anything, by its title, and notes. Raises Refused."""
    has_formulas, faults = check_archive(data)
    book = _opened(data)
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    sheets = {one.title: rows for one in shown if (rows := _rows_of(one, limits, faults))}
    if not sheets:
        raise Refused("The workbook is empty.")
    hidden = len(book.worksheets) - len(shown)
    notes = [f"Hidden sheets were left out: {hidden}."] if hidden else []
    if has_formulas:
        found = sum(_formulas(data, title, rows, faults) for title, rows in sheets.items())
        notes.append(f"{found} cells hold formulas: the values that were last saved in the file were read.")
    _refuse_all(faults)
    return {"sheets": sheets, "notes": notes}


def _refuse_all(faults: list[Fault]) -> None:
    """Refuse for everything that is wrong at once, so that a person need not come back for each."""
    if faults:
        raise Refused("Cells cannot be read.", faults=faults[:MOST_FAULTS])


def _opened(data: bytes) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as wrong:  # whatever a damaged workbook makes of the library, the answer is the same
        raise Refused(f"The workbook is damaged. {SAVE_AS}") from wrong


def check_archive(data: bytes) -> tuple[bool, list[Fault]]:
    """Refuse an archive that is no plain workbook or that swells.

    Return whether a sheet holds a formula, and where cells are merged.
    """
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


def _check_parts(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[bool, list[Fault]]:
    """Unpack every part once without keeping it: what an entry says of its size need not be true."""
    has_formulas, whole = False, 0
    # By its place: the end of one chunk is looked at again with the next.
    merged: dict[tuple[str, bytes], Fault] = {}
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
                        for found in islice(_MERGED.finditer(seen), MOST_FAULTS):
                            merged[lower, found[0]] = _merged(found)
                    tail = seen[-200:]
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error) as wrong:
            raise Refused("The workbook is cut off or damaged: ask for it again.") from wrong
    return has_formulas, list(merged.values())


def _check_markup(seen: bytes, *, first: bool) -> None:
    # In UTF-16 a declaration would be spelt otherwise, and no spreadsheet program writes it.
    if _MARKUP_DECLARED.search(seen) or (first and (seen[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in seen[:100])):
        raise Refused(f"The workbook holds a declaration that no spreadsheet program writes. {SAVE_AS}")


def _merged(found: re.Match[bytes]) -> Fault:
    return (
        "Cells are merged here, so that it is not known to which row they belong: take the merging away.",
        int(found[2]),
        found[1].decode(),
    )


def _choose(book: Any, sheet: str, limits: dict[str, int], faults: list[Fault]) -> tuple[str, list[Any], list[str]]:
    if sheet:
        if sheet not in book.sheetnames:
            raise Refused(f"The workbook has no sheet of that name. Its sheets are: {_listed(book.sheetnames)}.")
        return sheet, _rows_of(book[sheet], limits, faults), []
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    read_sheets = [(one.title, rows) for one in shown if (rows := _rows_of(one, limits, faults))]
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


def _rows_of(sheet: Any, limits: dict[str, int], faults: list[Fault]) -> list[Any]:
    """Return the rows that hold anything, each with its number; a cell in error is a fault. Raises Refused for too much."""
    found: list[Any] = []
    characters = 0
    for number, cells in _cells_of(sheet):
        values = [_as_text(cell, number, faults) for cell in cells]
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


def _as_text(cell: Any, row: int, faults: list[Fault]) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e" and len(faults) < MOST_FAULTS:
            faults.append(("The cell shows an error instead of a value: correct it.", row, cell.column_letter))
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


def _formulas(data: bytes, title: str, rows: list[Any], faults: list[Fault]) -> int:
    """Return how many cells of the sheet are formulas; one of which no value was saved is a fault."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    values = dict(rows)
    count = 0
    for number, cells in _cells_of(book[title]):
        for place, cell in enumerate(cells):
            if cell.data_type == "f":
                count += 1
                held = values.get(number, [])
                if (place >= len(held) or not held[place]) and len(faults) < MOST_FAULTS:
                    without = "The cell holds a formula without a saved value: paste the values instead."
                    faults.append((without, number, cell.column_letter))
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
        answer = {"faults": refused.faults}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
