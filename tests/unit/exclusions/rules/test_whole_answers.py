"""Answers compared whole: not the date alone, but who, why, by which rule and from which text."""

from datetime import UTC, date, datetime

import pytest

from exclusions.rules.attendance import AttendanceCode, Whereabouts, attendance_code
from exclusions.rules.board_arrangements import (
    Arrangement,
    Invited,
    Remote,
    enough_governors,
    invited,
    papers_out,
    remote_meeting,
    who_decides,
)
from exclusions.rules.notification import (
    NoticeFacts,
    Telling,
    authority_told,
    details_of_provision,
    must_be_told,
    parent_written,
    sen_team_told,
)
from exclusions.rules.plans import (
    BeforePlans,
    consultation_reply,
    final_plan,
    representations,
    review_decision,
)
from exclusions.rules.sources import cite
from exclusions.rules.terms import Kind, SchoolKind
from tests.tables.reader import calendar

LATER, EARLIER = date(2025, 11, 10), date(2022, 8, 31)
HEAD = "head"


def line(told: Telling) -> tuple[str, ...]:
    due = str(told.due or "")
    return (told.told, told.by, told.pace, due, told.because, told.rule, cite(told.source), told.authority or "")


REGULATIONS = "SI 2012/1033"
BOARD = f"{REGULATIONS} regs 5(2)-(3), 14(2)-(3), 23(2)-(3)"
HOME = f"{REGULATIONS} regs 5(3)(a), 14(3)(a), 23(3)(a)"
WORKERS = f"{REGULATIONS} regs 5, 14 as amended"


def test_everybody_who_is_told_of_a_permanent_exclusion_is_told_for_a_reason() -> None:
    facts = NoticeFacts(
        Kind.PERMANENT, LATER, decided_on=date(2025, 11, 7), loses_exam=True, looked_after=True, social_worker=True,
        authority="999", home_authority="998",
    )  # fmt: skip
    day = "2025-11-07"

    told = must_be_told(facts)

    authority, parent = f"{REGULATIONS} regs 5, 14(1)(a), 23 as amended", cite(told[0].source)
    assert [line(each) for each in told] == [
        ("parent", HEAD, "without delay", day, "every exclusion", "R11", parent, ""),
        ("board", HEAD, "without delay", day, "a permanent exclusion", "R15", BOARD, ""),
        ("maintaining authority", HEAD, "without delay", day, "every exclusion", "R13", authority, "999"),
        ("home authority", HEAD, "without delay", day, "permanent, and the child lives elsewhere", "R14", HOME, "998"),
        ("social worker", HEAD, "without delay", day, "every exclusion of such a child", "R16", WORKERS, ""),
        ("virtual school head", HEAD, "without delay", day, "every exclusion of such a child", "R16", WORKERS, ""),
        ("board", HEAD, "without delay", day, "an examination or test is lost", "R17", BOARD, ""),
    ]
    assert {each.rule_set.code for each in told} == {"2024-08"}


def test_everybody_who_need_not_be_told_of_a_suspension_is_left_out_for_a_reason() -> None:
    told = must_be_told(NoticeFacts(Kind.SUSPENSION, EARLIER, authority="999", home_authority="998"))

    assert [line(each)[2:6] for each in told[1:]] == [
        ("once a term", "", "five school days or fewer in the term", "R15"),
        ("once a term", "", "five school days or fewer in the term", "R13"),
        ("not required", "", "the law requires it of permanent exclusions only", "R14"),
        ("not required", "", "not required before 1 September 2022", "R16"),
        ("not required", "", "not required before 1 September 2022", "R16"),
        ("not required", "", "no examination or test is lost", "R17"),
    ]
    assert [each.by for each in told] == [HEAD] * 7
    assert {each.rule_set.code for each in told} == {"2021-09"}
    assert cite(told[2].source).startswith(REGULATIONS)


def test_child_of_nobodys_case_and_of_the_same_authority_is_nobody_elses_to_hear_of() -> None:
    told = must_be_told(NoticeFacts(Kind.SUSPENSION, LATER, term_half_days=11, authority="999", home_authority="999"))

    assert [(each.told.value, each.because) for each in told] == [
        ("parent", "every exclusion"),
        ("board", "more than five school days in the term"),
        ("maintaining authority", "every exclusion"),
        ("home authority", "the child lives in the school's own authority"),
        ("social worker", "has no social worker"),
        ("virtual school head", "not looked after"),
        ("board", "no examination or test is lost"),
    ]


@pytest.mark.parametrize(("first_day", "amended"), [(date(2022, 8, 31), False), (date(2022, 9, 1), True)])
def test_sen_team_hears_on_the_day_the_authority_does_by_the_regulations_of_the_day(
    first_day: date, amended: bool
) -> None:
    facts = NoticeFacts(Kind.SUSPENSION, first_day, has_plan=True)

    told = sen_team_told(facts, authority_told_on=date(2022, 9, 5))

    assert line(told)[:4] == ("SEN team", "maintaining_authority", "without delay", "2022-09-05")
    assert (told.because, told.rule) == ("the child has an education, health and care plan", "R17")
    assert ("as amended" in cite(told.source)) is amended
    assert ("as amended" in cite(authority_told(facts).source)) is amended
    without = sen_team_told(NoticeFacts(Kind.SUSPENSION, first_day), authority_told_on=date(2022, 9, 5))
    assert (without.pace, without.because, without.rule) == (
        "not required",
        "no education, health and care plan",
        "R17",
    )


def test_written_notice_and_details_of_provision_say_why() -> None:
    old = NoticeFacts(Kind.SUSPENSION, LATER, compulsory_school_age=False)
    young = NoticeFacts(Kind.SUSPENSION, LATER)
    starts_at = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)

    late = parent_written(old, calendar=calendar("A"))
    by_afternoon = parent_written(young, calendar=calendar("A"))
    details = details_of_provision(starts_at=starts_at, sixth_day=date(2025, 11, 17), parent_agrees=True)

    assert (late.by_end_of_afternoon, late.because) == (False, "without delay: not of compulsory school age")
    assert by_afternoon.because == "of compulsory school age: by the end of the first day's afternoon session"
    assert (by_afternoon.due, by_afternoon.by_end_of_afternoon) == (LATER, True)
    assert (details.latest, details.because) == (
        datetime(2025, 11, 15, 9, 0, tzinfo=UTC),
        "48 hours before the provision starts",
    )
    with pytest.raises(ValueError, match=r"^Give the start of the provision with its time zone\.$"):
        details_of_provision(starts_at=starts_at.replace(tzinfo=None), sixth_day=LATER, parent_agrees=False)


def test_limits_of_a_plan_name_their_count_holder_and_source() -> None:
    on = date(2026, 1, 12)

    found = [consultation_reply(on), representations(on), review_decision(on), final_plan(amendment_notice_on=on)]

    assert [(each.key, each.counted_from, each.working, each.duty_holder, each.at_least) for each in found] == [
        ("consultation_reply", on, "15 calendar days", "board", False),
        ("representations", on, "at least 15 calendar days", "parent", True),
        ("review_decision", on, "4 weeks after the meeting", "home_authority", False),
        ("final_plan", on, "8 weeks after the notice of amendment", "home_authority", False),
    ]
    assert all(each.source and each.rule == "R62" for each in found)
    by_meeting = final_plan(amendment_notice_on=date(2026, 3, 2), meeting_on=on)
    assert (by_meeting.counted_from, by_meeting.working) == (on, "12 weeks after the meeting")
    with pytest.raises(BeforePlans, match="^no education, health and care plans on 2014-08-31") as caught:
        consultation_reply(date(2014, 8, 31))
    assert caught.value.on == date(2014, 8, 31)


def arranged(found: Arrangement) -> tuple[str, str, str]:
    assert found.source
    return found.answer, found.because, found.rule


def test_meeting_is_remote_or_not_for_a_reason() -> None:
    pandemic = remote_meeting(date(2021, 3, 1), first_day=date(2021, 2, 1))

    assert [arranged(each) for each in (
        remote_meeting(LATER, first_day=LATER),
        remote_meeting(LATER, first_day=LATER, parent_asks=True),
        remote_meeting(LATER, first_day=LATER, unforeseen=True),
        remote_meeting(LATER, first_day=LATER, parent_asks=True, conditions_met=False),
        pandemic,
        remote_meeting(date(2023, 8, 31), first_day=date(2023, 6, 1)),
    )] == [
        (Remote.NO, "face to face unless the parent asks", "R31"),
        (Remote.MUST, "the parent asks, and everybody can take part fairly", "R31"),
        (Remote.MAY, "something unforeseen prevents a meeting in person", "R31"),
        (Remote.NO, "not everybody could take part fairly", "R31"),
        (Remote.MAY, "the pandemic's rules", "R31"),
        (Remote.NO, "no right to remote access on that day", "R31"),
    ]  # fmt: skip
    assert cite(pandemic.source).startswith("SI 2020/543")


@pytest.mark.parametrize(
    ("kind", "exam_lost", "quorum", "because"),
    [
        (SchoolKind.MAINTAINED, False, False, "no examination is lost"),
        (SchoolKind.MAINTAINED, True, True, "enough governors can meet before the examination"),
        (SchoolKind.MAINTAINED, True, False, "too few governors can meet before the examination"),
        (SchoolKind.ACADEMY, True, False, "an academy's articles say who may"),
        (SchoolKind.PRU, True, False, "a management committee may not leave it to its chair"),
    ],
)
def test_decider_is_named_for_a_reason(kind: SchoolKind, exam_lost: bool, quorum: bool, because: str) -> None:
    found = who_decides(kind, exam_lost=exam_lost, quorum_before_exam=quorum)

    assert arranged(found)[1:] == (because, "R33")
    assert cite(found.source).startswith("SI 2012/1033")


@pytest.mark.parametrize(
    ("kind", "present", "enough"),
    [
        (SchoolKind.MAINTAINED, 3, True),
        (SchoolKind.MAINTAINED, 2, False),
        (SchoolKind.ACADEMY, 1, True),
        (SchoolKind.PRU, 0, False),
    ],
)
def test_enough_governors_are_three_or_as_the_articles_say(kind: SchoolKind, present: int, enough: bool) -> None:
    assert enough_governors(kind, present) is enough


def test_meeting_asks_head_and_parent_and_nobody_else_unless_there_is_cause() -> None:
    assert invited(SchoolKind.ACADEMY, first_day=LATER) == (Invited.HEAD, Invited.PARENT)


def test_papers_show_every_day_looked_at_backwards() -> None:
    papers = papers_out(date(2025, 9, 16), calendar=calendar("A"))

    assert papers.count.counted_from == date(2025, 9, 16)
    assert [(row.on.day, row.count, row.skipped) for row in papers.count.working] == [
        (15, 1, None),
        (14, None, "weekend"),
        (13, None, "weekend"),
        (12, 2, None),
        (11, 3, None),
        (10, 4, None),
        (9, 5, None),
    ]


@pytest.mark.parametrize(
    ("on", "codes", "source"),
    [(date(2024, 8, 18), ("C",), "SI 2006/1751"), (date(2024, 8, 19), ("C2",), "SI 2024/208")],
)
def test_attendance_code_names_what_it_is_for_and_the_register_of_the_day(
    on: date, codes: tuple[str, ...], source: str
) -> None:
    found = attendance_code(on, Whereabouts.PART_TIME)

    assert isinstance(found, AttendanceCode)
    assert (found.codes, found.because, found.rule) == (codes, "out by a part-time timetable", "R27")
    assert cite(found.source).startswith(source)
