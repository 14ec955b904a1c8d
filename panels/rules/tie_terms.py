"""The words of a conflict of interest: what ties a member to an item, to what, and how it stands."""

from collections.abc import Mapping
from enum import StrEnum


class Relation(StrEnum):
    """How a member is linked to a school, a trust or a family; `DECLARED` is what the member says, whatever it is."""

    WORKS_AT = "works_at"
    GOVERNS = "governs"
    CHILD_AT = "child_at"
    SERVES_TRUST = "serves_trust"
    DECLARED = "declared"


RELATION_LABELS: Mapping[str, str] = {
    "works_at": "Works at the school",
    "governs": "Governs the school",
    "child_at": "Has a child at the school",
    "serves_trust": "Works for or sits on the trust",
    "declared": "Declared by the member",
}


class TieKind(StrEnum):
    """What a tie is."""

    WORKS_AT = "works_at"
    GOVERNS = "governs"
    CHILD_AT = "child_at"
    TRUST = "trust"
    FORMERLY = "formerly"
    FAMILY_NAME = "family_name"
    ADDRESS = "address"
    DECLARED = "declared"


TIE_KIND_LABELS: Mapping[str, str] = {
    "works_at": "Works at the school",
    "governs": "Governs the school",
    "child_at": "Has a child at the school",
    "trust": "Belongs to the school's trust",
    "formerly": "Formerly worked at or governed the school",
    "family_name": "Family name matches",
    "address": "Address near a person on file",
    "declared": "Declared by the member",
}


class Towards(StrEnum):
    """To what part of an item a tie leads."""

    EXCLUDING = "excluding"
    CANDIDATE = "candidate"
    PREVIOUS = "previous"
    FAMILY = "family"
    ITEM = "item"


TOWARDS_LABELS: Mapping[str, str] = {
    "excluding": "Excluding school",
    "candidate": "School that may receive the child",
    "previous": "Child's previous school",
    "family": "Child's family",
    "item": "The item itself",
}


class TieState(StrEnum):
    """How a tie stands. Until it is answered a tie counts as standing."""

    STANDS = "stands"
    NEEDS_ANSWER = "needs_answer"
    DISMISSED = "dismissed"


TIE_STATE_LABELS: Mapping[str, str] = {
    "stands": "Stands: out",
    "needs_answer": "Needs an answer",
    "dismissed": "Dismissed",
}


class Ground(StrEnum):
    """Why a tie may be dismissed: it is false, or it is true and does not matter."""

    WRONG_PERSON = "wrong_person"
    WRONG_SCHOOL = "wrong_school"
    DOES_NOT_MATTER = "does_not_matter"


GROUND_LABELS: Mapping[str, str] = {
    "wrong_person": "Not the same person, or not related",
    "wrong_school": "Wrong school or trust recorded",
    "does_not_matter": "True, and too slight to matter",
}
