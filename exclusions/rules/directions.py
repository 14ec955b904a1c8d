"""How long a school may take an authority's direction to the adjudicator (R56)."""

from dataclasses import dataclass
from datetime import date

from exclusions.rules.calendar_days import days_after
from exclusions.rules.sources import Source
from exclusions.rules.terms import DutyHolder

DAYS = 15
DAYS_WHEN_LOOKED_AFTER = 7

DIRECTION = Source(
    "School Standards and Framework Act 1998",
    date(1998, 10, 1),
    "ss96 to 97",
    "https://www.legislation.gov.uk/ukpga/1998/31/section/97",
)


@dataclass(frozen=True, slots=True)
class ReferralLimit:
    """The last day, and how it was reckoned."""

    due: date
    counted_from: date
    working: str
    duty_holder: DutyHolder = DutyHolder.ADMISSION_AUTHORITY
    rule: str = "R56"
    source: tuple[Source, ...] = (DIRECTION,)


def adjudicator_referral(told_on: date, *, looked_after: bool) -> ReferralLimit:
    """Return the last day on which a school may refer an intended direction to the adjudicator (R56).

    Fifteen calendar days, seven for a looked-after child (D6), beginning with the day on which it was told: that day is
    the first of them. Raises nothing. Source: School Standards and Framework Act 1998 s97(3), which says so of the
    fifteen; s97B for the seven, whose wording was not seen and is read alike.
    """
    days = DAYS_WHEN_LOOKED_AFTER if looked_after else DAYS
    return ReferralLimit(
        days_after(told_on, days - 1), told_on, f"{days} calendar days beginning with the day it was told"
    )
