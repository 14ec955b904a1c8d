from datetime import date, timedelta

import pytest

from casework.rules.school_age import (
    compulsory_school_age_begins_on,
    compulsory_school_age_ends_on,
    is_of_compulsory_school_age,
)
from tests.tables.reader import rows

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize("row", rows("school_age"), ids=lambda row: row["born"])
def test_compulsory_school_age_of_each_child_is_as_the_table_says(row: dict[str, str]) -> None:
    born, begins, ends = (date.fromisoformat(row[key]) for key in ("born", "begins", "ends"))

    assert (compulsory_school_age_begins_on(born), compulsory_school_age_ends_on(born)) == (begins, ends)
    assert ends.weekday() == 4
    around = [begins - ONE_DAY, begins, ends, ends + ONE_DAY]
    assert [is_of_compulsory_school_age(born, on=day) for day in around] == [False, True, True, False]
