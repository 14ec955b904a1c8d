"""The duties of one exclusion, as its facts open, move, meet and end them. Calendar A of the worked examples."""

from dataclasses import replace
from datetime import date

import pytest

from casework.rules.calendar import SchoolCalendar, Spell
from exclusions.rules.duties import CaseFacts, Duty, Earlier, Taken, contents_of_letter, duties_of
from exclusions.rules.duty_kinds import DutyKey
from exclusions.rules.events import Method
from exclusions.rules.sixth_day import PupilFacts, SchoolFacts
from exclusions.rules.steps import Step
from exclusions.rules.terms import DutyHolder, Kind, OutcomeEvent, SchoolKind
from exclusions.rules.totals import days_from_length
from tests.tables.reader import calendar

A = calendar("A")
PERMANENT = CaseFacts(
    kind=Kind.PERMANENT,
    first_day=date(2025, 11, 10),
    pupil=PupilFacts(home_authority="893"),
    school=SchoolFacts("893", SchoolKind.ACADEMY),
    decided_on=date(2025, 11, 10),
    council_told_on=date(2025, 11, 10),
    social_worker=False,
)
SUSPENSION = replace(
    PERMANENT,
    kind=Kind.SUSPENSION,
    first_day=date(2025, 9, 8),
    decided_on=date(2025, 9, 5),
    days=days_from_length(date(2025, 9, 8), 3, A),
)
TOLD = Taken("step 1", Step.GOVERNORS_TOLD, date(2025, 11, 10))
LETTER = Taken("step 2", Step.DECISION_LETTER, date(2025, 11, 28))
MET = (OutcomeEvent.UPHELD_BY_GOVERNORS, date(2025, 11, 28))


def duty(facts: CaseFacts, key: DutyKey) -> Duty:
    """Return the duty of a kind."""
    return next(each for each in duties_of(facts, calendar=A).duties if each.key is key)


def test_example_28a_whole_chain_runs_from_notice_to_reconsideration() -> None:
    applied = Taken("step 3", Step.REVIEW_APPLICATION, date(2025, 12, 18))
    panel = Taken("step 4", Step.REVIEW_PANEL_NOTICE, date(2026, 1, 26))
    facts = replace(PERMANENT, steps=(TOLD, LETTER, applied, panel), outcomes=(MET,))

    assert duty(facts, DutyKey.BOARD_MEETING).due == date(2025, 12, 1)
    assert duty(facts, DutyKey.BOARD_MEETING).met_on == date(2025, 11, 28)
    assert duty(facts, DutyKey.REVIEW_APPLICATION).due == date(2025, 12, 19)
    assert duty(facts, DutyKey.REVIEW_HEARING).due == date(2026, 1, 23)
    assert duty(facts, DutyKey.BOARD_RECONSIDERATION).due == date(2026, 2, 9)
    assert duty(facts, DutyKey.ROLL_REMOVAL_EARLIEST).because.startswith("R45(c)")


@pytest.mark.parametrize("key", [DutyKey.BOARD_MEETING, DutyKey.DECISION_LETTER, DutyKey.REVIEW_HEARING])
def test_duty_without_its_cause_says_what_opens_it(key: DutyKey) -> None:
    found = duty(PERMANENT, key)

    assert found.due is None
    assert found.because.startswith("Opens with")


def test_sixth_day_keeps_both_readings_and_is_met_by_education() -> None:
    arranged = replace(PERMANENT, education=((date(2025, 11, 18), "Tuition"), (date(2025, 11, 17), "Tutors")))

    found = duty(arranged, DutyKey.SIXTH_DAY)

    assert (found.due, found.other_due) == (date(2025, 11, 17), date(2025, 11, 18))
    assert (found.met_on, found.evidence) == (date(2025, 11, 17), "Tutors")


def test_unknown_social_worker_is_not_taken_for_none() -> None:
    known, unknown, has = (
        duty(replace(PERMANENT, social_worker=each), DutyKey.TELL_SOCIAL_WORKER) for each in (False, None, True)
    )

    assert known.because == "R16: has no social worker"
    assert unknown.because == "R16: not known whether there is a social worker, ask the school"
    assert has.due == date(2025, 11, 10)


def test_home_authority_is_told_of_a_permanent_exclusion_only() -> None:
    elsewhere = PupilFacts(home_authority="894")

    assert duty(replace(PERMANENT, pupil=elsewhere), DutyKey.TELL_HOME_AUTHORITY).due == date(2025, 11, 10)
    assert duty(replace(SUSPENSION, pupil=elsewhere), DutyKey.TELL_HOME_AUTHORITY).due is None


def test_governors_are_told_at_once_when_earlier_suspensions_take_the_term_past_five_days() -> None:
    earlier = Earlier("suspension 7", date(2025, 9, 3), days_from_length(date(2025, 9, 3), 3, A), school="9")

    assert duty(SUSPENSION, DutyKey.TELL_GOVERNORS).because == "R15: five school days or fewer in the term"
    assert duty(replace(SUSPENSION, earlier=(earlier,)), DutyKey.TELL_GOVERNORS).due == date(2025, 9, 5)


def test_what_a_suspension_leaves_undone_lapses_with_its_last_day() -> None:
    assert duty(SUSPENSION, DutyKey.PARENT_LETTER).lapses_on == date(2025, 9, 10)
    assert duty(PERMANENT, DutyKey.PARENT_LETTER).lapses_on is None


def test_right_to_apply_lapses_and_is_never_late() -> None:
    found = duty(replace(PERMANENT, steps=(TOLD, LETTER), outcomes=(MET,)), DutyKey.REVIEW_APPLICATION)

    assert found.lapses_on == found.other_due == date(2025, 12, 19)
    assert found.holder is DutyHolder.PARENT


def test_waived_review_ends_the_right_to_apply_and_lets_the_roll_go_at_once() -> None:
    waived = Taken("step 3", Step.REVIEW_WAIVED, date(2025, 12, 2))
    facts = replace(PERMANENT, steps=(TOLD, LETTER, waived), outcomes=(MET,))

    assert duty(facts, DutyKey.REVIEW_APPLICATION).because.startswith("R37: the parent has said in writing")
    assert duty(facts, DutyKey.ROLL_REMOVAL_EARLIEST).due == date(2025, 12, 2)


def test_cancelled_exclusion_leaves_each_clock_with_its_reason_and_holder() -> None:
    cancelled = (OutcomeEvent.CANCELLED, date(2025, 11, 14))
    facts = replace(PERMANENT, steps=(TOLD, LETTER), outcomes=(cancelled,))

    assert duty(facts, DutyKey.REVIEW_APPLICATION).holder is DutyHolder.PARENT
    assert duty(facts, DutyKey.REVIEW_APPLICATION).because == "R6: cancelled by the head"


@pytest.mark.parametrize(
    ("facts", "holder"),
    [
        (PERMANENT, DutyHolder.HOME_AUTHORITY),
        (SUSPENSION, DutyHolder.BOARD),
        (replace(SUSPENSION, school=SchoolFacts("893", SchoolKind.PRU)), DutyHolder.MAINTAINING_AUTHORITY),
    ],
)
def test_duty_that_does_not_apply_still_has_its_holder(facts: CaseFacts, holder: DutyHolder) -> None:
    found = duty(facts, DutyKey.LOOKED_AFTER_FIRST_DAY)

    assert found.because == "R22: not looked after"
    assert found.holder is holder


def test_review_before_september_2012_was_none_of_these_and_keeps_its_holder() -> None:
    calendar_2011 = SchoolCalendar((Spell(date(2011, 1, 4), date(2012, 7, 20)),))
    told, letter = (replace(each, on=date(2011, 3, day)) for each, day in ((TOLD, 1), (LETTER, 15)))
    applied = Taken("step 3", Step.REVIEW_APPLICATION, date(2011, 3, 21))
    facts = replace(PERMANENT, first_day=date(2011, 3, 1), decided_on=None, steps=(told, letter, applied))

    found = {each.key: each for each in duties_of(facts, calendar=calendar_2011).duties}

    assert found[DutyKey.REVIEW_APPLICATION].due is None
    assert found[DutyKey.REVIEW_APPLICATION].holder is DutyHolder.PARENT
    assert found[DutyKey.REVIEW_HEARING].holder is DutyHolder.ARRANGING_AUTHORITY


def test_governors_told_again_with_representations_do_not_begin_again() -> None:
    again = Taken("step 9", Step.GOVERNORS_TOLD, date(2025, 11, 13), representations=True)

    found = [each for each in duties_of(replace(PERMANENT, steps=(TOLD, again)), calendar=A).duties]

    assert [each.due for each in found if each.key is DutyKey.BOARD_MEETING] == [date(2025, 12, 1)]


@pytest.mark.parametrize(("on", "too_soon"), [(date(2025, 12, 19), True), (date(2025, 12, 20), False)])
def test_leaving_the_roll_before_its_earliest_day_is_not_a_duty_met(on: date, too_soon: bool) -> None:
    gone = Taken("step 9", Step.REMOVED_FROM_ROLL, on)

    found = duty(replace(PERMANENT, steps=(TOLD, LETTER, gone), outcomes=(MET,)), DutyKey.ROLL_REMOVAL_EARLIEST)

    assert found.due == date(2025, 12, 20)
    assert (found.met_on is None) is too_soon
    assert found.because.startswith("R45: taken off the roll") is too_soon


def test_dates_that_contradict_each_other_are_said() -> None:
    before = replace(LETTER, on=date(2025, 11, 3))

    assert duties_of(replace(PERMANENT, steps=(TOLD, before)), calendar=A).slips
    assert not duties_of(replace(PERMANENT, steps=(TOLD, LETTER)), calendar=A).slips


def test_posted_letter_counts_from_the_second_working_day() -> None:
    posted = replace(LETTER, method=Method.FIRST_CLASS)

    found = duty(replace(PERMANENT, steps=(TOLD, posted), outcomes=(MET,)), DutyKey.REVIEW_APPLICATION)

    assert found.deemed_given_on == date(2025, 12, 2)
    assert found.due == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("event", "because"),
    [
        (OutcomeEvent.AVERTED, "Averted"),
        (OutcomeEvent.CANCELLED, "R6: cancelled by the head"),
        (OutcomeEvent.REINSTATED_BY_GOVERNORS, "R34: reinstated by the governors"),
        (OutcomeEvent.REINSTATED_AFTER_REVIEW, "R42: reinstated after review"),
    ],
)
def test_outcome_ends_what_is_open_and_leaves_what_was_met(event: OutcomeEvent, because: str) -> None:
    facts = replace(PERMANENT, outcomes=((event, date(2025, 11, 13)),))

    assert duty(facts, DutyKey.SIXTH_DAY).because == because
    assert duty(facts, DutyKey.TELL_AUTHORITY).because == ""
    assert duty(facts, DutyKey.TELL_AUTHORITY).met_on == date(2025, 11, 10)


def test_second_letter_says_what_the_first_left_out_and_the_duty_stays_met_when_it_was() -> None:
    first = Taken("step 1", Step.PARENT_LETTER, date(2025, 11, 10), evidence="9 of 10 points")
    second = Taken("step 2", Step.PARENT_LETTER, date(2025, 11, 12), evidence="10 of 10 points")

    found = duty(replace(PERMANENT, steps=(first, second)), DutyKey.PARENT_LETTER)

    assert (found.met_on, found.evidence) == (date(2025, 11, 10), "10 of 10 points")


def test_letter_of_a_short_suspension_has_no_word_of_the_meeting_nor_of_provision() -> None:
    short = {element.key for element in contents_of_letter(SUSPENSION, calendar=A)}
    permanent = {element.key for element in contents_of_letter(PERMANENT, calendar=A)}

    assert permanent - short == {
        "attend", "represented", "friend", "remote",
        "provision start", "provision times", "provision address", "provision contact",
    }  # fmt: skip


def test_upheld_ends_nothing() -> None:
    facts = replace(PERMANENT, steps=(TOLD,), outcomes=(MET,))

    assert all(not each.because for each in duties_of(facts, calendar=A).duties if each.due)


def test_calendar_that_ends_too_soon_leaves_out_what_it_cannot_reach_and_says_so() -> None:
    late = replace(PERMANENT, first_day=date(2026, 7, 17), decided_on=None)

    found = duties_of(late, calendar=A)

    assert found.beyond_calendar
    assert DutyKey.SIXTH_DAY not in {each.key for each in found.duties}
    assert DutyKey.TELL_AUTHORITY in {each.key for each in found.duties}


def test_slip_in_one_date_leaves_the_others_standing() -> None:
    before = Taken("step 2", Step.DECISION_LETTER, date(2025, 11, 3))

    found = duties_of(replace(PERMANENT, steps=(TOLD, before)), calendar=A)

    assert {DutyKey.SIXTH_DAY, DutyKey.BOARD_MEETING} <= {each.key for each in found.duties}


def test_duties_come_in_the_order_of_a_case() -> None:
    keys = [each.key for each in duties_of(PERMANENT, calendar=A).duties]

    assert keys == sorted(keys, key=list(DutyKey).index)
