"""A panel that advises an officer: where its advice stands, and what the officer may make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from panels.rules.decisions import Recordable, Records
from panels.rules.outcomes import Decided, Lack, is_final, lacks, too_much
from panels.rules.terms import PanelKind

WAITS = "Advice given, waiting for the officer’s decision"


class Following(StrEnum):
    """What may have followed from an officer's decision, so that it can no longer be taken back by itself."""

    LETTER = "letter"
    FOLLOW_UP = "follow_up"
    STEP = "step"
    ROLL = "roll"
    REFERRAL = "referral"
    UNSEEN = "unseen"


FOLLOWING_LABELS: Mapping[str, str] = {
    "letter": (
        "A letter has told of the decision. What a parent or a school was told stands: refer the child again instead"
    ),
    "follow_up": "The placement was followed up: take the follow-ups back first",
    "step": "Steps of the placement are on the file: take them back first, the last one first",
    "roll": "The child is on the roll of the school that was named: put that right on the child’s page first",
    "referral": "The child was referred to a panel since: withdraw that referral first",
    # Says nothing of what the person may not see.
    "unseen": "Something else hangs on the decision: ask a colleague",
}

# As an officer is told what a panel is told at its sitting.
_OFFICERS_WORDS = {
    "Choose what the panel decides": "Choose what you decide",
    "The start must be the day of the sitting or later": "The start must be today or later",
    "Enter the day of the review, after the sitting": "Enter the day of the review, after today",
    "Write the reasons: they are the minutes and the letter": "Write why you depart from the advice",
}


@dataclass(frozen=True, slots=True)
class OfficerSaid:
    """What an officer made of a panel's advice; `decided` are the words of what stands, `because` why it departs.

    `more` are sentences of what stands beside it: why out of turn, the review, the support. `no_tie` is the officer's word
    that they have none; of a decision from before it was asked there is no word.
    """

    officer: str
    on: date
    follows: bool
    decided: str = ""
    because: str = ""
    no_tie: bool = False
    more: tuple[str, ...] = ()


def is_advice(found: Recordable | None, outcome: str) -> bool:
    """Tell whether what was recorded waits for an officer: a recommendation that would end the referral.

    A panel that wants to know more asks for it by itself. Source: the panel's terms, decisions.
    """
    return found is not None and found.records is Records.RECOMMENDATION and is_final(outcome)


def officer_lacks(decided: Decided, kind: PanelKind, *, follows: bool, on: date) -> tuple[Lack, ...]:
    """Return what is wanting before an officer's decision can be recorded, in the order of its parts; empty if nothing.

    `on` is the day of the decision: no child starts before it, also where the officer follows advice whose first day
    has passed meanwhile; nor is advice followed that says of a place what its outcome does not give.
    `decided.reasons` are why the officer departs. The cost was the panel's to see. An officer decides: what leaves the
    referral open is no decision. Raises nothing. Source: the panel's terms, decisions.
    """
    if follows:
        if too_much(decided, kind):
            return (Lack("follows", "What was advised gives no place, yet names a school or a day: decide otherwise"),)
        if decided.starts_on is not None and decided.starts_on < on:
            return (Lack("follows", "The first day that was advised has passed: decide otherwise, with another day"),)
        return ()
    found = [
        Lack(each.part, _OFFICERS_WORDS.get(each.says, each.says))
        for each in lacks(decided, kind, on=on)
        if each.part != "cost_seen"
    ]
    if decided.outcome and not is_final(decided.outcome):
        found.insert(0, Lack("outcome", "Choose what you decide: this would leave the child without a decision"))
    return tuple(found)


def in_words(said: OfficerSaid) -> str:
    """Return one sentence, or a few, of who decided on the advice, when, and what."""
    day = f"{said.on.day} {said.on:%B %Y}"
    who = f"{said.officer} declared no tie and" if said.no_tie else said.officer
    if said.follows:
        return f"{who} decided as the panel advised, on {day}."
    decided = " ".join([said.decided, *said.more])
    return f"{who} decided otherwise than advised, on {day}. {decided} Why: {said.because}"


def taken_back_in_words(said: OfficerSaid, *, by: str, on: date, because: str) -> str:
    """Return who decided what and took it back, when and why."""
    return f"{in_words(said)} Taken back by {by} on {on.day} {on:%B %Y}: {because}"


def outcome_in_words(outcome: str, *, school: str = "", starts_on: date | None = None) -> str:
    """Return what stands in one line, such as "School named: Underhill School, from 1 December 2026."."""
    named = ", ".join(filter(None, [school, f"from {starts_on.day} {starts_on:%B %Y}" if starts_on else ""]))
    return f"{outcome}: {named}." if named else f"{outcome}."


def rest(*, departs_because: str, review_on: date | None, support: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands beside outcome, school and first day, each a sentence; that no support goes along is said too."""
    turn = f"Out of turn, because: {departs_because.rstrip('.')}." if departs_because else ""
    review = f"Review on {review_on.day} {review_on:%B %Y}." if review_on else ""
    return tuple(filter(None, [turn, review, f"Support: {'; '.join(support)}." if support else "Support: none."]))
