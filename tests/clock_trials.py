"""Trials of the calculator on random requests, run a few thousand times at every build and many more now and then."""

import json
from random import Random
from typing import Any

from exclusions.clock_json import FaultAt, Refused, respond
from exclusions.rules.deadlines import Fault
from tests.random_requests import broken_request, sound_request
from tests.slow_counter import Counter, NoDates


def agree(seed: int) -> bool:
    """Compare the calculator with the slow counter on one request; tell whether there was an answer to compare."""
    request = sound_request(Random(seed))
    answer, faults = _asked(request)
    if faults:
        assert {fault.code for fault in faults} == {Fault.NO_TERM_DATES}, (seed, faults)
        return False
    try:
        wanted = _counted(Counter(request))
    except NoDates as gap:
        raise AssertionError(f"request {seed}: the slow counter leaves the calendar on {gap}") from None
    assert _answered(answer) == wanted, f"request {seed}"
    return True


def _answered(answer: Any) -> dict[str, Any]:
    return {
        "deadlines": {
            (each["event"], each["key"]): (each["due"], each.get("other_reading", each["due"]))
            for each in answer["deadlines"]
        },
        "none": {(each["event"], each["key"]) for each in answer["none"]},
        "totals": {
            event: (row["term_days"], row["year_days"], row["band"])
            for event, row in answer["totals"]["by_event"].items()
        },
        "cancellations": {
            each["event"]: (each["lawful"], each["days_served"], each["year_days_with"])
            for each in answer["cancellations"]
        },
    }


def _counted(counter: Counter) -> dict[str, Any]:
    deadlines = counter.deadlines()
    return {
        "deadlines": {key: (str(dates[0]), str(dates[1])) for key, dates in deadlines.items() if dates},
        "none": {key for key, dates in deadlines.items() if not dates},
        "totals": counter.totals(),
        "cancellations": counter.cancellations,
    }


def survive(seed: int) -> list[Fault]:
    """Ask a request with something wrong in it, and return the codes of its faults, none if it was answered after all."""
    answer, faults = _asked(broken_request(Random(seed)))
    assert bool(answer) != bool(faults), seed
    for fault in faults:
        assert fault.path, (seed, fault)
        assert fault.message, (seed, fault)
        assert str(fault).isprintable(), (seed, fault)
    return [fault.code for fault in faults]


def _asked(request: Any) -> tuple[Any, tuple[FaultAt, ...]]:
    try:
        return json.loads(respond(json.dumps(request).encode())), ()
    except Refused as refused:
        return None, refused.faults
