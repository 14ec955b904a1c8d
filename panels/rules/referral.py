"""What is known of a child on the day of a referral to a panel."""

from dataclasses import dataclass
from datetime import date

from casework.rules.terms import NcYear
from exclusions.rules.fair_access_categories import FairAccessCategory, FairAccessFacts
from panels.rules.terms import RouteIn, SpecialistDecision

PRIMARY = frozenset({NcYear.R, NcYear.Y1, NcYear.Y2, NcYear.Y3, NcYear.Y4, NcYear.Y5, NcYear.Y6})
SECONDARY = frozenset({NcYear.Y7, NcYear.Y8, NcYear.Y9, NcYear.Y10, NcYear.Y11})


@dataclass(frozen=True, slots=True)
class CategoryEvidence:
    """What shows that one of the thirteen categories applies, and the day on which it was judged."""

    category: FairAccessCategory
    text: str
    assessed_on: date


@dataclass(frozen=True, slots=True)
class Referral:
    """What is known of a child on the day of a referral to a panel.

    `has_plan` (an EHC plan) and `looked_after` are None while not known, which is not the same as no. `excluded_on` is
    the first day of the latest permanent exclusion that stands. `specialist` is the latest decision of a Specialist
    Placement Panel, `specialist_by_officer` that an officer took it on the panel's advice, and `specialist_advised_on` the
    day of advice on which an officer has not decided yet. `counted_exclusions` are the days on which permanent exclusions took effect that count for R57:
    those reinstated, quashed or of a child below compulsory school age are left out by the caller.
    """

    route: RouteIn
    on: date
    child: FairAccessFacts
    has_plan: bool | None = None
    looked_after: bool | None = None
    nc_year: NcYear | None = None
    excluded_on: date | None = None
    specialist: SpecialistDecision | None = None
    specialist_on: date | None = None
    specialist_by_officer: bool = False
    specialist_advised_on: date | None = None
    in_year_tried: bool = False
    evidence: tuple[CategoryEvidence, ...] = ()
    counted_exclusions: tuple[date, ...] = ()


def is_mainstream(referral: Referral) -> bool:
    """Tell whether a Specialist Placement Panel has said mainstream, and since the exclusion if there is one.

    A decision before the first day of the latest exclusion was about something else; one on that day counts. Source:
    the panels' terms: every permanent exclusion goes first to the Specialist Placement Panel.
    """
    if referral.specialist is not SpecialistDecision.MAINSTREAM or referral.specialist_on is None:
        return False
    return referral.specialist_on <= referral.on and (
        referral.excluded_on is None or referral.specialist_on >= referral.excluded_on
    )


def way_in(referral: Referral) -> RouteIn:
    """Return the way by which the child comes: an excluded child sent on to mainstream comes by the specialist panel.

    Source: as `is_mainstream`.
    """
    if referral.route is RouteIn.PERMANENT_EXCLUSION and is_mainstream(referral):
        return RouteIn.SPECIALIST_PANEL
    return referral.route
