"""Points: each child counts as much as the tariff says, and the school with fewest takes the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.ledger import BadLedger, Ledger, PlacedChild
from panels.rules.turns.model import Standing, TurnModel
from panels.rules.turns.rounding import to_tenths
from panels.rules.turns.tally import taken


class UnknownKind(LookupError):
    """The tariff has no points for a kind of child."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the tariff has no points for: {kind}")
        self.kind = kind


class BadTariff(ValueError):
    """No tariff: points below nought or above MOST_POINTS, or none above nought, so that no place would count."""


MOST_POINTS = 20
"""Above this many points for one place somebody's finger slipped."""


def checked_tariff(each: Fraction, more: Iterable[Fraction]) -> None:
    """Raise BadTariff where points of a place, or what kinds add to them, are no tariff. Source: the protocol's tariff."""
    points = (each, *more)
    if min(points) < 0 or max(points) > MOST_POINTS or not any(points):
        raise BadTariff


def points_in_words(points: Fraction) -> str:
    """Return points as they are said, to one decimal: '1 point', '0.5 points'. Source: the protocol's tariff."""
    shown = str(to_tenths(points)).removesuffix(".0")
    return f"{shown} point" if shown == "1" else f"{shown} points"


def tariff_in_words(each: Fraction, more: Iterable[tuple[str, Fraction]]) -> str:
    """Return what places count, as the beginning of a sentence: '1 point for each place; 0.5 points more for: Moved'.

    Source: the protocol's tariff.
    """
    added = "".join(f"; {points_in_words(points)} more for: {kind}" for kind, points in more)
    return f"{points_in_words(each)} for each place{added}"


@dataclass(frozen=True, slots=True)
class Points(TurnModel):
    """Points for each child. A balance is the points taken, and they add up to the points of all placements.

    `each` are the points of every place; `tariff` are kinds of child with the points that each adds. Raises BadLedger
    for points below nought, or a kind twice.
    """

    each: Fraction
    tariff: tuple[tuple[str, Fraction], ...] = ()
    model: ClassVar[FairnessModel] = FairnessModel.POINTS

    def __post_init__(self) -> None:
        """Refuse a tariff that contradicts itself."""
        if len({kind for kind, _ in self.tariff}) != len(self.tariff):
            raise BadLedger("the tariff names a kind twice")
        if any(not isinstance(one, Fraction | int) or one < 0 for one in (self.each, *dict(self.tariff).values())):
            raise BadLedger("points must be exact numbers, nought or more")

    @property
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""
        return f"{tariff_in_words(self.each, self.tariff)}. The school with the fewest points takes the next."

    def cost(self, child: PlacedChild) -> Fraction:
        """Return a child's points: those of every place, and those of each of its kinds, counted once each.

        A place keeps the points that it had when it was made, by whatever tariff. Raises UnknownKind. Source: the
        protocol's tariff.
        """
        if child.points is not None:
            return Fraction(child.points)
        tariff = dict(self.tariff)
        total = Fraction(self.each)
        for kind in dict.fromkeys(child.kinds):
            if kind not in tariff:
                raise UnknownKind(kind)
            total += tariff[kind]
        return total

    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return the points that each school took. Raises UnknownKind. Source: the protocol's tariff."""
        return {urn: Standing(points, None, points) for urn, points in taken(ledger, on, self.cost).items()}
