"""The words of a placement: what may happen after a panel names a school, in which stages, and who holds each."""

from collections.abc import Mapping
from enum import StrEnum

from panels.rules.terms import FairAccessDecision, SpecialistDecision

PLACING = frozenset({FairAccessDecision.SCHOOL_NAMED.value, SpecialistDecision.SPECIALIST_PLACE.value})
"""Decisions that place a child, where they name a school."""


class Step(StrEnum):
    """Something that was done about a placement on a day."""

    APPLICATION_REFUSED = "application_refused"
    AGREED = "agreed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DIRECTION_INTENDED = "direction_intended"
    TO_ADJUDICATOR = "to_adjudicator"
    ADJUDICATOR_UPHELD = "adjudicator_upheld"
    ADJUDICATOR_NOT_UPHELD = "adjudicator_not_upheld"
    SECRETARY_OF_STATE_ASKED = "secretary_of_state_asked"
    SECRETARY_OF_STATE_DECLINED = "secretary_of_state_declined"
    DIRECTED = "directed"
    ON_ROLL = "on_roll"
    STARTED = "started"


STEP_LABELS: Mapping[str, str] = {
    "application_refused": "In-year application refused",
    "agreed": "Agreed that the child comes under the protocol",
    "asked": "School asked to admit the child",
    "accepted": "School agreed to admit",
    "refused": "School refused",
    "direction_intended": "School told that a direction is intended",
    "to_adjudicator": "School went to the adjudicator",
    "adjudicator_upheld": "Adjudicator upheld the direction",
    "adjudicator_not_upheld": "Adjudicator did not uphold the direction",
    "secretary_of_state_asked": "Secretary of State asked to direct",
    "secretary_of_state_declined": "Secretary of State did not direct",
    "directed": "School directed to admit",
    "on_roll": "Put on the roll",
    "started": "First day at the school",
}


SAID_NO = frozenset({Step.ADJUDICATOR_NOT_UPHELD, Step.SECRETARY_OF_STATE_DECLINED})
"""Answers after which the school cannot be made to admit the child, so that the placement goes back to the panel (R56)."""


class Stage(StrEnum):
    """A part of a placement that has a day or an end."""

    ALLOCATED = "allocated"
    ASKED = "asked"
    REPLIED = "replied"
    ESCALATED = "escalated"
    ADJUDICATOR = "adjudicator"
    ADJUDICATED = "adjudicated"
    DIRECTED = "directed"
    BACK = "back"
    ON_ROLL = "on_roll"
    STARTED = "started"


STAGE_LABELS: Mapping[str, str] = {
    "allocated": "Place allocated",
    "asked": "School asked",
    "replied": "School’s reply",
    "escalated": "Refusal taken further",
    "adjudicator": "School may go to the adjudicator",
    "adjudicated": "Adjudicator’s decision",
    "directed": "School directed",
    "back": "Back to the panel",
    "on_roll": "On the school’s roll",
    "started": "First day at the school",
}


class Holder(StrEnum):
    """Who must do what a stage asks."""

    CLERK = "clerk"
    SCHOOL = "school"
    AUTHORITY = "authority"
    ADJUDICATOR = "adjudicator"
    SECRETARY_OF_STATE = "secretary_of_state"
    PARENT = "parent"


HOLDER_LABELS: Mapping[str, str] = {
    "clerk": "Panel clerk",
    "school": "Receiving school",
    "authority": "Local authority",
    "adjudicator": "Schools adjudicator",
    "secretary_of_state": "Secretary of State",
    "parent": "Parent",
}

DIRECTED_BY_AUTHORITY = frozenset({"maintained"})
DIRECTED_BY_SECRETARY_OF_STATE = frozenset({"academy"})
"""Kinds of school by who may direct them to admit a child (R56)."""


class FollowUp(StrEnum):
    """What became of a placement, as it was found at a follow-up."""

    THERE = "there"
    NOT_ATTENDING = "not_attending"
    MOVED = "moved"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"


FOLLOW_UP_LABELS: Mapping[str, str] = {
    "there": "On roll and attending",
    "not_attending": "On roll, not attending",
    "moved": "Moved to another school",
    "excluded": "Permanently excluded again",
    "withdrawn": "Withdrawn from the school",
}

ENDED = frozenset({FollowUp.MOVED, FollowUp.EXCLUDED, FollowUp.WITHDRAWN})
"""What ends a placement: the child is at the school no more."""

FOLLOW_UP_WEEKS = (6, 12, 26)
"""Calendar weeks after the first day at which a placement is followed up; a local rule, the law has none."""
