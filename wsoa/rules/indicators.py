"""What a measure may be bound to: figures that the cases themselves give, in words that can be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of the cases: its name, its unit, what is counted, and whether it counts from a day that the measure gives."""

    label: str
    unit: str
    definition: str
    since: bool = False


PERMANENT_EHC = "permanent-ehc"
SUSPENSION_RATE_EHC = "suspension-rate-ehc"
REPEAT_SEN_SUPPORT = "repeat-sen-support"

INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        PERMANENT_EHC: Indicator(
            "Permanent exclusions of children with an EHC plan",
            "exclusions",
            "Notices of permanent exclusion from schools of this council, from the measure’s day to today, of children who "
            "had an EHC plan on the first day, and which have not been cancelled, averted or overturned. Voided notices are "
            "not counted.",
            since=True,
        ),
        SUSPENSION_RATE_EHC: Indicator(
            "Suspensions per 100 children with an EHC plan",
            "per 100 children",
            "Suspensions of half a day or more from schools of this council in the last whole academic year, of children who "
            "had an EHC plan on the first day, for every 100 children with a plan in the schools’ latest January census. "
            "Without a census by SEN there is no rate.",
        ),
        REPEAT_SEN_SUPPORT: Indicator(
            "Repeat suspensions at SEN support",
            "suspensions",
            "Suspensions of half a day or more from schools of this council in the last whole academic year, of children who "
            "were at SEN support on the first day, and who had been suspended before in the same academic year. A child’s "
            "first suspension of the year is not counted.",
        ),
    }
)
