"""The conventions by which days are counted (D1 to D4, D8, D9), as a policy officer can read them."""

from datetime import date

import pytest

from casework.rules.calendar import NoTermDates, SchoolCalendar
from tests.tables.reader import calendar, rows


def answer(on: SchoolCalendar, question: str, start: date, n: str) -> str:
    if question == "is it a school day":
        return on.skip_reason(start) or "yes"
    if question == "statutory term of":
        return on.statutory_term(start).label
    if question == "school year of":
        return on.school_year_of(start).label
    count = on.nth_school_day if question == "nth school day of" else on.school_days_after
    return count(start, int(n)).due.isoformat()


@pytest.mark.parametrize("row", rows("counting"), ids=lambda row: f"{row['rule']} {row['calendar']} {row['from']}")
def test_days_are_counted_as_the_table_says(row: dict[str, str]) -> None:
    start = date.fromisoformat(row["from"])

    if row["answer"] == "error":
        with pytest.raises(NoTermDates):
            answer(calendar(row["calendar"]), row["question"], start, row["n"])
    else:
        assert answer(calendar(row["calendar"]), row["question"], start, row["n"]) == row["answer"]
