"""Prepared values of the report's page: its stages, its tables side by side, what is hidden and why."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from casework.rules.terms import KEY_STAGE_LABELS, PHASE_LABELS
from reporting.models import CommitteeReport
from reporting.rules.disclosure import Protected


def steps(report: CommitteeReport) -> list[dict[str, Any]]:
    """Return the stages of a report: opened, figures built, narrative, signed."""

    def day(moment: Any) -> str:
        return f"{timezone.localtime(moment):%-d %B %Y}"

    return [
        {
            "text": "Opened",
            "detail": day(report.opened_at) + ("" if report.opened_by_id else ", by the term’s end"),
            "done": True,
        },
        {
            "text": "Figures built",
            "detail": f"as at {report.figures_as_at:%-d %B %Y}" if report.figures_as_at else "not yet",
            "done": report.figures is not None,
        },
        {
            "text": "Narrative",
            "detail": f"{_written(report)} of {report.sections.count()} written",
            "done": report.signed_at is not None,
        },
        {
            "text": "Signed",
            "detail": f"{day(report.signed_at)}, {report.signed_by.name}"
            if report.signed_at and report.signed_by
            else "once complete",
            "done": report.signed_at is not None,
        },
    ]


def _written(report: CommitteeReport) -> int:
    return report.sections.exclude(body="").count()


def preview_tables(restricted: dict[str, Any], public: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each table of counts, restricted beside public; a number of the restricted one leads to its children."""
    pairs = zip(_tables(restricted), _tables(public), strict=True)
    return [
        {
            "caption": mine["caption"],
            "head": mine["head"],
            "text": mine["text"],
            "restricted": _rows(mine),
            "public": _rows(theirs),
            "protected": any(cell.get("text") == "[c]" for row in _rows(theirs) for cell in row["cells"]),
        }
        for mine, theirs in pairs
    ]


def _tables(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["table"] for section in document["sections"] for item in section["items"] if "table" in item]


def _rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for heading, group in table.get("groups", []):
        rows.append({"group": heading, "cells": []})
        rows += [{"cells": _cells(row)} for row in group]
    rows += [{"cells": _cells(row)} for row in table["rows"]]
    if "total" in table:
        rows.append({"cells": _cells(table["total"]), "total": True})
    return rows


def _cells(row: list[Any]) -> list[dict[str, str]]:
    return [
        {"text": cell["text"], "href": f"{reverse('exclusions:exclusions')}?{cell['query']}"}
        if isinstance(cell, dict)
        else {"text": str(cell)}
        for cell in row
    ]


def hidden_numbers(protected: Protected) -> list[dict[str, str]]:
    """Return a row for each number hidden in the public version: where it is, and why."""
    return [{"where": _where(key), "why": _why(protected.why.get(key, ""))} for key in sorted(protected.hidden)]


def _why(reason: str) -> str:
    """Return the reason with the key that it names in words."""
    beside, found, key = reason.partition(" work out ")
    return f"{beside} work out {_where(key)}" if found else reason


def _where(key: str) -> str:
    labels = {**PHASE_LABELS, **KEY_STAGE_LABELS}
    return ", ".join(labels.get(part, part.replace("_", " ")) for part in key.split("|"))
