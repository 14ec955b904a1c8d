"""When a review of an off-site direction must be held because somebody demands it (R48)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exclusions.rules.calendar_days import weeks_after
from exclusions.rules.sources import Source

WEEKS_BETWEEN_REVIEWS = 10
"""Weeks in which one review is enough."""

REVIEWS_ON_DEMAND_FROM = date(2013, 1, 1)
"""From this day a review is held on demand; before it, every thirty days."""

REVIEW_ON_DEMAND = Source(
    "SI 2010/1156",
    REVIEWS_ON_DEMAND_FROM,
    "reg 4 as amended by SI 2012/2532",
    "https://www.legislation.gov.uk/uksi/2010/1156",
)


class Asker(StrEnum):
    """Who demands a review."""

    PARENT = "parent"
    AUTHORITY = "authority"
    SOMEBODY_ELSE = "somebody else"


@dataclass(frozen=True, slots=True)
class ReviewDemand:
    """Whether a demanded review must be held, why, and from which day a demand would oblige."""

    must_be_held: bool
    because: str
    obliges_from: date | None = None
    rule: str = "R48"
    source: tuple[Source, ...] = (REVIEW_ON_DEMAND,)


def review_demanded(
    demanded_on: date, *, by: Asker, in_writing: bool, has_plan: bool, last_review_on: date | None
) -> ReviewDemand:
    """Return whether the board must hold a review of an off-site direction that somebody demands (R48).

    A parent may demand it in writing, and the authority when the child has an education, health and care plan. It must
    be held unless one took place in the ten weeks before; a review exactly ten weeks earlier still counts, so that the
    first day on which a demand obliges again is the day after. Calendar weeks (D6). How soon it is then held is for
    the board.

    Raises ValueError for a last review that lies after the demand. Source: SI 2010/1156 as amended by SI 2012/2532;
    for a demand before 1 January 2013 the older rule of a review every thirty days applied, and none is owed on demand.
    """
    if last_review_on and last_review_on > demanded_on:
        raise ValueError(f"The last review, on {last_review_on}, lies after the demand of {demanded_on}.")
    if demanded_on < REVIEWS_ON_DEMAND_FROM:
        return ReviewDemand(False, "R48: reviews were then every thirty days, not on demand")
    if not in_writing:
        return ReviewDemand(False, "R48: not demanded in writing")
    if by is Asker.SOMEBODY_ELSE or (by is Asker.AUTHORITY and not has_plan):
        return ReviewDemand(False, "R48: only a parent may, or the authority when the child has a plan")
    if last_review_on is None:
        return ReviewDemand(True, "R48: none was held before", demanded_on)
    again_from = date.fromordinal(weeks_after(last_review_on, WEEKS_BETWEEN_REVIEWS).toordinal() + 1)
    if demanded_on >= again_from:
        return ReviewDemand(True, "R48: none was held in the ten weeks before", again_from)
    return ReviewDemand(False, "R48: one was held in the ten weeks before", again_from)
