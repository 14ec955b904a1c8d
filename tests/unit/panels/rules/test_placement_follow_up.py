from dataclasses import replace
from datetime import date

import pytest

from casework.rules.duties import State
from panels.rules.placement_follow_up import (
    Followed,
    Found,
    Share,
    ended_on,
    follow_ups,
    may_be_followed_up,
    shares,
    why_not_follow_up,
    wrong_follow_up,
)
from panels.rules.placement_terms import FOLLOW_UP_LABELS, FollowUp
from tests.tables.reader import calendar

STARTED = date(2026, 9, 14)
SIX, TWELVE, LAST = date(2026, 10, 26), date(2026, 12, 7), date(2027, 3, 15)
THERE = Found(SIX, FollowUp.THERE)
OVER = Found(SIX, FollowUp.EXCLUDED, date(2026, 10, 20))


@pytest.mark.parametrize(
    ("on", "found", "states", "may"),
    [
        (date(2026, 10, 2), {}, ["coming", "coming", "coming"], (6,)),
        (SIX, {}, ["due", "coming", "coming"], (6, 12)),
        (date(2026, 11, 4), {}, ["late", "coming", "coming"], (6, 12)),
        (date(2026, 11, 4), {6: THERE}, ["met", "coming", "coming"], (12,)),
        (date(2026, 11, 4), {6: OVER}, ["met", "ended", "ended"], ()),
        (date(2027, 3, 16), {6: THERE}, ["met", "late", "late"], (12, 26)),
    ],
)
def test_follow_up_is_due_in_calendar_weeks_and_no_more_once_it_is_over(
    on: date, found: dict[int, Found], states: list[str], may: tuple[int, ...]
) -> None:
    lines = follow_ups(Followed("school_named", STARTED, found), calendar("B"), on=on)

    assert [line.due for line in lines] == [SIX, TWELVE, LAST]
    assert [line.stands.state for line in lines] == [State(state) for state in states]
    assert may_be_followed_up(lines) == may


def test_what_was_over_is_known_later_too_and_weeks_that_have_not_passed_count_in_none() -> None:
    other = {6: Found(SIX, FollowUp.NOT_ATTENDING)}
    placed = [Followed("school_named", STARTED, {6: THERE}), Followed("school_named", STARTED, {6: OVER})]
    placed += [Followed("school_named", STARTED, other), Followed("school_named", STARTED), Followed("other", LAST)]

    assert shares(placed, on=date(2026, 11, 4)) == (Share("school_named", 6, 3, 1),)
    assert shares(placed, on=TWELVE) == (Share("school_named", 6, 3, 1), Share("school_named", 12, 1, 0))


@pytest.mark.parametrize(
    ("found", "part"),
    [
        (Found(SIX, FollowUp.THERE), ""),
        (Found(date(2026, 10, 25), FollowUp.THERE), "on"),
        (Found(date(2026, 10, 25), FollowUp.NOT_ATTENDING), "on"),
        (Found(date(2026, 9, 30), FollowUp.MOVED, date(2026, 9, 28)), ""),
        (Found(date(2026, 9, 13), FollowUp.MOVED, date(2026, 9, 13)), "on"),
        (Found(SIX, FollowUp.MOVED), "ended_on"),
        (Found(SIX, FollowUp.MOVED, date(2026, 9, 13)), "ended_on"),
        (Found(SIX, FollowUp.MOVED, date(2026, 10, 27)), "ended_on"),
    ],
)
def test_days_of_a_finding_fit_the_weeks_and_each_other(found: Found, part: str) -> None:
    line = follow_ups(Followed("school_named", STARTED), calendar("B"), on=SIX)[0]

    wrong = wrong_follow_up(line, found, started_on=STARTED)

    assert (wrong[0] if wrong else "") == part


@pytest.mark.parametrize(
    ("on", "found", "weeks", "says"),
    [
        (STARTED, {}, 6, ""),
        (STARTED, {}, 12, "First record the follow-up after 6 weeks"),
        (STARTED, {}, 26, "First record the follow-up after 6 weeks"),
        (SIX, {}, 12, ""),
        (SIX, {6: THERE}, 6, "It is recorded already"),
        (SIX, {6: THERE}, 12, ""),
        (SIX, {6: OVER}, 12, "The placement is over, as the follow-up after 6 weeks found"),
    ],
)
def test_follow_up_that_may_not_be_recorded_says_which_reason_it_is(
    on: date, found: dict[int, Found], weeks: int, says: str
) -> None:
    lines = follow_ups(Followed("school_named", STARTED, found), calendar("B"), on=on)

    said = why_not_follow_up(lines, weeks)

    assert said.startswith(says)
    assert bool(said) is bool(says)
    assert "had no first day" in why_not_follow_up((), weeks)


@pytest.mark.parametrize(
    ("others", "weeks", "found", "part", "says"),
    [
        ({12: OVER}, 6, Found(date(2026, 10, 26), FollowUp.THERE), "on", "12 weeks gave 20 October 2026 as the last day"),
        ({12: OVER}, 6, Found(date(2026, 10, 26), FollowUp.NOT_ATTENDING), "on", "12 weeks gave 20 October 2026"),
        ({12: replace(OVER, on=LAST, ended_on=SIX)}, 6, THERE, "", ""),
        ({12: OVER}, 6, OVER, "", ""),
        (
            {12: OVER}, 6, Found(SIX, FollowUp.MOVED, date(2026, 10, 21)), "ended_on",
            "12 weeks gave 20 October 2026 as the last day",
        ),
        (
            {6: THERE}, 12, Found(TWELVE, FollowUp.MOVED, date(2026, 10, 25)), "ended_on",
            "6 weeks found the child on the roll on 26 October 2026",
        ),
        ({6: THERE}, 12, Found(TWELVE, FollowUp.MOVED, SIX), "", ""),
        ({6: THERE}, 12, Found(TWELVE, FollowUp.THERE), "", ""),
        ({}, 6, THERE, "", ""),
    ],
)  # fmt: skip
def test_finding_that_another_follow_up_contradicts_says_which(
    others: dict[int, Found], weeks: int, found: Found, part: str, says: str
) -> None:
    lines = follow_ups(Followed("school_named", STARTED, others), calendar("B"), on=LAST)
    line = next(each for each in lines if each.weeks == weeks)

    wrong = wrong_follow_up(line, found, started_on=STARTED, lines=lines)

    assert (wrong[0] if wrong else "") == part
    if wrong:
        assert says in wrong[1]
        assert wrong[1].endswith(f"take back the follow-up after {next(iter(others))} weeks first")


def test_last_day_is_the_earliest_that_was_found() -> None:
    assert ended_on([THERE, OVER, Found(LAST, FollowUp.MOVED, LAST)]) == date(2026, 10, 20)
    assert ended_on([THERE]) is None


def test_every_finding_has_its_label() -> None:
    assert set(FOLLOW_UP_LABELS) == {each.value for each in FollowUp}
