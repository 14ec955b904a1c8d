"""The words of a panel: its kind, how it decides, who sits, how a child comes to it, and what it may say."""

from collections.abc import Mapping
from enum import StrEnum


class PanelKind(StrEnum):
    """The panels that a child may be brought to."""

    SPECIALIST_PLACEMENT = "specialist_placement"
    FAIR_ACCESS_PRIMARY = "fair_access_primary"
    FAIR_ACCESS_SECONDARY = "fair_access_secondary"
    OTHER = "other"


PANEL_KIND_LABELS: Mapping[str, str] = {
    "specialist_placement": "Specialist Placement Panel",
    "fair_access_primary": "Fair Access Panel, primary",
    "fair_access_secondary": "Fair Access Panel, secondary",
    "other": "Another panel",
}

FAIR_ACCESS_PANELS = frozenset({PanelKind.FAIR_ACCESS_PRIMARY, PanelKind.FAIR_ACCESS_SECONDARY})


class DecisionModel(StrEnum):
    """Whose decision it is, by the panel's terms."""

    CHAIR = "chair"
    MAJORITY = "majority"
    ADVISES = "advises"


DECISION_MODEL_LABELS: Mapping[str, str] = {
    "chair": "The chair decides, the others advise",
    "majority": "The panel decides by a majority",
    "advises": "The panel advises an officer, who decides",
}


class MemberRole(StrEnum):
    """As what somebody sits on a panel; one person may sit as more than one."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    HEAD = "head"
    OFFICER = "officer"
    PSYCHOLOGIST = "psychologist"
    SOCIAL_CARE = "social_care"
    HEALTH = "health"
    VIRTUAL_SCHOOL = "virtual_school"
    OTHER = "other"
    ADVISER = "adviser"
    CLERK = "clerk"


MEMBER_ROLE_LABELS: Mapping[str, str] = {
    "chair": "Chair",
    "vice_chair": "Vice-chair",
    "head": "Headteacher",
    "officer": "Officer of the authority",
    "psychologist": "Educational psychologist",
    "social_care": "Social care",
    "health": "Health",
    "virtual_school": "Virtual school",
    "other": "Other member",
    "adviser": "Adviser",
    "clerk": "Clerk",
}

MEMBER_ROLE_PLURALS: Mapping[str, tuple[str, str]] = {
    "chair": ("chair", "chairs"),
    "vice_chair": ("vice-chair", "vice-chairs"),
    "head": ("head", "heads"),
    "officer": ("officer", "officers"),
    "psychologist": ("educational psychologist", "educational psychologists"),
    "social_care": ("member from social care", "members from social care"),
    "health": ("member from health", "members from health"),
    "virtual_school": ("member from the virtual school", "members from the virtual school"),
    "other": ("other member", "other members"),
    "adviser": ("adviser", "advisers"),
    "clerk": ("clerk", "clerks"),
}

WITHOUT_A_VOTE = frozenset({MemberRole.ADVISER, MemberRole.CLERK})
"""Those in the room who are no members: they neither vote nor make up a number of members."""


class RouteIn(StrEnum):
    """How a child comes to a panel."""

    PERMANENT_EXCLUSION = "permanent_exclusion"
    SPECIALIST_PANEL = "specialist_panel"
    OUT_OF_SCHOOL = "out_of_school"
    MANAGED_MOVE_FAILED = "managed_move_failed"
    MID_YEAR = "mid_year"
    OTHER = "other"


ROUTE_IN_LABELS: Mapping[str, str] = {
    "permanent_exclusion": "Permanent exclusion",
    "specialist_panel": "Specialist Placement Panel said mainstream",
    "out_of_school": "Out of school for four weeks",
    "managed_move_failed": "Managed move failed",
    "mid_year": "Moved in the middle of a year",
    "other": "Another way",
}


class LawfulRoute(StrEnum):
    """Where a child goes instead, when a panel may not take the referral."""

    SPECIALIST_PANEL = "specialist_panel"
    FAIR_ACCESS_PRIMARY = "fair_access_primary"
    FAIR_ACCESS_SECONDARY = "fair_access_secondary"
    NAMING = "naming"
    LOOKED_AFTER = "looked_after"
    IN_YEAR = "in_year"
    FIND_OUT = "find_out"


LAWFUL_ROUTE_LABELS: Mapping[str, str] = {
    "specialist_panel": "Refer to the Specialist Placement Panel",
    "fair_access_primary": "Refer to the Fair Access Panel for primary schools",
    "fair_access_secondary": "Refer to the Fair Access Panel for secondary schools",
    "naming": "Consult schools and name one in the plan",
    "looked_after": "Apply for a place as the child's corporate parent",
    "in_year": "Apply for a place in the ordinary way, in-year",
    "find_out": "Find out, then refer again",
}


class SpecialistDecision(StrEnum):
    """What a Specialist Placement Panel may say."""

    SPECIALIST_PLACE = "specialist_place"
    MAINSTREAM = "mainstream"
    ALTERNATIVE_PROVISION = "alternative_provision"
    MORE_INFORMATION = "more_information"
    OTHER = "other"


SPECIALIST_DECISION_LABELS: Mapping[str, str] = {
    "specialist_place": "Specialist place",
    "mainstream": "Mainstream, through the Fair Access Panel",
    "alternative_provision": "Alternative provision, with a review",
    "more_information": "More information needed",
    "other": "Other",
}


class FairAccessDecision(StrEnum):
    """What a Fair Access Panel may say."""

    SCHOOL_NAMED = "school_named"
    MORE_INFORMATION = "more_information"
    NOT_FOR_THIS_PANEL = "not_for_this_panel"
    OTHER = "other"


FAIR_ACCESS_DECISION_LABELS: Mapping[str, str] = {
    "school_named": "School named",
    "more_information": "Deferred for more information",
    "not_for_this_panel": "Not for this panel",
    "other": "Other",
}


class FairnessModel(StrEnum):
    """By what a panel shares places out among its schools."""

    NONE = "none"
    ROTATION = "rotation"
    POINTS = "points"
    WEIGHTED = "weighted"
    BASELINE = "baseline"


FAIRNESS_MODEL_LABELS: Mapping[str, str] = {
    "none": "No turns",
    "rotation": "Rotation",
    "points": "Points for each child",
    "weighted": "Share by roll and need",
    "baseline": "Baseline score",
}
