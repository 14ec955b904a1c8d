"""Adding up what schools took, for the models that count it."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from panels.rules.turns.ledger import Ledger, PlacedChild


def taken(ledger: Ledger, on: date, cost: Callable[[PlacedChild], Fraction]) -> dict[int, Fraction]:
    """Return what each listed school took by a day, by URN: the costs of its placements that stand, added up.

    Placements before the ledger opened are not counted. Source: the fair access protocol.
    """
    tally = {school.urn: Fraction(0) for school in ledger.listed(on)}
    for one in ledger.counted(on):
        tally[one.urn] += cost(one.child)
    return tally
