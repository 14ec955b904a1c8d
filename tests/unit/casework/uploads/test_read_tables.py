"""Workbooks of several sheets: each a table of its own, and a fault names its sheet."""

import pytest

from casework.uploads import Unreadable, read_tables
from tests.workbooks import workbook

ACTIONS = [["Reference", "Action"], ["1.1", "Begin"]]


def test_every_sheet_that_is_shown_and_has_a_row_is_a_table_by_its_name() -> None:
    more = {"Measures": [["Measure"], ["Waits"]], "Outcomes": [["Outcome"]], "Notes": [["Secret"], ["x"]]}

    tables = read_tables(workbook(ACTIONS, title="Actions", more=more, hidden="Notes"), name="a.xlsx")

    assert list(tables) == ["Actions", "Measures"]
    assert tables["Actions"].rows[0]["action"] == "Begin"
    assert tables["Measures"].notes == ("Hidden sheets were left out: 1.",)


def test_text_file_is_one_table_without_a_name() -> None:
    assert list(read_tables(b"Action\nBegin\n", name="a.csv")) == [""]


def test_fault_of_one_of_several_sheets_names_it() -> None:
    data = workbook(ACTIONS, title="Actions", more={"Measures": [["Measure", "Measure"], ["Waits", "x"]]})

    with pytest.raises(Unreadable) as wrong:
        read_tables(data, name="a.xlsx")

    assert wrong.value.faults[0].column == "B (Measure), sheet “Measures”"


@pytest.mark.parametrize("rows", [[], [["Action"]]])
def test_workbook_without_a_row_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(Unreadable):
        read_tables(workbook(rows), name="a.xlsx")
