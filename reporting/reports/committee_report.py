"""The committee report as a document: sections, tables and charts, in a restricted and a public version.

The document is plain JSON; the PDF and the web page are both drawn from it, so that they cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.reports import plan_tables, tables
from reporting.reports.cells import HIDDEN, Shown, cells_and_sums
from reporting.reports.sections import BY_KEY, CLOSING, PARTS, SECTIONS
from reporting.rules import narrative
from reporting.rules.disclosure import Protected, protect

TEMPLATE_VERSION = "1"
WITH_TABLES = {
    "by_phase": tables.by_phase,
    "what_came": tables.what_came,
    "england": tables.england,
    "bases": tables.bases,
    "suspensions": tables.suspensions,
    "impact": tables.impact,
    "costs": tables.costs,
    "plans": plan_tables.plans,
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover and in the footer."""

    council: str
    title: str
    committee: str
    meeting: str
    item: str
    officer: str
    contact: str
    version: str
    as_at: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A version of the report: the document, and what is hidden in it and why."""

    document: dict[str, Any]
    protected: Protected


def compose(*, figures: Mapping[str, Any], narratives: Mapping[str, str], cover: Cover, access: str) -> Composed:
    """Return one version, "public" or "restricted", of the report with these figures and narratives.

    In the public version counts from 1 to 4 are hidden, and whatever would give one back; in the restricted version
    nothing is. Raises NotProtected when a number cannot be protected, UnknownFigure for a name that no figure has.
    """
    public = access == "public"
    cells, sums = cells_and_sums(figures)
    protected = protect(cells, sums) if public else Protected(frozenset(), {}, {})
    shown = Shown(cells=cells, hidden=protected.hidden, public=public, council=cover.council)
    values = placeholders(figures, shown)
    sections = []
    for part in PARTS:
        if part == "Plans" and not figures.get("plans"):
            continue
        items: list[dict[str, Any]] = []
        for section in (section for section in SECTIONS if section.part == part):
            if section.heading != part:
                items.append({"h": section.heading})
            items += _narrated(narratives.get(section.key, ""), values)
            if section.key == "summary":
                items.insert(1, {"key": tables.key_figures(figures, shown)})
            if section.key in WITH_TABLES:
                items += WITH_TABLES[section.key](figures, shown)
        sections.append({"title": part, "items": items})
    document = {
        "council": cover.council,
        "title": cover.title,
        "committee": cover.committee,
        "date": cover.meeting,
        "item": cover.item,
        "access": "Public" if public else "Restricted",
        "officer": cover.officer,
        "contact": cover.contact,
        "version": cover.version,
        "as_at": cover.as_at,
        "sections": [_numbered(section) for section in sections],
        "close": [[BY_KEY[key].heading, narrative.fill(narratives.get(key, ""), values) or "None"] for key in CLOSING]
        + [["Appendices", "Appendix A: how the figures are counted" + (" and protected" if public else "")]],
        "appendix": tables.appendix(figures, shown),
    }
    return Composed(document, protected)


def placeholders(figures: Mapping[str, Any], shown: Shown) -> dict[str, str]:
    """Return what each name in braces becomes: a number, or [c] where the version hides it."""
    period = figures["period"]
    values = {"period": _in_sentence(figures["label"])}
    for step in ("notified", "averted", "rescinded", "overturned", "completed", "open"):
        values[step] = shown.text(f"{period}|{step}")
    for stage in ("KS1", "KS2", "KS3", "KS4", "KS5"):
        values[f"key_stage_{stage[2]}"] = shown.text(f"{period}|completed|key_stage|{stage}")
    values["suspensions"] = shown.text(f"{period}|suspensions")
    cost = figures["cost"]
    hidden = shown.text(f"{period}|cost_children") == HIDDEN
    values["cost_children"] = shown.text(f"{period}|cost_children")
    values["cost_total"] = HIDDEN if hidden else tables.pounds(cost["total"])
    return values


def _in_sentence(label: str) -> str:
    return (
        label.replace("Academic year ", "")
        .replace("Autumn term", "the autumn term")
        .replace("Spring term", "the spring term")
        .replace("Summer term", "the summer term")
    )


def _narrated(body: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    filled = narrative.paragraphs(narrative.fill(body, values))
    return [{"list": list(each.items)} if each.items else {"p": each.text} for each in filled]


def _numbered(section: dict[str, Any]) -> dict[str, Any]:
    """Say plainly where nothing has been written yet, so that an empty section cannot pass unseen."""
    if not section["items"]:
        section["items"] = [{"p": "To be written."}]
    return section


def day_in_words(day: date) -> str:
    """Return 'Thursday 2 December 2021'."""
    return f"{day:%A} {day.day} {day:%B %Y}"
