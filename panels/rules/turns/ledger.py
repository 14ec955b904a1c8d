"""The ledger of turns: which schools share places out, and who took whom, when; all in exact numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

ONE = Fraction(1)

CREDIT_WEEKS = 12
"""School weeks within which a place that ends is given back to its school, unless the terms say otherwise."""

LastTurn = tuple[date, int]
"""The day of a school's last placement, and its place in the ledger, which tells two of one day apart."""

NEVER: LastTurn = (date.min, -1)
"""The last placement of a school that had none: it has waited longest."""


class BadLedger(ValueError):
    """The ledger contradicts itself; the message says where."""


class NotASchoolOfThePanel(LookupError):
    """A school takes no part in the panel's turns on the day asked about."""

    def __init__(self, urn: int, on: date) -> None:
        super().__init__(f"school {urn} has no part in the turns on {on.isoformat()}")
        self.urn, self.on = urn, on


@dataclass(frozen=True, slots=True)
class TurnSchool:
    """A school that takes its turn from `joined_on` to `left_on`, both included (None: still does).

    `roll` is its January headcount. Its roll is weighed where the protocol does: below 1 for a school whose own pupils'
    needs are already great. `need_weights` are the weights published, each from a day on; before the first of them it is
    `need_weight`.
    """

    urn: int
    name: str
    joined_on: date
    left_on: date | None = None
    roll: int = 0
    need_weight: Fraction = ONE
    need_weights: tuple[tuple[date, Fraction], ...] = ()

    def weight_on(self, on: date) -> Fraction:
        """Return what a day's roll is weighed by: the latest weight published by then. Source: the protocol."""
        begun = [(from_on, weight) for from_on, weight in self.need_weights if from_on <= on]
        return Fraction(max(begun)[1] if begun else self.need_weight)

    def takes_part(self, on: date) -> bool:
        """Tell whether the school takes its turn on a day. Source: its own first and last day."""
        return self.joined_on <= on and (self.left_on is None or on <= self.left_on)


@dataclass(frozen=True, slots=True)
class PlacedChild:
    """What a place costs: the weight of the child's need, and the kinds that a tariff of points knows.

    `points` are those that the tariff of the day gave the place when it was made: a later tariff does not change them.
    None of a child who is not placed yet, whom today's tariff prices.
    """

    need: Fraction = ONE
    kinds: tuple[str, ...] = ()
    points: Fraction | None = None

    def __post_init__(self) -> None:
        """Refuse a weight or points that are not exact, or below nought."""
        for name, number in (("a weight", self.need), ("points", ONE if self.points is None else self.points)):
            if not isinstance(number, Fraction | int) or number < 0:
                raise BadLedger(f"{name} must be an exact number, nought or more: {number!r}")


@dataclass(frozen=True, slots=True)
class TurnPlacement:
    """A child placed by the panel at a school on a day.

    A place that ended has both `ended_on` and `ended_in_week`, the school week of the placement in which it did: the
    first week is 1. `suggested` is the school whose turn it was, None where none was suggested, and `reason` why the
    panel departed from it; it names no child, since it is published. `not_admitted` is so where the school refused, and
    could not be made to admit the child from the day it ended: no child ever came. `by_officer` is so where an officer
    decided otherwise than the panel advised. `credit_weeks` are those of the terms
    in force when it was made: later terms neither give the place back nor take it again.
    """

    reference: str
    urn: int
    on: date
    child: PlacedChild = field(default_factory=PlacedChild)
    ended_on: date | None = None
    ended_in_week: int | None = None
    suggested: int | None = None
    reason: str = ""
    not_admitted: bool = False
    credit_weeks: int = CREDIT_WEEKS
    by_officer: bool = False

    @property
    def departs(self) -> bool:
        """Whether the panel chose another school than the one whose turn it was."""
        return self.suggested is not None and self.suggested != self.urn


@dataclass(frozen=True, slots=True)
class Ledger:
    """A panel's schools, and its placements in the order in which they were made.

    Balances count placements from `opened_on`; whose turn it is may look further back. A place that ends within its
    `credit_weeks` school weeks is given back: from the day it ended it counts in nothing. So is one at a school that
    could not be made to admit the child, whatever the weeks.

    Raises BadLedger for two schools of one URN, placements out of order, a place that ended before it began or half
    told, or a reference twice; NotASchoolOfThePanel for a placement at a school that had no part that day.
    """

    schools: tuple[TurnSchool, ...]
    placements: tuple[TurnPlacement, ...]
    opened_on: date

    def __post_init__(self) -> None:
        """Refuse a ledger that contradicts itself."""
        if len({school.urn for school in self.schools}) != len(self.schools):
            raise BadLedger("two schools have the same URN")
        if len({one.reference for one in self.placements}) != len(self.placements):
            raise BadLedger("two placements have the same reference")
        if list(self.placements) != sorted(self.placements, key=lambda one: one.on):
            raise BadLedger("placements must stand in the order of their days")
        for one in self.placements:
            self.school(one.urn, one.on)
            if (one.ended_on is None) != (one.ended_in_week is None):
                raise BadLedger(f"placement {one.reference}: give both the day it ended and the week")
            if (one.ended_on and one.ended_on < one.on) or (one.ended_in_week is not None and one.ended_in_week < 1):
                raise BadLedger(f"placement {one.reference} ended before it began")

    def school(self, urn: int, on: date) -> TurnSchool:
        """Return the school of a URN that takes part on a day. Raises NotASchoolOfThePanel. Source: the ledger."""
        for school in self.schools:
            if school.urn == urn and school.takes_part(on):
                return school
        raise NotASchoolOfThePanel(urn, on)

    def members(self, on: date) -> tuple[TurnSchool, ...]:
        """Return the schools that take part on a day, by URN. Source: the ledger."""
        return tuple(sorted((one for one in self.schools if one.takes_part(on)), key=lambda one: one.urn))

    def listed(self, on: date) -> tuple[TurnSchool, ...]:
        """Return the schools that had joined by a day and not left before the ledger opened, by URN. Source: itself."""
        listed = (one for one in self.schools if one.joined_on <= on and (one.left_on or on) >= self.opened_on)
        return tuple(sorted(listed, key=lambda one: one.urn))

    def was_given_back(self, placement: TurnPlacement, on: date) -> bool:
        """Tell whether a place had been given back by a day: it ended by then, within the weeks of its terms.

        The last of those weeks is included, and the day on which it ended. Where the school could not be made to admit
        the child (R56) there are no weeks to count. Source: the fair access protocol.
        """
        ended, week = placement.ended_on, placement.ended_in_week
        if ended is None or week is None or ended > on:
            return False
        return placement.not_admitted or week <= placement.credit_weeks

    def standing(self, on: date) -> Iterator[tuple[int, TurnPlacement]]:
        """Yield the placements made by a day that stand, each with its place in the ledger, however old. Source: it."""
        for place, one in enumerate(self.placements):
            if one.on <= on and not self.was_given_back(one, on):
                yield place, one

    def last_turns(self, on: date) -> dict[int, LastTurn]:
        """Return each school's last standing placement by a day, by URN; schools without one are left out. Source: it."""
        return {one.urn: (one.on, place) for place, one in self.standing(on)}

    def counted(self, on: date) -> tuple[TurnPlacement, ...]:
        """Return the placements that stand and were made since the ledger opened. Source: the ledger."""
        return tuple(one for _, one in self.standing(on) if one.on >= self.opened_on)

    def given_back(self, on: date) -> tuple[TurnPlacement, ...]:
        """Return the placements since the ledger opened that had been given back by a day. Source: the ledger."""
        return tuple(one for one in self.placements if self.opened_on <= one.on <= on and self.was_given_back(one, on))
