"""Where an action stands: proposed from its dates and updates by a rule that can be read aloud, overridden with a reason."""

from dataclasses import dataclass
from datetime import date

from wsoa.rules.terms import State
from wsoa.rules.written_dates import WrittenDate

STALE_ROUNDS = 2
"""So many rounds without a word make an action stale."""


@dataclass(frozen=True, slots=True)
class Update:
    """What a lead said on a day: per cent done, and whether it is behind; None where it was not said."""

    on: date
    per_cent: int | None = None
    behind: bool | None = None


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is known of an action: its date, its updates in any order, the days on which rounds asked for one."""

    when: WrittenDate
    updates: tuple[Update, ...] = ()
    asked_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """The state that the rule gives, and why in words."""

    state: State
    because: str


class ReasonNeeded(ValueError):
    """A state may be overridden only with a reason."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state that stands; where somebody overrode the rule, both, with the reason and whose post decided."""

    proposed: Proposed
    state: State
    reason: str = ""
    by: str = ""

    @property
    def is_overridden(self) -> bool:
        """Tell whether what stands is not what the rule says, or was decided all the same."""
        return bool(self.reason)


def proposed(action: ActionFacts, *, on: date) -> Proposed:
    """Return the state of an action at the end of a day.

    Complete when an update said 100 per cent and none after it said less. Else overdue when its date has passed, unless it
    is to go on and has had a word. Else not due while its first month lies ahead. Else no update when a round has
    opened and no word has come since. Else behind when the last update that speaks of the schedule says so: words alone take
    nothing back. Else on track.
    """
    said = sorted((update for update in action.updates if update.on <= on), key=lambda update: update.on)
    done = next((update for update in reversed(said) if update.per_cent is not None), None)
    if done and done.per_cent == 100:
        return Proposed(State.COMPLETE, f"Said to be done on {_words(done.on)}")
    when = action.when
    if when.due and when.due < on and not (when.ongoing and said):
        return Proposed(State.OVERDUE, f"Its date, {_words(when.due)}, has passed")
    if when.starts_on and on < when.starts_on:
        return Proposed(State.NOT_DUE, f"It begins on {_words(when.starts_on)}")
    asked = max((day for day in action.asked_on if day <= on), default=None)
    if asked and not any(update.on >= asked for update in said):
        return Proposed(State.NO_UPDATE, f"A round opened on {_words(asked)}, and no word has come since")
    scheduled = next((update for update in reversed(said) if update.behind is not None), None)
    if scheduled and scheduled.behind:
        return Proposed(State.BEHIND, f"The lead said on {_words(scheduled.on)} that it is behind")
    return Proposed(State.ON_TRACK, "Nothing says otherwise" if not said else f"Last word on {_words(said[-1].on)}")


def standing(rule: Proposed, *, chosen: State | None = None, reason: str = "", by: str = "") -> Standing:
    """Return what stands. Raises ReasonNeeded where somebody chose a state and gave no reason."""
    if chosen is None:
        return Standing(rule, rule.state)
    if not reason.strip():
        raise ReasonNeeded("Say why the state is not the one that the rule gives.")
    return Standing(rule, chosen, reason.strip(), by)


def rounds_without_a_word(action: ActionFacts, *, on: date) -> int:
    """Return how many rounds in a row, the last ones up to the day, asked and had no answer before the next asked."""
    asked = sorted(day for day in action.asked_on if day <= on)
    last = max((update.on for update in action.updates if update.on <= on), default=None)
    return sum(1 for day in asked if last is None or day > last)


def is_stale(action: ActionFacts, *, on: date) -> bool:
    """Tell whether an action that is not done has had no word for two rounds or more."""
    return proposed(action, on=on).state is not State.COMPLETE and rounds_without_a_word(action, on=on) >= STALE_ROUNDS


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
