"""No turns: places are counted, and no school is suggested."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import Candidate, Suggestion, WhatIf
from panels.rules.turns.ledger import ONE, Ledger, PlacedChild
from panels.rules.turns.model import Standing, TurnModel
from panels.rules.turns.tally import taken


@dataclass(frozen=True, slots=True)
class NoTurns(TurnModel):
    """No turns. A balance is the number of places taken, and they add up to the number of placements."""

    model: ClassVar[FairnessModel] = FairnessModel.NONE

    @property
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""
        return (
            "This panel keeps no turns: it places each child where it thinks best. Places are counted for the record."
        )

    def cost(self, child: PlacedChild) -> Fraction:
        """Return 1: each place counts one. Source: the protocol."""
        return ONE

    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return the places that each school took. Source: the protocol."""
        return {urn: Standing(count, None, count) for urn, count in taken(ledger, on, self.cost).items()}

    def suggest(self, ledger: Ledger, candidates: Sequence[Candidate], *, on: date) -> Suggestion:
        """Return the candidates in the order given, the parent's preference first, and no suggestion.

        Those passed over are left out. Raises NotASchoolOfThePanel for a candidate that takes no part that day.
        Source: the protocol; R58 for the wishes of the parent.
        """
        for one in candidates:
            ledger.school(one.urn, on)
        order = tuple(one.urn for one in candidates if not one.passed_over)
        return Suggestion(self.model, None, order, (self.rule_in_words,))

    def what_ifs(
        self, ledger: Ledger, child: PlacedChild, schools: Sequence[int], suggestion: Suggestion, *, on: date
    ) -> list[WhatIf]:
        """Return the number of places before and after, with no place in an order: there is none.

        Raises as `TurnModel.what_if`. Source: the protocol.
        """
        found = TurnModel.what_ifs(self, ledger, child, schools, suggestion, on=on)
        return [replace(each, place_now=None, place_after=None) for each in found]
