"""Write docs/rules/: a page a rule, from the catalogue, the functions' own words and the decision tables."""

import csv
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from exclusions.rules.ambiguities import QUESTIONS, SETTING_LABELS
from exclusions.rules.catalogue import WITHOUT_DATE, Rule, rules
from exclusions.rules.changes import CHANGES
from exclusions.rules.readings import Ambiguity
from exclusions.rules.rule_sets import RULE_SETS
from exclusions.rules.sources import Source

BASE_DIR = Path(__file__).resolve().parents[3]
WIDTH_OF_A_CELL = 120
WRITTEN_BY = (
    "<!-- Written by `manage.py rules_pages`: change the rule, its docstring or its table, then run it again. -->"
)


class Command(BaseCommand):
    help = "Write docs/rules/: a page for each rule, and their list."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = BASE_DIR / "docs" / "rules"
        folder.mkdir(parents=True, exist_ok=True)
        wanted = pages()
        for name, text in wanted.items():
            (folder / name).write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("*.md")):
            if old.name not in wanted:
                old.unlink()
        self.stdout.write(f"{len(wanted)} pages written to {folder}.")


def pages() -> dict[str, str]:
    """Return the text of every page by its file name; README.md is the list of them."""
    found = {f"{rule.ref}.md": "\n".join(_page(rule)) + "\n" for rule in rules()}
    found["rule-sets.md"] = "\n".join(_rule_sets()) + "\n"
    found["README.md"] = "\n".join(_list()) + "\n"
    return found


def named(dotted: str) -> Any:
    """Return what a dotted name of the catalogue stands for. Raises ImportError or AttributeError."""
    parts = dotted.split(".")
    for split in range(len(parts) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:split]))
        except ModuleNotFoundError:
            continue
        for part in parts[split:]:
            found = getattr(found, part)
        return found
    raise ImportError(f"There is no {dotted}.")


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.ref}. {rule.name}"
    yield ""
    yield WRITTEN_BY
    yield ""
    yield f"**Status:** {rule.status}{f': {rule.to_check}' if rule.to_check else ''}."
    yield ""
    until = f" until {_day(rule.in_force_until)}" if rule.in_force_until else ""
    yield f"**In force:** from {_day(rule.in_force_from)}{until}."
    yield ""
    if rule.ref.startswith("AMB"):
        yield from _question(Ambiguity(rule.ref))
    yield "## Wording"
    yield ""
    for dotted in rule.functions:
        yield f"`{dotted}`"
        yield ""
        yield from _paragraphs(named(dotted))
    if not rule.functions:
        yield "No function of the product computes this yet."
        yield ""
    yield "## Source"
    yield ""
    for source in rule.sources:
        yield f"- {_cited(source)}, as it read from {_day(source.version_on)}"
    yield ""
    changed = [change for change in CHANGES if rule.ref in change.rules]
    if changed:
        yield "## Versions"
        yield ""
        yield from _table(
            ["From", "Until", "New", "Before", "Judged by"],
            [[_day(c.since), _day(c.until) if c.until else "", c.what, c.before, c.judged_by.value] for c in changed],
        )
        yield ""
    for table in rule.tables:
        yield f"## Decision table: {table.replace('_', ' ')}"
        yield ""
        yield f"`tests/tables/{table}.csv`"
        yield ""
        yield from _decisions(table)
        yield ""
    yield "[All rules](README.md)"


def _question(ambiguity: Ambiguity) -> Iterator[str]:
    question = QUESTIONS[ambiguity]
    yield f"**Question:** {question.question}"
    yield ""
    yield f"1. {question.reading_1}."
    yield f"2. {question.reading_2}."
    yield ""
    bears_on = ", ".join(question.rules)
    yield f"**In force until somebody chooses:** {SETTING_LABELS[question.default].lower()}. **Bears on:** {bears_on}."
    yield ""


def _paragraphs(what: Any) -> Iterator[str]:
    for paragraph in inspect.cleandoc(what.__doc__ or "").split("\n\n"):
        yield " ".join(paragraph.split())
        yield ""


def _decisions(table: str) -> Iterator[str]:
    file = BASE_DIR / "tests" / "tables" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        heads, *rows = list(csv.reader(opened))
    used = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    yield from _table(
        [heads[place].replace("_", " ") for place in used], [[row[place] for place in used] for row in rows]
    )


def _rule_sets() -> Iterator[str]:
    yield "# Rules of the day"
    yield ""
    yield WRITTEN_BY
    yield ""
    yield "An exclusion is judged by the rules in force on its first day, and keeps them."
    yield ""
    yield from _table(
        ["Code", "In force from", "Name", "Checked against its text"],
        [[r.code, _day(r.in_force_from), r.label, "yes" if r.checked else "no"] for r in RULE_SETS],
    )
    yield ""
    yield "## Every change"
    yield ""
    yield from _table(
        ["From", "Until", "New", "Before", "Judged by", "Rules", "Source", "Checked"],
        [
            [
                _day(c.since),
                _day(c.until) if c.until else "",
                c.what,
                c.before,
                c.judged_by.value,
                ", ".join(c.rules),
                _cited(c.source),
                "yes" if c.checked else "no",
            ]
            for c in CHANGES
        ],
    )
    yield ""
    yield "[All rules](README.md)"


def _list() -> Iterator[str]:
    yield "# The rules, one page each"
    yield ""
    yield WRITTEN_BY
    yield ""
    yield 'What changed when: [rules of the day](rule-sets.md). "To be checked" marks what was written from memory, or is'
    yield "not yet read in the published text."
    yield ""
    yield from _table(
        ["Rule", "Name", "From", "Until", "Status", "Function", "Table"],
        [
            [
                f"[{rule.ref}]({rule.ref}.md)",
                rule.name,
                _day(rule.in_force_from),
                _day(rule.in_force_until) if rule.in_force_until else "",
                rule.status.value,
                ", ".join(f"`{dotted.rpartition('.')[2]}`" for dotted in rule.functions),
                ", ".join(rule.tables),
            ]
            for rule in rules()
        ],
    )
    yield ""
    yield "## Rules without a date"
    yield ""
    yield "They name no date, total or threshold: nothing is computed, and the product records what they ask for."
    yield ""
    yield from _table(["Rule", "Name", "Recorded as"], [[r.ref, r.name, r.recorded] for r in WITHOUT_DATE])


def _table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_cell(text) for text in row) + " |"


def _cell(text: str) -> str:
    """Return a cell without what Markdown reads as the end of it; long lists are cut, and say so."""
    tidy = re.sub(r"\s+", " ", text).replace("|", "\\|")
    if len(tidy) <= WIDTH_OF_A_CELL or "[" in tidy:
        return tidy
    return tidy[:WIDTH_OF_A_CELL].rsplit(" ", 1)[0] + " …"


def _cited(source: Source) -> str:
    return f"[{source.citation}]({source.link})" if source.link else source.citation


def _day(day: Any) -> str:
    return f"{day.day} {day:%B} {day.year}"
