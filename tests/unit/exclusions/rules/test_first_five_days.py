from datetime import date

import pytest

from exclusions.rules.first_five_days import first_five_days
from exclusions.rules.terms import Kind
from exclusions.rules.totals import SuspendedDay, days_from_length
from tests.tables.reader import calendar, day, days, rows


@pytest.mark.parametrize("row", rows("first_five_days"), ids=lambda row: row["situation"])
def test_first_five_days_of_each_situation_are_as_the_table_says(row: dict[str, str]) -> None:
    on, kind, first_day = calendar(row["calendar"]), Kind(row["kind"]), date.fromisoformat(row["first_day"])
    own = days_from_length(first_day, float(row["length"]), on) if row["length"] else ()
    if kind is Kind.LUNCHTIME:
        own = tuple(SuspendedDay(each.on, lunchtime=True) for each in own)

    found = first_five_days(
        kind,
        first_day,
        own,
        calendar=on,
        compulsory_school_age=row["compulsory_school_age"] == "yes",
        provision_starts_on=day(row["provision_starts_on"]),
    )

    assert found.days == tuple(sorted(days(row["days"])))
    assert (found.because or "") == row["because"]
    assert tuple(looked_at.on for looked_at in found.working if looked_at.count) == found.days


def test_first_five_days_of_a_permanent_exclusion_show_what_was_skipped() -> None:
    found = first_five_days(Kind.PERMANENT, date(2025, 10, 14), calendar=calendar("A"))

    assert [looked_at.on.day for looked_at in found.working if looked_at.skipped] == [18, 19]
