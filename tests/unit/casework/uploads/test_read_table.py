from datetime import UTC, date, datetime

import openpyxl
import pytest

from casework.exports import Column, csv_bytes, xlsx_bytes
from casework.uploads import Limits, Unreadable, read_table
from tests.workbooks import part, saved, with_parts, workbook

PLAIN = "URN,Name,Headcount\r\n100001,Elm Bank,210\r\n100002,Café Row,95\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_csv_in_any_usual_encoding_reads_the_same(encoding: str) -> None:
    table = read_table(PLAIN.encode(encoding), name="schools.csv")

    assert table.header == ("URN", "Name", "Headcount")
    assert [(row.number, row["Name"], row["headcount"]) for row in table.rows] == [
        (2, "Elm Bank", "210"),
        (3, "Café Row", "95"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_cells_may_be_parted_and_lines_ended_in_any_usual_way(delimiter: str, ending: str) -> None:
    text = ending.join([delimiter.join(["URN", "Name"]), delimiter.join(["100001", '"Elm, Bank; the |  upper"'])])

    table = read_table(text.encode(), name="schools.csv")

    assert table.rows[0].cells == {"URN": "100001", "Name": "Elm, Bank; the |  upper"}


def test_a_row_counts_once_however_many_lines_its_cells_hold_and_empty_rows_are_left_out() -> None:
    data = b'Name,Note\n"Elm","two\nlines"\n,\n\nAsh,one\n'

    table = read_table(data, name="notes.csv")

    assert [(row.number, row["name"]) for row in table.rows] == [(2, "Elm"), (5, "Ash")]


def test_names_of_columns_are_found_whatever_their_case_blanks_and_underscores() -> None:
    table = read_table(b"  Date_of  birth ,URN\n2010-01-02,1\n", name="a.csv")

    assert table.has("date of birth")
    assert table.rows[0]["DATE OF BIRTH"] == "2010-01-02"
    assert table.rows[0].get("nothing") == ""
    with pytest.raises(KeyError):
        table.rows[0]["nothing"]


def test_a_missing_column_is_named_in_the_first_row() -> None:
    table = read_table(b"URN,Name\n1,Elm\n", name="a.csv")

    with pytest.raises(Unreadable) as refused:
        table.need("URN", "Year", "Headcount")

    assert [str(fault) for fault in refused.value.faults] == [
        "Row 1: The column “Year” is missing from the header.",
        "Row 1: The column “Headcount” is missing from the header.",
    ]


def test_a_fault_of_a_row_names_row_letter_and_column() -> None:
    table = read_table(b"URN,Name\n1,Elm\n", name="a.csv")

    assert str(table.rows[0].fault("name", "Is no name.")) == "Row 2, column B (Name): Is no name."


def test_only_the_columns_to_keep_are_kept_and_keep_their_letters() -> None:
    table = read_table(b"URN,Name,Town\n1,Elm,Wold\n", name="a.csv", keep=("urn", "town"))

    assert table.header == ("URN", "Town")
    assert table.rows[0]["Town"] == "Wold"
    assert table.spoken("Town") == "C (Town)"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_our_exports_wrote_comes_back_as_it_was(kind: str) -> None:
    columns = [Column("Name", "text"), Column("On", "date"), Column("Days", "number")]
    rows = [("=1+1", date(2026, 10, 19), 5), ("'quoted'", date(2026, 10, 20), 2.5), ("-", None, None)]
    made = datetime(2026, 11, 25, 9, tzinfo=UTC)
    data = csv_bytes(columns, rows) if kind == "csv" else xlsx_bytes("List", columns, rows, made_at=made, by="A")

    table = read_table(data, name=f"list.{kind}")

    assert [list(row.cells.values()) for row in table.rows] == [
        ["=1+1", "2026-10-19", "5"],
        ["'quoted'", "2026-10-20", "2.5"],
        ["-", "", ""],
    ]


def test_typed_cells_of_a_workbook_come_as_text() -> None:
    cells = [date(2026, 10, 19), datetime.fromisoformat("2026-10-19 08:42"), 5, 5.0, 0.25, True, "007", None]
    data = workbook([[f"c{at}" for at in range(8)], cells])

    table = read_table(data, name="typed.xlsx")

    assert list(table.rows[0].cells.values()) == [
        "2026-10-19",
        "2026-10-19 08:42",
        "5",
        "5",
        "0.25",
        "TRUE",
        "007",
        "",
    ]


def test_rows_of_a_workbook_keep_their_numbers_and_may_be_short() -> None:
    data = workbook([["URN", "Name", "Town"], [1, "Elm"], [], [2, "Ash", "Wold"]])

    table = read_table(data, name="a.xlsx")

    assert [(row.number, row["Name"], row["Town"]) for row in table.rows] == [(2, "Elm", ""), (4, "Ash", "Wold")]


def test_a_workbook_that_understates_its_size_is_read_to_its_end() -> None:
    data = workbook([["URN", "Name"], [1, "Elm"], [2, "Ash"]])
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b'ref="A1:B3"', b'ref="A1:A1"')

    table = read_table(with_parts(data, {"xl/worksheets/sheet1.xml": sheet}), name="a.xlsx")

    assert [row["Name"] for row in table.rows] == ["Elm", "Ash"]


def test_a_hidden_sheet_is_left_out_and_said_so() -> None:
    data = workbook([["URN"], [1]], more={"Lists": [["Codes"], ["K1"]]}, hidden="Lists")

    table = read_table(data, name="a.xlsx")

    assert table.header == ("URN",)
    assert table.notes == ("Hidden sheets were left out: 1.",)


def test_one_of_several_sheets_is_chosen_by_name() -> None:
    data = workbook([["URN"], [1]], title="Autumn", more={"Spring": [["URN"], [2]]})

    assert read_table(data, name="a.xlsx", sheet="Spring").rows[0]["URN"] == "2"


def test_formulas_are_read_by_their_saved_values_and_said_so() -> None:
    data = workbook([["URN", "Twice"], [21, "=A2*2"]])
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b"<v></v>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>")

    table = read_table(with_parts(data, {"xl/worksheets/sheet1.xml": sheet}), name="a.xlsx")

    assert table.rows[0]["Twice"] == "42"
    assert table.notes == ("1 cells hold formulas: the values that were last saved in the file were read.",)


def test_a_large_text_file_within_its_limits_is_read() -> None:
    rows = "".join(f"{number},School {number}\n" for number in range(5_000))

    assert len(read_table(f"URN,Name\n{rows}".encode(), name="a.csv", limits=Limits(rows=5_000)).rows) == 5_000


def test_styles_and_widths_of_a_workbook_do_not_matter() -> None:
    book = openpyxl.Workbook()
    book.active.append(["On"])
    book.active.append([date(2026, 1, 5)])
    book.active["A2"].number_format = "ddd d mmm"
    book.active.column_dimensions["A"].width = 40

    assert read_table(saved(book), name="a.XLSX").rows[0]["On"] == "2026-01-05"
