"""Weighted by roll and need: each school owes its part of what is placed, and the one that owes most takes the next."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.ledger import ONE, Ledger, PlacedChild
from panels.rules.turns.model import Standing, TurnModel
from panels.rules.turns.points import tariff_in_words
from panels.rules.turns.rounding import to_hundredths
from panels.rules.turns.tally import taken


class NoRoll(ValueError):
    """A placement is to be shared among schools that have no roll at all."""


@dataclass(frozen=True, slots=True)
class Weighted(TurnModel):
    """Share by roll and need. A balance is what was taken less the fair share, and they add up to nought.

    Each placement is shared on its day among the schools that take part that day, in proportion to roll times need
    weight. So a school that joins owes nothing for what came before, and one that left nothing for what comes after.

    `each` are the points of a place and `tariff` what a child's kinds add, as the terms say them; the ledger's children
    come with their own.
    """

    each: Fraction = ONE
    tariff: tuple[tuple[str, Fraction], ...] = ()
    model: ClassVar[FairnessModel] = FairnessModel.WEIGHTED

    @property
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""
        return (
            f"{tariff_in_words(self.each, self.tariff)}. A school's share is its part of all that was placed, by roll "
            "and need weighting. The school furthest below its share takes the next."
        )

    def cost(self, child: PlacedChild) -> Fraction:
        """Return the points of the child. Source: the protocol's weightings."""
        return Fraction(child.need)

    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return what each school took, its share and the difference.

        Raises NoRoll for a placement on a day when the schools that take part have no roll between them. Source: the
        protocol's weightings.
        """
        took = taken(ledger, on, self.cost)
        shares = {urn: Fraction(0) for urn in took}
        placed: dict[date, Fraction] = {}
        for one in ledger.counted(on):
            placed[one.on] = placed.get(one.on, Fraction(0)) + self.cost(one.child)
        for day, points in placed.items():
            weights = {school.urn: school.roll * school.weight_on(day) for school in ledger.members(day)}
            whole = sum(weights.values(), Fraction(0))
            if whole <= 0:
                raise NoRoll(f"no school that takes part on {day.isoformat()} has a roll")
            each = points / whole
            for urn, weight in weights.items():
                shares[urn] += each * weight
        weighs = {school.urn: school.weight_on(on) for school in ledger.listed(on)}
        return {
            urn: Standing(points, shares[urn], points - shares[urn], _note(weighs.get(urn, ONE)))
            for urn, points in took.items()
        }


def _note(weight: Fraction) -> tuple[str, ...]:
    """Return by what a school's roll is weighed now, so that its share can be reckoned again; nothing where it is not."""
    return () if weight == ONE else (f"roll weighed by {to_hundredths(weight)}",)
