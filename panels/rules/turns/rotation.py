"""Rotation: each school in turn, whoever has waited longest."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import BalanceLine
from panels.rules.turns.ledger import ONE, LastTurn, Ledger, PlacedChild, TurnSchool
from panels.rules.turns.model import Standing, TurnModel
from panels.rules.turns.tally import taken

_AT_THE_BEGINNING = -1


@dataclass(frozen=True, slots=True)
class Rotation(TurnModel):
    """Each school in turn. A balance is the number of places taken, and they add up to the number of placements.

    A placement, in turn or out of it, sends the school to the back; one that is given back returns it to where it
    stood. A school that joins stands behind every placement of the days before, and schools that joined on one day
    stand by URN. A refusal moves nobody.
    """

    model: ClassVar[FairnessModel] = FairnessModel.ROTATION

    @property
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""
        return (
            "Schools take turns. A school that takes a child goes to the back; one whose place fails early returns to "
            "where it stood; a new school joins at the back."
        )

    def cost(self, child: PlacedChild) -> Fraction:
        """Return 1: each place counts one. Source: the protocol."""
        return ONE

    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return the places that each school took. Source: the protocol."""
        return {urn: Standing(count, None, count) for urn, count in taken(ledger, on, self.cost).items()}

    def key(self, line: BalanceLine, school: TurnSchool, last: LastTurn) -> tuple[Fraction, LastTurn, int]:
        """Return by what a school is put in order: its last turn, or the beginning of the day it joined if later.

        Source: the protocol.
        """
        return (Fraction(0), max(last, (school.joined_on, _AT_THE_BEGINNING)), line.urn)

    def place_in_words(self, line: BalanceLine) -> str:
        """Return a school's standing as a sentence. Source: the protocol."""
        if line.last_placed_on is None:
            return f"{line.name}: no child placed yet."
        return f"{line.name}: last turn on {line.last_placed_on.isoformat()}."
