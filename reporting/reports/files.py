"""The files of a committee report: a tagged PDF, and its twin as a web page, from the same document."""

from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from casework.typesetting import typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "committee-report.typ"


def pdf(document: dict[str, Any]) -> bytes:
    """Return the document as a PDF/UA-1 file. Raises NotTypeset."""
    return typeset(TEMPLATE, plain(document))


def web_page(document: dict[str, Any]) -> bytes:
    """Return the document as a web page that stands alone, with the same words, tables and pictures."""
    return render_to_string("reporting/committee_report_twin.html", {"d": with_numbers(plain(document))}).encode()


def plain(value: Any) -> Any:
    """Return the document without the links that the restricted version has behind its numbers."""
    if isinstance(value, dict):
        if "query" in value and "text" in value:
            return value["text"]
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value


def with_numbers(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the numbers that the typesetter gives: paragraphs, tables, figures."""
    tables = figures = 0
    sections = []
    for number, section in enumerate(document["sections"], start=1):
        paragraph, items = 0, []
        for item in section["items"]:
            if "p" in item:
                paragraph += 1
                items.append(item | {"number": f"{number}.{paragraph}"})
            elif "table" in item:
                tables += 1
                items.append(item | {"number": tables})
            elif "fig" in item:
                figures += 1
                items.append(item | {"number": figures})
            else:
                items.append(item)
        sections.append(section | {"number": number, "items": items})
    appendix = []
    for place, item in enumerate(document["appendix"]["items"], start=1):
        if "table" in item:
            tables += 1
        appendix.append(item | {"number": tables if "table" in item else f"A.{place}"})
    return document | {"sections": sections, "appendix": document["appendix"] | {"items": appendix}}
