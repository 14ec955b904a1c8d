"""Asks axe what is wrong with a page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (1280, 320)


def violations(page: Page) -> tuple[list[str], int]:
    """Return what axe finds wrong, in words, and how many things it could not decide."""
    # Evaluated and not added as a script: the content security policy forbids the latter.
    page.evaluate(SOURCE)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}}})",
        TAGS,
    )
    said = [
        f"{each['impact']} {each['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for each in found["violations"]
        for node in each["nodes"]
    ]
    return said, sum(len(each["nodes"]) for each in found["incomplete"])
