"""A panel's terms of reference: which version is in force on a day, and what it lays down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self

from exclusions.rules.sources import Source
from panels.rules.quorum import Need
from panels.rules.sources import terms_of_reference
from panels.rules.terms import DecisionModel, FairnessModel, PanelKind, RouteIn
from panels.rules.turns.ledger import CREDIT_WEEKS

ROUTES_OF = {
    PanelKind.SPECIALIST_PLACEMENT: frozenset({RouteIn.PERMANENT_EXCLUSION, RouteIn.OTHER}),
    PanelKind.FAIR_ACCESS_PRIMARY: frozenset(RouteIn) - {RouteIn.PERMANENT_EXCLUSION, RouteIn.OTHER},
    PanelKind.FAIR_ACCESS_SECONDARY: frozenset(RouteIn) - {RouteIn.PERMANENT_EXCLUSION, RouteIn.OTHER},
    PanelKind.OTHER: frozenset(RouteIn),
}
"""The ways in that each kind of panel takes, unless its terms say otherwise."""


class NoTerms(LookupError):
    """A panel had no terms of reference on the day `on`."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no terms of reference are in force on {on.isoformat()}")
        self.on = on


@dataclass(frozen=True, slots=True)
class PanelTerms:
    """One version of a panel's terms, from its first day until the next version's.

    `vice_chairs` are the standing ones, in the order in which they stand in. `credit_weeks` are school weeks.
    `former_years` are the calendar years for which a former post ties its holder, None for ever. `pseudonymised`
    papers show members a child's reference and never the name. `reply_within` are the school days in which a school
    that is asked to admit a child replies, None where the terms name none: the law has no figure. Where a
    place counts points, `place_points` are those of every place, and `tariff` what a child's way in adds to them.
    """

    kind: PanelKind
    in_force_from: date
    decision_model: DecisionModel
    quorum: tuple[Need, ...]
    casting_vote: bool = False
    vice_chairs: tuple[str, ...] = ()
    routes: frozenset[RouteIn] = frozenset()
    looked_after_placed_elsewhere: bool = True
    pseudonymised: bool = False
    fairness: FairnessModel = FairnessModel.NONE
    credit_weeks: int = CREDIT_WEEKS
    former_years: int | None = None
    reply_within: int | None = None
    place_points: Fraction = Fraction(1)
    tariff: tuple[tuple[RouteIn, Fraction], ...] = ()

    @classmethod
    def standard(cls, kind: PanelKind, in_force_from: date, model: DecisionModel, quorum: tuple[Need, ...]) -> Self:
        """Return terms that say nothing unusual: the ways in of the panel's kind, and every other setting's default."""
        return cls(kind, in_force_from, model, quorum, routes=ROUTES_OF[kind])

    def source(self, paragraph: str) -> Source:
        """Return a paragraph of these terms as a source."""
        return terms_of_reference(self.in_force_from, paragraph)


def in_force(versions: Iterable[PanelTerms], *, on: date) -> PanelTerms:
    """Return the version of a panel's terms in force on a day: the latest that began on it or before.

    `versions` are in any order. Raises NoTerms for a day before the first. Source: the terms themselves.
    """
    begun = [version for version in versions if version.in_force_from <= on]
    if not begun:
        raise NoTerms(on)
    return max(begun, key=lambda version: version.in_force_from)
