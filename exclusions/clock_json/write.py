"""From an answer to its text in JSON: keys sorted, two-space indent, UTF-8, a newline at the end."""

import json
from collections.abc import Iterable
from typing import Any

from casework.rules.calendar import DayLookedAt
from exclusions.rules.deadlines import Answer, Cancelling, Deadline, EventTotals
from exclusions.rules.sources import cite


def answer_text(answer: Answer) -> str:
    """Return an answer as text, the same for the same answer."""
    return json.dumps(answer_data(answer), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def answer_data(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain values, in the words of the interface."""
    return {
        "rule_set": answer.rule_set.code if answer.rule_set else None,
        "totals": {"by_event": {event: _totals(row) for event, row in answer.totals.items()}},
        "deadlines": [_deadline(deadline) for deadline in answer.deadlines],
        "none": [{"event": row.event, "key": row.key, "because": row.because} for row in answer.none],
        "cancellations": [_cancellation(row) for row in answer.cancellations],
        "warnings": [{"event": row.event, "code": row.code, "message": row.message} for row in answer.warnings],
    }


def _totals(row: EventTotals) -> dict[str, Any]:
    totals = row.totals
    found: dict[str, Any] = {
        "term_days": totals.term_days,
        "year_days": totals.year_days,
        "year_days_left": totals.year_days_left,
        "band": totals.band,
    }
    if row.last_day:
        found["last_day"] = row.last_day.isoformat()
    if row.return_on:
        found["return_on"] = row.return_on.isoformat()
    if totals.by_term:
        found["by_term"] = [
            {"term": each.term.name, "term_days": each.term_days, "band": each.band} for each in totals.by_term
        ]
    return found


def _deadline(deadline: Deadline) -> dict[str, Any]:
    found: dict[str, Any] = {
        "event": deadline.event,
        "key": deadline.key,
        "rule": deadline.rule,
        "rule_set": deadline.rule_set.code,
        "source": cite(deadline.source),
        "duty_holder": deadline.duty_holder,
        "due": deadline.due.isoformat(),
        "counted_from": deadline.counted_from.isoformat(),
        "working": _working(deadline.working),
        "readings": [
            {"ambiguity": each.ambiguity, "reading": each.reading, "due": each.due.isoformat()}
            for each in deadline.readings
        ],
    }
    if deadline.other_reading:
        found["other_reading"] = deadline.other_reading.isoformat()
    if deadline.deemed_given_on:
        found["deemed_given_on"] = deadline.deemed_given_on.isoformat()
    return found


def _working(rows: Iterable[DayLookedAt]) -> list[dict[str, Any]]:
    return [
        {"on": row.on.isoformat(), "skipped": row.skipped}
        if row.skipped
        else {"on": row.on.isoformat(), "count": row.count}
        for row in rows
    ]


def _cancellation(row: Cancelling) -> dict[str, Any]:
    return {
        "event": row.event,
        "of": row.of,
        "lawful": row.lawful,
        "days_served": row.days_served,
        "year_days_with": row.year_days_with,
        "because": row.because,
        "rule": row.rule,
    }
