"""Whether a panel may record a decision on an item, and whose decision it is."""

from dataclasses import dataclass
from enum import StrEnum

from exclusions.rules.sources import Source
from panels.rules.terms import DecisionModel


class BadVotes(ValueError):
    """The votes cannot be: one is below nought, or there are more than there are voters."""


class Records(StrEnum):
    """What may be written down."""

    DECISION = "decision"
    RECOMMENDATION = "recommendation"


class DecidedBy(StrEnum):
    """Whose decision it is."""

    CHAIR = "chair"
    PANEL = "panel"
    CASTING_VOTE = "casting_vote"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Voting:
    """What the room said to the proposal before it.

    `agreed` is that everyone agreed, and no votes were counted. `presider_says` is what whoever presides decides, or
    casts when the votes are equal; None when nothing was said. `officer_says` is what the officer decided whom the
    panel advises.
    """

    votes_for: int = 0
    against: int = 0
    abstained: int = 0
    agreed: bool = False
    presider_says: bool | None = None
    officer_says: bool | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """Those left for the item: whether they are a quorum, who presides, and how many may vote, that one included."""

    has_quorum: bool
    presider: str | None
    voters: int


@dataclass(frozen=True, slots=True)
class Recordable:
    """Whether something may be recorded, what, and by whom; `carried` is what became of the proposal.

    `because` can be read out, and says what is missing where nothing may be recorded.
    """

    records: Records | None
    by: DecidedBy | None
    carried: bool | None
    because: str
    source: tuple[Source, ...]

    @property
    def may_be_recorded(self) -> bool:
        """Whether anything may be written down."""
        return self.records is not None


def recordable(
    model: DecisionModel, voting: Voting, room: Room, *, casting_vote: bool, source: Source, is_final: bool = True
) -> Recordable:  # fmt: skip
    """Return whether a decision may be recorded on an item, and by whom, under the panel's decision model.

    Nothing is recorded without a quorum and somebody to preside. Where the chair decides, whoever presides must have
    said. A majority is more votes for than against, or more against than for; abstentions are not votes. Equal votes
    are settled by whoever presides only if the terms give a casting vote, and otherwise decide nothing. A panel that
    advises records a recommendation, carried in the same way; once the officer has decided, the decision is the
    officer's, and may differ from it. What is not final, such as to ask for more information, is the panel's own to
    decide whoever decides in the end, and waits for no officer.

    Raises BadVotes for votes below nought or more than the voters. Source: the panel's terms, which the caller names.
    """
    cast = (voting.votes_for, voting.against, voting.abstained)
    if min(cast) < 0 or sum(cast) > room.voters:
        raise BadVotes(f"{sum(cast)} votes were counted of {room.voters} voters.")
    if room.presider is None:
        return Recordable(None, None, None, "Nobody may preside over this item.", (source,))
    if not room.has_quorum:
        return Recordable(None, None, None, "There is no quorum for this item.", (source,))
    if model is DecisionModel.CHAIR:
        return _chair(voting, source)
    found = _majority(voting, casting_vote, source)
    return _advice(found, voting, source) if model is DecisionModel.ADVISES and is_final else found


def _chair(voting: Voting, source: Source) -> Recordable:
    if voting.presider_says is None:
        return Recordable(None, None, None, "The chair has not decided.", (source,))
    said = "The chair decides for it." if voting.presider_says else "The chair decides against it."
    return Recordable(Records.DECISION, DecidedBy.CHAIR, voting.presider_says, said, (source,))


def _majority(voting: Voting, casting_vote: bool, source: Source) -> Recordable:
    count = f"{voting.votes_for} to {voting.against}"
    if voting.votes_for != voting.against:
        carried = voting.votes_for > voting.against
        said = f"{'Carried' if carried else 'Lost'}, {count}."
        return Recordable(Records.DECISION, DecidedBy.PANEL, carried, said, (source,))
    if voting.agreed and not voting.votes_for:
        return Recordable(Records.DECISION, DecidedBy.PANEL, True, "Everyone agreed.", (source,))
    if not voting.votes_for:
        return Recordable(None, None, None, "Nobody has voted.", (source,))
    if not casting_vote:
        said = f"The votes are equal, {count}, and the terms give no casting vote."
        return Recordable(None, None, None, said, (source,))
    if voting.presider_says is None:
        return Recordable(None, None, None, f"The votes are equal, {count}: the casting vote is awaited.", (source,))
    said = f"The votes are equal, {count}; the casting vote is {'for' if voting.presider_says else 'against'}."
    return Recordable(Records.DECISION, DecidedBy.CASTING_VOTE, voting.presider_says, said, (source,))


def _advice(found: Recordable, voting: Voting, source: Source) -> Recordable:
    if found.records is None:
        return found
    if voting.officer_says is None:
        said = f"Recommended. {found.because} The officer decides."
        return Recordable(Records.RECOMMENDATION, found.by, found.carried, said, (source,))
    follows = "as" if voting.officer_says == found.carried else "not as"
    said = (
        f"{found.because} The officer decides {'for' if voting.officer_says else 'against'} it, {follows} recommended."
    )
    return Recordable(Records.DECISION, DecidedBy.OFFICER, voting.officer_says, said, (source,))
