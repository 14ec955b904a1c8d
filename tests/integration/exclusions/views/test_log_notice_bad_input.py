"""Each wrong answer of a notice gets a message at its field that says what to do, and nothing is logged."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Pupil, RollSpell, TermSpell
from exclusions.models import Exclusion, SuspendedDay
from tests import notice_form as notice
from tests.conftest import Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

CASES = {
    "a weekend": (
        {"first_day": "24/10"},
        "first_day",
        "First day out must be a school day: Saturday 24 October is a weekend. The next school day is Monday 2 November",
    ),
    "half term": (
        {"first_day": "28/10"},
        "first_day",
        "First day out must be a school day: Wednesday 28 October is in the holidays. "
        "The next school day is Monday 2 November",
    ),
    "a last day in half term": (
        {"kind": "suspension", "first_day": "22/10", "last_day": "28/10"},
        "last_day",
        "Last day out must be a school day: Wednesday 28 October is in the holidays. "
        "The last school day before it is Friday 23 October",
    ),
    "a last day before the first": (
        {"kind": "suspension", "last_day": "30/10"},
        "last_day",
        "Last day out must be the first day or later",
    ),
    "a suspension without a last day": (
        {"kind": "suspension"},
        "last_day",
        "Enter the last day out, not the day they come back",
    ),
    "one day from the afternoon until midday": (
        {"kind": "suspension", "last_day": "2/11", "first_session": "PM", "last_session": "AM"},
        "last_session",
        "A day out from the afternoon cannot end at midday",
    ),
    "no reason": ({"reason_1": ""}, "reason_1", "Choose at least one reason"),
    "the same reason twice": ({"reason_2": "PP"}, "reason_2", "Reason PP is chosen twice: choose it once"),
    "a code that ended": (
        {"reason_1": "OT"},
        "reason_1",
        "Reason OT ended on 31 August 2020: choose another code",
    ),
    "a code of May 2026": ({"reason_1": "BW"}, "reason_1", "Reason BW is not in use yet: choose another code"),
    "a code that had not begun": (
        {"first_day": "16/1/2020", "reason_1": "OW"},
        "reason_1",
        "Reason OW began on 1 September 2020: choose another code",
    ),
    "two reasons before September 2020": (
        {"first_day": "16/1/2020", "reason_2": "DB"},
        "reason_1",
        "Choose one reason: only exclusions from 1 September 2020 may have up to three",
    ),
    "no such code": ({"reason_1": "QQ"}, "reason_1", "QQ is not a code: choose one from the list"),
    "no such day": ({"first_day": "31/2"}, "first_day", "'31/2' does not exist: check the day, the month and the year"),
    "a day before there were rules": (
        {"first_day": "3/9/2007"},
        "first_day",
        "First day out must be 1 September 2007 or later: no earlier rules are held",
    ),
    "no kind": ({"kind": ""}, "kind", "Choose the kind of exclusion"),
    "nobody knows when the council was told": (
        {"council_told": ""},
        "council_told",
        "Enter when the council was told, for example 19/10/2026 8:42",
    ),
    "told tomorrow": (
        {"council_told": "5/11"},
        "council_told",
        "The council cannot have been told on a day to come: check the day",
    ),
    "decided after it began": (
        {"decided_on": "3/11"},
        "decided_on",
        "The decision must come on or before the first day out",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_wrong_answer_has_its_message_at_its_field(case: str, officer: Client, pupil: Pupil) -> None:
    changes, field, message = CASES[case]
    if case == "a day before there were rules":
        changes, message = {"first_day": "3/8/2007"}, message
        TermSpell.objects.create(
            authority=pupil.home_authority, academic_year="2006/07", term="summer",
            first_day=date(2007, 4, 16), last_day=date(2007, 9, 1),
        )  # fmt: skip
        RollSpell.objects.update(first_day=date(2007, 4, 16))

    answer = officer.post(notice.LOG, notice.typed(pupil, **changes))

    assert answer.status_code == 200
    found = notice.errors(answer)
    assert found.get(field, "").startswith(message), found
    page = answer.content.decode()
    assert "<title>Error: Log a notice" in page
    assert f'href="#id_{field}' in page, "The summary leads to the field."
    assert not Exclusion.objects.exists()


def test_wrong_answer_leaves_every_other_answer_as_typed(officer: Client, pupil: Pupil) -> None:
    answers = notice.typed(pupil, first_day="sat", narrative="Hit another child.", decided_by="Mrs Oakes")

    page = officer.post(notice.LOG, answers).content.decode()

    for kept in ("sat", "Hit another child.", "Mrs Oakes", "2/11/2026 8:42"):
        assert kept in page


@pytest.mark.parametrize(
    ("kind", "reason"), [("closed", "INSET"), ("unplanned closure", "Snow")], ids=["inset", "snow"]
)
def test_first_day_on_which_the_school_is_shut_is_no_school_day(
    kind: str, reason: str, officer: Client, pupil: Pupil, place: Place
) -> None:
    rows.ClosureFactory.create(on=date(2026, 11, 2), kind=kind, reason=reason, school=place.school)

    answer = officer.post(notice.LOG, notice.typed(pupil))

    assert notice.errors(answer)["first_day"] == (
        "First day out must be a school day: Monday 2 November is a day on which the school is closed. "
        "The next school day is Tuesday 3 November"
    )


def test_bank_holiday_is_no_school_day(officer: Client, pupil: Pupil) -> None:
    answer = officer.post(notice.LOG, notice.typed(pupil, first_day="4/5/2026", council_told="5/5/2026"))

    assert "Monday 4 May is a bank holiday" in notice.errors(answer)["first_day"]


def test_school_that_had_closed_is_refused(officer: Client, pupil: Pupil, place: Place) -> None:
    gone = rows.SchoolFactory.create(name="Old Mill School", closed_on=date(2025, 8, 31))
    rows.RollSpellFactory.create(pupil=pupil, school=gone, last_day=None)

    answer = officer.post(notice.LOG, notice.typed(pupil, school=gone.urn))

    assert notice.errors(answer)["school"] == (
        "Old Mill School closed on Sunday 31 August 2025: choose the school that was open"
    )


def test_school_that_had_not_opened_is_refused(officer: Client, pupil: Pupil) -> None:
    new = rows.SchoolFactory.create(name="New Mill School", opened_on=date(2026, 11, 3))

    answer = officer.post(notice.LOG, notice.typed(pupil, school=new.urn))

    assert notice.errors(answer)["school"] == (
        "New Mill School opened on Tuesday 3 November 2026: choose the school before it"
    )


def test_school_whose_roll_the_child_is_not_on_is_refused_and_the_right_one_named(
    officer: Client, pupil: Pupil, place: Place
) -> None:
    answer = officer.post(notice.LOG, notice.typed(pupil, school=place.primary.urn))

    assert notice.errors(answer)["school"] == (
        "Zephyrine Quillfeather is not on the roll of Underhill Primary School on Monday 2 November: "
        "choose Marchbridge High School, or add the child to its roll"
    )


def test_child_on_no_roll_is_to_be_added_to_one_first(officer: Client, pupil: Pupil) -> None:
    RollSpell.objects.update(last_day=date(2026, 7, 21))

    answer = officer.post(notice.LOG, notice.typed(pupil))

    assert notice.errors(answer)["school"] == (
        "Zephyrine Quillfeather is on no school’s roll on Monday 2 November: add the child to a roll first"
    )
    assert f"/pupils/{pupil.public_id}/roll/" in answer.content.decode()


def test_child_that_is_not_chosen_is_to_be_found_first(officer: Client, pupil: Pupil) -> None:
    for value in ("", "00000000-0000-0000-0000-000000000007"):
        answer = officer.post(notice.LOG, notice.typed(pupil) | {"pupil": value})

        assert notice.errors(answer)["pupil"] == "Find the child, or add one"


def test_missing_calendar_is_said_and_nothing_is_guessed(officer: Client, pupil: Pupil, place: Place) -> None:
    TermSpell.objects.filter(academic_year="2026/27").delete()

    answer = officer.post(notice.LOG, notice.typed(pupil))

    assert notice.errors(answer)["first_day"] == (
        "No term dates are held for Marchbridge High School on Monday 2 November: ask an administrator to add them"
    )
    assert not Exclusion.objects.exists()


def test_three_reasons_are_the_most_that_the_page_has_boxes_for(officer: Client, pupil: Pupil) -> None:
    answers = notice.typed(pupil, reason_1="PP", reason_2="VA", reason_3="DM", reason_4="TH")

    notice.log(officer, answers)

    assert Exclusion.objects.get().reasons.count() == 3


def test_forty_sixth_day_asks_why_and_is_recorded_with_the_reason(officer: Client, pupil: Pupil, place: Place) -> None:
    exclusion = _suspended_for_45_days(pupil, place)

    refused = officer.post(notice.LOG, notice.suspended(pupil, last_day="2/11"))
    assert notice.errors(refused)["recorded_because"].startswith(
        "This takes the school year past 45 days, which is unlawful."
    )
    assert "This takes the school year past 45 days" in refused.content.decode()
    assert Exclusion.objects.count() == 1

    because = "The school sent the child home; told by its office"
    logged = notice.log(officer, notice.suspended(pupil, last_day="2/11", recorded_because=because))

    recorded = Exclusion.objects.exclude(pk=exclusion.pk).get()
    assert recorded.recorded_because == because
    assert because in officer.get(logged.headers["Location"]).content.decode()


def test_forty_fifth_day_needs_no_reason(officer: Client, pupil: Pupil, place: Place) -> None:
    exclusion = _suspended_for_45_days(pupil, place)
    SuspendedDay.objects.filter(exclusion=exclusion).order_by("on").first().delete()  # type: ignore[union-attr]

    notice.log(officer, notice.suspended(pupil, last_day="2/11"))

    assert Exclusion.objects.count() == 2


def _suspended_for_45_days(pupil: Pupil, place: Place) -> Exclusion:
    """Return a suspension over the whole of September and October, eked out to 45 school days."""
    exclusion = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=None, kind="suspension",
        first_day=date(2026, 9, 2), last_day=date(2026, 10, 23),
    )  # fmt: skip
    held = exclusion.suspended_days.count()
    weekends = [date(2026, 9, 5 + 7 * (number // 2) + number % 2) for number in range(45 - held)]
    SuspendedDay.objects.bulk_create(
        SuspendedDay(exclusion=exclusion, on=day, morning=True, afternoon=True) for day in weekends
    )
    return exclusion
