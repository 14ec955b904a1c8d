"""What a cell of a plan's file says: days, numbers and per cents as spreadsheet programs keep them, and never prose."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wsoa.rules.layouts import DAY, NUMBER, PER_CENT, Field
from wsoa.services.plan_rows import understood


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (PER_CENT, "0.25", 25), (PER_CENT, "1", 100), (PER_CENT, "1%", 1), (PER_CENT, "25 %", 25), (PER_CENT, "75", 75),
        (PER_CENT, "0", 0), (PER_CENT, "0.29000000000000004", 29), (PER_CENT, "", None),
        (NUMBER, "15.940000000000001", Decimal("15.94")), (NUMBER, "-1,204.5", Decimal("-1204.50")), (NUMBER, "", None),
        (DAY, "2026-11-30", date(2026, 11, 30)), (DAY, "30/11/2026", date(2026, 11, 30)), (DAY, "", None),
    ],
)  # fmt: skip
def test_cell_says(kind: str, text: str, said: Any) -> None:
    assert understood(Field("x", "X", kind), text) == said


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (PER_CENT, "half"), (PER_CENT, "101"), (PER_CENT, "-1"), (PER_CENT, "12.5"), (PER_CENT, "50 done"),
        (NUMBER, "about 5"), (NUMBER, "1e3"), (NUMBER, "5%"), (NUMBER, "1.005"), (NUMBER, "123456789"), (NUMBER, "٥"),
        (DAY, "Nov 26"), (DAY, "31/02/2026"), (DAY, "soon"),
    ],
)  # fmt: skip
def test_cell_that_is_not_of_its_kind_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match="Write"):
        understood(Field("x", "X", kind), text)
