"""The counts of a committee report, each under one key across the whole report, and how a version shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from casework.rules.terms import EARLY_HELP_LABELS, KEY_STAGE_LABELS, SEN_LABELS, SEX_LABELS, SOCIAL_CARE_LABELS
from reporting.rules.disclosure import Sum

HIDDEN = "[c]"
PHASES = ("primary", "secondary", "special", "alternative provision", "all-through")
GROUPS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("sen", "Special educational needs", {**SEN_LABELS, "unknown": "Not known"}),
    ("key_stage", "Key stage", KEY_STAGE_LABELS),
    ("sex", "Sex", SEX_LABELS),
    ("early_help", "Early help", EARLY_HELP_LABELS),
    ("social_care", "Social care", SOCIAL_CARE_LABELS),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a version shows a count: the number, or [c] where it is hidden."""

    cells: Mapping[str, int]
    hidden: frozenset[str]
    public: bool
    council: str

    def text(self, key: str) -> str:
        """Return the count in words of the paper."""
        return HIDDEN if key in self.hidden else f"{self.cells[key]:,}"

    def number(self, key: str) -> int | None:
        """Return the count, or None where it is hidden."""
        return None if key in self.hidden else self.cells[key]

    def cell(self, key: str, **filters: Any) -> str | dict[str, str]:
        """Return the cell of a table; in the restricted version with the filters that list its children."""
        if self.public:
            return self.text(key)
        return {"text": self.text(key), "query": urlencode(filters, doseq=True)}


def cells_and_sums(figures: Mapping[str, Any]) -> tuple[dict[str, int], list[Sum]]:
    """Return every count that the report prints by its key, and every sum that a reader can see."""
    cells: dict[str, int] = {}
    sums: list[Sum] = []

    for row in figures["series"]:
        total = f"{row['period']}|completed"
        cells[total] = row["completed"]
        named = {f"{total}|phase|{phase}": row["phase"].get(phase, 0) for phase in phases(figures)}
        cells.update(named)
        sums.append(Sum(total, tuple(named)))
    period = figures["period"]
    for step, count in figures["waterfall"].items():
        cells[f"{period}|{step}"] = count
    sums.append(
        Sum(f"{period}|notified", tuple(f"{period}|{step}" for step in figures["waterfall"] if step != "notified"))
    )
    for name, _, labels in GROUPS:
        named = {f"{period}|completed|{name}|{value}": figures["groups"][name].get(value, 0) for value in labels}
        cells.update(named)
        sums.append(Sum(f"{period}|completed", tuple(named)))
    for code, count in figures["reasons"].items():
        cells[f"{period}|reason|{code}"] = count
    for row in figures["suspensions"]:
        total = f"{row['period']}|suspensions"
        cells[total] = row["count"]
        named = {f"{total}|{phase}": row["phase"].get(phase, 0) for phase in suspension_phases(figures)}
        cells.update(named)
        sums.append(Sum(total, tuple(named)))
        cells[f"{row['period']}|suspended_children"] = row["children"] or 0
    cells[f"{period}|cost_children"] = figures["cost"]["children"] or 0
    return cells, sums


def phases(figures: Mapping[str, Any]) -> list[str]:
    """Return the phases that the tables of permanent exclusions list, in the paper's order."""
    used = {phase for row in figures["series"] for phase, count in row["phase"].items() if count}
    return [phase for phase in PHASES if phase in used | {"primary", "secondary", "special"}]


def suspension_phases(figures: Mapping[str, Any]) -> list[str]:
    """Return the phases that the tables of suspensions list, in the paper's order."""
    used = {phase for row in figures["suspensions"] for phase, count in row["phase"].items() if count}
    return [phase for phase in PHASES if phase in used | {"primary", "secondary", "special"}]
