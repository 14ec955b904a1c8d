"""Where a duty stands on a day: tests/tables/duty_states.csv, on calendar A."""

import pytest

from casework.rules.duties import DutyDates, Stands, State, stands
from tests.tables.reader import calendar, day, rows


@pytest.mark.parametrize("row", rows("duty_states"), ids=lambda row: row["situation"])
def test_duty_stands_as_the_table_says(row: dict[str, str]) -> None:
    due, other, on = day(row["due"]), day(row["other_due"]), day(row["on"])
    assert due
    assert other
    assert on
    duty = DutyDates(due, other, day(row["met_on"]), day(row["lapses_on"]), row["ended_because"])

    found = stands(duty, on=on, calendar=calendar("A"))

    assert found == Stands(State(row["state"]), int(row["school_days"]) if row["school_days"] else None)
