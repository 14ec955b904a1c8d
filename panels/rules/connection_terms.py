"""What a connection of a member may be: each relation of `tie_terms`, and what the clerk's prompts are laid beside."""

from collections.abc import Mapping
from enum import StrEnum

from panels.rules.tie_terms import RELATION_LABELS, Relation


class Prompt(StrEnum):
    """What is compared with a child's file: it ties nobody by itself, and asks the clerk where it matches."""

    FAMILY_NAME = "family_name"
    ADDRESS = "address"


CONNECTION_LABELS: Mapping[str, str] = {
    **RELATION_LABELS,
    "declared": "Another tie",
    "family_name": "Family name, to be compared",
    "address": "Address, to be compared",
}

OF_A_SCHOOL = frozenset({Relation.WORKS_AT, Relation.GOVERNS, Relation.CHILD_AT})


def names_of_what(kind: str) -> frozenset[str]:
    """Return the facts of which a connection of a kind names exactly one: school, trust, family_name or postcode.

    Source: `links.Link`; one declared to an item is made in the room, and names none of these.
    """
    if kind in OF_A_SCHOOL:
        return frozenset({"school"})
    return {
        Relation.SERVES_TRUST: frozenset({"trust"}),
        Relation.DECLARED: frozenset({"school", "trust", "family_name"}),
        Prompt.FAMILY_NAME: frozenset({"family_name"}),
        Prompt.ADDRESS: frozenset({"postcode"}),
    }[Relation(kind) if kind in frozenset(Relation) else Prompt(kind)]
