"""Whether two descriptions are of one child."""

from datetime import date

import pytest

from casework.rules.same_child import Person, birthdays_like, compare
from tests.tables.reader import rows


@pytest.mark.parametrize("row", rows("same_child"), ids=lambda row: row["note"] or row["because"])
def test_compare_as_the_table_says(row: dict[str, str]) -> None:
    typed = Person(
        row["typed_first"], row["typed_last"], date.fromisoformat(row["typed_born"]), row["typed_sex"],
        frozenset(row["typed_upn"].split()),
    )  # fmt: skip
    held = Person(
        row["held_first"], row["held_last"], date.fromisoformat(row["held_born"]), row["held_sex"],
        frozenset(row["held_upns"].split()),
    )  # fmt: skip

    evidence = compare(typed, held, name_likeness=float(row["likeness"]))

    assert (evidence.name, evidence.born, evidence.upn, evidence.because) == (
        row["name"], row["born"], row["upn"], row["because"],
    )  # fmt: skip
    assert evidence.sex == ("Same" if row["typed_sex"] == row["held_sex"] else "Differs")


def test_birthdays_like_one_are_days_that_exist_and_never_the_day_itself() -> None:
    like = birthdays_like(date(2012, 12, 31))

    assert date(2012, 12, 31) not in like
    assert {date(2011, 12, 31), date(2012, 12, 30), date(2002, 12, 31)} <= like
    assert date(2013, 1, 1) not in like
