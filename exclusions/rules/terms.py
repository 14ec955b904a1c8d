"""The words of an exclusion: its kind, its sessions, what came of it, and who holds a duty."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The lawful kinds of exclusion (R1), a suspension over lunchtimes apart (R2)."""

    SUSPENSION = "suspension"
    PERMANENT = "permanent"
    LUNCHTIME = "lunchtime"


KIND_LABELS: Mapping[str, str] = {
    "suspension": "Suspension",
    "permanent": "Permanent exclusion",
    "lunchtime": "Lunchtime suspension",
}


class Session(StrEnum):
    """The part of a school day that a suspension takes away; each counts half a day (D7)."""

    MORNING = "AM"
    AFTERNOON = "PM"
    LUNCHTIME = "LUNCH"


SESSION_LABELS: Mapping[str, str] = {"AM": "Morning", "PM": "Afternoon", "LUNCH": "Lunchtime"}


class ToldBy(StrEnum):
    """How the council was told."""

    EMAIL = "email"
    TELEPHONE = "telephone"
    LETTER = "letter"
    SCHOOL_SYSTEM = "school system"


TOLD_BY_LABELS: Mapping[str, str] = {
    "email": "Email",
    "telephone": "Telephone",
    "letter": "Letter",
    "school system": "School's system",
}


class DutyHolder(StrEnum):
    """Who must do it, in the words of the statutory calculator."""

    HEAD = "head"
    BOARD = "board"
    MAINTAINING_AUTHORITY = "maintaining_authority"
    HOME_AUTHORITY = "home_authority"
    ARRANGING_AUTHORITY = "arranging_authority"
    ADMISSION_AUTHORITY = "admission_authority"
    PARENT = "parent"


DUTY_HOLDER_LABELS: Mapping[str, str] = {
    "head": "Headteacher",
    "board": "Governing board",
    "maintaining_authority": "Authority that maintains the school",
    "home_authority": "Authority where the child lives",
    "arranging_authority": "Authority that arranges the review",
    "admission_authority": "Admission authority",
    "parent": "Parent",
}


class SchoolKind(StrEnum):
    """The kinds of school that the duties tell apart."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    PRU = "pru"
    SPECIAL = "special"


SCHOOL_KIND_LABELS: Mapping[str, str] = {
    "maintained": "Maintained school",
    "academy": "Academy",
    "pru": "Pupil referral unit",
    "special": "Special school",
}


class Outcome(StrEnum):
    """What came of a permanent exclusion. The five add up to those notified."""

    AVERTED = "averted"
    RESCINDED = "rescinded"
    OVERTURNED = "overturned"
    COMPLETED = "completed"
    OPEN = "open"


OUTCOME_LABELS: Mapping[str, str] = {
    "averted": "Averted",
    "rescinded": "Rescinded",
    "overturned": "Overturned",
    "completed": "Completed",
    "open": "Open",
}


class OutcomeEvent(StrEnum):
    """The events that decide what came of a permanent exclusion."""

    AVERTED = "averted"
    CANCELLED = "cancelled"
    UPHELD_BY_GOVERNORS = "upheld by governors"
    REINSTATED_BY_GOVERNORS = "reinstated by governors"
    REINSTATED_AFTER_REVIEW = "reinstated after review"


OUTCOME_EVENT_LABELS: Mapping[str, str] = {
    "averted": "Averted",
    "cancelled": "Cancelled by the headteacher",
    "upheld by governors": "Upheld by governors",
    "reinstated by governors": "Reinstated by governors",
    "reinstated after review": "Reinstated after review",
}

OUTCOME_OF_EVENT: Mapping[str, str] = {
    "averted": "averted",
    "cancelled": "rescinded",
    "upheld by governors": "completed",
    "reinstated by governors": "overturned",
    "reinstated after review": "overturned",
}
"""The outcome that each event leaves an exclusion with, while no later event follows it."""


class AvertedAfterGovernors(ValueError):
    """An exclusion cannot be averted once the governors have decided on it."""

    def __init__(self) -> None:
        super().__init__(
            "The governors have already decided, so the exclusion can no longer be averted. "
            "Check the date on which it was averted"
        )


class CancelledAfterGovernors(ValueError):
    """A head cannot cancel an exclusion once the governors have decided on it (R6)."""

    def __init__(self) -> None:
        super().__init__(
            "The governors have already decided, so the head can no longer cancel the exclusion. "
            "Check the dates of what is recorded"
        )


def what_came_of_it(events: Iterable[OutcomeEvent]) -> Outcome:
    """Return the outcome of a permanent exclusion from its events in date order.

    The last word wins: upheld and then reinstated after review is overturned; upheld again after a
    review is completed. No event at all is open.

    Raises AvertedAfterGovernors and CancelledAfterGovernors when it is averted or cancelled after
    the governors decided. Source: the words of the waterfall in the council's committee report; for
    cancelling, 2012 Regulations reg 8A (R6).
    """
    outcome = Outcome.OPEN
    governors_decided = False
    for event in events:
        if event is OutcomeEvent.AVERTED and governors_decided:
            raise AvertedAfterGovernors
        if event is OutcomeEvent.CANCELLED and governors_decided:
            raise CancelledAfterGovernors
        governors_decided |= event not in (OutcomeEvent.AVERTED, OutcomeEvent.CANCELLED)
        outcome = Outcome(OUTCOME_OF_EVENT[event])
    return outcome
