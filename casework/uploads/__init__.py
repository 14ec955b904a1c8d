"""Tables that people upload: the bytes of a CSV file or an Excel workbook in, named columns and numbered rows out.

    table = read_table(file.read(), name=file.name)     # raises Unreadable, whose faults are shown as they are
    table.need("URN", "Headcount")                      # raises Unreadable, naming what is missing
    for row in table.rows:
        row.number                                      # as the spreadsheet numbers it: the header is row 1
        row["urn"]                                      # text without blanks round it; "" where the cell is empty
        row.fault("Headcount", "is no number")          # a Fault to collect: "Row 7, column C (Headcount): is no number"

Everything is text: a date typed in a workbook comes as 2026-10-19, a whole number as 5, yes and no as TRUE and FALSE.
Nothing of the file is kept, and no fault quotes a cell: it names the row, the column and what to do.
"""

from casework.uploads.kinds import check_kind
from casework.uploads.table import MOST_FAULTS, Fault, Limits, Row, Table, Unreadable, make_table
from casework.uploads.text import read_text
from casework.uploads.workbook import read_sheets, read_workbook

__all__ = ["Fault", "Limits", "Row", "Table", "Unreadable", "read_table", "read_tables"]


LIMITS = Limits()


def read_table(
    data: bytes, *, name: str, limits: Limits = LIMITS, keep: tuple[str, ...] = (), sheet: str = ""
) -> Table:
    """Return the table in the bytes of an uploaded file; `name` is the file's own name.

    The kind of file is known by its content, and its name must agree. With `keep`, only those columns are kept (of a
    wide file). `sheet` chooses one of a workbook's sheets; without it, only one may hold anything. Raises Unreadable.
    """
    is_workbook = check_kind(data, name=name, limits=limits)
    grid = read_workbook(data, limits=limits, sheet=sheet) if is_workbook else read_text(data, limits=limits)
    return make_table(grid, limits=limits, keep=keep)


def read_tables(data: bytes, *, name: str, limits: Limits = LIMITS) -> dict[str, Table]:
    """Return the table of every sheet of a workbook by its title, and of a text file its one table by "".

    A sheet of nothing but a header is left out. Raises Unreadable; its faults in a workbook of several sheets name theirs.
    """
    if not check_kind(data, name=name, limits=limits):
        return {"": make_table(read_text(data, limits=limits), limits=limits)}
    grids = read_sheets(data, limits=limits)
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for title, grid in grids.items():
        rows = list(grid.rows)
        if len(rows) < 2:
            continue
        grid.rows = iter(rows)
        try:
            tables[title] = make_table(grid, limits=limits)
        except Unreadable as wrong:
            faults += [each.on_sheet(title) if len(grids) > 1 else each for each in wrong.faults]
    if faults:
        raise Unreadable(*faults[:MOST_FAULTS])
    if not tables:
        raise Unreadable(Fault("The file has a header and no row under it.", 2))
    return tables
