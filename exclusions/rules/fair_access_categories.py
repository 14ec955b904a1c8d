"""Which children may be placed under a fair access protocol: the closed list of thirteen (R53)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from exclusions.rules.calendar_days import months_before, weeks_after
from exclusions.rules.sources import Source

LIST_FROM = date(2021, 9, 1)
"""From this day the list is closed and the same everywhere; before it each protocol had its own."""

MONTHS_AFTER_SOCIAL_CARE = 12
WEEKS_OUT_OF_EDUCATION = 4

ADMISSIONS_CODE = Source(
    "School Admissions Code 2021",
    LIST_FROM,
    "para 3.17",
    "https://www.gov.uk/government/publications/school-admissions-code--2",
)


class FairAccessCategory(StrEnum):
    """The thirteen, by their letters; in the order of the list."""

    SOCIAL_CARE = "a"
    REFUGE = "b"
    CRIMINAL_JUSTICE = "c"
    ALTERNATIVE_PROVISION = "d"
    SEN_OR_HEALTH = "e"
    CARER = "f"
    HOMELESS = "g"
    KINSHIP_CARE = "h"
    TRAVELLER_OR_REFUGEE = "i"
    REFUSED_FOR_BEHAVIOUR = "j"
    EXCEPTIONAL = "k"
    OUT_OF_EDUCATION = "l"
    PREVIOUSLY_LOOKED_AFTER = "m"


FAIR_ACCESS_LABELS = {
    "a": "Child in need or with a protection plan, now or in the last 12 months",
    "b": "Lives in a refuge or other relevant accommodation",
    "c": "Comes from the criminal justice system",
    "d": "In alternative provision, or permanently excluded, and ready for a mainstream school",
    "e": "Special educational need without a plan, disability or medical condition",
    "f": "Carer",
    "g": "Homeless",
    "h": "In formal kinship care",
    "i": "Gypsy, Roma or Traveller, refugee or asylum seeker",
    "j": "Refused a place for challenging behaviour, and referred for that",
    "k": "No place was sought, in exceptional circumstances",
    "l": "Out of education for four weeks or more, with no place within reach",
    "m": "Previously looked after, and no place can be had promptly",
}


@dataclass(frozen=True, slots=True)
class FairAccessFacts:
    """What is known of a child on the day of the referral.

    `others` are categories that a person has judged to apply and that no date decides. `social_care_ended_on` is the
    last day as a child in need or on a protection plan. `out_of_education_since` is the first day without education.
    """

    others: frozenset[FairAccessCategory] = field(default_factory=frozenset)
    in_social_care: bool = False
    social_care_ended_on: date | None = None
    in_alternative_provision: bool = False
    permanently_excluded: bool = False
    ready_for_mainstream: bool = False
    out_of_education_since: date | None = None
    place_within_reach: bool = False
    suitable_offer_refused: bool = False
    has_plan: bool = False


@dataclass(frozen=True, slots=True)
class FairAccess:
    """The categories that apply, by their letters, and why; none when the child cannot be placed under the protocol."""

    categories: tuple[FairAccessCategory, ...]
    because: str
    rule: str = "R53"
    source: tuple[Source, ...] = (ADMISSIONS_CODE,)


class NoCommonList(LookupError):
    """The referral lies before the closed list, which began on 1 September 2021."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no common list of categories on {on.isoformat()}: it begins on 2021-09-01")
        self.on = on


def fair_access_categories(facts: FairAccessFacts, *, referred_on: date) -> FairAccess:
    """Return the categories under which a child may be placed by the fair access protocol (R53).

    Three are decided by dates or facts here. (a) a child in need or on a protection plan on the day of the referral or
    in the twelve months before, the anniversary included. (d) in alternative provision or permanently excluded, and
    judged ready for mainstream. (l) out of education for at least four weeks, twenty-eight calendar days, with no
    place within reach, and no suitable offer turned down. The others come from `others`. A child with a plan is placed
    by naming a school (R61), never here.

    Raises NoCommonList for a referral before 1 September 2021. Source: School Admissions Code 2021 para 3.17.
    """
    if referred_on < LIST_FROM:
        raise NoCommonList(referred_on)
    if facts.has_plan:
        return FairAccess((), "R61: a child with a plan is placed by naming a school")
    decided = {
        FairAccessCategory.SOCIAL_CARE: _in_need(facts, referred_on),
        FairAccessCategory.ALTERNATIVE_PROVISION: facts.ready_for_mainstream
        and (facts.in_alternative_provision or facts.permanently_excluded),
        FairAccessCategory.OUT_OF_EDUCATION: _out_of_education(facts, referred_on),
    }
    found = tuple(category for category in FairAccessCategory if decided.get(category, category in facts.others))
    if not found:
        return FairAccess((), "R53: none of the thirteen categories applies")
    return FairAccess(found, "; ".join(FAIR_ACCESS_LABELS[category] for category in found))


def _in_need(facts: FairAccessFacts, on: date) -> bool:
    ended = facts.social_care_ended_on
    return facts.in_social_care or bool(ended and months_before(on, MONTHS_AFTER_SOCIAL_CARE) <= ended <= on)


def _out_of_education(facts: FairAccessFacts, on: date) -> bool:
    since = facts.out_of_education_since
    if since is None or facts.place_within_reach or facts.suitable_offer_refused:
        return False
    return weeks_after(since, WEEKS_OUT_OF_EDUCATION) <= on
