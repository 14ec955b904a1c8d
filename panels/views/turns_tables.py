"""The turns as tables: what each choice does, and every school's balance with its picture."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.views.tables import columns
from panels.models import Referral
from panels.rules.terms import FairnessModel
from panels.rules.turns.answers import BalanceLine, Balances
from panels.rules.turns.ledger import Ledger
from panels.rules.turns.rounding import signed, to_tenths
from panels.selectors.turns import choices_of

# The picture of a balance: half its width is the largest balance of all.
HALF, HEIGHT = 60, 12


def choices_table(referral: Referral, *, on: date) -> dict[str, Any]:
    """Return what each candidate would mean, with whose turn it is in words; empty where the panel keeps no turns."""
    found = choices_of(referral, on=on)
    if found is None or found.suggestion.model is FairnessModel.NONE:
        return {}
    numbers = [{"text": text, "numeric": True} for text in ("Balance now", "After this place")]
    rows = []
    for candidate, what_if in found.lines:
        means: dict[str, Any] = {"text": ""}
        if candidate.passed_over:
            means = {"text": "Passed over, and keeps its turn"}
        elif what_if.is_suggested:
            means = {"tag": {"text": "Next by turn", "classes": "govuk-tag--blue"}}
        elif what_if.needs_reason:
            means = {"text": "A reason is needed to choose it"}
        place = f"{ordinal(what_if.place_now)} of {what_if.schools}" if what_if.place_now else "None"
        rows.append(
            {
                "cells": [
                    {"text": candidate.school.name, "header": True},
                    {"text": signed(what_if.before), "numeric": True},
                    {"text": signed(what_if.after), "numeric": True},
                    {"text": place},
                    means,
                ]
            }
        )
    return {
        "columns": [*columns("School"), *numbers, *columns("Its place in the order", "What it means")],
        "rows": rows,
        "says": found.suggestion.working[-1],
    }


def balances_table(balances: Balances, ledger: Ledger) -> dict[str, Any]:
    """Return every school's line, least first, and the total."""
    rolls = {school.urn: school.roll for school in ledger.schools}
    widest = max((abs(line.shown) for line in balances.lines), default=Decimal(0))
    has_share = any(line.share is not None for line in balances.lines)
    numbers = ["Roll", "Places", "Taken", *(["Share"] if has_share else []), "Balance"]
    places = sum(line.places for line in balances.lines)
    taken = sum((line.taken for line in balances.lines), start=balances.total - balances.total)
    total = [
        {"text": "All schools", "header": True},
        *_numbers(f"{sum(rolls[line.urn] for line in balances.lines):,}", str(places), str(to_tenths(taken))),
        *(_numbers(str(to_tenths(taken))) if has_share else []),
        *_numbers(f"{balances.shown_total:.1f}"),
        {"text": "", "empty": True},
        {"text": "", "empty": True},
    ]
    return {
        "columns": [
            *columns("School"),
            *({"text": text, "numeric": True} for text in numbers),
            *columns("Picture", "Note"),
        ],
        "rows": [
            *({"cells": _cells(line, rolls[line.urn], widest, has_share)} for line in balances.lines),
            {"cells": total},
        ],
    }


def _cells(line: BalanceLine, roll: int, widest: Decimal, has_share: bool) -> list[dict[str, Any]]:
    notes = [*line.notes, *([] if line.takes_part else ["Takes part no more"])]
    share = "" if line.share is None else str(to_tenths(line.share))
    return [
        {"text": line.name, "header": True},
        *_numbers(f"{roll:,}" if roll else "Not known", str(line.places), str(to_tenths(line.taken))),
        *(_numbers(share) if has_share else []),
        *_numbers(signed(line.shown)),
        {"html": picture(line.shown, widest)},
        {"text": "; ".join(notes), "empty": not notes},
    ]


def _numbers(*texts: str) -> list[dict[str, Any]]:
    return [{"text": text, "numeric": True} for text in texts]


def picture(value: Decimal, widest: Decimal) -> SafeString:
    """Draw a balance as a bar: to the left and hollow below nought, to the right and filled above; the number says the same."""
    long = round(float(abs(value) / widest) * HALF, 1) if widest else 0.0
    left = HALF - long if value < 0 else HALF
    kind = "app-turn--under" if value < 0 else "app-turn--over"
    return format_html(
        '<svg class="app-turn" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true" focusable="false">'
        '<path d="M{m} 0V{h}" class="app-turn__line"/><rect x="{x}" y="2" width="{l}" height="{b}" class="{k}"/></svg>',
        w=2 * HALF, h=HEIGHT, m=HALF, x=left, l=long, b=HEIGHT - 4, k=kind,
    )  # fmt: skip


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
