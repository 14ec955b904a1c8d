from datetime import date

import pytest

from exclusions.rules.reasons import DFE_REASONS, problems_with_reasons, reason_valid_on
from tests.tables.reader import rows

BY_CODE = {reason.code: reason for reason in DFE_REASONS}


@pytest.mark.parametrize("row", rows("reasons"), ids=lambda row: f"{row['codes']} {row['first_day']}")
def test_reasons_of_each_situation_have_their_problem(row: dict[str, str]) -> None:
    chosen = [BY_CODE[code] for code in row["codes"].split()]

    problems = problems_with_reasons(chosen, date.fromisoformat(row["first_day"]))

    assert " ".join(problem.fault for problem in problems) == row["faults"]
    assert "; ".join(problem.message for problem in problems) == row["message"]


def test_codes_valid_today_are_the_sixteen_of_2020() -> None:
    on = date(2026, 10, 19)

    valid = [r.code for r in DFE_REASONS if reason_valid_on(r.valid_from, r.valid_to, r.in_use, on)]

    assert len(valid) == 16
    assert len(BY_CODE) == len(DFE_REASONS) == 30
