"""Which limits a child's school days of suspension are near, or past, in the term and in the school year."""

from dataclasses import dataclass
from enum import StrEnum

from exclusions.rules.totals import FIFTEEN_DAYS, FIVE_DAYS, YEAR_LIMIT, YEAR_NEAR

A_DAY = 2
"""Half days of one school day: a term's limit is near when one more day, or less, would pass it (R28)."""

REPEATED = 3
"""Short suspensions of a term from which they are repeated."""

LONGEST_SHORT = FIVE_DAYS
"""The most half days of a short suspension: 5 school days, for which no governors' meeting is required (R28)."""


class Limit(StrEnum):
    """What to look out for, as an address names it."""

    FIVE = "5"
    FIFTEEN = "15"
    YEAR = "45"
    EXAM = "exam"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that is near or past, in words."""

    limit: Limit
    words: str


def limits_reached(*, term: int, year: int, exam: bool, short: int) -> tuple[Reached, ...]:
    """Return the limits that are near or past, the gravest first.

    `term` and `year` are half days of suspension, `short` the short suspensions of the term, and `exam` tells whether
    a public examination or a national test is lost this year. Source: R3 (45 days, and what to warn of before it),
    R28 (bands of the term).
    """
    found = []
    if exam:
        found.append(Reached(Limit.EXAM, "Exam or test lost"))
    if year > YEAR_LIMIT:
        found.append(Reached(Limit.YEAR, f"Past {YEAR_LIMIT // 2} this year"))
    elif passed := [limit for limit in YEAR_NEAR if year > limit]:
        found.append(Reached(Limit.YEAR, f"Past {max(passed) // 2} this year"))
    for limit, half_days in ((Limit.FIFTEEN, FIFTEEN_DAYS), (Limit.FIVE, FIVE_DAYS)):
        if term > half_days:
            found.append(Reached(limit, f"Past {half_days // 2} this term"))
            break
        if term > half_days - A_DAY:
            found.append(Reached(limit, f"Near {half_days // 2} this term"))
            break
    if short >= REPEATED:
        found.append(Reached(Limit.REPEATED, f"{short} short suspensions"))
    return tuple(found)


def half_days_to_next(*, term: int, year: int) -> int:
    """Return how many half days are left before the next limit of term or year; below nought past the year's 45."""
    ahead = [limit - term for limit in (FIVE_DAYS, FIFTEEN_DAYS) if term <= limit]
    return min([*ahead, YEAR_LIMIT - year])
