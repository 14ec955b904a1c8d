"""Roles of plans are reviewed twice a year."""

from datetime import date

import pytest

from wsoa.rules.role_reviews import Review, Reviewed, reviewed


@pytest.mark.parametrize(
    ("last", "on", "found"),
    [
        (None, date(2026, 11, 4), Reviewed(Review.DUE, None)),
        (date(2026, 5, 4), date(2026, 10, 3), Reviewed(Review.DONE, date(2026, 11, 4))),
        (date(2026, 5, 4), date(2026, 10, 4), Reviewed(Review.DUE, date(2026, 11, 4))),
        (date(2026, 5, 4), date(2026, 11, 4), Reviewed(Review.DUE, date(2026, 11, 4))),
        (date(2026, 5, 4), date(2026, 11, 5), Reviewed(Review.LATE, date(2026, 11, 4))),
        # A day that the month does not have becomes its last, over the end of the year too.
        (date(2026, 8, 31), date(2027, 3, 1), Reviewed(Review.LATE, date(2027, 2, 28))),
        (date(2026, 12, 31), date(2027, 6, 30), Reviewed(Review.DUE, date(2027, 6, 30))),
    ],
)
def test_review_is_due_six_calendar_months_after_the_last(last: date | None, on: date, found: Reviewed) -> None:
    assert reviewed(last, on=on) == found
