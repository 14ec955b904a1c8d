"""What a panel may decide of a child, and what must be said for it to be recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from panels.rules.terms import (
    FAIR_ACCESS_DECISION_LABELS,
    SPECIALIST_DECISION_LABELS,
    FairAccessDecision,
    PanelKind,
    SpecialistDecision,
)

YEARS_AHEAD = 2
"""How far ahead of the decision a start or a review may lie: what lies further is a slip of the year."""


class CostSeen(StrEnum):
    """Whether the panel saw what each choice costs before it said what suits the child, after, or not at all."""

    AFTER = "after"
    BEFORE = "before"
    NOT_SEEN = "not_seen"


COST_SEEN_LABELS: Mapping[str, str] = {
    "after": "After the panel said what suits the child",
    "before": "Before",
    "not_seen": "Not seen",
}


class Condition(StrEnum):
    """Support that goes with a child."""

    NAMED_ADULT = "named_adult"
    PHASED_START = "phased_start"
    OUTREACH = "outreach"
    FUNDING = "funding"


CONDITION_LABELS: Mapping[str, str] = {
    "named_adult": "Named adult",
    "phased_start": "Phased start",
    "outreach": "Outreach",
    "funding": "Funding",
}


NAMES_A_SCHOOL = frozenset(
    {
        FairAccessDecision.SCHOOL_NAMED.value,
        SpecialistDecision.SPECIALIST_PLACE.value,
        SpecialistDecision.ALTERNATIVE_PROVISION.value,
    }
)
"""Decisions that may name a school and a first day there; whoever is named by another would be told of the child."""

SENT_ELSEWHERE = frozenset({FairAccessDecision.NOT_FOR_THIS_PANEL.value, SpecialistDecision.MAINSTREAM.value})
"""Decisions by which the child is no longer this panel's, which therefore reviews nothing."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be recorded: `outcome` is a value of the panel's own decisions; `school` is its URN.

    `departs_because` is why another school is named than the one whose turn it is.
    """

    outcome: str
    reasons: str
    school: str = ""
    starts_on: date | None = None
    review_on: date | None = None
    cost_seen: CostSeen | None = None
    departs_because: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """What is wanting of a decision: at which part of it, and how that is put."""

    part: str
    says: str


def decisions_of(kind: PanelKind) -> Mapping[str, str]:
    """Return what a panel of a kind may decide, with its words: the specialists' own, else those of fair access.

    Source: the panel's terms.
    """
    return SPECIALIST_DECISION_LABELS if kind is PanelKind.SPECIALIST_PLACEMENT else FAIR_ACCESS_DECISION_LABELS


def support_in_words(conditions: Iterable[str], support: str) -> tuple[str, ...]:
    """Return what goes with a child, each in words. Source: practice C3."""
    return tuple(filter(None, [*(CONDITION_LABELS[each] for each in conditions), support]))


def is_final(outcome: str) -> bool:
    """Tell whether a decision ends the referral: one that wants more information leaves it open. Source: the terms."""
    return outcome not in (SpecialistDecision.MORE_INFORMATION, FairAccessDecision.MORE_INFORMATION)


def lacks(decided: Decided, kind: PanelKind, *, on: date) -> tuple[Lack, ...]:
    """Return what is wanting before a decision can be recorded, in the order of its parts; empty if nothing.

    `on` is the day of the sitting. Every decision has reasons, since they are its minutes. A school that is named has
    a first day, on or after the sitting's; alternative provision has a review after it. Neither lies more than two years
    ahead. A decision that names no school has neither school nor first day nor a reason for leaving the turn, and one
    that sends the child elsewhere no review. The specialists say whether they saw the cost before they said what suits
    the child.

    Raises nothing. Source: practice C3 and C4; the questions asked of panels by information requests, P28.
    """
    found = []
    if decided.outcome not in decisions_of(kind):
        found.append(Lack("outcome", "Choose what the panel decides"))
    if decided.outcome == FairAccessDecision.SCHOOL_NAMED:
        if not decided.school:
            found.append(Lack("school", "Name the school"))
        if decided.starts_on is None:
            found.append(Lack("starts_on", "Enter the day on which the child starts"))
    found += too_much(decided, kind)
    if decided.starts_on is not None and decided.starts_on < on:
        found.append(Lack("starts_on", "The start must be the day of the sitting or later"))
    if decided.outcome == SpecialistDecision.ALTERNATIVE_PROVISION and (
        decided.review_on is None or decided.review_on <= on
    ):
        found.append(Lack("review_on", "Enter the day of the review, after the sitting"))
    found += _too_far_ahead(decided, on)
    if kind is PanelKind.SPECIALIST_PLACEMENT and decided.cost_seen is None and is_final(decided.outcome):
        found.append(Lack("cost_seen", "Say whether the panel saw the cost before or after"))
    if not decided.reasons.strip():
        found.append(Lack("reasons", "Write the reasons: they are the minutes and the letter"))
    return tuple(found)


def too_much(decided: Decided, kind: PanelKind) -> tuple[Lack, ...]:
    """Return what is said of a place by a decision that gives none, in the order of its parts; empty if nothing.

    A school that is named is written to, with the child's name. Raises nothing. Source: practice C3 and C4.
    """
    label = decisions_of(kind).get(decided.outcome)
    if label is None:
        return ()
    found = []
    says = f"Leave this empty: “{label}” names no school"
    if decided.outcome not in NAMES_A_SCHOOL:
        given = {"school": decided.school, "departs_because": decided.departs_because, "starts_on": decided.starts_on}
        found += [Lack(part, says) for part, value in given.items() if value]
    if decided.outcome in SENT_ELSEWHERE and decided.review_on:
        found.append(Lack("review_on", f"Leave this empty: the panel reviews nothing after “{label}”"))
    return tuple(found)


def _too_far_ahead(decided: Decided, on: date) -> list[Lack]:
    return [
        Lack(part, "It lies more than two years ahead: check the year")
        for part, day in (("starts_on", decided.starts_on), ("review_on", decided.review_on))
        if day is not None and (day.year - YEARS_AHEAD, day.month, day.day) > (on.year, on.month, on.day)
    ]
