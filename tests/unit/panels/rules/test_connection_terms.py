"""What a connection of each kind names."""

import pytest

from panels.rules.connection_terms import CONNECTION_LABELS, Prompt, names_of_what
from panels.rules.tie_terms import Relation


def test_every_relation_and_prompt_has_its_words_and_names_something() -> None:
    assert set(CONNECTION_LABELS) == set(Relation) | set(Prompt)
    assert all(names_of_what(kind) for kind in CONNECTION_LABELS)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("works_at", {"school"}), ("governs", {"school"}), ("child_at", {"school"}), ("serves_trust", {"trust"}),
        ("declared", {"school", "trust", "family_name"}), ("family_name", {"family_name"}), ("address", {"postcode"}),
    ],
)  # fmt: skip
def test_connection_names_what_its_kind_names(kind: str, names: set[str]) -> None:
    assert names_of_what(kind) == names


def test_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="friends_with"):
        names_of_what("friends_with")
