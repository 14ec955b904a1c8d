from datetime import UTC, datetime, timedelta

import pytest

from casework.rules.dormancy import Dormancy, LastUse, dormancy

AT = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("unused", "state"),
    [
        (timedelta(0), Dormancy.IN_USE),
        (timedelta(days=30) - SECOND, Dormancy.IN_USE),
        (timedelta(days=30), Dormancy.UNUSED),
        (timedelta(days=60) - SECOND, Dormancy.UNUSED),
        (timedelta(days=60), Dormancy.DORMANT),
        (timedelta(days=600), Dormancy.DORMANT),
    ],
)
def test_account_is_warned_of_at_thirty_days_and_suspended_at_sixty(unused: timedelta, state: Dormancy) -> None:
    assert (
        dormancy(LastUse(opened=AT - timedelta(days=900), signed_in=AT - unused), at=AT, warned=AT - timedelta(days=30))
        is state
    )


@pytest.mark.parametrize("warned", [None, AT - timedelta(days=30) + SECOND])
def test_account_is_not_suspended_until_thirty_days_after_its_warning(warned: datetime | None) -> None:
    use = LastUse(opened=AT - timedelta(days=600))

    assert dormancy(use, at=AT, warned=warned) is Dormancy.UNUSED


def test_days_are_counted_from_the_latest_use() -> None:
    long_ago, lately = AT - timedelta(days=300), AT - timedelta(days=2)

    assert LastUse(long_ago).moment == long_ago
    assert LastUse(long_ago, signed_in=lately).moment == lately
    assert LastUse(long_ago, signed_in=long_ago, resumed=lately).moment == lately
