"""What a minuted action says of who and by when, and where it stands on a day."""

from datetime import date

import pytest

from panels.rules.actions import Where, actions_in, day_that_cannot_be, due_in, owner_in, stands

# A Friday.
SAT_ON = date(2026, 11, 20)
NAMES = {1: "Asha Verma", 2: "Imran Siddiqui", 3: "Ann Lee", 4: "Ann Leeson"}


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Write to the school by 4 December", date(2026, 12, 4)),
        ("Write to the school by 4 December 2026.", date(2026, 12, 4)),
        ("Write to the school, Asha Verma, by Friday 4 December", date(2026, 12, 4)),
        ("Write to the school, Asha Verma, 4 December", date(2026, 12, 4)),
        ("Ask by phone; report by 12/03", date(2027, 3, 12)),
        ("Report by 12 March (or sooner)", date(2027, 3, 12)),
        ("Report by Monday", date(2026, 11, 23)),
        ("Report by today", SAT_ON),
        ("Report by tomorrow", date(2026, 11, 21)),
        ("Report by Friday", SAT_ON),
        ("Report BY 20 november", SAT_ON),
        ("Report by 30.11.2026", date(2026, 11, 30)),
        ("Report by 30.11.26. Then ring", date(2026, 11, 30)),
        ("Report by 30.11", date(2026, 11, 30)),
        ("Report by Weds 2 Dec", date(2026, 12, 2)),
        ("Report by Wed. 2 Dec. 2026", date(2026, 12, 2)),
        ("Report by Tues 1 Dec", date(2026, 12, 1)),
        ("Report by Thur 3rd Dec", date(2026, 12, 3)),
        ("Report by Weds", date(2026, 11, 25)),
        ("Report by Friday, 4 December, 2026", date(2026, 12, 4)),
        ("Report, by December 4, 2026", date(2026, 12, 4)),
        ("Report by the phone by 4th of December", date(2026, 12, 4)),
        ("Report by December 4th", date(2026, 12, 4)),
        ("Report by 4 December at the latest", date(2026, 12, 4)),
        ("Report by 4 Sept 2027", date(2027, 9, 4)),
        ("Report by tomorrow at noon", date(2026, 11, 21)),
        ("Meet the parents on 4 December", date(2026, 12, 4)),
        ("Meet the parents on Friday, 4 December 2026.", date(2026, 12, 4)),
        ("Meet the parents on December 4th", date(2026, 12, 4)),
        ("Meet the parents on 4/12", date(2026, 12, 4)),
        ("Meet on 4 December by 30 November", date(2026, 11, 30)),
        ("Meet on 4 December with the head", None),
        ("Meet on 4 December, Asha Verma", None),
        ("Report on what was said on 19 November", None),
        ("Meet on Monday 4 December", None),
        ("Meet on 31 February", None),
        ("Meet on Friday", None),
        ("Meet on 2", None),
        ("Report by yesterday", None),
        ("Report by today’s chair", None),
        ("Ring by 9.30am", None),
        ("To be seen by 2-3 teachers", None),
        ("To be seen by 2 decent schools", None),
        ("To be seen by 10 mayors", None),
        ("Report by March 2027", None),
        ("Report by 19 November 2026", None),
        ("Report by 31 February", None),
        ("Report by the end of term", None),
        ("Report soon", None),
        ("Stand by", None),
        ("", None),
    ],
)
def test_day_is_read_off_a_line_where_it_gives_one(line: str, day: date | None) -> None:
    assert due_in(line, sat_on=SAT_ON) == day


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Asha Verma to write to the school", 1),
        ("Write to the school (asha verma)", 1),
        ("Asha Verma and Imran Siddiqui to meet the parents", None),
        ("Ann Leeson to ring", 4),
        ("Ann Lee to ring", 3),
        ("Asha to ring", None),
        ("Somebody to ring", None),
    ],
)
def test_owner_is_who_alone_is_named_in_full(line: str, key: int | None) -> None:
    assert owner_in(line, NAMES) == key


def test_each_line_is_an_action_once() -> None:
    assert actions_in(" Ring \n\nWrite\r\nRing\n  ") == ("Ring", "Write")
    assert actions_in("") == ()


@pytest.mark.parametrize(
    ("due", "done_on", "where"),
    [
        (None, None, Where.NO_DAY),
        (SAT_ON, None, Where.DUE),
        (date(2026, 11, 19), None, Where.LATE),
        (date(2026, 11, 19), SAT_ON, Where.DONE),
        (None, SAT_ON, Where.DONE),
    ],
)
def test_action_is_late_from_the_day_after_the_one_it_is_due(
    due: date | None, done_on: date | None, where: Where
) -> None:
    assert stands(due=due, done_on=done_on, on=SAT_ON) is where


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Write to the school by 31/2", "'31/2' does not exist"),
        ("Write to the school, 31 February", "'31 February' does not exist"),
        ("Write by 31/2, Asha Verma", "'31/2' does not exist"),
        ("Write by 31/2/2027 at the latest", "'31/2/2027' does not exist"),
        ("Write by 19 November", "19 November is before the sitting"),
        ("Write by 19/11/2026", "19/11/2026 is before the sitting"),
        ("Write by Monday 4 December", "4 December 2026 is a Friday, not a Monday"),
        ("Write by yesterday", "yesterday is before the sitting"),
        ("Write by yesterday at noon", "yesterday is before the sitting"),
        ("Write by 31.2.2027", "'31.2.2027' does not exist"),
        ("Write by 19.11.2026", "19.11.2026 is before the sitting"),
        ("Write by 30th of February", "'30 February' does not exist"),
        ("Write by February 31", "'31 February' does not exist"),
        ("Write by Weds 4 Dec", "4 December 2026 is a Friday, not a Wednesday"),
        ("Meet on 31 February", "'31 February' does not exist"),
        ("Meet on Monday 31 February with the head", "'31 February' does not exist"),
        ("Report on what was said on 31/2, soon", "'31/2' does not exist"),
        ("Report on what was said on 19 November", ""),
        ("Meet on 2 days", ""),
        ("Is supported by 3 junior staff", ""),
        ("Is supported by 3 marshals", ""),
        ("To be seen by 2 decent schools", ""),
        ("To be seen by 10 mayors", ""),
        ("To be seen by 5-6 staff", ""),
        ("Ring by 9.30am", ""),
        ("Ring by 9.30", ""),
        ("Tell what is known by yesterday’s panel", ""),
        ("Write by 4 December", ""),
        ("Write by 20 November", ""),
        ("Write by Friday", ""),
        ("Write by 31/2, or by 4 December", "'31/2' does not exist"),
        ("Tell what the panel of 19 November said by 4 December", ""),
        ("Tell what the panel of 19 November said", ""),
        ("Asha Verma, tell what the panel of 19 November said", ""),
        ("Write by 4 December at the latest", ""),
        ("Send it by 2 teachers, room 3", ""),
        ("Place for year 9 by the end of term", ""),
        ("", ""),
    ],
)
def test_day_that_cannot_be_is_told(line: str, says: str) -> None:
    found = day_that_cannot_be(line, sat_on=SAT_ON)

    assert found.startswith(says)
    assert bool(found) == bool(says)
