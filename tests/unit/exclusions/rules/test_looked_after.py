from datetime import date

import pytest

from exclusions.rules.sixth_day import Exclusion, PupilFacts, SchoolFacts, looked_after_first_day
from exclusions.rules.terms import Kind, SchoolKind
from exclusions.rules.totals import days_from_length
from tests.tables.reader import calendar, day, rows


@pytest.mark.parametrize("row", rows("looked_after"), ids=lambda row: row["situation"])
def test_education_of_a_looked_after_child_is_due_when_the_table_says(row: dict[str, str]) -> None:
    on, first_day = calendar(row["calendar"]), date.fromisoformat(row["first_day"])
    days = days_from_length(first_day, float(row["length"]), on) if row["length"] else ()

    found = looked_after_first_day(
        Exclusion(Kind(row["kind"]), first_day, days),
        pupil=PupilFacts(home_authority="999", looked_after=row["looked_after"] == "yes"),
        school=SchoolFacts("999", SchoolKind.MAINTAINED),
        calendar=on,
    )

    assert (found.due, found.because or "") == (day(row["due"]), row["because"])
