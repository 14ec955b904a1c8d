"""Excel workbooks, taken apart in a child process with limits on its memory, time and files."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from casework.uploads import workbook_child
from casework.uploads.table import Fault, Grid, Limits, Unreadable

TOO_HEAVY = "The workbook takes too much memory or time to read. Save the sheet that is wanted as CSV and upload that."


def read_workbook(data: bytes, *, limits: Limits, sheet: str = "") -> Grid:
    """Return the cells of a workbook's one sheet: values as text, of formulas what was last saved. Raises Unreadable."""
    answer = _asked(data, limits, {"sheet": sheet, "every": False})
    return Grid(_numbered(answer["rows"]), answer["notes"], ragged=True)


def read_sheets(data: bytes, *, limits: Limits) -> dict[str, Grid]:
    """Return the cells of every sheet that is shown and holds anything, by its title. Raises Unreadable."""
    answer = _asked(data, limits, {"every": True})
    return {title: Grid(_numbered(rows), answer["notes"], ragged=True) for title, rows in answer["sheets"].items()}


def _asked(data: bytes, limits: Limits, wanted: dict[str, Any]) -> dict[str, Any]:
    request = json.dumps({"limits": asdict(limits), **wanted}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(Path(workbook_child.__file__))],
            input=request + data,
            capture_output=True,
            timeout=workbook_child.SECONDS,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unreadable(Fault(TOO_HEAVY)) from slow
    if done.returncode:
        raise Unreadable(Fault(TOO_HEAVY))
    answer: dict[str, Any] = json.loads(done.stdout)
    if "faults" in answer:
        raise Unreadable(*(Fault(message, row, column) for message, row, column in answer["faults"]))
    return answer


def _numbered(rows: list[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, cells) for number, cells in rows)
