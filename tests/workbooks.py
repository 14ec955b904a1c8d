"""Workbooks for tests: well made by openpyxl, and then taken apart and spoilt."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl

Rows = list[list[Any]]


def workbook(rows: Rows, *, title: str = "Sheet1", more: Mapping[str, Rows] | None = None, hidden: str = "") -> bytes:
    """Return a workbook with the rows on its first sheet and others on more sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for name, content in {title: rows, **(more or {})}.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in content:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes], *, compressed: bool = True) -> bytes:
    """Return the archive with parts put in, or put in place of its own."""
    out = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", kind) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def archive(parts: Mapping[str, bytes]) -> bytes:
    """Return a plain archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def lying_about_size(data: bytes, name: str, declared: int) -> bytes:
    """Return the archive with one part's size declared as another in both of its headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        entry = opened.getinfo(name)
    spoilt = bytearray(data)
    spoilt[entry.header_offset + 22 : entry.header_offset + 26] = declared.to_bytes(4, "little")
    central = data.index(b"PK\x01\x02")
    while data[central + 46 :][: len(name)] != name.encode():
        central = data.index(b"PK\x01\x02", central + 4)
    spoilt[central + 24 : central + 28] = declared.to_bytes(4, "little")
    return bytes(spoilt)
