"""What the papers of a referral hold, and what is wanting before they can be laid before a panel."""

from collections.abc import Mapping
from enum import StrEnum

from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind


class Paper(StrEnum):
    """The parts of a referral's papers that somebody writes."""

    SUMMARY = "summary"
    TRIED = "tried"
    CHILD_VIEW = "child_view"
    PARENT_VIEW = "parent_view"
    NEEDS = "needs"
    RISK = "risk"


PAPER_LABELS: Mapping[str, str] = {
    "summary": "Summary",
    "tried": "What was tried, and what came of it",
    "child_view": "What the child says",
    "parent_view": "What the parents say",
    "needs": "What the child needs",
    "risk": "Risk, and what is done about it",
}

SCHOOL_CONSIDERED = "A school that may receive the child"


def wanting(papers: Mapping[str, str], *, kind: PanelKind, candidates: int) -> tuple[str, ...]:
    """Return what is wanting before a referral can stand on an agenda, in the order of its papers; empty if nothing.

    Every part must be written: where nothing can be said, the paper says why. A Fair Access Panel also needs one
    school that may receive the child, since it names a school; `candidates` are how many stand.

    Raises nothing. Source: councils' referral forms, practice C3 and C4.
    """
    found = [PAPER_LABELS[paper] for paper in Paper if not papers.get(paper, "").strip()]
    if kind in FAIR_ACCESS_PANELS and candidates < 1:
        found.append(SCHOOL_CONSIDERED)
    return tuple(found)
