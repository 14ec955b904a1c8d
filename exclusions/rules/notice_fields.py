"""What a notice says, field by field, as its page and its corrections name it."""

from collections.abc import Mapping

FIELD_LABELS: Mapping[str, str] = {
    "school": "School that excluded",
    "kind": "Kind",
    "first_day": "First day out",
    "first_session": "Out from, on the first day",
    "last_day": "Last day out",
    "last_session": "Out until, on the last day",
    "exam_missed": "Public exam or national test missed",
    "reasons": "Reasons",
    "narrative": "What happened",
    "tried": "What the school tried before",
    "tried_words": "What the school tried, in its words",
    "decided_on": "Decided on",
    "decided_by": "Decided by",
    "council_told_on": "Council told on",
    "council_told_time": "Council told at",
    "told_by": "Told by",
    "parents_told_on": "Parents told on",
    "parents_told_time": "Parents told at",
    "recorded_because": "Recorded all the same because",
    "year_group": "Year group",
    "home_authority": "Home authority",
    "sen": "SEN",
    "sen_need": "SEN need",
    "early_help": "Early help",
    "social_care": "Social care",
    "social_worker": "Social worker",
    "free_school_meals": "Free school meals",
}
"""The label of each field that can be corrected, in the order of the form."""
