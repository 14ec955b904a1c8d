"""How a baseline score is made: schools ranked by each pressure, and the ranks added up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from panels.rules.turns.ledger import BadLedger


@dataclass(frozen=True, slots=True)
class Profile:
    """What a school's score is made of. Shares are of its roll, exact, from 0 to 1.

    `attainment` is the prior attainment of its pupils on entry, higher for better. `mobility` is the share who joined
    or left outside the usual times. `deprivation` is the share who live in the most deprived areas.
    """

    urn: int
    roll: int
    plans: Fraction
    free_meals: Fraction
    attainment: Fraction
    additional_language: Fraction
    mobility: Fraction
    deprivation: Fraction


@dataclass(frozen=True, slots=True)
class BaselineScore:
    """A school's score, its rank from 1 for the lowest, and its capacity index.

    `ranks` are its rank in each pressure, in the order of `PRESSURES`. The index is the mean score of all schools
    divided by this one's: above 1 for a school with more room than most.
    """

    urn: int
    score: Fraction
    rank: int
    capacity_index: Fraction
    ranks: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """Scores as they were published, in force from a day until the next."""

    from_on: date
    lines: tuple[tuple[int, Fraction], ...]

    def __post_init__(self) -> None:
        """Refuse a school twice, and scores that are not exact."""
        if len({urn for urn, _ in self.lines}) != len(self.lines):
            raise BadLedger("a school has two scores")
        if any(not isinstance(score, Fraction | int) for _, score in self.lines):
            raise BadLedger("scores must be exact numbers")

    def capacity(self) -> dict[int, Fraction]:
        """Return the capacity index by URN: the mean score divided by the school's own. Source: as `baseline_scores`."""
        scores = self.scores()
        mean = sum(scores.values(), Fraction(0)) / len(scores) if scores else Fraction(0)
        return {urn: mean / score for urn, score in scores.items() if score > 0}

    def scores(self) -> dict[int, Fraction]:
        """Return the scores by URN. Source: the protocol's scores, published each year."""
        return {urn: Fraction(score) for urn, score in self.lines}


PRESSURES: tuple[tuple[str, Callable[[Profile], Fraction]], ...] = (
    ("roll", lambda one: Fraction(-one.roll)),
    ("EHC plans", lambda one: one.plans),
    ("free school meals", lambda one: one.free_meals),
    ("prior attainment", lambda one: -one.attainment),
    ("additional language", lambda one: one.additional_language),
    ("mobility", lambda one: one.mobility),
    ("deprivation", lambda one: one.deprivation),
)
"""What is ranked, least pressure first: a large roll and high attainment are little pressure, so they rank low."""


def baseline_scores(profiles: Sequence[Profile]) -> tuple[BaselineScore, ...]:
    """Return each school's baseline score with its working, the lowest first, then by URN.

    A score is the sum of seven ranks, 1 for the least pressure; schools that are the same in a pressure share the mean
    of the ranks they take up. Schools of one score share a rank, that of the first of them.

    Raises BadLedger for a URN twice. Source: the fair access protocols that publish such a score (practice C3).
    """
    if len({one.urn for one in profiles}) != len(profiles):
        raise BadLedger("a school has two profiles")
    if not profiles:
        return ()
    ranked = [(name, _ranks([pressure(one) for one in profiles])) for name, pressure in PRESSURES]
    ranks = [tuple((name, places[at]) for name, places in ranked) for at in range(len(profiles))]
    scores = [sum((rank for _, rank in one), Fraction(0)) for one in ranks]
    mean = sum(scores, Fraction(0)) / len(scores)
    found = [
        BaselineScore(profile.urn, score, 1 + sum(other < score for other in scores), mean / score, its)
        for profile, score, its in zip(profiles, scores, ranks, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.score, one.urn)))


def _ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Return the rank of each value, least first from 1; equal ones share the mean of theirs."""
    return [Fraction(2 * sum(one < value for one in values) + values.count(value) + 1, 2) for value in values]
