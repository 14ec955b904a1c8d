"""A panel's terms as people say them."""

from datetime import date
from fractions import Fraction

import pytest

from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind, RouteIn
from panels.rules.terms_in_words import fairness_in_words, quorum_in_words
from panels.rules.versions import PanelTerms


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ((), ""),
        ((Need(1),), "At least 1 member."),
        ((Need(3, MemberRole.HEAD),), "At least 3 heads."),
        ((Need(3, MemberRole.HEAD), Need(1, MemberRole.CHAIR)), "At least 3 heads and 1 chair."),
        (
            (Need(3, MemberRole.HEAD), Need(1, MemberRole.OFFICER), Need(5)),
            "At least 3 heads, 1 officer and 5 members.",
        ),
    ],
)
def test_quorum_in_words(needs: tuple[Need, ...], said: str) -> None:
    assert quorum_in_words(needs) == said


@pytest.mark.parametrize("model", list(FairnessModel))
def test_every_fairness_model_is_told_in_whole_sentences(model: FairnessModel) -> None:
    said = fairness_in_words(model)

    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")


def test_tariff_of_the_terms_is_told() -> None:
    terms = PanelTerms(
        PanelKind.FAIR_ACCESS_SECONDARY, date(2026, 9, 1), DecisionModel.MAJORITY, (Need(3),),
        fairness=FairnessModel.POINTS, place_points=Fraction(2), tariff=((RouteIn.MID_YEAR, Fraction(1, 2)),),
    )  # fmt: skip

    said = fairness_in_words(FairnessModel.POINTS, terms)

    assert said == (
        "2 points for each place; 0.5 points more for: Moved in the middle of a year. "
        "The school with the fewest points takes the next."
    )
    assert fairness_in_words(FairnessModel.ROTATION, terms) == fairness_in_words(FairnessModel.ROTATION)
