"""Workbooks of plans, for tests: written as the service writes them, read cell by cell, changed, and brought."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import openpyxl

from casework.exports import workbook_bytes
from casework.models import Import
from casework.services import imports
from tests.cast import Cast
from wsoa.models import (
    Action,
    ActionPlace,
    ActionRole,
    ActionUpdate,
    DateMove,
    Measure,
    Plan,
    Priority,
    StateChoice,
)
from wsoa.rules.terms import Layout
from wsoa.selectors.plan_paper import sheets

TODAY = date(2026, 10, 19)
AT = datetime(2026, 10, 19, 9, tzinfo=UTC)
OPTIONS = {"plan": "", "title": "", "code": "", "kind": "", "columns": ""}


def written(plan: Plan, layout: Layout) -> bytes:
    """Return the workbook of a plan in a layout."""
    return workbook_bytes(plan.code, sheets(plan, layout=layout, on=TODAY), made_at=AT, by="Ruth")


def every_cell(content: bytes) -> dict[str, list[list[tuple[Any, str, str]]]]:
    """Return value, format and type of every cell, by sheet in the workbook's order."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [[(cell.value, cell.number_format, cell.data_type) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


def changed(content: bytes, how: Callable[[Any], None]) -> bytes:
    """Return a workbook after somebody has worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    how(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, row: int, heading: str, value: Any) -> Callable[[Any], None]:
    """Return what writes a value into a row of a sheet, under a heading."""

    def work(book: Any) -> None:
        names = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(row=row, column=names.index(heading) + 1).value = value

    return work


def check(cast: Cast, data: bytes, name: str = "plan.xlsx", **options: str) -> Import:
    """Bring a file as the page does, and hold it against the plans of the day."""
    row = imports.bring(
        by=cast.ruth, at=AT, kind="plan", file_name=name, content=data, options=OPTIONS | options, ring=False
    )
    imports.check(at=AT, row=row)
    return row


def bring(cast: Cast, data: bytes, name: str = "plan.xlsx", **options: str) -> Import:
    """Bring a file and apply what it would do."""
    row = check(cast, data, name, **options)
    assert not row.faults, row.faults
    imports.apply(by=cast.ruth, at=AT, row=row)
    row.refresh_from_db()
    return row


def everything() -> dict[str, list[Any]]:
    """Return every row of plans, by the name of its model."""
    models = (Plan, Priority, Action, ActionPlace, ActionRole, ActionUpdate, DateMove, Measure, StateChoice)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
