from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.policy import requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.views.tables import columns, day_in_full
from panels.models import Membership, Panel
from panels.models.querysets import SEE_EVERY_PANEL
from panels.rules.terms import ROUTE_IN_LABELS, PanelKind
from panels.selectors import panels as selectors
from panels.selectors import terms as terms_selectors
from panels.selectors.my_actions import has_any
from panels.selectors.turns import PHASES
from panels.views.finding import back_to, panel_of


@requires_any(*SEE_EVERY_PANEL, Permission.SIT_ON_PANELS)
@require_safe
def panel(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    found = panel_of(request.user, code, on=today)
    versions = terms_selectors.versions(found, on=today)
    in_force = next((version for version in versions if version.in_force), None)
    members = selectors.members(found, on=today)
    open_still = found.closed_on is None
    may_set = has_permission(request.user, Permission.SET_PANELS)
    may_prepare = has_permission(request.user, Permission.PREPARE_PANELS)
    context = {
        "panel": found,
        "kind": found.get_kind_display(),
        "terms": terms_context(in_force) if in_force else None,
        "version_columns": columns("In force", "Who decides", "How places are shared out", "Added by"),
        "version_rows": [_version_row(found, version) for version in versions],
        "member_columns": _member_columns(may_prepare=may_prepare, may_end=may_set),
        "today_rows": [_member_row(found, each, may_prepare, may_set) for each in members.today],
        "to_come_rows": [_member_row(found, each, may_prepare, may_set) for each in members.to_come],
        "past_columns": columns("Member", "Sat as", "From", "To"),
        "past_rows": [_past_row(each) for each in members.past],
        "may_set": may_set and open_still,
        "may_read_sittings": not may_set,
        "may_read_referrals": all(
            has_permission(request.user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS)
        ),
        "places": found.kind != PanelKind.OTHER,
        "has_actions": has_any(request.user, on=today),
        "keeps_connections": selectors.keeps_connections(request.user, on=today),
        "keeps_turns": has_permission(request.user, Permission.SEE_PANELS) and found.kind in PHASES,
        "back": {"text": "Panels", "href": reverse("panels:panels")},
    }
    return render(request, "panels/panel.html", context)


@requires_any(*SEE_EVERY_PANEL, Permission.SIT_ON_PANELS)
@require_safe
def terms(request: StaffRequest, code: str, in_force_from: Any) -> HttpResponse:
    today = timezone.localdate()
    found = panel_of(request.user, code, on=today)
    versions = terms_selectors.versions(found, on=today)
    version = next((each for each in versions if each.row.in_force_from == in_force_from), None)
    if version is None:
        raise Http404
    context = {"panel": found, "terms": terms_context(version), "back": back_to(found)}
    return render(request, "panels/terms.html", context)


def terms_context(version: terms_selectors.Version) -> dict[str, Any]:
    """Return a version of the terms as rows of what it lays down, and its two texts."""
    row, rule = version.row, version.rule
    former = "For ever"
    if rule.former_years is not None:
        former = f"For {rule.former_years} year{'' if rule.former_years == 1 else 's'} after it ended"
    facts = (
        ("Who decides", row.get_decision_model_display()),
        ("If votes are equal", _casting_vote(version)),
        ("Quorum", version.quorum),
        ("How places are shared out", f"{row.get_fairness_model_display()}. {version.fairness}"),
        ("A place that ends is given back", _given_back(rule.credit_weeks)),
        ("A school that is asked replies", _reply(rule.reply_within)),
        ("A former post is a tie", former),
        ("Ways in", ". ".join(label for route, label in ROUTE_IN_LABELS.items() if route in row.routes)),
        (
            "Looked-after children",
            "Are placed another way, not by this panel" if row.looked_after_placed_elsewhere else "May be brought here",
        ),
        ("Children in papers", "By reference, not by name" if row.pseudonymised else "By name"),
    )
    return {
        "rows": [{"key": {"text": key}, "value": {"text": value}} for key, value in facts if value],
        "since": day_in_full(row.in_force_from),
        "until": day_in_full(version.last_day) if version.last_day else "",
        "in_force": version.in_force,
        "delegation": row.delegation,
        "criteria": row.criteria,
        "added": f"{row.added_by.name}, {day_in_full(timezone.localtime(row.added_at).date())}",
    }


def _given_back(weeks: int) -> str:
    if not weeks:
        return "Never, however early it ends"
    return f"Within {weeks} school week{'' if weeks == 1 else 's'}"


def _reply(days: int | None) -> str:
    if days is None:
        return "No day is given: neither by the law nor by these terms"
    return f"Within {days} school day{'' if days == 1 else 's'}. A local rule: the law has no figure"


def _casting_vote(version: terms_selectors.Version) -> str:
    if version.rule.decision_model.value != "majority":
        return ""
    return "Whoever presides has a casting vote" if version.rule.casting_vote else "Nothing is decided"


def _version_row(panel: Panel, version: terms_selectors.Version) -> dict[str, Any]:
    row = version.row
    until = f" to {day_in_full(version.last_day)}" if version.last_day else ""
    return {
        "cells": [
            {
                "text": f"{day_in_full(row.in_force_from)}{until}",
                "href": reverse("panels:terms", args=[panel.code, row.in_force_from]),
                "header": True,
                "second": "in force today" if version.in_force else "",
            },
            {"text": row.get_decision_model_display(), "second": version.quorum},
            {"text": row.get_fairness_model_display()},
            {"text": row.added_by.name, "second": day_in_full(timezone.localtime(row.added_at).date())},
        ]
    }


def _member_columns(*, may_prepare: bool, may_end: bool) -> list[dict[str, Any]]:
    found = columns("Member", "Sits as", "From", "To")
    found += columns("Connections") if may_prepare else []
    return [*found, {"text": "Actions", "hidden": True}] if may_end else found


def _member_row(panel: Panel, row: Any, may_prepare: bool, may_end: bool) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [
        {"text": row.person.name, "second": row.person.post, "header": True},
        {"text": row.get_role_display(), "second": _stands_in(row)},
        {"text": day_in_full(row.first_day)},
        {"text": day_in_full(row.last_day) if row.last_day else "No end is known"},
    ]
    address = [panel.code, row.pk]
    if may_prepare:
        said = f"{row.connections} connection{'' if row.connections == 1 else 's'}" if row.connections else "None said"
        href = reverse("panels:member-connections", args=address)
        cells.append({"text": said, "href": href, "hidden_text": row.person.name})
    if may_end:
        href = reverse("panels:end-membership", args=address)
        cells.append({"text": "End", "href": href, "hidden_text": f"the membership of {row.person.name}"})
    return {"cells": cells}


def _past_row(row: Membership) -> dict[str, Any]:
    never = row.last_day is not None and row.last_day < row.first_day
    return {
        "cells": [
            {"text": row.person.name, "header": True},
            {"text": row.get_role_display(), "second": _stands_in(row)},
            {"text": day_in_full(row.first_day)},
            {
                "text": "Never began" if never else day_in_full(row.last_day) if row.last_day else "",
                "second": f"{row.ended_because}. {row.ended_by.name}" if row.ended_by else "",
            },
        ]
    }


def _stands_in(row: Membership) -> str:
    return f"stands in for the chair, place {row.vice_chair_order}" if row.vice_chair_order else ""
