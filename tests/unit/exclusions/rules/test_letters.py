from datetime import date

import pytest

from exclusions.rules.events import Method
from exclusions.rules.letters import deemed_given_on
from tests.tables.reader import calendar, rows


@pytest.mark.parametrize("row", rows("deemed_days"), ids=lambda row: row["situation"])
def test_deemed_given_on_of_each_letter_is_as_the_table_says(row: dict[str, str]) -> None:
    deemed = deemed_given_on(date.fromisoformat(row["sent_on"]), Method(row["method"]), calendar(row["calendar"]))

    assert str(deemed) == row["deemed_given_on"]
