"""When a role of plans is to be reviewed: twice a year. Source: the council's own practice."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wsoa.rules.rounds import months_after

MONTHS = 6
WARNED = 1
"""In its last month a review is due; after its day it is late."""


class Review(StrEnum):
    """Where the review of a role stands."""

    LATE = "late"
    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Where a role's review stands, and the day by which the next one is wanted; None for a role never reviewed."""

    review: Review
    due: date | None


def reviewed(last: date | None, *, on: date) -> Reviewed:
    """Return where a role's review stands on a day: due six calendar months after the last, at once where there was none.

    It is due in the last of the six months and on its day, and late from the day after.
    """
    if last is None:
        return Reviewed(Review.DUE, None)
    due = months_after(last, MONTHS)
    if on > due:
        return Reviewed(Review.LATE, due)
    return Reviewed(Review.DUE if on >= months_after(last, MONTHS - WARNED) else Review.DONE, due)
