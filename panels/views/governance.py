from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.policy import requires_any
from casework.views.tables import columns, day_in_full
from panels.models import ItemRecord, OfficerDecision
from panels.rules.advice import WAITS
from panels.rules.terms import MEMBER_ROLE_LABELS
from panels.selectors.governance import GovernedItem, governance_of
from panels.selectors.sittings import Expected
from panels.views.finding_sittings import back_to_sitting, sitting_of
from panels.views.sittings import SITTING


@requires_any(*SITTING)
@require_safe
def governance(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Show how a sitting was governed. It names neither child nor reference, so that no child's record is read."""
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = governance_of(request.user, sitting, on=today)
    if found is None:
        raise Http404
    context = {
        "sitting": sitting,
        "panel": sitting.panel,
        "member_columns": columns("Member", "Sits as", "Was there"),
        "member_rows": [{"cells": _member(one)} for one in found.members],
        "item_columns": columns("Item", "Quorum", "Presided", "Left for it", "Decision"),
        "item_rows": [{"cells": _item(one)} for one in found.items],
        "ties": found,
        "decision_columns": columns("Decision", "Items"),
        "decision_rows": [
            {"cells": [{"text": kind, "header": True}, {"text": str(number)}]} for kind, number in found.decisions
        ],
        "back": back_to_sitting(sitting),
    }
    return render(request, "panels/governance.html", context)


def _member(one: Expected) -> list[dict[str, Any]]:
    there = "Yes" if one.present else "Apologies" if one.apologies else "No"
    return [
        {"text": one.person.name, "second": one.person.post, "header": True},
        {"text": MEMBER_ROLE_LABELS[one.membership.role]},
        {"text": there},
    ]


def _item(one: GovernedItem) -> list[dict[str, Any]]:
    number = {"text": str(one.seen.number), "header": True}
    record = one.record
    if record is None:
        return [number, *({"text": text} for text in ("Not recorded", "", "", ""))]
    business = "" if one.seen.item.referral_id else "Business"
    return [
        number,
        {"text": record.quorum_said or "Not asked"},
        {"text": record.presided_by.name if record.presided_by else "Nobody"},
        {"text": str(record.number_out)},
        {"text": _what(record) or business, "second": _how(record)},
    ]


def _what(record: ItemRecord) -> str:
    """Return what the panel decided, or advised; what an officer decided is told beside it."""
    return f"Advised: {record.panels_outcome}" if record.is_advice else record.panels_outcome


def _how(record: ItemRecord) -> str:
    said = [record.decided_how]
    for row in record.taken_back:
        said.append(f"{_officer(row)}, and taken back on {day_in_full(timezone.localdate(row.withdrawn_at))}.")
    if record.officer:
        said.append(f"{_officer(record.officer)}: {record.get_outcome_display()}.")
    elif record.is_advice:
        said.append(f"{WAITS}.")
    return " ".join(filter(None, said))


def _officer(row: OfficerDecision) -> str:
    """Return what an officer made of the advice; neither why nor by whom, which may point to a child."""
    no_tie = ", who declared no tie" if row.declared_no_tie else ""
    return f"{'Decided so' if row.follows else 'Decided otherwise'} by an officer{no_tie}"
