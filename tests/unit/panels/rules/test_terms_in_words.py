"""A panel's terms as people say them."""

import pytest

from panels.rules.quorum import Need
from panels.rules.terms import FairnessModel, MemberRole
from panels.rules.terms_in_words import fairness_in_words, quorum_in_words


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
