from enum import StrEnum

import pytest

from panels.rules import terms, tie_terms
from panels.rules.versions import ROUTES_OF

VOCABULARIES = [
    (terms.PanelKind, terms.PANEL_KIND_LABELS),
    (terms.DecisionModel, terms.DECISION_MODEL_LABELS),
    (terms.MemberRole, terms.MEMBER_ROLE_LABELS),
    (terms.MemberRole, terms.MEMBER_ROLE_PLURALS),
    (terms.RouteIn, terms.ROUTE_IN_LABELS),
    (terms.LawfulRoute, terms.LAWFUL_ROUTE_LABELS),
    (terms.SpecialistDecision, terms.SPECIALIST_DECISION_LABELS),
    (terms.FairAccessDecision, terms.FAIR_ACCESS_DECISION_LABELS),
    (terms.FairnessModel, terms.FAIRNESS_MODEL_LABELS),
    (tie_terms.Relation, tie_terms.RELATION_LABELS),
    (tie_terms.TieKind, tie_terms.TIE_KIND_LABELS),
    (tie_terms.Towards, tie_terms.TOWARDS_LABELS),
    (tie_terms.TieState, tie_terms.TIE_STATE_LABELS),
    (tie_terms.Ground, tie_terms.GROUND_LABELS),
]


@pytest.mark.parametrize(("vocabulary", "labels"), VOCABULARIES, ids=lambda v: getattr(v, "__name__", ""))
def test_vocabulary_of_panels_has_a_label_for_each_plain_value(
    vocabulary: type[StrEnum], labels: dict[str, object]
) -> None:
    assert list(labels) == [term.value for term in vocabulary]
    assert all(type(value) is str and label for value, label in labels.items())


def test_every_kind_of_panel_has_its_ways_in() -> None:
    assert set(ROUTES_OF) == set(terms.PanelKind)
    assert all(ROUTES_OF.values())


def test_no_fair_access_panel_takes_an_exclusion_straight_away() -> None:
    assert all(terms.RouteIn.PERMANENT_EXCLUSION not in ROUTES_OF[kind] for kind in terms.FAIR_ACCESS_PANELS)
