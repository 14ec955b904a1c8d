"""What may happen to an excluded child, as the statutory calculator is told of it, and the request that holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from casework.rules.calendar import SchoolCalendar
from exclusions.rules.readings import DEFAULT_SETTINGS, Settings
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.totals import SuspendedDay


class Method(StrEnum):
    """How a letter was sent, on which depends when it counts as given (D5)."""

    HAND = "hand"
    FIRST_CLASS = "first_class"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension. `days` are its own, as issued, in order; `school` is None for the school of the request.

    `sent_home_on` is a day before the first on which the child was sent home part-way (AMB-2), `decided_on` the day of
    the decision, the first day where it is not told (AMB-6).
    """

    id: str
    first_day: date
    days: tuple[SuspendedDay, ...]
    school: str | None = None
    sent_home_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class PermanentExclusion:
    """A permanent exclusion from its first day; the rest as for a suspension."""

    id: str
    first_day: date
    school: str | None = None
    sent_home_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """The head's cancelling of an exclusion. `effective_on` is the first day the pupil may return, and not counted."""

    id: str
    effective_on: date
    of: str


@dataclass(frozen=True, slots=True)
class BoardNotified:
    """The day on which the board received notice of an exclusion; `exam_on` is the examination that it loses."""

    id: str
    on: date
    of: str
    representations: bool = False
    exam_on: date | None = None


@dataclass(frozen=True, slots=True)
class BoardMet:
    """The day on which the board met to decide on reinstatement."""

    id: str
    on: date
    of: str


@dataclass(frozen=True, slots=True)
class BoardDecisionNotice:
    """The letter that tells the parent of the board's decision. `on` is the day it was handed over, posted or sent."""

    id: str
    on: date
    of: str
    method: Method = Method.HAND


@dataclass(frozen=True, slots=True)
class ReviewWaived:
    """The parent says in writing that no review will be applied for."""

    id: str
    on: date
    of: str


@dataclass(frozen=True, slots=True)
class ReviewApplication:
    """The parent's application for a review. `on` is the day it was handed over, posted or sent."""

    id: str
    on: date
    of: str
    method: Method = Method.HAND


@dataclass(frozen=True, slots=True)
class ReviewPanelNotice:
    """The letter that tells the board of the panel's decision. `on` is the day it was handed over, posted or sent."""

    id: str
    on: date
    of: str
    method: Method = Method.HAND


@dataclass(frozen=True, slots=True)
class FairAccessAgreed:
    """It was agreed that the child comes under the fair access protocol (AMB-9, reading 1)."""

    id: str
    on: date


@dataclass(frozen=True, slots=True)
class InYearApplication:
    """An in-year application was received."""

    id: str
    on: date


@dataclass(frozen=True, slots=True)
class OffSiteDirection:
    """A direction to be educated off site, from its first day there."""

    id: str
    first_day: date


@dataclass(frozen=True, slots=True)
class SecondPermanentExclusion:
    """The latest of two or more permanent exclusions took effect."""

    id: str
    took_effect_on: date


@dataclass(frozen=True, slots=True)
class ReviewQuashed:
    """A review panel quashed an exclusion."""

    id: str
    on: date
    of: str


AnyExclusion = Suspension | PermanentExclusion
Letter = BoardDecisionNotice | ReviewApplication | ReviewPanelNotice
Following = Cancellation | BoardNotified | BoardMet | ReviewWaived | ReviewQuashed | Letter
Alone = FairAccessAgreed | InYearApplication | OffSiteDirection | SecondPermanentExclusion
Event = AnyExclusion | Following | Alone
"""An exclusion, what follows from one (`of` names it), or what stands by itself."""

DAY_FIELDS: Mapping[type[Event], str] = MappingProxyType(
    {
        Suspension: "first_day",
        PermanentExclusion: "first_day",
        Cancellation: "effective_on",
        BoardNotified: "on",
        BoardMet: "on",
        BoardDecisionNotice: "on",
        ReviewWaived: "on",
        ReviewApplication: "on",
        ReviewPanelNotice: "on",
        FairAccessAgreed: "on",
        InYearApplication: "on",
        OffSiteDirection: "first_day",
        SecondPermanentExclusion: "took_effect_on",
        ReviewQuashed: "on",
    }
)
"""The field that says when each kind of event was, in the order in which the interface lists the kinds."""

_ORDER = {kind: place for place, kind in enumerate(DAY_FIELDS)}


class SameId(ValueError):
    """Two events of a request bear the same id."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the calculator is asked: one child, one calendar, and what happened, in any order.

    The calendar may be shared between requests: it remembers what it has worked out. Raises SameId.
    """

    calendar: SchoolCalendar
    pupil: PupilFacts
    school: SchoolFacts
    events: tuple[Event, ...]
    settings: Settings = field(default_factory=lambda: DEFAULT_SETTINGS)

    def __post_init__(self) -> None:
        ids = [event.id for event in self.events]
        if len(set(ids)) < len(ids):
            raise SameId("two events have the same id")


def day_of(event: Event) -> date:
    """Return the day by which an event takes its place among the others."""
    day: date = getattr(event, DAY_FIELDS[type(event)])
    return day


def in_order(event: Event) -> tuple[date, int, str]:
    """Return the key that puts events in order: by day, then as a case unfolds, then by id.

    So the answer does not depend on the order in which a request happens to name them.
    """
    return day_of(event), _ORDER[type(event)], event.id
