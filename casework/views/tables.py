"""Prepared columns and rows of the tables on children's pages."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.rules.same_child import Match
from casework.rules.terms import SEX_LABELS, YEAR_GROUP_LABELS
from casework.selectors.circumstances import AsAt
from casework.selectors.pupil_page import PupilPage
from casework.selectors.pupils import Found
from casework.selectors.same_child import Perhaps


def day_in_full(day: date) -> str:
    """Return '3 May 2012'."""
    return f"{day.day} {day:%B %Y}"


def clock_time(at: time | datetime) -> str:
    """Return '8:42am' from a time of day, or from a moment, which must be in local time already."""
    return f"{at.hour % 12 or 12}:{at.minute:02d}{'am' if at.hour < 12 else 'pm'}"


def tick(name: str, value: str, words: str, *, ticked: bool = False) -> SafeString:
    """Return the box that selects a row for the bar above its list, whose form has the id `bulk`."""
    return format_html(
        '<span class="app-tick"><input type="checkbox" form="bulk" name="{}" value="{}" aria-label="Select {}"{}></span>',
        name,
        value,
        words,
        " checked" if ticked else "",
    )


def columns(*headings: str) -> list[dict[str, Any]]:
    """Return plain columns of these headings."""
    return [{"text": heading} for heading in headings]


def found_table(found: list[Found]) -> dict[str, Any]:
    """Return the table of children that a search found."""
    rows = [
        {
            "cells": [
                {
                    "text": each.pupil.name,
                    "href": reverse("casework:pupil", args=[each.pupil.public_id]),
                    "header": True,
                    "second": f"found as {each.also}" if each.also else "",
                },
                {"text": f"{day_in_full(each.pupil.date_of_birth)} ({each.age})"},
                {
                    "text": each.school_name or "Not on a roll here",
                    "second": YEAR_GROUP_LABELS.get(each.year_group, ""),
                },
                {"text": each.pupil.upn or "None held"},
            ]
        }
        for each in found
    ]
    return {"columns": columns("Child", "Born", "School", "UPN"), "rows": rows}


def evidence_table(perhaps: Perhaps, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed beside a child held already: fact, typed, held, and whether they match."""
    pupil, evidence = perhaps.pupil, perhaps.evidence
    other = f"also {', '.join(perhaps.other_names)}" if perhaps.other_names else ""
    facts = (
        ("Name", f"{typed['first_name']} {typed['last_name']}", pupil.name, other, evidence.name),
        ("Born", day_in_full(typed["date_of_birth"]), day_in_full(pupil.date_of_birth), "", evidence.born),
        ("Sex", SEX_LABELS[typed["sex"]], pupil.get_sex_display(), "", evidence.sex),
        ("UPN", typed.get("upn") or "Not given", ", ".join(perhaps.upns) or "None held", "", evidence.upn),
    )
    rows = [
        {"cells": [{"text": fact, "header": True}, {"text": said}, {"text": held, "second": more}, {"text": match}]}
        for fact, said, held, more, match in facts
    ]
    same_school = typed["school"].name == perhaps.school
    school = [
        {"text": "School", "header": True},
        {"text": typed["school"].name},
        {"text": perhaps.school or "On no roll here"},
        {"text": Match.SAME if same_school else Match.DIFFERS if perhaps.school else Match.UNKNOWN},
    ]
    return {
        "pupil": pupil,
        "because": evidence.because,
        "columns": columns("Fact", "As you typed it", "As held", "Match"),
        "rows": [*rows, {"cells": school}],
    }


def pupil_tables(page: PupilPage, as_at: AsAt, *, may_record: bool) -> dict[str, Any]:
    """Return the tables of a child's page."""
    return {
        "known_columns": columns("Circumstance", "On the day", "How we know"),
        "known_rows": [
            {"cells": [{"text": row["label"], "header": True}, {"text": row["value"]}, {"text": _how(row["known"])}]}
            for row in page.circumstances_as_at(as_at)
        ],
        "case_columns": columns("Reference", "Exclusion", "First day"),
        "case_rows": [
            {
                "cells": [
                    {"text": line.reference, "href": line.href, "header": True},
                    {"text": line.text},
                    {"text": day_in_full(line.on)},
                ]
            }
            for line in page.cases
        ],
        "spell_columns": columns("School", "Year", "From", "To"),
        "spell_rows": [
            {
                "cells": [
                    {
                        "text": spell.school.name,
                        "href": reverse("casework:school", args=[spell.school.urn]),
                        "header": True,
                    },
                    {"text": YEAR_GROUP_LABELS[spell.year_group]},
                    {"text": day_in_full(spell.first_day)},
                    {"text": day_in_full(spell.last_day) if spell.last_day else "Now"},
                ]
            }
            for spell in page.roll_spells
        ],
        "history_columns": columns(
            "Circumstance", "Value", "From", "To", "Source", *(["Change"] if may_record else [])
        ),
        "history_rows": [_history_row(entry, may_record=may_record) for entry in page.circumstances],
    }


def _history_row(entry: dict[str, Any], *, may_record: bool) -> dict[str, Any]:
    row = entry["row"]
    cells: list[dict[str, Any]] = [
        {"text": entry["label"], "header": True},
        {"text": entry["value"], "second": f"Taken back: {row.withdrawn_because}" if row.withdrawn_at else ""},
        {"text": day_in_full(row.first_day)},
        {"text": day_in_full(row.last_day) if row.last_day else "Until another is known"},
        {"text": row.source, "second": f"known since {day_in_full(row.known_on)}"},
    ]
    if may_record:
        cells.append(
            {"text": ""}
            if row.withdrawn_at
            else {
                "text": "Take back",
                "href": reverse("casework:withdraw-entry", args=[row.pupil.public_id, "circumstances", row.pk]),
                "hidden_text": f"{entry['label']}, {entry['value']}",
            }
        )
    return {"cells": cells, "classes": "app-taken-back" if row.withdrawn_at else ""}


def _how(known: Any) -> str:
    if not known.source:
        return "Nobody has said"
    return f"{known.source}, so since {day_in_full(known.since)}, known since {day_in_full(known.known_on)}"
