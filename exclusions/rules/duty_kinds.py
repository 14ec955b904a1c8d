"""The kinds of duty that an exclusion opens, and their names."""

from collections.abc import Mapping
from enum import StrEnum


class DutyKey(StrEnum):
    """The kinds of duty that an exclusion opens, in the order in which a case unfolds."""

    TELL_PARENTS = "tell_parents"
    TELL_AUTHORITY = "tell_authority"
    TELL_HOME_AUTHORITY = "tell_home_authority"
    TELL_SOCIAL_WORKER = "tell_social_worker"
    TELL_VIRTUAL_SCHOOL_HEAD = "tell_virtual_school_head"
    TELL_GOVERNORS = "tell_governors"
    PARENT_LETTER = "parent_letter"
    FIRST_FIVE_DAYS = "first_five_days"
    LOOKED_AFTER_FIRST_DAY = "looked_after_first_day"
    SIXTH_DAY = "sixth_day"
    BOARD_MEETING = "board_meeting"
    BOARD_MEETING_BEFORE_EXAM = "board_meeting_before_exam"
    DECISION_LETTER = "decision_letter"
    REVIEW_APPLICATION = "review_application"
    REVIEW_HEARING = "review_hearing"
    BOARD_RECONSIDERATION = "board_reconsideration"
    ROLL_REMOVAL_EARLIEST = "roll_removal_earliest"


DUTY_LABELS: Mapping[str, str] = {
    "tell_parents": "Tell the parents",
    "tell_authority": "Tell the council",
    "tell_home_authority": "Tell the home authority",
    "tell_social_worker": "Tell the social worker",
    "tell_virtual_school_head": "Tell the virtual school head",
    "tell_governors": "Tell the governors",
    "parent_letter": "Letter to parents",
    "first_five_days": "Set and mark work, days 1 to 5",
    "looked_after_first_day": "First-day education",
    "sixth_day": "Day-six education",
    "board_meeting": "Governors’ meeting",
    "board_meeting_before_exam": "Governors’ meeting before the exam",
    "decision_letter": "Governors’ decision letter",
    "review_application": "Review: last day to apply",
    "review_hearing": "Review panel’s hearing",
    "board_reconsideration": "Governors’ reconsideration",
    "roll_removal_earliest": "Earliest day to leave the roll",
}

OPENS_WITH: Mapping[str, str] = {
    "board_meeting": "the day the governors are told",
    "decision_letter": "the governors’ meeting",
    "review_application": "the governors’ decision letter",
    "review_hearing": "an application for review",
    "board_reconsideration": "the review panel’s decision",
    "roll_removal_earliest": "the governors’ decision letter",
}
"""What opens a duty that is not open yet."""
