"""Which step of a placement may be recorded, and when: each stands on or after the one that it answers."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from exclusions.rules.directions import adjudicator_referral
from panels.rules.placement import PlacementFacts
from panels.rules.placement_terms import (
    DIRECTED_BY_AUTHORITY,
    DIRECTED_BY_SECRETARY_OF_STATE,
    SAID_NO,
    STEP_LABELS,
    Step,
)

CAUSES: Mapping[Step, Collection[Step]] = {
    Step.ACCEPTED: (Step.ASKED,),
    Step.REFUSED: (Step.ASKED,),
    Step.DIRECTION_INTENDED: (Step.REFUSED,),
    Step.SECRETARY_OF_STATE_ASKED: (Step.REFUSED,),
    Step.TO_ADJUDICATOR: (Step.DIRECTION_INTENDED,),
    Step.ADJUDICATOR_UPHELD: (Step.TO_ADJUDICATOR,),
    Step.ADJUDICATOR_NOT_UPHELD: (Step.TO_ADJUDICATOR,),
    Step.SECRETARY_OF_STATE_DECLINED: (Step.SECRETARY_OF_STATE_ASKED,),
    Step.DIRECTED: (Step.DIRECTION_INTENDED, Step.SECRETARY_OF_STATE_ASKED),
}
"""What each step answers: one of these must be on the file."""

REPLIES = (Step.ASKED, Step.ACCEPTED, Step.REFUSED, Step.DIRECTED)
AFTER: Mapping[Step, Collection[Step]] = {
    **CAUSES,
    Step.DIRECTED: (*CAUSES[Step.DIRECTED], Step.ADJUDICATOR_UPHELD),
    Step.ON_ROLL: REPLIES,
    Step.STARTED: (*REPLIES, Step.ON_ROLL),
}
"""The order of the steps: none is of a day before any of these that is on the file."""

AT_MOST_BEFORE = timedelta(days=366)
"""How long before the referral an application may have been refused: what lies further back is a slip of the year."""
NO_MORE_AFTER: Mapping[Step, Collection[Step]] = {
    Step.TO_ADJUDICATOR: (Step.DIRECTED,),
    Step.ADJUDICATOR_UPHELD: (Step.ADJUDICATOR_NOT_UPHELD,),
    Step.ADJUDICATOR_NOT_UPHELD: (Step.ADJUDICATOR_UPHELD, Step.DIRECTED),
    Step.SECRETARY_OF_STATE_DECLINED: (Step.DIRECTED,),
    Step.DIRECTED: tuple(sorted(SAID_NO)),
    Step.REFUSED: (Step.STARTED,),
}
"""What cannot be done any more once one of the others is on the file."""

BEFORE_THE_DECISION = frozenset({Step.APPLICATION_REFUSED, Step.AGREED})
WITH_REASONS = frozenset({Step.REFUSED})
"""Steps that say why: a refusal of a place without its reasons cannot be judged (R56)."""


def applies(step: Step, facts: PlacementFacts) -> bool:
    """Tell whether a step can be taken at all of such a placement: who may direct depends on the school's kind (R56).

    Source: School Standards and Framework Act 1998 ss96 to 97; R54 for the two before the decision.
    """
    if step in (
        Step.DIRECTION_INTENDED,
        Step.TO_ADJUDICATOR,
        Step.ADJUDICATOR_UPHELD,
        Step.ADJUDICATOR_NOT_UPHELD,
    ):
        return facts.under_protocol and facts.school_kind in DIRECTED_BY_AUTHORITY
    if step in (Step.SECRETARY_OF_STATE_ASKED, Step.SECRETARY_OF_STATE_DECLINED):
        return facts.under_protocol and facts.school_kind in DIRECTED_BY_SECRETARY_OF_STATE
    if step is Step.DIRECTED or step in BEFORE_THE_DECISION:
        return facts.under_protocol
    return True


def may_be_taken(facts: PlacementFacts) -> tuple[Step, ...]:
    """Return the steps that may be recorded now, in order: those that apply, are not on the file, and answer one that is.

    Source: as `applies`.
    """
    return tuple(step for step in Step if applies(step, facts) and not why_not_now(step, facts))


def why_not_now(step: Step, facts: PlacementFacts) -> str:
    """Return why a step that applies cannot be recorded now, as a sentence without its stop; empty if it can.

    An asking that only the letter shows may be recorded, since the school may have been asked by word before. Once the
    school has refused, nobody puts the child on its roll before it has agreed or was directed; and once it cannot be made
    to admit the child, before it has agreed (R56).

    Source: as `applies`.
    """
    if step in facts.steps and not (step is Step.ASKED and step in facts.read):
        return "It is recorded already"
    if step in CAUSES and not any(cause in facts.steps for cause in CAUSES[step]):
        wanted = " or ".join(in_words(cause) for cause in CAUSES[step] if applies(cause, facts))
        return f"First record what it answers, which is not on the file: {wanted}"
    for other in NO_MORE_AFTER.get(step, ()):
        if other in facts.steps:
            return f"It cannot be recorded any more, since this is on the file: {in_words(other)}"
    if step is Step.DIRECTED and Step.TO_ADJUDICATOR in facts.steps and Step.ADJUDICATOR_UPHELD not in facts.steps:
        return "The adjudicator has it: first record what the adjudicator decided"
    if step in (Step.ON_ROLL, Step.STARTED) and facts.back_on:
        return "The placement went back to the panel. Where the school agrees after all, record that first"
    if step in (Step.ON_ROLL, Step.STARTED) and facts.refused and Step.DIRECTED not in facts.steps:
        may_be = " or was directed to admit" if applies(Step.DIRECTED, facts) else ""
        return f"The school refused, {_said(facts.steps[Step.REFUSED])}: first record that it agreed after all{may_be}"
    return ""


def overtaken(facts: PlacementFacts) -> tuple[Step, str] | None:
    """Return the school's first word where it said the opposite since, and how a third word is recorded; None if it did not.

    One step of a kind stands at a time, so that the first makes room for the third and stays in sight with its reason.
    Source: the order of the steps, as `wrong_day`.
    """
    refused, agreed = facts.steps.get(Step.REFUSED), facts.steps.get(Step.ACCEPTED)
    if refused is None or agreed is None:
        return None
    first, day, then, again = (
        (Step.ACCEPTED, agreed, "refused", "agrees") if facts.refused else (Step.REFUSED, refused, "agreed", "refuses")
    )
    word = "agreement" if first is Step.ACCEPTED else "refusal"
    return first, (
        f"The {word} of {_said(day)} was overtaken: the school {then} since. One {word} stands at a time. If the school "
        f"{again} again, take back that first {word}, giving as the reason that the school {then} since, and record the "
        "new one. The first stays in sight, crossed out, with that reason"
    )


def wrong_day(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return why a step cannot be of a day, empty if it can.

    What was before the decision stands before it, everything else after, and none before or after another on the file
    that it follows or leads to. Of a refusal and an agreement the later is the school's word, so that the one recorded second
    is the later. No child is agreed to be under the protocol as excluded before the exclusion took effect.
    Source: the order of the stages themselves (R53, R54, R56).
    """
    if step in BEFORE_THE_DECISION:
        if day > facts.decided_on:
            return f"It cannot come after {facts.named_by} decided"
        if step is Step.AGREED and facts.excluded_on and day < facts.excluded_on:
            return f"It cannot come before the exclusion, which took effect on {_said(facts.excluded_on)}"
        return (
            "It lies more than a year before the referral: check the year"
            if day < facts.referred_on - AT_MOST_BEFORE
            else ""
        )
    if day < facts.decided_on:
        return f"It cannot come before {facts.named_by} decided"
    return (
        _not_the_last_word(step, day, facts)
        or _out_of_order(step, day, facts)
        or _around_the_adjudicator(step, day, facts)
    )


def in_words(step: Step) -> str:
    """Return a step as a sentence goes on with it: "school refused". Source: `STEP_LABELS`."""
    label = STEP_LABELS[step]
    return label if label.startswith("Secretary") else label[:1].lower() + label[1:]


def _not_the_last_word(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return why a reply of a day would change nothing beside the other reply on the file, empty if it would.

    An agreement of the day of the refusal is the later word.
    """
    refused, agreed = facts.steps.get(Step.REFUSED), facts.steps.get(Step.ACCEPTED)
    if step is Step.ACCEPTED and refused and day < refused:
        return f"It cannot come before this: school refused, {_said(refused)}. Take that back first if it is wrong"
    if step is Step.REFUSED and agreed and day <= agreed:
        return f"It must come after this: school agreed to admit, {_said(agreed)}. Take that back first if it is wrong"
    return ""


def _out_of_order(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return which other step on the file a day contradicts, empty if none."""
    for earlier in AFTER.get(step, ()):
        # A letter confirms what may have been asked by word before it: only the reply is held to its day.
        only_written = earlier is Step.ASKED and earlier in facts.read and step in (Step.ON_ROLL, Step.STARTED)
        if earlier in facts.steps and day < facts.steps[earlier] and not only_written:
            return f"It cannot come before this: {in_words(earlier)}, {_said(facts.steps[earlier])}"
    for later, follows in AFTER.items():
        if step in follows and later in facts.steps and day > facts.steps[later]:
            return f"It cannot come after this: {in_words(later)}, {_said(facts.steps[later])}"
    return ""


def _around_the_adjudicator(step: Step, day: date, facts: PlacementFacts) -> str:
    """Return why a day does not fit the days in which a school may go to the adjudicator, empty if it does (R56)."""
    told, went = facts.steps.get(Step.DIRECTION_INTENDED), facts.steps.get(Step.TO_ADJUDICATOR)
    if told is None:
        return ""
    last = adjudicator_referral(told, looked_after=facts.looked_after).due
    if step is Step.TO_ADJUDICATOR and day > last:
        return f"The school could go to the adjudicator until {_said(last)}"
    if step is Step.DIRECTED and went is None and day <= last:
        return f"The school may go to the adjudicator until {_said(last)}: it can be directed from the day after"
    return ""


def hangs_on(step: Step, facts: PlacementFacts) -> Step | None:
    """Return a step on the file that answers this one and nothing else, so that it is taken back first; None if none.

    Source: as `wrong_day`.
    """
    if step is Step.ADJUDICATOR_UPHELD and Step.DIRECTED in facts.steps:
        return Step.DIRECTED
    for other in facts.steps:
        causes = [cause for cause in CAUSES.get(other, ()) if cause in facts.steps]
        if causes == [step]:
            return other
    return None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
