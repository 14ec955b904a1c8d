"""CSV, with whatever its program wrote between the cells and in whatever of the usual encodings."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from casework.uploads.table import Fault, Grid, Limits, Unreadable, letter

DELIMITERS = ",\t;|"
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# What Windows-1252 leaves out: bytes that no Western text of Windows holds.
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
MISQUOTED = (
    "A quotation mark is opened here and not closed, or stands in the middle of a cell: double it or take it out."
)
SAVE_AGAIN = "save the file again as “CSV UTF-8”"


def read_text(data: bytes, *, limits: Limits) -> Grid:
    """Return the cells of a CSV file: UTF-8 with or without its mark, UTF-16, or Windows-1252.

    Raises Unreadable at once for a wrong encoding, and as the rows are read for a quotation mark that is not closed.
    """
    return Grid(_rows(_decoded(data), limits))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise Unreadable(Fault(f"The file is written in UTF-32: {SAVE_AGAIN}."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _wide(data, "utf-16")
    start = data[:2000]
    if len(start) > 3 and start[1::2].count(0) > len(start) // 5 and not start[0::2].count(0):
        return _wide(data, "utf-16-le")
    if len(start) > 3 and start[0::2].count(0) > len(start) // 5 and not start[1::2].count(0):
        return _wide(data, "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        return _windows(data, wrong)


def _wide(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        before = data[: wrong.start].decode(encoding, errors="replace")
        raise Unreadable(_at(before, "The file is cut off or damaged here: ask for it again.")) from wrong


def _windows(data: bytes, wrong: UnicodeDecodeError) -> str:
    before = data[: wrong.start].decode("utf-8", errors="replace").removeprefix("\ufeff")
    if data.startswith(b"\xef\xbb\xbf") or _SEVERAL_BYTES.search(data):
        cut = wrong.reason == "unexpected end of data"
        says = (
            "The file is cut off in the middle of a letter"
            if cut
            else "This letter is in another encoding than the rest"
        )
        raise Unreadable(_at(before, f"{says}: {SAVE_AGAIN}.")) from wrong
    undefined = _NOT_WINDOWS.search(data)
    if undefined:
        before = data[: undefined.start()].decode("cp1252", errors="replace")
        raise Unreadable(_at(before, f"This letter is in no encoding that we know: {SAVE_AGAIN}.")) from wrong
    return data.decode("cp1252")


def _rows(text: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    delimiter = _delimiter(text)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number, used = 0, 0
    csv.field_size_limit(max(csv.field_size_limit(), limits.bytes))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as wrong:
            raise Unreadable(Fault(MISQUOTED, number + 1, letter(_opened(text, used, delimiter)))) from wrong
        used, number = reader.line_num, number + 1
        for place, cell in enumerate(cells):
            if len(cell) > limits.cell and "\n" in cell:
                raise Unreadable(Fault(MISQUOTED, number, letter(place)))
        yield number, cells


def _delimiter(text: str) -> str:
    """Return what stands between the names of the header: the commonest of comma, tab, semicolon and bar."""
    line = next(iter(io.StringIO(text[:100_000], newline="")), "")
    outside = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=lambda sign: (outside.count(sign), -DELIMITERS.index(sign)))


def _opened(text: str, used: int, delimiter: str) -> int:
    """Return the column of the quotation mark that does not pair, in the row that begins after so many lines."""
    rest = "".join(islice(io.StringIO(text, newline=""), used, used + 200))
    place, inside, opened = 0, False, 0
    for at, sign in enumerate(rest):
        if sign == '"':
            inside, opened = not inside, place
            if not inside and rest[at + 1 : at + 2] not in {"", delimiter, "\r", "\n", '"'}:
                break
        elif sign == delimiter and not inside:
            place += 1
        elif sign == "\n" and not inside:
            break
    return opened


def _at(before: str, message: str) -> Fault:
    """Return a fault that stands just after the text that could be read."""
    delimiter = _delimiter(before)
    number, place, inside = 1, 0, False
    for sign in before:
        if sign == '"':
            inside = not inside
        elif sign == delimiter and not inside:
            place += 1
        elif sign == "\n" and not inside:
            number, place = number + 1, 0
    return Fault(message, number, letter(place))
