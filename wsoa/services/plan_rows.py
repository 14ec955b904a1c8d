"""Reading a plan's tables from a file: each row by the names of our columns, or what is wrong with it and where."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from casework.uploads import Fault, Limits, Row, Table, Unreadable, read_tables
from casework.uploads.table import MOST_FAULTS, folded
from exclusions.rules.carry_over import pairs
from wsoa.rules import layouts
from wsoa.rules.layouts import Field
from wsoa.rules.terms import Layout

LIMITS = Limits(bytes=10 * 1024**2, rows=2_000, columns=60, cell=8_000)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,17})?|-?\d{1,8}(?:\.\d{1,17})?", re.ASCII)
_TO_PENCE = Decimal("0.01")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One row of a table: its values by the names of our columns, those alone that the table has."""

    row: Row
    values: Mapping[str, Any]
    # The names of the columns in the file, by ours; and the sheet, where there are several.
    headings: Mapping[str, str]
    sheet: str = ""

    def fault(self, name: str, message: str) -> Fault:
        """Return a fault of this row in one of our columns, by the name that the file gives it."""
        found = self.row.fault(self.headings.get(name, name), message)
        return found.on_sheet(self.sheet) if self.sheet else found

    def text(self, name: str) -> str:
        """Return what stands in a column of words, "" where the table lacks it."""
        return str(self.values.get(name, ""))


@dataclass(slots=True)
class PlanTables:
    """What a file says of a plan: its actions, and what stands beside them, by sheet."""

    layout: Layout
    actions: list[Line]
    others: dict[str, list[Line]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # The cells that cannot be understood; their rows are in no list.
    faults: list[Fault] = field(default_factory=list)
    has_formats: bool = True

    def lines(self, sheet: str) -> list[Line]:
        """Return the rows of a sheet; none where the file lacks it."""
        return self.others.get(sheet, [])


def read_plan_tables(data: bytes, *, name: str, columns: str) -> PlanTables:
    """Return what a file says, with the council's own columns as it says them ("theirs = ours", a line each).

    Raises Unreadable for a file that is no table or that lacks the actions. What is wrong in a cell stands among the faults.
    """
    tables = read_tables(data, name=name, limits=LIMITS)
    by_name = {folded(title): table for title, table in tables.items()}
    alone = len(tables) == 1
    actions = next(iter(tables.values())) if alone else by_name.get(folded(layouts.ACTIONS))
    if actions is None:
        raise Unreadable(
            Fault(f"The workbook has no sheet “{layouts.ACTIONS}”. Name the one with the actions so, or keep it alone.")
        )
    theirs = pairs(columns)
    known = [each for layout in Layout for each in layouts.action_fields(layout)]
    found = PlanTables(layouts.layout_of(_ours(actions, theirs)), [], notes=list(actions.notes))
    # A text file has no formats: its 1 is one per cent, and a workbook's may be a cell that shows 100%.
    found.has_formats = "" not in tables
    found.actions = _lines(actions, known, theirs, "" if alone else layouts.ACTIONS, found)
    for sheet, fields in () if alone else layouts.SHEETS.items():
        if table := by_name.pop(folded(sheet), None):
            found.others[sheet] = _lines(table, fields, theirs, sheet, found)
    left = [] if alone else [title for title in tables if folded(title) in by_name and title != layouts.ACTIONS]
    if left:
        found.notes.append(f"Sheets that are not taken: {', '.join(f'“{title[:31]}”' for title in left)}.")
    return found


def refuse(faults: Sequence[Fault]) -> None:
    """Raise Unreadable with the faults in the order of the rows, where there are any."""
    if faults:
        raise Unreadable(*sorted(faults, key=lambda fault: fault.row or 0)[:MOST_FAULTS])


def _ours(table: Table, theirs: Mapping[str, str]) -> list[str]:
    return [theirs.get(name.casefold(), name) for name in table.header]


def _lines(
    table: Table, fields: Iterable[Field], theirs: Mapping[str, str], sheet: str, found: PlanTables
) -> list[Line]:  # fmt: skip
    """Return the rows of a table that can be understood; add what is wrong to the faults, what is left out to the notes.

    Raises Unreadable where a column lacks without which there is no row.
    """
    by_heading = {folded(each.heading): each for each in fields}
    headings: dict[str, str] = {}
    read: dict[str, Field] = {}
    left = []
    for theirs_name, ours in zip(table.header, _ours(table, theirs), strict=True):
        one = by_heading.get(folded(ours))
        if one is None or one.name in read:
            left.append(theirs_name)
        else:
            read[one.name], headings[one.name] = one, theirs_name
    if left:
        found.notes.append(f"Columns that are not taken{f', sheet “{sheet}”' if sheet else ''}: {', '.join(left)}.")
    missing = {each.heading for each in by_heading.values() if each.needed and each.name not in read}
    if missing:
        said = " or ".join(f"“{each}”" for each in sorted(missing))
        wrong = Fault(f"The column {said} is missing from the header.", 1)
        raise Unreadable(wrong.on_sheet(sheet) if sheet else wrong)
    lines = []
    for row in table.rows:
        before = len(found.faults)
        line = _line(row, read, headings, sheet, found)
        if len(found.faults) == before:
            lines.append(line)
    return lines


def _line(
    row: Row, read: Mapping[str, Field], headings: Mapping[str, str], sheet: str, found: PlanTables
) -> Line:  # fmt: skip
    values: dict[str, Any] = {}
    line = Line(row, values, headings, sheet)
    for name, one in read.items():
        try:
            values[name] = understood(one, row[headings[name]], has_formats=found.has_formats)
        except ValueError as wrong:
            found.faults.append(line.fault(name, str(wrong)))
    return line


def understood(one: Field, text: str, *, has_formats: bool = True) -> Any:
    """Return what a cell of a column says; in a file that `has_formats`, a cell that shows 25% holds 0.25.

    Raises ValueError, whose message says what to do and quotes no cell.
    """
    if one.needed and not text:
        raise ValueError("It is empty: write it, or take the row out.")
    if one.kind == layouts.WORDS:
        if len(text) > one.most:
            raise ValueError(f"The cell has {len(text):,} characters, and {one.most:,} are the most.")
        return text
    if not text:
        return None
    if one.kind == layouts.PER_CENT:
        return _per_cent(text, of_one=has_formats)
    return {layouts.DAY: _day, layouts.NUMBER: _number}[one.kind](text)


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        if found and found[4]:
            return date(int(found[4]), int(found[5]), int(found[6]))
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise ValueError("Write a day such as 30/11/2026, without words.")


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError("Write a number only: words go into a column of words.")
    value = Decimal(text.replace(",", ""))
    # A spreadsheet program keeps 15.94 as a little more or less.
    near = value.quantize(_TO_PENCE)
    if abs(near - value) > Decimal("0.000001") or abs(near) >= 10**8:
        raise ValueError("Write a number of at most eight digits, and two behind the point.")
    return near


def _per_cent(text: str, *, of_one: bool) -> int:
    signed = text.endswith("%")
    plain = text.removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        raise ValueError("Write a number from 0 to 100 only: words go into the column on progress.")
    value = Decimal(plain.replace(",", ""))
    # A cell that shows 25% holds 0.25, and one that shows 100% holds 1.
    if of_one and not signed and value <= 1:
        value *= 100
    whole = round(value)
    if abs(value - whole) > Decimal("0.000001") or not 0 <= whole <= 100:
        raise ValueError("Write a whole number from 0 to 100.")
    return int(whole)
