"""A panel's terms as people say them."""

from collections.abc import Sequence

from panels.rules.quorum import Need
from panels.rules.terms import MEMBER_ROLE_PLURALS, FairnessModel
from panels.rules.turns.dated import BY_POINTS, STANDARD, model_of
from panels.rules.versions import PanelTerms


def fairness_in_words(model: FairnessModel, terms: PanelTerms | None = None) -> str:
    """Return how a fairness model works: by a tariff of the terms' own, else with its standard settings.

    Those are one point for each place, and a step of one. Source: the model's own `rule_in_words`.
    """
    if terms and model in BY_POINTS:
        return model_of(terms).rule_in_words
    return STANDARD[model].rule_in_words


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
