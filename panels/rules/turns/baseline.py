"""Baseline score: each school has a published score of its pressures, to which each placement adds."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar

from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import Balances
from panels.rules.turns.baseline_scores import Publication
from panels.rules.turns.ledger import ONE, Ledger, PlacedChild
from panels.rules.turns.model import Standing, TurnModel
from panels.rules.turns.points import tariff_in_words
from panels.rules.turns.rounding import to_tenths
from panels.rules.turns.tally import taken


class NoScore(LookupError):
    """No scores are published for a day, or none for a school that takes part."""


@dataclass(frozen=True, slots=True)
class Baseline(TurnModel):
    """Baseline score. A balance is the published score and what was taken since, and the lower score takes next.

    Balances add up to the published scores of the schools listed and all that was placed since. Scores are published
    anew each year, and what was taken before counts no more: it is in the new scores. `step` is what a point adds to a
    score; `each` are the points of a place and `tariff` what a child's kinds add, as the terms say them.
    """

    publications: tuple[Publication, ...]
    step: Fraction = ONE
    each: Fraction = ONE
    tariff: tuple[tuple[str, Fraction], ...] = ()
    model: ClassVar[FairnessModel] = FairnessModel.BASELINE

    @property
    def rule_in_words(self) -> str:
        """How the model works, to be printed and read aloud."""
        times = "" if self.step == ONE else f", times {to_tenths(self.step)}"
        return (
            "Each school begins the year with its published score of pressures. A place adds its points to it: "
            f"{tariff_in_words(self.each, self.tariff)}{times}. The school with the lowest score takes the next."
        )

    def cost(self, child: PlacedChild) -> Fraction:
        """Return what a child adds to a score. Source: the protocol's scores."""
        return Fraction(self.step) * child.need

    def published(self, on: date) -> Publication:
        """Return the scores in force on a day: the latest published on it or before.

        Raises NoScore for a day before the first. Source: the protocol's scores, published each year.
        """
        begun = [one for one in self.publications if one.from_on <= on]
        if not begun:
            raise NoScore(f"no scores are published for {on.isoformat()}")
        return max(begun, key=lambda one: one.from_on)

    def standing(self, ledger: Ledger, on: date) -> dict[int, Standing]:
        """Return each school's score: the published one, and what it took since that was published.

        Schools that had left by then are not listed. Raises NoScore. Source: as `published`.
        """
        publication = self.published(on)
        scores = publication.scores()
        found = {}
        for urn, took in taken(self._since(ledger, on), on, self.cost).items():
            if urn not in scores:
                raise NoScore(f"school {urn} has no score in those published on {publication.from_on.isoformat()}")
            notes = (f"published score {to_tenths(scores[urn])}",)
            found[urn] = Standing(took, None, scores[urn] + took, notes)
        return found

    def balances(self, ledger: Ledger, *, on: date) -> Balances:
        """Return every school's score on a day, least first, with what was placed since the scores were published.

        Raises NoScore. Source: as `published`.
        """
        return TurnModel.balances(self, self._since(ledger, on), on=on)

    def _since(self, ledger: Ledger, on: date) -> Ledger:
        """Return the ledger, opened no earlier than the scores in force: what came before is in them."""
        return replace(ledger, opened_on=max(ledger.opened_on, self.published(on).from_on))
