"""The words of plans: layouts, states and the words that each paper prints for them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Layout(StrEnum):
    """How a plan's paper is laid out, and so which words its status column takes."""

    WRITTEN_STATEMENT = "written statement"
    IMPROVEMENT_PLAN = "improvement plan"
    RECOMMENDATIONS = "recommendations"


LAYOUT_LABELS = {
    "written statement": "Written Statement of Action: red, amber, green",
    "improvement plan": "Improvement plan: four words and per cent",
    "recommendations": "Recommendations: in progress, completed",
}


PLAN_KIND_LABELS = {
    "written statement": "Written Statement of Action",
    "accelerated progress": "Accelerated Progress Plan",
    "send action plan": "SEND action plan",
    "improvement plan": "Inspection improvement plan",
    "recommendations": "Scrutiny recommendations",
}

DIRECTION_LABELS = {"down": "Lower is better", "up": "Higher is better"}

# Where an action comes from; one of the plan's own is none of these.
ORIGIN_LABELS = {"training": "Training log", "case study": "Case study", "audit": "Audit recommendation"}

LEAD, PARTNER = "lead", "partner"
PART_LABELS = {LEAD: "Leads", PARTNER: "Helps"}


class State(StrEnum):
    """Where an action or a priority stands, whatever the paper calls it."""

    COMPLETE = "complete"
    ON_TRACK = "on track"
    BEHIND = "behind"
    OVERDUE = "overdue"
    NO_UPDATE = "no update"
    NOT_DUE = "not due"


STATE_LABELS = {
    "complete": "Complete",
    "on track": "On track",
    "behind": "Behind",
    "overdue": "Overdue",
    "no update": "No update",
    "not due": "Not due",
}


class MeasureState(StrEnum):
    """Where a measure stands against its target."""

    MET = "met"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    NO_READING = "no reading"


MEASURE_STATE_LABELS = {
    "met": "Target met",
    "on track": "On track",
    "at risk": "At risk",
    "off track": "Off track",
    "no reading": "No reading",
}

# What each paper prints for a state. A colour is printed with its word, since the papers' own colours did not survive.
PRINTED: Mapping[Layout, Mapping[State, str]] = MappingProxyType(
    {
        Layout.WRITTEN_STATEMENT: MappingProxyType(
            {
                State.COMPLETE: "Green", State.ON_TRACK: "Green", State.BEHIND: "Amber", State.OVERDUE: "Red",
                State.NO_UPDATE: "Amber", State.NOT_DUE: "",
            }
        ),
        Layout.IMPROVEMENT_PLAN: MappingProxyType(
            {
                State.COMPLETE: "Complete", State.ON_TRACK: "In progress and on schedule",
                State.BEHIND: "In progress but behind schedule", State.OVERDUE: "Overdue",
                State.NO_UPDATE: "In progress but behind schedule", State.NOT_DUE: "",
            }
        ),
        Layout.RECOMMENDATIONS: MappingProxyType(
            {
                State.COMPLETE: "Completed", State.ON_TRACK: "In progress", State.BEHIND: "In progress",
                State.OVERDUE: "In progress", State.NO_UPDATE: "In progress", State.NOT_DUE: "",
            }
        ),
    }
)  # fmt: skip

PER_CENT = (0, 25, 50, 75, 100)
"""The steps that an improvement plan counts progress in."""
