import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.rules.calendar import SchoolCalendar, StatutoryTerm
from exclusions.clock_json import respond
from exclusions.rules import events as ev
from exclusions.rules.clock import answer
from exclusions.rules.deadlines import Fault
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.terms import SchoolKind
from exclusions.rules.totals import days_from_length
from tests.clock_trials import agree, survive
from tests.random_requests import sound_request
from tests.tables.reader import calendar

ROOT = Path(__file__).parents[3]
A, TWO_YEARS = calendar("A"), calendar("A+B")
PUPIL = PupilFacts(home_authority="998", looked_after=True)
SCHOOL = SchoolFacts("999", SchoolKind.ACADEMY)
open_days = st.sampled_from(A.school_days_between(date(2025, 9, 3), date(2026, 5, 22)))


@pytest.mark.parametrize("part", range(20))
def test_dates_agree_with_those_counted_day_by_day(part: int) -> None:
    answered = sum(agree(seed) for seed in range(part * 100, part * 100 + 100))

    assert answered > 90


@pytest.mark.parametrize("part", range(20))
def test_request_with_something_wrong_is_answered_or_refused_and_nothing_else(part: int) -> None:
    found = {code for seed in range(part * 100, part * 100 + 100) for code in survive(seed)}

    assert found >= {Fault.BAD_VALUE, Fault.MISSING_KEY, Fault.UNKNOWN_KEY}


@pytest.mark.parametrize("seed", range(50))
def test_order_of_events_does_not_matter(seed: int) -> None:
    request = sound_request(Random(seed + 5000))
    first = respond(json.dumps(request).encode())

    request["events"].reverse()

    assert respond(json.dumps(request).encode()) == first


def test_same_request_has_the_same_answer_in_every_process() -> None:
    request = json.dumps(sound_request(Random(7))).encode()
    code = "import sys; from exclusions.clock_json import respond; print(respond(sys.stdin.buffer.read()))"

    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=request,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(answers) == 1


def chain(first_day: date, gaps: list[int]) -> tuple[ev.Event, ...]:
    told, decided, applied, decided_again = (first_day + timedelta(sum(gaps[:n])) for n in (1, 2, 3, 4))
    return (
        ev.PermanentExclusion("e1", first_day),
        ev.BoardNotified("e2", told, "e1"),
        ev.BoardDecisionNotice("e3", decided, "e1", ev.Method.FIRST_CLASS),
        ev.ReviewApplication("e4", applied, "e1", ev.Method.EMAIL),
        ev.ReviewPanelNotice("e5", decided_again, "e1"),
        ev.FairAccessAgreed("e6", applied),
        ev.InYearApplication("e7", decided),
    )


def dates(events: tuple[ev.Event, ...], on: SchoolCalendar) -> dict[tuple[str, str], tuple[date, date]]:
    every = {ambiguity: Setting.BOTH for ambiguity in Ambiguity}
    found = answer(ev.Request(on, PUPIL, SCHOOL, events, every))
    return {(one.event, one.key): (one.due, one.other_reading or one.due) for one in found.deadlines}


@settings(max_examples=200, deadline=None)
@given(
    first_day=open_days,
    gaps=st.lists(st.integers(0, 20), min_size=4, max_size=4),
    shut=st.frozensets(open_days, min_size=1, max_size=6),
    unplanned=st.booleans(),
)
def test_closure_never_brings_a_date_forward(
    first_day: date, gaps: list[int], shut: frozenset[date], unplanned: bool
) -> None:
    events = chain(first_day, gaps)
    with_closures = (
        replace(TWO_YEARS, unplanned_closures=shut) if unplanned else replace(TWO_YEARS, closed=TWO_YEARS.closed | shut)
    )

    before, after = dates(events, TWO_YEARS), dates(events, with_closures)

    assert before.keys() == after.keys()
    assert all(before[key][0] <= after[key][0] for key in before)
    assert all(before[key][1] <= after[key][1] for key in before)


@settings(max_examples=200, deadline=None)
@given(
    suspended=st.lists(
        st.tuples(open_days, st.integers(1, 40)), min_size=1, max_size=5, unique_by=lambda each: each[0]
    ),
    reading=st.sampled_from([Setting.READING_1, Setting.READING_2]),
)
def test_totals_of_the_terms_add_up_to_that_of_the_year(suspended: list[tuple[date, int]], reading: Setting) -> None:
    events: list[ev.Suspension] = []
    for first_day, half_days in sorted(suspended):
        days = tuple(day for day in days_from_length(first_day, half_days / 2, TWO_YEARS) if day.on < date(2026, 7, 21))
        taken = {day.on for event in events for day in event.days}
        if days[0].on not in taken:
            events.append(
                ev.Suspension(f"e{len(events)}", first_day, tuple(day for day in days if day.on not in taken))
            )
    request = ev.Request(TWO_YEARS, PUPIL, SCHOOL, tuple(events), {Ambiguity.STRADDLING_TERMS: reading})

    found = answer(request).totals

    in_terms: dict[StatutoryTerm, float] = {}
    for event in events:
        totals = found[event.id].totals
        own_term = TWO_YEARS.statutory_term(event.days[0].on)
        in_terms |= {each.term: each.term_days for each in totals.by_term} or {own_term: totals.term_days}
    last = found[events[-1].id].totals
    assert sum(in_terms.values()) == last.year_days
    assert last.year_days == sum(day.half_days for event in events for day in event.days) / 2
