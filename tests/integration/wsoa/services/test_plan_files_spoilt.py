"""Files of plans that are refused: each is answered by row and column, and nothing is half saved."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cast import Cast
from tests.factories.wsoa import plan_there
from tests.plan_workbooks import changed, check, everything, put, written
from wsoa.models import Plan
from wsoa.rules.terms import Layout

pytestmark = pytest.mark.django_db
WS = Layout.WRITTEN_STATEMENT


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return plan_there()


Build = Callable[[bytes], bytes]


def in_cell(sheet: str, row: int, heading: str, value: Any) -> Build:
    return lambda data: changed(data, put(sheet, row, heading, value))


def _wrong_side(data: bytes) -> bytes:
    def work(book: Any) -> None:
        for heading, value in (("Direction", "Lower is better"), ("Baseline", 10), ("Target", 20)):
            put("Measures", 2, heading, value)(book)
        put("Measures", 2, "Baseline as at", date(2026, 9, 1))(book)

    return changed(data, work)


def _macro(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def _bomb(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    return out.getvalue()


def _without(heading: str) -> Build:
    def work(book: Any) -> None:
        names = [cell.value for cell in book["Actions"][1]]
        book["Actions"].delete_cols(names.index(heading) + 1)

    return lambda data: changed(data, work)


def _blue(data: bytes) -> bytes:
    return in_cell("Actions", 3, "RAG rating", "Blue")(in_cell("Actions", 3, "Decided because", "So it is")(data))


def _no_actions(data: bytes) -> bytes:
    def work(book: Any) -> None:
        book["Actions"].title = "Sheet1"

    return changed(data, work)


# What is spoilt, the file's name, how it is spoilt, and what is answered: row, column as the file names it, words.
SPOILT: list[tuple[str, str, Build, int | None, str, str]] = [
    ("nothing in it", "p.xlsx", lambda _: b"", None, "", "The file is empty."),
    ("a PDF named as a workbook", "p.xlsx", lambda _: b"%PDF-1.7\n", None, "", "a PDF, not a table"),
    ("a workbook named as text", "p.csv", lambda data: data, None, "", "named as text"),
    ("text named as a workbook", "p.xlsx", lambda _: b"Actions\nOne\n", None, "", "named as a workbook and is text"),
    ("a macro", "p.xlsx", _macro, None, "", "holds macros"),
    ("a bomb", "p.xlsx", _bomb, None, "", ""),
    ("cut short", "p.xlsx", lambda data: data[:-300], None, "", "cut off or damaged"),
    ("a formula without a value", "p.xlsx", in_cell("Actions", 3, "Lead", "=A1"), 3, "G", "formula without a saved value"),
    ("no sheet of actions", "p.xlsx", _no_actions, None, "", "no sheet “Actions”"),
    ("no column of actions", "p.xlsx", _without("Actions"), 1, "", "“Actions”"),
    ("an action without words", "p.xlsx", in_cell("Actions", 3, "Actions", None), 3, "E (Actions)", "It is empty"),
    ("prose in the per cent", "p.xlsx", in_cell("Actions", 3, "Per cent done", "half"), 3, "M (Per cent done)", "0 to 100 only"),
    ("too many per cent", "p.xlsx", in_cell("Actions", 3, "Per cent done", 130), 3, "M (Per cent done)", "0 to 100"),
    ("prose in the day", "p.xlsx", in_cell("Actions", 3, "Progress as at", "soon"), 3, "L (Progress as at)", "without words"),
    ("a day to come", "p.xlsx", in_cell("Actions", 4, "Progress as at", date(2027, 1, 1)), 4, "L (Progress as at)", "to come"),
    ("progress without its day", "p.xlsx", in_cell("Actions", 3, "Per cent done", 0.25), 3, "L (Progress as at)", "Write the day"),
    ("a schedule of other words", "p.xlsx", in_cell("Actions", 3, "Schedule", "fine"), 3, "N (Schedule)", "Behind"),
    ("a date in which no day can be read", "p.xlsx", in_cell("Actions", 3, "Completion Date", "soon"), 3, "F (Completion Date)", "No day"),
    ("a status without a reason", "p.xlsx", in_cell("Actions", 3, "RAG rating", "Green"), 3, "O (RAG rating)", "say why"),
    ("a status of other words", "p.xlsx", _blue, 3, "O (RAG rating)", "one of the words"),
    ("a place that is not there", "p.xlsx", in_cell("Actions", 3, "Place", "P9A9"), 3, "S (Place)", "no such row"),
    ("a place twice", "p.xlsx", in_cell("Actions", 3, "Place", "P1A1"), 3, "S (Place)", "An earlier row"),
    ("a new action of no priority", "p.xlsx", in_cell("Actions", 6, "Actions", "More"), 6, "C (Priority)", "needs its priority"),
    ("prose in a number", "p.xlsx", in_cell("Measures", 2, "Target", "none"), 2, "H (Target)", "a number only"),
    ("a target without direction", "p.xlsx", in_cell("Measures", 2, "Target", 4), 2, "E (Direction)", "needs its direction"),
    ("a baseline without its day", "p.xlsx", in_cell("Measures", 2, "Baseline", 4), 2, "G (Baseline as at)", "together"),
    ("a target on the other side of the baseline", "p.xlsx", _wrong_side, 2, "H (Target)", "other side of the baseline"),
    ("words too long", "p.xlsx", in_cell("Priorities", 2, "Priority", "x" * 201), 2, "C (Priority)", "200 are the most"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "build", "row", "column", "words"), SPOILT, ids=[each[0] for each in SPOILT])
def test_spoilt_file_is_answered_by_row_and_column_and_nothing_is_half_saved(
    cast: Cast, plan: Plan, what: str, name: str, build: Build, row: int | None, column: str, words: str
) -> None:
    before = everything()

    found = check(cast, build(written(plan, WS)), name, plan=plan.code)

    assert found.state == "refused"
    first = found.faults[0]
    assert (first["row"], words in first["message"]) == (row, True), found.faults
    assert first["column"].startswith(column), found.faults
    assert everything() == before


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_rows(cast: Cast, plan: Plan) -> None:
    def work(book: Any) -> None:
        put("Actions", 5, "Completion Date", "soon")(book)
        put("Actions", 4, "RAG rating", "Amber")(book)
        put("Actions", 3, "Per cent done", "half")(book)
        put("Measures", 2, "Target", "lots")(book)

    found = check(cast, changed(written(plan, WS), work), plan=plan.code)

    assert [(each["row"], each["column"].partition(",")[0]) for each in found.faults] == [
        (2, "H (Target)"), (3, "M (Per cent done)"), (4, "O (RAG rating)"), (5, "F (Completion Date)"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "written-statement", "title": "Other"}, "short name"),
        ({"code": "other"}, "title"),
        ({"code": "roles", "title": "Other"}, "“roles” stands for a page of its own"),
    ],
)
def test_new_plan_needs_a_name_of_its_own(cast: Cast, plan: Plan, given: dict[str, str], words: str) -> None:
    found = check(cast, written(plan, WS), **given)

    assert words in found.faults[0]["message"]
