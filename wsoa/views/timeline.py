"""A plan's actions against the years: each a bar to its day, beside the days that were given before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casework.views.tables import columns, day_in_full
from wsoa.rules.terms import STATE_LABELS
from wsoa.rules.timeline import Axis, axis
from wsoa.selectors.standing import Stood
from wsoa.views.presenting import times_moved

WIDTH, HEIGHT = 360, 22
LEAST = 5
"""A bar is at least so wide, to be seen: a month of ten years is three."""


def axis_of(actions: Sequence[Stood], *, today: date) -> Axis:
    """Return the years that hold every day of the actions, and today."""
    return axis((day for each in actions for day in (each.action.starts_on, each.action.due) if day), today=today)


def timeline_row(
    row: dict[str, Any], each: Stood, line: Axis, *, today: date, before: Sequence[date]
) -> dict[str, Any]:
    """Return an action's row with its bar in the place of its date and last word.

    `before` are the days by which it was to be done before its date was moved.
    """
    reference, title, lead, _, _, state = row["cells"]
    return {"cells": [reference, title, lead, _when(each, line, today=today, before=before), state]}


def timeline_columns(line: Axis) -> list[dict[str, Any]]:
    """Return the columns of the rows, the years over the bars."""
    reference, action, lead, years, state = columns(
        "Reference", "Action", "Lead, as written", "Against the years", "State today"
    )
    return [reference, action, lead, years | {"html": _years(line)}, state]


def _when(each: Stood, line: Axis, *, today: date, before: Sequence[date]) -> dict[str, Any]:
    action = each.action
    second = ", ".join(part for part in (action.dates_as_written, times_moved(each.moves)) if part)
    if action.due is None and action.starts_on is None:
        return {"text": "No day can be read in it" if action.dates_as_written else "No date is given", "second": second}
    return {"html": _bar(each, line, today=today, before=before), "second": second}


def _bar(each: Stood, line: Axis, *, today: date, before: Sequence[date]) -> SafeString:
    action, name = each.action, each.standing.state.value.replace(" ", "-")
    due = action.due
    begins = _x(line.begins(action.starts_on or due or today))
    ends = float(WIDTH) if due is None or action.ongoing else _x(line.ends(due))
    left = begins if action.starts_on else max(ends - LEAST, 0.0)
    if action.ongoing and not action.starts_on and due:
        left = _x(line.begins(due))
    was = format_html_join(
        "", '<path class="app-timeline__before" d="M{} 1V21"/>', ((_x(line.ends(day)),) for day in before)
    )
    return format_html(
        '<svg class="app-timeline" viewBox="0 0 {w} {h}" preserveAspectRatio="none" role="img" aria-label="{said}">{years}{was}'
        '<rect class="app-timeline__bar app-timeline__bar--{name}{open}" x="{x}" y="5" width="{width}" height="12"/>'
        '<path class="app-timeline__today" d="M{now} 0V{h}"/></svg>',
        w=WIDTH, h=HEIGHT, said=_said(each, before), years=_grid(line), was=was, name=name,
        open=" app-timeline__bar--open" if due is None or action.ongoing else "", x=left,
        width=round(max(ends - left, LEAST), 1), now=_x(line.begins(today)),
    )  # fmt: skip


def _said(each: Stood, before: Sequence[date]) -> str:
    action = each.action
    parts = []
    if action.starts_on:
        parts.append(f"From {day_in_full(action.starts_on)}")
    if action.due:
        parts.append(f"{'to' if action.starts_on else 'By'} {day_in_full(action.due)}")
    if action.ongoing:
        parts.append("and ongoing")
    moved = f", before it {', '.join(day_in_full(day) for day in before)}" if before else ""
    return f"{' '.join(parts)}{moved}. {STATE_LABELS[each.standing.state]}"


def _years(line: Axis) -> SafeString:
    """Draw the years over the bars, as many of them as have room."""
    step = max(1, -(-len(line.years) // 8))
    names = format_html_join(
        "",
        '<text x="{}" y="11">{}</text>',
        ((_x(line.begins(date(year, 1, 1))) + 2, year) for year in line.years[::step]),
    )
    return format_html(
        '<svg class="app-timeline app-timeline--years" viewBox="0 0 {w} 14" aria-hidden="true" focusable="false">{names}</svg>',
        w=WIDTH, names=names,
    )  # fmt: skip


def _grid(line: Axis) -> SafeString:
    lines = " ".join(f"M{_x(line.begins(date(year, 1, 1)))} 0V{HEIGHT}" for year in line.years)
    return format_html('<path class="app-timeline__year" d="{}"/>', lines)


def _x(share: Any) -> float:
    return round(float(share) * WIDTH, 1)
