"""Files of notices as councils keep them, for tests: rows by column, as CSV or as a workbook."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

HEADER = (
    "UPN", "First name", "Last name", "Date of birth", "Sex", "School", "Kind", "First day", "First session", "Last day",
    "Last session", "Reason 1", "Reason 2", "Reason 3", "Year group", "SEN", "Social care", "Home authority",
    "Council told on", "Outcome", "Outcome on", "Child",
)  # fmt: skip


def row(**cells: Any) -> dict[str, Any]:
    """Return a suspension of two days, 21 and 22 September 2026, of a new child, with some cells changed.

    Cells are named in small letters with underscores.
    """
    usual = {
        "First name": "Ferdinand", "Last name": "Oakapple", "Date of birth": "03/05/2012", "Sex": "M", "Kind": "SUSP",
        "First day": "21/09/2026", "Last day": "22/09/2026", "Reason 1": "PP", "SEN": "K",
    }  # fmt: skip
    named = {name.casefold().replace(" ", "_"): name for name in HEADER}
    return usual | {named[key]: value for key, value in cells.items()}


def as_csv(rows: Sequence[Mapping[str, Any]], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """Return the rows as a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([[each.get(name, "") for name in header] for each in rows])
    return out.getvalue().encode(encoding)


def as_workbook(rows: Sequence[Mapping[str, Any]], header: Sequence[str] = HEADER) -> bytes:
    """Return the rows as an Excel workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(header))
    for each in rows:
        sheet.append([each.get(name, "") for name in header])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
