"""What becomes of the rolls that a child leaves when it is put on another, and when that can be undone."""

from collections.abc import Collection
from datetime import date, timedelta


def is_as_left(*, first_day: date, last_day: date | None, until: date | None, ended: Collection[date | None]) -> bool:
    """Tell whether a spell on a roll, and those that it ended, stand as they were left when it was written.

    `until` is the last day that the spell had then, and `ended` the last days that the others have now: each is the day
    before the spell's first. Source: a local rule, so that nothing written since is lost.
    """
    day_before = first_day - timedelta(days=1)
    return last_day == until and all(each == day_before for each in ended)
