"""The columns of a plan's paper in each layout, as councils head them, and of the tables that stand beside its actions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wsoa.rules.terms import Layout

WORDS, DAY, NUMBER, PER_CENT = "words", "day", "number", "per cent"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what stands in it, its heading, of what kind, how wide, and the most characters that are kept of it.

    Words are as written: a spreadsheet program is never to make a date of "Dec 20".
    """

    name: str
    heading: str
    kind: str = WORDS
    width: int = 20
    most: int = 300
    needed: bool = False


# By what stands in it: kind, width, the most characters.
_ACTION: Mapping[str, tuple[str, int, int]] = {
    "theme": (WORDS, 20, 120),
    "priority_reference": (WORDS, 10, 20),
    "priority": (WORDS, 28, 200),
    "reference": (WORDS, 10, 20),
    "title": (WORDS, 40, 300),
    "dates": (WORDS, 18, 200),
    "lead": (WORDS, 16, 200),
    "partners": (WORDS, 22, 400),
    "resource": (WORDS, 22, 400),
    "how_known": (WORDS, 28, 600),
    "progress": (WORDS, 40, 2000),
    "progress_on": (DAY, 12, 0),
    "per_cent": (PER_CENT, 10, 0),
    "schedule": (WORDS, 12, 20),
    "status": (WORDS, 16, 120),
    "status_by_rule": (WORDS, 16, 120),
    "decided_because": (WORDS, 28, 500),
    "status_in_paper": (WORDS, 16, 120),
    "place": (WORDS, 9, 20),
}
# What every layout ends with: what decided the status, what the paper said, and which row of the plan it is.
_END = {"decided_because": "Decided because", "place": "Place"}
_HEADINGS: Mapping[Layout, Mapping[str, str]] = {
    Layout.WRITTEN_STATEMENT: {
        "theme": "Theme", "priority_reference": "Priority Ref", "priority": "Priority", "reference": "Outcome Ref",
        "title": "Actions", "dates": "Completion Date", "lead": "Lead", "partners": "Delivery Partners",
        "resource": "Resources (cost and/or time)", "how_known": "How will we know?",
        "progress": "Progress against actions/impact", "progress_on": "Progress as at", "per_cent": "Per cent done",
        "schedule": "Schedule", "status": "RAG rating", "status_by_rule": "RAG rating by rule",
        "status_in_paper": "RAG rating in the paper", **_END,
    },
    Layout.IMPROVEMENT_PLAN: {
        "theme": "Theme", "priority_reference": "Recommendation Ref", "priority": "Outcome", "reference": "Ref",
        "title": "Action", "how_known": "Success Measure", "lead": "Lead(s)", "dates": "Date Due",
        "progress": "Status: what is the progress on the action?", "progress_on": "Progress as at",
        "per_cent": "Per cent complete", "schedule": "Schedule", "status": "Status", "status_by_rule": "Status by rule",
        "status_in_paper": "Status in the paper", **_END,
    },
    Layout.RECOMMENDATIONS: {
        "theme": "Theme", "priority_reference": "Part No.", "priority": "Part", "reference": "No.",
        "title": "Recommendation", "lead": "Lead agency", "dates": "By when?", "progress": "Progress",
        "progress_on": "Progress as at", "per_cent": "Per cent done", "status": "Status", "status_by_rule": "Status by rule",
        "status_in_paper": "Status in the paper", **_END,
    },
}  # fmt: skip


def action_fields(layout: Layout) -> tuple[Field, ...]:
    """Return the columns of a layout's table of actions, in the paper's order."""
    return tuple(
        Field(name, heading, *_ACTION[name], needed=name == "title") for name, heading in _HEADINGS[layout].items()
    )


# What stands on paper, and each column's share of the page's width. What the paper has no column for is not printed.
_PRINTED: Mapping[Layout, Mapping[str, float]] = {
    Layout.WRITTEN_STATEMENT: {
        "reference": 1.6, "title": 4.5, "dates": 2.2, "lead": 2, "partners": 2.4, "resource": 2.4, "how_known": 3,
        "progress": 4.2, "status": 3,
    },
    Layout.IMPROVEMENT_PLAN: {
        "reference": 1, "title": 4.6, "how_known": 3.6, "lead": 2, "dates": 2.8, "progress": 4.4, "per_cent": 1.7,
        "status": 3,
    },
    Layout.RECOMMENDATIONS: {
        "reference": 1, "title": 5.2, "lead": 3, "dates": 2.2, "progress": 5, "status": 3,
    },
}  # fmt: skip


# The colour that stands beside a word, and says no more than the word does. Only what is late is red.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "Green": "green", "Amber": "amber", "Red": "red", "Complete": "blue", "In progress and on schedule": "green",
        "In progress but behind schedule": "amber", "Overdue": "red", "Completed": "green", "In progress": "grey",
        "Not due": "grey",
    }
)  # fmt: skip


def printed_fields(layout: Layout) -> tuple[tuple[Field, float], ...]:
    """Return the columns that a layout prints, in the paper's order, with each one's share of the width."""
    shares = _PRINTED[layout]
    return tuple((each, shares[each.name]) for each in action_fields(layout) if each.name in shares)


def layout_of(headings: Iterable[str]) -> Layout:
    """Return the layout that has the most of a table's headings; the Written Statement's where no other has more."""
    found = {" ".join(heading.split()).casefold() for heading in headings}
    return max(Layout, key=lambda layout: sum(each.casefold() in found for each in _HEADINGS[layout].values()))


PRIORITY_FIELDS = (
    Field("theme", "Theme", width=24, most=120),
    Field("reference", "Priority Ref", width=10, most=20),
    Field("title", "Priority", width=60, most=200, needed=True),
    Field("place", "Place", width=9, most=20),
)
OUTCOME_FIELDS = (
    Field("priority", "Priority", width=40, most=200),
    Field("reference", "Outcome Ref", width=10, most=20),
    Field("title", "Outcome", width=60, needed=True),
    Field("place", "Place", width=9, most=20),
)
MEASURE_FIELDS = (
    Field("priority", "Priority", width=40, most=200),
    Field("title", "Measure", width=50, needed=True),
    Field("target_as_written", "Target as written", width=24, most=200),
    Field("unit", "Unit", width=14, most=60),
    Field("direction", "Direction", width=16, most=40),
    Field("baseline", "Baseline", NUMBER, width=10),
    Field("baseline_on", "Baseline as at", DAY, width=13),
    Field("target", "Target", NUMBER, width=10),
    Field("target_note", "Where the target comes from", width=24, most=120),
    Field("due", "Target by", DAY, width=13),
    Field("place", "Place", width=9, most=20),
)
ROLE_FIELDS = (
    Field("code", "Role", width=24, most=60, needed=True),
    Field("title", "Title", width=50, most=160, needed=True),
    Field("organisation", "Organisation", width=20, most=80),
    Field("also_written", "Also written", width=30),
)
PLAN_FIELDS = (Field("what", "What", width=20, needed=True), Field("said", "As it is", width=80))

ACTIONS, PRIORITIES, OUTCOMES, MEASURES, ROLES, PLAN = (
    "Actions", "Priorities", "Outcomes", "Measures", "Roles", "Plan",
)  # fmt: skip
SHEETS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        PRIORITIES: PRIORITY_FIELDS, OUTCOMES: OUTCOME_FIELDS, MEASURES: MEASURE_FIELDS, ROLES: ROLE_FIELDS,
        PLAN: PLAN_FIELDS,
    }
)  # fmt: skip
"""The sheets beside the actions, in their order. A sheet without a row is left out."""

PLAN_LINES: Mapping[str, str] = MappingProxyType(
    {
        "title": "Title", "code": "Short name", "kind": "Kind", "layout": "Layout", "answers": "Answers",
        "source": "From the paper", "paper_on": "Paper as at",
    }
)  # fmt: skip
"""What the sheet of the plan itself says, a row each."""

SCHEDULE: Mapping[bool, str] = MappingProxyType({False: "On schedule", True: "Behind"})


def slug(layout: Layout) -> str:
    """Return a layout as it stands in addresses."""
    return layout.value.replace(" ", "-")


LAYOUT_OF_SLUG: Mapping[str, Layout] = MappingProxyType({slug(layout): layout for layout in Layout})
