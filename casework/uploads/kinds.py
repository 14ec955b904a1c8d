"""What kind of file an upload is, by its first bytes; its name must agree."""

import re

from casework.uploads.table import Fault, Limits, Unreadable

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods")
TEXT_NAMES = (".csv", ".txt", ".tsv", ".tab")
SAVE_AS = "Open it in your spreadsheet program and save it as CSV or as an Excel workbook (.xlsx)."

# The first bytes of what is often sent by mistake, and its name.
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive"),
    (b"Rar!\x1a\x07", "a compressed archive"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|body|\?xml|!--|meta|script|workbook)", re.I)


def check_kind(data: bytes, *, name: str, limits: Limits) -> bool:
    """Return whether the bytes are a workbook, and not text. Raises Unreadable for every other kind and for no bytes.

    What a zip archive holds is looked at where workbooks are read.
    """
    if not data.strip(b" \t\r\n\0"):
        raise Unreadable(Fault("The file is empty."))
    if len(data) > limits.bytes:
        raise Unreadable(
            Fault(f"The file has {_megabytes(len(data))} MB, and {_megabytes(limits.bytes)} MB are the most.")
        )
    lower = name.lower()
    if data.startswith(OLE):
        raise Unreadable(Fault(_old_workbook(data)))
    for start, kind in OTHERS:
        if data.startswith(start):
            raise Unreadable(Fault(f"The file is {kind}, not a table. {SAVE_AS}"))
    if _MARKUP.match(data[:2000]):
        raise Unreadable(Fault(f"The file is a web page or XML, whatever its name says. {SAVE_AS}"))
    if data.startswith(ZIP):
        if lower.endswith(TEXT_NAMES):
            raise Unreadable(
                Fault("The file is named as text and is an Excel workbook or an archive: give it its right name.")
            )
        return True
    if lower.endswith(WORKBOOK_NAMES):
        raise Unreadable(Fault("The file is named as a workbook and is text, or is damaged. Name text .csv."))
    return False


def _old_workbook(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The workbook is locked with a password: take the password off and upload it again."
    return f"The file is an old Excel workbook (.xls) or another Office document. {SAVE_AS}"


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:,.1f}".removesuffix(".0")
