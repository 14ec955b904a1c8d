"""A referral as its pages show it: what the file holds, the papers, the schools considered, and what is wanting."""

from datetime import date
from typing import Any

from django.urls import reverse

from casework.rules.dates import in_words
from casework.rules.terms import EARLY_HELP_LABELS, SEN_LABELS, SEN_NEED_LABELS, SOCIAL_CARE_LABELS, YEAR_GROUP_LABELS
from casework.selectors.calendars import authority_calendar
from casework.selectors.circumstances import UNKNOWN, AsAt, known_about
from casework.views.tables import columns, day_in_full
from exclusions.rules.fair_access import ALLOCATE_WITHIN
from exclusions.rules.fair_access_categories import FAIR_ACCESS_LABELS
from exclusions.rules.readings import Ambiguity
from panels.models import CandidateSchool, Referral
from panels.rules.allocation import AllocationDays
from panels.rules.papers import PAPER_LABELS, Paper
from panels.rules.routing import Accepted
from panels.rules.terms import FAIR_ACCESS_PANELS, LAWFUL_ROUTE_LABELS, PanelKind
from panels.rules.versions import NoTerms
from panels.selectors import referrals as selectors
from panels.selectors.allocation import Allocation, allocation_of
from panels.selectors.child_facts import education_now, year_group
from panels.services import referrals as service

NOT_KNOWN = "Not known: ask the school"
LABELS = {
    "sen": ("SEN", SEN_LABELS),
    "sen_need": ("SEN need", SEN_NEED_LABELS),
    "social_care": ("Social care", SOCIAL_CARE_LABELS),
    "early_help": ("Early help", EARLY_HELP_LABELS),
}


def referral_context(referral: Referral, *, on: date) -> dict[str, Any]:
    """Return what a referral's own page shows of it on a day."""
    candidates = selectors.candidates(referral)
    is_open = not referral.withdrawn_at and not referral.decided_on
    wanting = service.wanting_of(referral, candidates=len(candidates)) if is_open else ()
    context: dict[str, Any] = papers_context(referral, candidates, on=on)
    categories = referral.categories.order_by("category")
    return context | {
        "wanting": wanting,
        "is_open": is_open,
        "is_fair_access": PanelKind(referral.panel.kind) in FAIR_ACCESS_PANELS,
        "category_columns": columns("Category", "What shows it", "Judged on"),
        "category_rows": [
            {
                "cells": [
                    {"text": f"({each.category}) {FAIR_ACCESS_LABELS[each.category]}", "header": True},
                    {"text": each.evidence},
                    {"text": day_in_full(each.assessed_on)},
                ]
            }
            for each in categories
        ],
        "routing": _routing(referral, on) if is_open else {},
    }


def papers_context(referral: Referral, candidates: list[CandidateSchool], *, on: date) -> dict[str, Any]:
    """Return the papers of a referral: what the panel needs of the file and no more, and what was written for it."""
    return {
        "referral": referral,
        "panel": referral.panel,
        "facts": facts_of(referral, on=on),
        "papers": [
            {"label": PAPER_LABELS[paper.value], "text": getattr(referral, paper.value), "name": paper.value}
            for paper in Paper
        ],
        "candidate_columns": candidate_columns(),
        "candidates": candidates,
        "candidate_rows": [{"cells": candidate_cells(each)} for each in candidates],
    }


def facts_of(referral: Referral, *, on: date) -> list[dict[str, Any]]:
    """Return what the file holds that a panel needs, as rows of a summary list: no birthday, UPN or address."""
    as_at = known_about(referral.pupil, on=on)
    year = year_group(as_at, referral.exclusion)
    rows = [
        ("Year group", YEAR_GROUP_LABELS[year.value] if year else NOT_KNOWN),
        ("How the child comes", referral.get_route_display()),
        *_excluded(referral, on),
        *allocation_rows(referral, on),
        *((label, _said(as_at, kind, labels)) for kind, (label, labels) in LABELS.items()),
        ("Education now", _education(referral, on)),
    ]
    if referral.in_year_tried:
        rows.append(("In-year places sought", referral.in_year_tried))
    if referral.out_of_school_since:
        rows.append(("Without education since", day_in_full(referral.out_of_school_since)))
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def candidate_columns() -> list[dict[str, Any]]:
    """Return the head of the table of schools considered."""
    return columns("School", "Miles", "Free places", "In the year group", "Note")


def candidate_cells(row: CandidateSchool) -> list[dict[str, Any]]:
    """Return a school considered, as a row of the table."""
    notes = ["Parents’ wish"] if row.parents_wish else []
    notes += [row.note] if row.note else []
    notes += [f"Passed over: {row.passed_over}"] if row.passed_over else []
    return [
        {"text": row.school.name, "header": True},
        {"text": "Not measured" if row.miles is None else f"{row.miles:.1f}"},
        {"text": "Not said" if row.places is None else str(row.places) if row.places else "0, full"},
        {"text": "Not said" if row.in_year_group is None else str(row.in_year_group)},
        {"text": ". ".join(notes)},
    ]


def _excluded(referral: Referral, on: date) -> list[tuple[str, str]]:
    exclusion = referral.exclusion
    if exclusion is None:
        return []
    calendar = authority_calendar(exclusion.school.authority_id)
    reasons = exclusion.exclusion_reasons.select_related("reason").order_by("position")
    return [
        ("Excluded", f"{in_words(exclusion.first_day, today=on, calendar=calendar)}, {exclusion.school.name}"),
        ("Reasons", "; ".join(each.reason.label for each in reasons)),
    ]


def allocation_rows(referral: Referral, on: date) -> list[tuple[str, str]]:
    """Return by when a place must be allocated, with the rule; of a Fair Access Panel's referral that is to be heard."""
    if referral.withdrawn_at or referral.decided_on:
        return []
    found = allocation_of(referral)
    if found is None:
        return []
    if found.days is None:
        return [
            ("Place to be allocated by", "Not counted: no term dates reach so far. Ask an administrator to add them")
        ]
    return [("Place to be allocated by", _on_each_reading(found, found.days, on))]


def _on_each_reading(found: Allocation, days: AllocationDays, on: date) -> str:
    """Return the last days to allocate a place in words: on the reading of AMB-9 in force, and on the other beside it."""

    def words(day: date) -> str:
        return in_words(day, today=on, calendar=found.calendar)

    said = f"{words(days.due)}: {ALLOCATE_WITHIN} school days after {day_in_full(days.counted_from)} ({found.rule})"
    if days.other_due != days.due:
        said += f"; or {words(days.other_due)} on the other reading"
    if days.beside:
        said += f"; {words(days.beside)} on the reading not chosen"
    if days.counted_from == days.other_from:
        said += f", on both readings of {Ambiguity.FAIR_ACCESS_DAY_ZERO.value}"
    return said


def _said(as_at: AsAt, kind: str, labels: Any) -> str:
    value = as_at.value(kind)
    return NOT_KNOWN if value == UNKNOWN else labels[value]


def _education(referral: Referral, on: date) -> str:
    held = education_now([referral.pupil_id], on=on).get(referral.pupil_id)
    if held is None:
        return "None arranged"
    return f"{held.provider.name} since {day_in_full(held.starts_on)}, {held.hours_a_week:g} hours a week"


def _routing(referral: Referral, on: date) -> dict[str, Any]:
    """Return whether the panel may take the child still, by the rule asked again today, and what it is shown."""
    try:
        found: Accepted = service.still_taken(referral, on=on)
    except service.MayNotTake as may_not:
        refused = may_not.refused
        return {"refused": refused.reason, "instead": LAWFUL_ROUTE_LABELS[refused.instead], "do": refused.do}
    except NoTerms:
        return {"refused": "The panel has no terms in force today.", "do": "Ask an administrator to add them."}
    return {
        "categories": [f"({each}) {FAIR_ACCESS_LABELS[each]}" for each in found.categories],
        "shown": [each.says for each in found.shown],
        "working": found.working,
    }


def with_actions(context: dict[str, Any]) -> dict[str, Any]:
    """Return what the table of schools considered needs besides, for those who may take one off."""
    referral: Referral = context["referral"]
    rows = []
    for each in context["candidates"]:
        href = reverse("panels:take-off-school", args=[referral.panel.code, referral.reference, each.pk])
        rows.append(
            {"cells": [*candidate_cells(each), {"text": "Take off", "href": href, "hidden_text": each.school.name}]}
        )
    columns_now = [*context["candidate_columns"], {"text": "Actions", "hidden": True}]
    return {"candidate_columns": columns_now, "candidate_rows": rows}
