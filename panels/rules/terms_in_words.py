"""A panel's terms as people say them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from panels.rules.quorum import Need
from panels.rules.terms import MEMBER_ROLE_PLURALS, ROUTE_IN_LABELS, FairnessModel
from panels.rules.turns.baseline import Baseline
from panels.rules.turns.model import TurnModel
from panels.rules.turns.none import NoTurns
from panels.rules.turns.points import Points
from panels.rules.turns.rotation import Rotation
from panels.rules.turns.weighted import Weighted
from panels.rules.versions import PanelTerms

_STANDARD: Mapping[FairnessModel, TurnModel] = {
    FairnessModel.NONE: NoTurns(),
    FairnessModel.ROTATION: Rotation(),
    FairnessModel.POINTS: Points(each=Fraction(1)),
    FairnessModel.WEIGHTED: Weighted(),
    FairnessModel.BASELINE: Baseline(publications=()),
}


def fairness_in_words(model: FairnessModel, terms: PanelTerms | None = None) -> str:
    """Return how a fairness model works: by a tariff of the terms' own, else with its standard settings.

    Those are one point for each place, and a step of one. Source: the model's own `rule_in_words`.
    """
    if terms and model is FairnessModel.POINTS:
        return points_of(terms).rule_in_words
    return _STANDARD[model].rule_in_words


def points_of(terms: PanelTerms) -> Points:
    """Return the model of points with the tariff of a panel's terms; its kinds are the ways in, in words.

    Source: the panel's terms.
    """
    return Points(terms.place_points, tuple((ROUTE_IN_LABELS[route], points) for route, points in terms.tariff))


def quorum_in_words(needs: Sequence[Need]) -> str:
    """Return what makes a quorum as a sentence: 'At least 3 heads and 5 members.' Empty where the terms name none.

    Source: the panel's terms.
    """
    if not needs:
        return ""
    said = [_people(need) for need in needs]
    together = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"At least {together}."


def _people(need: Need) -> str:
    singular, plural = MEMBER_ROLE_PLURALS[need.role] if need.role else ("member", "members")
    return f"{need.number} {singular if need.number == 1 else plural}"
