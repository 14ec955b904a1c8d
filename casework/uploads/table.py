"""What comes out of an uploaded file: header, rows, and what is wrong where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casework.exports import TRIGGERS, read_back

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd-\uffff]")
MOST_FAULTS = 50
"""How many faults are named before reading stops: more help nobody."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: bytes as uploaded, rows under the header, columns, characters in one cell."""

    bytes: int = 10 * 1024**2
    rows: int = 20_000
    columns: int = 200
    cell: int = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `row` as the spreadsheet numbers it, `column` as "C (Headcount)"; both may lack.

    `message` goes on from the place, or stands alone: it says what to do and quotes no cell.
    """

    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        place = [f"Row {self.row}"] if self.row is not None else []
        if self.column:
            place.append(f"{'column' if place else 'Column'} {self.column}")
        return f"{', '.join(place)}: {self.message}" if place else self.message

    def on_sheet(self, title: str) -> "Fault":
        """Return the fault with its sheet named before its column."""
        return Fault(self.message, self.row, f"{self.column}, sheet “{title[:31]}”".removeprefix(", "))


class Unreadable(Exception):
    """Nothing was taken from the file; `faults` say why, in the order of the file."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(slots=True)
class Grid:
    """Cells as they stand in the file: numbered rows, the header among them, and notes on what was left out."""

    rows: Iterator[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)
    # Whether every row must have as many cells as the header: in text a lost comma moves every cell after it.
    ragged: bool = False


class Row:
    """One row under the header."""

    __slots__ = ("_cells", "_table", "number")

    def __init__(self, number: int, cells: tuple[str, ...], table: "Table") -> None:
        self.number = number
        self._cells = cells
        self._table = table

    def __getitem__(self, column: str) -> str:
        """Return the cell's text under a column's name, however the name is written; "" where it is empty.

        Raises KeyError for a column that the table lacks.
        """
        return self._cells[self._table.places[folded(column)]]

    def get(self, column: str) -> str:
        """Return the cell's text, also "" where the table lacks the column."""
        place = self._table.places.get(folded(column))
        return "" if place is None else self._cells[place]

    def fault(self, column: str, message: str) -> Fault:
        """Return a fault of this row in a column."""
        return Fault(message, self.number, self._table.spoken(column))

    @property
    def cells(self) -> dict[str, str]:
        """The whole row by the names of the header."""
        return dict(zip(self._table.header, self._cells, strict=True))


@dataclass(slots=True)
class Table:
    """The columns' names as written, the rows, and what the reader should be told, such as a hidden sheet left out."""

    header: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    letters: tuple[str, ...] = ()

    def has(self, column: str) -> bool:
        """Tell whether the table has a column of that name, whatever its case and blanks."""
        return folded(column) in self.places

    def need(self, *columns: str) -> None:
        """Raise Unreadable, naming each column that the table lacks."""
        missing = [
            Fault(f"The column “{name}” is missing from the header.", 1) for name in columns if not self.has(name)
        ]
        if missing:
            raise Unreadable(*missing)

    def spoken(self, column: str) -> str:
        """Return a column as faults name it: "C (Headcount)"."""
        place = self.places.get(folded(column))
        return column if place is None else f"{self.letters[place]} ({self.header[place]})"


def folded(name: str) -> str:
    """Return a column's name without differences of case, underscores and blanks."""
    return " ".join(name.replace("_", " ").split()).casefold()


def letter(place: int) -> str:
    """Return a column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def make_table(grid: Grid, *, limits: Limits, keep: tuple[str, ...] = ()) -> Table:
    """Return the grid as a table. Raises Unreadable for what is no table, naming up to fifty places."""
    rows = iter(grid.rows)
    number, first = next(rows, (1, []))
    if not any(first):
        raise Unreadable(
            Fault("The file is empty." if not first else "The first row must name the columns, and it is empty.")
        )
    header = _header(number, first, limits)
    wanted = {folded(name) for name in keep}
    kept = [place for place, name in enumerate(header) if name and (not wanted or folded(name) in wanted)]
    table = Table(
        header=tuple(header[place] for place in kept),
        places={folded(header[place]): at for at, place in enumerate(kept)},
        letters=tuple(letter(place) for place in kept),
    )
    faults: list[Fault] = []
    for number, cells in rows:
        line = "".join(cells)
        if not line.strip():
            continue
        if len(table.rows) == limits.rows:
            raise Unreadable(Fault(f"A file of more than {limits.rows:,} rows is not taken: divide it.", number))
        if len(cells) != len(header) or "" in header or len(line) > limits.cell or _UNSEEN.search(line):
            faults += _faults_of(number, cells, header, limits, ragged=grid.ragged)
            cells = cells + [""] * (len(header) - len(cells))
            if len(faults) >= MOST_FAULTS:
                break
        table.rows.append(Row(number, tuple([_text(cells[place]) for place in kept]), table))
    if faults:
        raise Unreadable(*faults[:MOST_FAULTS])
    if not table.rows:
        raise Unreadable(Fault("The file has a header and no row under it.", 2))
    table.notes = tuple(grid.notes)
    return table


def _header(number: int, cells: list[str], limits: Limits) -> list[str]:
    header = [" ".join(cell.split()) for cell in cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > limits.columns:
        raise Unreadable(Fault(f"A file of more than {limits.columns} columns is not taken.", number))
    places: dict[str, int] = {}
    faults = []
    for place, name in enumerate(header):
        if _UNSEEN.search(name):
            faults.append(Fault("This name holds a sign that cannot be shown: type it again.", number, letter(place)))
        elif len(name) > 200:
            faults.append(
                Fault("This name of a column is too long: the first row must be the header.", number, letter(place))
            )
        elif name and folded(name) in places:
            where = letter(places[folded(name)])
            faults.append(
                Fault(f"Column {where} has the same name: name each column once.", number, f"{letter(place)} ({name})")
            )
        places.setdefault(folded(name), place)
    if faults:
        raise Unreadable(*faults[:MOST_FAULTS])
    return header


def _faults_of(number: int, cells: list[str], header: list[str], limits: Limits, *, ragged: bool) -> list[Fault]:
    faults = []
    for place, cell in enumerate(cells):
        message = _wrong_with(cell, place, header, limits)
        if message:
            name = f" ({header[place]})" if header[place : place + 1] not in ([], [""]) else ""
            faults.append(Fault(message, number, letter(place) + name))
        if cell and place >= len(header):
            break
    if len(cells) < len(header) and not ragged:
        place = len(cells)
        count = "1 cell" if place == 1 else f"{place} cells"
        message = f"The row has {count} where the header has {len(header)}: this is the first that is missing."
        faults.append(Fault(message, number, f"{letter(place)} ({header[place]})"))
    return faults


def _wrong_with(cell: str, place: int, header: list[str], limits: Limits) -> str:
    if not cell:
        return ""
    if place >= len(header):
        return "The row goes on after the header has ended: look for a comma that stands outside quotation marks."
    if not header[place]:
        return "This column has no name in the header, and is not empty."
    if len(cell) > limits.cell:
        return f"The cell has {len(cell):,} characters, and {limits.cell:,} are the most."
    if _UNSEEN.search(cell):
        return "The cell holds a sign that cannot be shown: type the cell again."
    return ""


def _text(cell: str) -> str:
    """Return a cell without blanks round it, and without the apostrophe that our own exports put before a sign."""
    if not cell:
        return ""
    text = cell.strip()
    return read_back(text) if text[:1] == "'" and text[1:].startswith(TRIGGERS) else text
