"""Which step of a placement may be recorded, and when: each stands on or after the one that it answers."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from exclusions.rules.directions import adjudicator_referral
from panels.rules.placement import PlacementFacts
from panels.rules.placement_terms import (
    DIRECTED_BY_AUTHORITY,
    DIRECTED_BY_SECRETARY_OF_STATE,
    STEP_LABELS,
    Step,
)

CAUSES: Mapping[Step, Collection[Step]] = {
    Step.ACCEPTED: (Step.ASKED,),
    Step.REFUSED: (Step.ASKED,),
    Step.DIRECTION_INTENDED: (Step.REFUSED,),
    Step.SECRETARY_OF_STATE_ASKED: (Step.REFUSED,),
    Step.TO_ADJUDICATOR: (Step.DIRECTION_INTENDED,),
    Step.DIRECTED: (Step.DIRECTION_INTENDED, Step.SECRETARY_OF_STATE_ASKED),
}
"""What each step answers: one of these must be on the file."""

AT_MOST_BEFORE = timedelta(days=366)
"""How long before the referral an application may have been refused: what lies further back is a slip of the year."""
NO_MORE_AFTER: Mapping[Step, Step] = {Step.TO_ADJUDICATOR: Step.DIRECTED, Step.REFUSED: Step.STARTED}
"""What cannot be done any more once the other is on the file."""

BEFORE_THE_DECISION = frozenset({Step.APPLICATION_REFUSED, Step.AGREED})
WITH_REASONS = frozenset({Step.REFUSED})
"""Steps that say why: a refusal of a place without its reasons cannot be judged (R56)."""


def applies(step: Step, facts: PlacementFacts) -> bool:
    """Tell whether a step can be taken at all of such a placement: who may direct depends on the school's kind (R56).

    Source: School Standards and Framework Act 1998 ss96 to 97; R54 for the two before the decision.
    """
    if step in (Step.DIRECTION_INTENDED, Step.TO_ADJUDICATOR):
        return facts.under_protocol and facts.school_kind in DIRECTED_BY_AUTHORITY
    if step is Step.SECRETARY_OF_STATE_ASKED:
        return facts.under_protocol and facts.school_kind in DIRECTED_BY_SECRETARY_OF_STATE
    if step is Step.DIRECTED or step in BEFORE_THE_DECISION:
        return facts.under_protocol
    return True


def may_be_taken(facts: PlacementFacts) -> tuple[Step, ...]:
    """Return the steps that may be recorded now, in order: those that apply, are not on the file, and answer one that is.

    Source: as `applies`.
    """
    return tuple(
        step
        for step in Step
        if step not in facts.steps
        and applies(step, facts)
        and (step not in CAUSES or any(cause in facts.steps for cause in CAUSES[step]))
        and NO_MORE_AFTER.get(step) not in facts.steps
    )


def wrong_day(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return why a step cannot be of a day, empty if it can be.

    What was before the decision stands before it, everything else after, and an answer on or after what it answers.
    Source: the order of the stages themselves (R54, R56).
    """
    if step in BEFORE_THE_DECISION:
        if day > facts.decided_on:
            return "It cannot come after the panel decided"
        return (
            "It lies more than a year before the referral: check the year"
            if day < facts.referred_on - AT_MOST_BEFORE
            else ""
        )
    if day < facts.decided_on:
        return "It cannot come before the panel decided"
    causes = [facts.steps[cause] for cause in CAUSES.get(step, ()) if cause in facts.steps]
    if causes and day < min(causes):
        asked = min((facts.steps[cause], cause) for cause in CAUSES[step] if cause in facts.steps)[1]
        return f"It cannot come before this is on the file: {STEP_LABELS[asked].lower()}"
    return _around_the_adjudicator(step, day, facts)


def _around_the_adjudicator(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return why a day does not fit the days in which a school may go to the adjudicator, empty if it does (R56)."""
    told, went = facts.steps.get(Step.DIRECTION_INTENDED), facts.steps.get(Step.TO_ADJUDICATOR)
    if told is None:
        return ""
    last = adjudicator_referral(told, looked_after=facts.looked_after).due
    until = f"{last.day} {last:%B %Y}"
    if step is Step.TO_ADJUDICATOR and day > last:
        return f"The school could go to the adjudicator until {until}"
    if step is Step.DIRECTED and went and day <= went:
        return "It cannot come before the school went to the adjudicator"
    if step is Step.DIRECTED and went is None and day <= last:
        return f"The school may go to the adjudicator until {until}: it can be directed from the day after"
    return ""


def hangs_on(step: Step, facts: PlacementFacts) -> Step | None:
    """Return a step on the file that answers this one and nothing else, so that it is taken back first; None if none.

    Source: as `wrong_day`.
    """
    for other in facts.steps:
        causes = [cause for cause in CAUSES.get(other, ()) if cause in facts.steps]
        if causes == [step]:
            return other
    return None
