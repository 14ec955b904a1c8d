"""How long the statutory calculator takes: prints figures and judges nothing."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from exclusions.clock_json import respond
from exclusions.clock_json.read import request_of
from exclusions.rules.clock import answer
from tests.unit.exclusions.test_clock_json import interface

pytestmark = pytest.mark.bench


def ten_events() -> dict[str, Any]:
    """Two school years, snow, three suspensions, a permanent exclusion and its whole course."""
    request: dict[str, Any] = interface()
    request["calendar"]["terms"] += [
        ["2026-01-06", "2026-02-13"],
        ["2026-02-23", "2026-03-27"],
        ["2026-04-13", "2026-05-22"],
        ["2026-06-01", "2026-07-20"],
    ]
    request["events"] = [
        {"id": "e1", "type": "suspension", "first_day": "2025-09-08", "days": 8},
        {"id": "e2", "type": "suspension", "first_day": "2025-09-24", "days": 2.5},
        {"id": "e3", "type": "suspension", "first_day": "2025-10-07", "days": 5},
        {"id": "e4", "type": "permanent_exclusion", "first_day": "2025-10-14"},
        {"id": "e5", "type": "board_notified", "on": "2025-10-14", "of": "e4"},
        {"id": "e6", "type": "board_met", "on": "2025-11-11", "of": "e4"},
        {"id": "e7", "type": "board_decision_notice", "on": "2025-11-11", "method": "first_class", "of": "e4"},
        {"id": "e8", "type": "review_application", "on": "2025-12-01", "of": "e4"},
        {"id": "e9", "type": "review_panel_notice", "on": "2026-01-12", "of": "e4"},
        {"id": "e10", "type": "fair_access_agreed", "on": "2026-01-15"},
    ]
    return request


def measured(name: str, work: Callable[[], object], *, times: int = 300) -> None:
    """Print the median and the 95th percentile in milliseconds of processor time."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    high = statistics.quantiles(taken, n=20)[-1]
    print(f"{name}: median {statistics.median(taken):.2f} ms, 95th {high:.2f} ms of processor time")


def test_bench_one_request_of_ten_events() -> None:
    body = json.dumps(ten_events()).encode()

    measured("ten events, text to text", lambda: respond(body))


def test_bench_ten_events_on_a_calendar_that_is_shared() -> None:
    request = request_of(json.dumps(ten_events()).encode()).request

    measured("ten events, calendar known", lambda: answer(request))
    fresh = replace(request.calendar)
    measured("ten events, calendar new", lambda: answer(replace(request, calendar=replace(fresh))))


def test_bench_ten_thousand_cases_of_five_events() -> None:
    whole = ten_events()
    whole["events"] = [event for event in whole["events"] if event["id"] in {"e1", "e4", "e5", "e6", "e7"}]
    request = request_of(json.dumps(whole).encode()).request
    began = time.process_time()

    for _ in range(10_000):
        answer(request)

    print(f"ten thousand cases of five events, one calendar: {time.process_time() - began:.1f} s of processor time")
