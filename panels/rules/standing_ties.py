"""Who is out of an item: ties with the answers that the clerk has given to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from panels.rules.conflicts import FINDERS, Finder, Force, Tie, ties
from panels.rules.links import ItemLinks, MemberLinks
from panels.rules.tie_terms import Ground, TieKind, TieState, Towards


class ReasonNeeded(ValueError):
    """A tie is dismissed only with a reason in writing."""


class CannotBeDismissed(ValueError):
    """A tie to the excluding school, to a candidate, or that a member declared is dismissed only as false."""


class OwnTie(ValueError):
    """Nobody answers a tie of their own."""


@dataclass(frozen=True, slots=True)
class TieAnswer:
    """The clerk's answer to a tie of a member to an item; `ground` is None where the tie stands.

    Kept with the item. The member is told only that a check was answered.
    """

    member: str
    item: str
    kind: TieKind
    towards: Towards
    hangs_on: str
    ground: Ground | None
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class TieStanding:
    """A tie, how it stands, and the answer that made it so, None while there is none that counts."""

    tie: Tie
    state: TieState
    answer: TieAnswer | None

    @property
    def is_out(self) -> bool:
        """Whether the tie puts its member out: one that still needs an answer does."""
        return self.state is not TieState.DISMISSED


@dataclass(frozen=True, slots=True)
class MemberStanding:
    """One member and one item: every tie with its state. `ties` are for the clerk only; `is_out` may be shown."""

    member: str
    ties: tuple[TieStanding, ...]

    @property
    def is_out(self) -> bool:
        """Whether the member is out of the item."""
        return any(one.is_out for one in self.ties)


@dataclass(frozen=True, slots=True)
class ItemConflicts:
    """Who is out of an item, and why.

    The room is shown how many are out, the chair who (when the chair is not), and only the clerk why: `why`, which
    holds every member with a tie, dismissed ones too. Whoever is out is shown nothing at all.
    """

    item: str
    out: frozenset[str]
    needs_answer: int
    why: tuple[MemberStanding, ...]

    @property
    def number_out(self) -> int:
        """How many members have left for the item."""
        return len(self.out)


def may_dismiss(tie: Tie, ground: Ground) -> bool:
    """Tell whether a tie may be dismissed on a ground: a tie that bars only as false, a prompt on any.

    False is the wrong person, or the wrong school or trust recorded. Source: as `conflicts.NO_CONNECTION`: any tie to
    the excluding school or a candidate bars.
    """
    return tie.force is Force.PROMPTS or ground is not Ground.DOES_NOT_MATTER


def answer_tie(tie: Tie, *, member: str, item: str, ground: Ground | None, reason: str, by: str, on: date) -> TieAnswer:
    """Return the clerk's answer to a tie: that it stands (`ground` is None), or is dismissed and why.

    Raises OwnTie where `by` is the member, ReasonNeeded for a dismissal without a written reason, and
    CannotBeDismissed for a tie that bars, dismissed as too slight. Source: the panel's terms, conflicts of interest.
    """
    if by == member:
        raise OwnTie("A tie is answered by the clerk, not by the member whose it is.")
    if ground is not None and not reason.strip():
        raise ReasonNeeded("Write why the tie is dismissed.")
    if ground is not None and not may_dismiss(tie, ground):
        raise CannotBeDismissed("This tie bars the member. It can be dismissed only if it is false.")
    return TieAnswer(member, item, tie.kind, tie.towards, tie.hangs_on, ground, reason.strip(), by, on)


def item_conflicts(
    members: Iterable[MemberLinks],
    item: ItemLinks,
    answers: Sequence[TieAnswer],
    *,
    on: date,
    former_years: int | None = None,
    finders: tuple[Finder, ...] = FINDERS,
) -> ItemConflicts:
    """Return who is out of an item on the day of its sitting, and why.

    A member is out while any tie stands. Ties that bar stand by themselves; prompts stand until they are answered. Of
    several answers to a tie the last in `answers` counts. An answer that could not have been given (without a reason,
    by the member, or dismissing as slight a tie that bars) counts for nothing, so that a fault in what is kept puts
    somebody out rather than in. `former_years`: see `conflicts.ties`.

    Raises nothing. Source: as `conflicts.NO_CONNECTION`.
    """
    standings = [
        MemberStanding(
            member.member,
            tuple(
                _standing(tie, member.member, item.reference, answers)
                for tie in ties(member, item, on=on, former_years=former_years, finders=finders)
            ),
        )
        for member in members
    ]
    return ItemConflicts(
        item.reference,
        frozenset(one.member for one in standings if one.is_out),
        sum(tie.state is TieState.NEEDS_ANSWER for one in standings for tie in one.ties),
        tuple(one for one in standings if one.ties),
    )


def _standing(tie: Tie, member: str, item: str, answers: Sequence[TieAnswer]) -> TieStanding:
    key = (member, item, tie.kind, tie.towards, tie.hangs_on)
    given = [
        one
        for one in answers
        if (one.member, one.item, one.kind, one.towards, one.hangs_on) == key and _counts(one, tie)
    ]
    if given and given[-1].ground is not None:
        return TieStanding(tie, TieState.DISMISSED, given[-1])
    if given or tie.force is Force.BARS:
        return TieStanding(tie, TieState.STANDS, given[-1] if given else None)
    return TieStanding(tie, TieState.NEEDS_ANSWER, None)


def _counts(answer: TieAnswer, tie: Tie) -> bool:
    if answer.by == answer.member:
        return False
    return answer.ground is None or (bool(answer.reason.strip()) and may_dismiss(tie, answer.ground))
