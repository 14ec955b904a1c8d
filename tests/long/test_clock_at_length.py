import pytest

from tests.clock_trials import agree, survive

pytestmark = pytest.mark.long


@pytest.mark.parametrize("part", range(20))
def test_twenty_thousand_requests_agree_with_those_counted_day_by_day(part: int) -> None:
    first = 100_000 + part * 1000

    assert sum(agree(seed) for seed in range(first, first + 1000)) > 900


@pytest.mark.parametrize("part", range(10))
def test_ten_thousand_requests_with_something_wrong_raise_nothing_undeclared(part: int) -> None:
    first = 200_000 + part * 1000

    assert sum(bool(survive(seed)) for seed in range(first, first + 1000)) > 500
