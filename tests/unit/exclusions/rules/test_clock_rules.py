from dataclasses import replace
from datetime import date

import pytest

from casework.rules.calendar import SchoolCalendar, Spell
from exclusions.rules import events as ev
from exclusions.rules.clock import answer, answer_as_far_as_it_goes
from exclusions.rules.deadlines import CannotAnswer, Code, Fault
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.totals import SuspendedDay
from tests.clock_cases import CASE, PUPIL, SCHOOL, ask, cells, earlier, exclusion, found, school_days_of, suspension
from tests.tables.reader import calendar, rows

A, TWO_YEARS = calendar("A"), calendar("A+B")
FIRST_DAY = date(2025, 11, 10)


@pytest.mark.parametrize("row", rows("clock_warnings"), ids=lambda row: row["situation"])
def test_warnings_of_each_situation_are_as_the_table_says(row: dict[str, str]) -> None:
    on = school_days_of(row)

    answered = ask(row, [*earlier(row["earlier"], on), exclusion(row, on)])

    warned = [f"{each.code}: {each.message}" for each in answered.warnings if each.event == CASE]
    assert " | ".join(warned) == row["warnings"]


def request(*events: ev.Event, on: SchoolCalendar = A) -> ev.Request:
    return ev.Request(on, PUPIL, SCHOOL, events)


def problems(*events: ev.Event, on: SchoolCalendar = A) -> list[tuple[str, str, Fault]]:
    with pytest.raises(CannotAnswer) as caught:
        answer(request(*events, on=on))
    return [(problem.event, problem.field, problem.fault) for problem in caught.value.problems]


def test_request_with_one_id_twice_is_refused() -> None:
    with pytest.raises(ev.SameId, match="^two events have the same id$"):
        request(ev.PermanentExclusion("p", FIRST_DAY), ev.BoardMet("p", FIRST_DAY, "p"))


def test_request_without_events_has_an_empty_answer() -> None:
    found_ = answer(request())

    assert (found_.rule_set, found_.deadlines, found_.none, found_.totals) == (None, (), (), {})


def test_rule_set_of_the_answer_is_that_of_the_latest_event() -> None:
    old, new = ev.PermanentExclusion("p", date(2026, 7, 13)), ev.FairAccessAgreed("f", date(2026, 9, 7))
    told = ev.BoardNotified("n", date(2026, 9, 8), "p")

    alone = answer(request(new, old, on=TWO_YEARS))
    followed = answer(request(told, new, old, on=TWO_YEARS))

    assert alone.rule_set
    assert followed.rule_set
    assert (alone.rule_set.code, followed.rule_set.code) == ("2026-07", "2024-08")
    assert {each.event: each.rule_set.code for each in followed.deadlines} == {
        "p": "2024-08",
        "f": "2026-07",
        "n": "2024-08",
    }
    assert [(each.event, each.code) for each in followed.warnings] == [("f", Code.RULES_UNCHECKED)]


def test_rules_not_yet_checked_are_named_for_an_exclusion_and_not_again_for_what_follows() -> None:
    exclusion_, told = ev.PermanentExclusion("p", date(2026, 9, 7)), ev.BoardNotified("n", date(2026, 9, 8), "p")

    assert [each.event for each in answer(request(exclusion_, told, on=TWO_YEARS)).warnings] == ["p"]


def test_days_of_an_earlier_suspension_over_two_terms_stay_in_the_term_they_fall_in() -> None:
    over, later = suspension("s1", "2025-12-16", "8", A), suspension("s2", "2026-01-19", "3", A)

    by_reading = [
        answer(ev.Request(A, PUPIL, SCHOOL, (over, later), {Ambiguity.STRADDLING_TERMS: setting}))
        for setting in (Setting.READING_1, Setting.READING_2, Setting.BOTH)
    ]

    assert [found_.totals["s2"].totals.term_days for found_ in by_reading] == [7.0, 3.0, 7.0]


def test_rows_follow_days_then_the_course_of_a_case_then_ids() -> None:
    events: list[ev.Event] = [
        ev.BoardDecisionNotice("d", FIRST_DAY, "p2"),
        ev.BoardNotified("n", FIRST_DAY, "p2"),
        ev.PermanentExclusion("p2", FIRST_DAY),
        ev.PermanentExclusion("p1", FIRST_DAY),
        ev.OffSiteDirection("o", date(2025, 11, 7)),
    ]

    found_ = answer(request(*events))

    assert [(each.event, each.key.value) for each in found_.deadlines] == [
        ("o", "off_site_notice"),
        ("p1", "sixth_day"),
        ("p2", "sixth_day"),
        ("n", "board_meeting"),
        ("d", "review_application"),
        ("d", "roll_removal_earliest"),
    ]


def test_calendar_that_ends_too_soon_is_told_once_for_an_event() -> None:
    late = date(2026, 7, 17)
    exclusion_, told = ev.PermanentExclusion("p", late), ev.BoardNotified("n", late, "p")
    decided = ev.BoardDecisionNotice("d", date(2026, 7, 20), "p")

    assert problems(decided, told, exclusion_) == [
        ("p", "first_day", Fault.NO_TERM_DATES),
        ("n", "on", Fault.NO_TERM_DATES),
        ("d", "on", Fault.NO_TERM_DATES),
    ]


def test_answer_as_far_as_it_goes_keeps_what_the_calendar_reaches() -> None:
    exclusion_ = ev.PermanentExclusion("p", date(2026, 7, 8))
    told = ev.BoardNotified("n", date(2026, 7, 8), "p")

    found_ = answer_as_far_as_it_goes(request(exclusion_, told))

    assert [(each.key.value, each.due) for each in found_.deadlines] == [("sixth_day", date(2026, 7, 15))]
    (problem,) = found_.problems
    assert (problem.event, problem.field, problem.gap) == ("n", "on", date(2026, 7, 21))
    assert problem.message == "no term dates for 2026-07-21"


def test_answer_as_far_as_it_goes_leaves_out_a_slip_and_what_follows_from_it() -> None:
    events: list[ev.Event] = [
        ev.PermanentExclusion("good", FIRST_DAY),
        ev.PermanentExclusion("bad", date(2027, 1, 1)),
        ev.BoardNotified("n", FIRST_DAY, "bad"),
        ev.BoardDecisionNotice("d", date(2025, 11, 3), "good"),
        ev.ReviewApplication("a", date(2025, 12, 1), "nothing"),
    ]

    found_ = answer_as_far_as_it_goes(request(*events))

    assert {each.event for each in found_.deadlines} == {"good"}
    assert [(each.event, each.fault) for each in found_.problems] == [
        ("bad", Fault.NO_TERM_DATES),
        ("d", Fault.BEFORE_CAUSE),
        ("a", Fault.UNKNOWN_EVENT),
    ]


def test_suspension_whose_return_lies_beyond_the_calendar_has_no_totals() -> None:
    found_ = answer_as_far_as_it_goes(request(suspension("s", "2026-07-16", "3", A)))

    assert (found_.totals, [problem.field for problem in found_.problems]) == ({}, ["first_day"])


def test_cancellation_judged_over_days_that_the_calendar_lacks_is_a_problem_of_its_own() -> None:
    gapped = replace(TWO_YEARS, spells=tuple(one for one in TWO_YEARS.spells if one.term != "spring"))
    events: list[ev.Event] = [
        ev.PermanentExclusion("p", date(2025, 12, 1)),
        ev.Cancellation("c", date(2026, 4, 14), "p"),
    ]

    found_ = answer_as_far_as_it_goes(request(*events, on=gapped))

    assert [(each.event, each.field, each.gap) for each in found_.problems] == [
        ("c", "effective_on", date(2025, 12, 20))
    ]
    assert found_.cancellations == ()
    assert cells(found(found_, "sixth_day"))[0] == "2025-12-08"


def test_cannot_answer_says_every_problem() -> None:
    with pytest.raises(CannotAnswer, match="p.first_day: no term dates for 2027-08-20"):
        answer(request(ev.PermanentExclusion("p", date(2027, 8, 20))))


def test_several_problems_are_told_one_after_another() -> None:
    with pytest.raises(CannotAnswer) as caught:
        answer(request(ev.PermanentExclusion("p", date(2027, 8, 20)), ev.BoardMet("m", FIRST_DAY, "nobody")))

    assert str(caught.value) == "p.first_day: no term dates for 2027-08-20; m.of: no event has the id 'nobody'"


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (ev.Suspension("e", date(2027, 1, 1), ()), "first_day"),
        (ev.PermanentExclusion("e", date(2027, 1, 1)), "first_day"),
        (ev.PermanentExclusion("e", FIRST_DAY, sent_home_on=date(2025, 9, 2)), "sent_home_on"),
        (ev.PermanentExclusion("e", FIRST_DAY, decided_on=date(2027, 1, 1)), "decided_on"),
        (ev.BoardNotified("e", date(2027, 1, 1), "p"), "on"),
        (ev.BoardNotified("e", FIRST_DAY, "p", exam_on=date(2027, 1, 1)), "exam_on"),
        (ev.BoardMet("e", date(2027, 1, 1), "p"), "on"),
        (ev.BoardDecisionNotice("e", date(2027, 1, 1), "p"), "on"),
        (ev.ReviewWaived("e", date(2027, 1, 1), "p"), "on"),
        (ev.ReviewApplication("e", date(2027, 1, 1), "p"), "on"),
        (ev.ReviewPanelNotice("e", date(2027, 1, 1), "p"), "on"),
        (ev.Cancellation("e", date(2027, 1, 1), "p"), "effective_on"),
        (ev.FairAccessAgreed("e", date(2027, 1, 1)), "on"),
        (ev.InYearApplication("e", date(2027, 1, 1)), "on"),
        (ev.OffSiteDirection("e", date(2027, 1, 1)), "first_day"),
    ],
)
def test_day_outside_the_calendar_is_a_problem_of_its_field(event: ev.Event, field: str) -> None:
    assert problems(ev.PermanentExclusion("p", FIRST_DAY), event) == [("e", field, Fault.NO_TERM_DATES)]


def test_day_of_a_rule_in_calendar_days_may_lie_outside_the_calendar() -> None:
    events: list[ev.Event] = [
        ev.SecondPermanentExclusion("e", date(2027, 1, 1)),
        ev.PermanentExclusion("p", FIRST_DAY),
        ev.ReviewQuashed("q", date(2028, 1, 1), "p"),
    ]

    assert answer(request(*events)).problems == ()


@pytest.mark.parametrize(
    ("event", "before", "fault"),
    [
        (ev.BoardDecisionNotice("e", FIRST_DAY, "p"), ev.BoardMet("b", date(2025, 11, 11), "p"), True),
        (ev.BoardDecisionNotice("e", FIRST_DAY, "p"), ev.BoardNotified("b", date(2025, 11, 11), "p"), True),
        (ev.BoardDecisionNotice("e", FIRST_DAY, "p"), ev.BoardMet("b", FIRST_DAY, "p"), False),
        (ev.BoardDecisionNotice("e", FIRST_DAY, "p"), ev.BoardMet("b", date(2025, 11, 11), "other"), False),
        (ev.ReviewApplication("e", FIRST_DAY, "p"), ev.BoardDecisionNotice("b", date(2025, 11, 11), "p"), True),
        (ev.ReviewApplication("e", FIRST_DAY, "p"), ev.BoardDecisionNotice("b", FIRST_DAY, "p"), False),
        (ev.ReviewWaived("e", FIRST_DAY, "p"), ev.BoardDecisionNotice("b", date(2025, 11, 11), "p"), True),
        (ev.ReviewPanelNotice("e", FIRST_DAY, "p"), ev.ReviewApplication("b", date(2025, 11, 11), "p"), True),
        (ev.ReviewPanelNotice("e", FIRST_DAY, "p"), ev.ReviewPanelNotice("b", date(2025, 11, 11), "p"), False),
        (ev.ReviewQuashed("e", FIRST_DAY, "p"), ev.ReviewApplication("b", date(2025, 11, 11), "p"), True),
        (ev.BoardMet("e", FIRST_DAY, "p"), ev.BoardNotified("b", date(2025, 11, 11), "p"), False),
        (ev.ReviewQuashed("e", date(2025, 11, 9), "s"), ev.SecondPermanentExclusion("s", FIRST_DAY), True),
        (ev.ReviewQuashed("e", FIRST_DAY, "s"), ev.SecondPermanentExclusion("s", FIRST_DAY), False),
    ],
)
def test_step_comes_after_what_it_answers(event: ev.Event, before: ev.Event, fault: bool) -> None:
    events: list[ev.Event] = [
        ev.PermanentExclusion("p", FIRST_DAY),
        ev.PermanentExclusion("other", FIRST_DAY),
        event,
        before,
    ]

    found_ = answer_as_far_as_it_goes(request(*events)).problems

    assert [(each.event, each.fault) for each in found_] == ([("e", Fault.BEFORE_CAUSE)] if fault else [])


def test_step_follows_the_first_of_two_that_it_may_answer() -> None:
    events: list[ev.Event] = [
        ev.PermanentExclusion("p", FIRST_DAY),
        ev.BoardMet("m1", date(2025, 11, 12), "p"),
        ev.BoardMet("m2", date(2025, 11, 20), "p"),
        ev.BoardDecisionNotice("d", date(2025, 11, 14), "p"),
    ]

    assert answer(request(*events)).problems == ()


def test_step_before_its_cause_says_which_and_when() -> None:
    with pytest.raises(
        CannotAnswer, match="d.on: 2025-11-07 is before the first day of the permanent exclusion, 2025-11-10"
    ):
        answer(request(ev.PermanentExclusion("p", FIRST_DAY), ev.BoardDecisionNotice("d", date(2025, 11, 7), "p")))


@pytest.mark.parametrize("of", ["n", "s", "e", "nobody"])
def test_event_that_points_at_no_exclusion_is_unknown(of: str) -> None:
    others: list[ev.Event] = [ev.BoardNotified("n", FIRST_DAY, "p"), ev.SecondPermanentExclusion("s", FIRST_DAY)]

    found_ = problems(ev.PermanentExclusion("p", FIRST_DAY), *others, ev.BoardMet("e", FIRST_DAY, of))

    assert found_ == [("e", "of", Fault.UNKNOWN_EVENT)]


def test_day_before_the_rules_begin_is_a_bad_value() -> None:
    old = replace(A, spells=(replace(A.spells[0], first=date(2007, 6, 4), last=date(2007, 7, 18), term=None),))

    assert problems(ev.PermanentExclusion("p", date(2007, 7, 2)), on=old) == [("p", "first_day", Fault.BAD_VALUE)]
    assert problems(ev.SecondPermanentExclusion("s", date(2007, 8, 31))) == [("s", "took_effect_on", Fault.BAD_VALUE)]
    assert problems(ev.SecondPermanentExclusion("s", date(9998, 1, 1))) == [("s", "took_effect_on", Fault.BAD_VALUE)]


def test_step_from_before_the_rules_is_judged_by_its_exclusion() -> None:
    old = SchoolCalendar((Spell(date(2007, 7, 2), date(2007, 7, 25)), Spell(date(2007, 9, 3), date(2007, 10, 19))))
    events: list[ev.Event] = [
        ev.PermanentExclusion("p", date(2007, 9, 3)),
        ev.BoardNotified("n", date(2007, 7, 20), "p"),
    ]

    assert answer(request(*events, on=old)).problems == ()


def test_day_sent_home_after_the_first_day_is_a_bad_value() -> None:
    sent_home = ev.PermanentExclusion("p", FIRST_DAY, sent_home_on=date(2025, 11, 11))

    assert problems(sent_home) == [("p", "sent_home_on", Fault.BAD_VALUE)]
    assert answer(request(replace(sent_home, sent_home_on=FIRST_DAY))).problems == ()


def test_each_field_at_fault_is_told_once_in_its_order() -> None:
    outside = date(2027, 1, 1)
    event = ev.PermanentExclusion("p", outside, sent_home_on=date(2027, 1, 2), decided_on=outside)

    found_ = answer_as_far_as_it_goes(request(event)).problems

    assert [(each.field, each.fault, each.gap) for each in found_] == [
        ("first_day", Fault.NO_TERM_DATES, outside),
        ("sent_home_on", Fault.NO_TERM_DATES, date(2027, 1, 2)),
        ("decided_on", Fault.NO_TERM_DATES, outside),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joins"),
    [("X", "X", True), (None, "X", True), ("X", None, True), (None, None, True), ("X", "Y", False)],
)
def test_suspensions_join_unless_they_are_of_two_schools(first: str | None, second: str | None, joins: bool) -> None:
    one = replace(suspension("s1", "2026-01-12", "3", A), school=first)
    two = replace(suspension("s2", "2026-01-15", "4", A), school=second)

    sixth = found(answer(request(one, two)), "sixth_day", "s2")

    assert cells(sixth)[0] == ("2026-01-19" if joins else "")


def test_days_of_a_suspension_that_has_none_are_no_days() -> None:
    found_ = answer(request(ev.Suspension("s", FIRST_DAY, ())))

    assert (found_.totals["s"].last_day, found_.totals["s"].return_on) == (None, None)
    assert found_.totals["s"].totals.term_days == 0.0


def test_days_of_a_suspension_are_laid_on_the_calendar_of_the_reading_in_force() -> None:
    on = calendar("A with snow")
    days = tuple(SuspendedDay(date(2025, 11, number), True, True) for number in (17, 18, 19, 20, 21, 24))
    asked = ev.Request(
        on,
        PUPIL,
        SCHOOL,
        (ev.Suspension("s", date(2025, 11, 17), days),),
        {Ambiguity.UNPLANNED_CLOSURE: Setting.READING_2},
    )

    found_ = answer(asked)

    assert cells(found(found_, "sixth_day")) == ("2025-11-24", "", "")
    assert found_.totals["s"].return_on == date(2025, 11, 25)
