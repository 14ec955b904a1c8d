"""Whether a panel has a quorum for an item, by role, counted again at each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exclusions.rules.sources import Source
from panels.rules.terms import MEMBER_ROLE_PLURALS, WITHOUT_A_VOTE, MemberRole


class NoQuorumInTerms(ValueError):
    """The terms name no quorum, or one of nobody: nothing says when the panel may sit."""


@dataclass(frozen=True, slots=True)
class Need:
    """So many members must be present, of a role or of any: `role` is None where any member counts."""

    number: int
    role: MemberRole | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in the room, and all the roles in which they sit."""

    member: str
    roles: frozenset[MemberRole]

    @property
    def is_member(self) -> bool:
        """Whether they have a vote: advisers and the clerk have none."""
        return bool(self.roles - WITHOUT_A_VOTE)


@dataclass(frozen=True, slots=True)
class Counted:
    """One need of the terms beside those present who count towards it."""

    need: Need
    present: int

    @property
    def missing(self) -> int:
        """How many more are needed, never below nought."""
        return max(0, self.need.number - self.present)

    @property
    def says(self) -> str:
        """The count in words: '4 heads present, 3 needed'."""
        return f"{_people(self.present, self.need.role)} present, {self.need.number} needed"


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether an item may be heard by those left for it; `says` may be shown to the room and names nobody."""

    is_met: bool
    working: tuple[Counted, ...]
    says: str
    source: tuple[Source, ...]


def quorum(needs: Sequence[Need], room: Collection[Present], *, out: Collection[str], source: Source) -> Quorum:
    """Return whether an item has its quorum, counting those in the room who are not out of it.

    Every need of the terms must be met. Somebody who sits in two roles counts once towards each need, so towards a
    need of heads and towards one of members. Advisers and the clerk count towards no need of members; they count
    towards a need of their own role. Somebody counted twice in `room` counts once. `out` are those who have left for
    this item, whatever the reason.

    Raises NoQuorumInTerms where the terms name no need, or one below 1. Source: the panel's terms, which the caller
    names.
    """
    if not needs or any(need.number < 1 for need in needs):
        raise NoQuorumInTerms("The terms of reference must say how many make a quorum.")
    left = [one for one in room if one.member not in out]
    counted = tuple(Counted(need, len({one.member for one in left if _counts(one, need.role)})) for need in needs)
    missing = [_people(one.missing, one.need.role) for one in counted if one.missing]
    said = "; ".join(one.says for one in counted)
    if missing:
        return Quorum(False, counted, f"Quorum not met: {said}. Missing: {' and '.join(missing)}.", (source,))
    return Quorum(True, counted, f"Quorum met: {said}.", (source,))


def _counts(one: Present, role: MemberRole | None) -> bool:
    return one.is_member if role is None else role in one.roles


def _people(number: int, role: MemberRole | None) -> str:
    singular, plural = MEMBER_ROLE_PLURALS[role] if role else ("member", "members")
    return f"{number} {singular if number == 1 else plural}"
