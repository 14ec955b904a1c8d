"""The steps that people take on an exclusion, each of which opens, moves or meets a duty."""

from collections.abc import Mapping
from enum import StrEnum


class Step(StrEnum):
    """One thing that somebody did on a day."""

    PARENT_LETTER = "parent_letter"
    GOVERNORS_TOLD = "governors_told"
    HOME_AUTHORITY_TOLD = "home_authority_told"
    SOCIAL_WORKER_TOLD = "social_worker_told"
    VIRTUAL_SCHOOL_HEAD_TOLD = "virtual_school_head_told"
    WORK_SET = "work_set"
    GOVERNORS_MET = "governors_met"
    DECISION_LETTER = "decision_letter"
    REVIEW_WAIVED = "review_waived"
    REVIEW_APPLICATION = "review_application"
    REVIEW_HELD = "review_held"
    REVIEW_PANEL_NOTICE = "review_panel_notice"
    RECONSIDERED = "reconsidered"
    REMOVED_FROM_ROLL = "removed_from_roll"


STEP_LABELS: Mapping[str, str] = {
    "parent_letter": "Letter to parents seen",
    "governors_told": "Governors told",
    "home_authority_told": "Home authority told",
    "social_worker_told": "Social worker told",
    "virtual_school_head_told": "Virtual school head told",
    "work_set": "Work set and marked, days 1 to 5",
    "governors_met": "Governors met",
    "decision_letter": "Governors’ decision letter given",
    "review_waived": "Parent says in writing that they will not apply for a review",
    "review_application": "Review applied for",
    "review_held": "Review panel met",
    "review_panel_notice": "Review panel’s decision given to the governors",
    "reconsidered": "Governors reconsidered",
    "removed_from_roll": "Child taken off the roll",
}
"""How a step is told."""

LETTERS = frozenset({Step.DECISION_LETTER, Step.REVIEW_APPLICATION, Step.REVIEW_PANEL_NOTICE})
"""Steps that are given by hand, by post or by e-mail, which decides the day they count as given (D5)."""

PERMANENT_ONLY = frozenset(
    {
        Step.HOME_AUTHORITY_TOLD,
        Step.REVIEW_WAIVED,
        Step.REVIEW_APPLICATION,
        Step.REVIEW_HELD,
        Step.REVIEW_PANEL_NOTICE,
        Step.RECONSIDERED,
        Step.REMOVED_FROM_ROLL,
    }
)
"""Steps that only a permanent exclusion can have."""

OF_GOVERNORS = frozenset({Step.GOVERNORS_MET, Step.DECISION_LETTER})
"""Steps of governors who decide on the exclusion: not once it is averted or cancelled, unless they did decide."""

METHOD_LABELS: Mapping[str, str] = {"hand": "By hand", "first_class": "First-class post", "email": "E-mail"}
"""How a letter was given, in the words of the calculator."""

CAUSES: Mapping[Step, Step] = {
    Step.REVIEW_APPLICATION: Step.DECISION_LETTER,
    Step.REVIEW_WAIVED: Step.DECISION_LETTER,
    Step.REVIEW_HELD: Step.REVIEW_APPLICATION,
    Step.REVIEW_PANEL_NOTICE: Step.REVIEW_APPLICATION,
    Step.RECONSIDERED: Step.REVIEW_PANEL_NOTICE,
}
"""The step that each of these answers, and before which it cannot stand."""
