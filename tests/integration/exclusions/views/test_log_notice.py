"""Logging a notice, from what is typed to what is kept."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Case, Draft, Pupil, TimelineEvent
from exclusions.models import Exclusion, SuspendedDay
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows


def test_log_notice_logs_a_permanent_exclusion_and_shows_it(officer: Client, pupil: Pupil) -> None:
    logged = notice.log(officer, notice.typed(pupil, reason_2="VA", narrative="Hit another child."))

    page = officer.get(logged.headers["Location"]).content.decode()
    assert logged.headers["Location"] == "/exclusions/26-0001/"
    assert "Notice 26-0001 is logged." in page
    assert "Permanent exclusion from Monday 2 November 2026" in page
    assert "Monday 9 November" in page, "The sixth school day from 2 November."


def test_logged_notice_keeps_the_circumstances_of_the_first_day_with_their_sources(
    officer: Client, pupil: Pupil, cast: Cast
) -> None:
    rows.CircumstanceFactory.create(
        pupil=pupil, kind="sen", value="E", first_day=date(2026, 11, 3), known_on=date(2026, 11, 3)
    )

    notice.log(officer, notice.typed(pupil, social_care="looked after"))

    logged = Exclusion.objects.get()
    assert (logged.sen, logged.social_care, logged.early_help) == ("K", "looked after", "unknown")
    assert (logged.year_group, logged.home_authority.code, logged.logged_by) == ("9", "999", cast.asha)
    assert logged.circumstance_sources["sen"] == {"source": "School census", "known_on": "2024-10-01"}
    assert logged.circumstance_sources["social_care"]["source"] == "The school's notice"
    assert logged.circumstance_sources["early_help"] == {"source": "", "known_on": None}


def test_later_change_to_the_child_does_not_reach_the_frozen_circumstances(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.typed(pupil))

    rows.CircumstanceFactory.create(pupil=pupil, value="E", first_day=date(2026, 10, 1), known_on=date(2026, 11, 4))

    assert Exclusion.objects.get().sen == "K"


def test_logged_suspension_has_a_row_for_each_session_of_each_school_day(officer: Client, pupil: Pupil) -> None:
    answers = notice.suspended(
        pupil, first_day="22/10", last_day="3/11", first_session="PM", last_session="AM", council_told="22/10/2026"
    )

    notice.log(officer, answers)

    days = list(SuspendedDay.objects.order_by("on").values_list("on", "morning", "afternoon"))
    assert days == [
        (date(2026, 10, 22), False, True),
        (date(2026, 10, 23), True, True),
        (date(2026, 11, 2), True, True),
        (date(2026, 11, 3), True, False),
    ]


def test_logged_lunchtime_suspension_takes_lunchtimes_alone(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.suspended(pupil, kind="lunchtime"))

    days = SuspendedDay.objects.values_list("morning", "afternoon", "lunchtime")
    assert list(days) == [(False, False, True)] * 2


def test_logged_notice_keeps_its_reasons_in_the_order_typed(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.typed(pupil, reason_1="VA", reason_2="damage", reason_3="pp"))

    codes = Exclusion.objects.get().exclusion_reasons.order_by("position").values_list("position", "reason__code")
    assert list(codes) == [(1, "VA"), (2, "DM"), (3, "PP")]


def test_logged_notice_writes_its_timeline_and_names_no_child_there(officer: Client, pupil: Pupil, cast: Cast) -> None:
    notice.log(officer, notice.typed(pupil))

    event = TimelineEvent.objects.get()
    assert (event.event, event.by, event.case.reference) == ("notice_logged", cast.asha, "26-0001")
    assert event.data == {"kind": "permanent", "first_day": "2026-11-02", "told_by": "email"}


def test_references_count_up_within_the_academic_year_of_the_first_day(officer: Client, pupil: Pupil) -> None:
    for first_day in ("2/11", "3/11", "15/6/2026"):
        notice.log(officer, notice.typed(pupil, first_day=first_day, recorded_because="It did happen"))

    assert list(Case.objects.order_by("pk").values_list("reference", flat=True)) == ["26-0001", "26-0002", "25-0001"]


def test_exclusion_page_counts_day_six_on_both_readings_and_the_totals(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.suspended(pupil, first_day="21/9", last_day="22/9", council_told="21/9/2026"))
    rows.ClosureFactory.create(on=date(2026, 11, 5), kind="unplanned closure", reason="Snow")

    logged = notice.log(officer, notice.typed(pupil))

    page = officer.get(logged.headers["Location"]).content.decode()
    assert "Tuesday 10 November" in page
    assert "on the other reading" in page
    assert "Snow" in page
    assert "2 days, 43 left" in page
    assert "Marchshire Council" in page, "Who must arrange the education."


def test_draft_is_kept_and_offered_again_and_gone_once_logged(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Half a sentence"))

    again = officer.get(notice.DRAFTED).content.decode()
    assert "Draft kept at 10:30" in again
    assert "Half a sentence" in again
    notice.log(officer, notice.typed(pupil))
    assert not Draft.objects.exists()


def test_draft_can_be_discarded(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft"))

    answer = officer.post(notice.LOG, notice.typed(pupil, action="discard"))

    assert answer.status_code == 302
    assert not Draft.objects.exists()


def test_nothing_is_logged_before_the_answers_are_confirmed(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    page = officer.get(notice.CHECK).content.decode()

    assert "Nothing is logged yet" in page
    assert "Zephyrine" in page
    assert not Exclusion.objects.exists()


def test_check_page_without_a_draft_leads_back(officer: Client) -> None:
    assert officer.get(notice.CHECK).headers["Location"] == notice.LOG


def test_child_may_be_found_and_chosen_without_script(officer: Client, pupil: Pupil) -> None:
    begun = {"draft": notice.DRAFT, "first_day": "2/11"}
    found = officer.post(notice.LOG, begun | {"action": "find", "q": "quillfether zephyrine"})

    assert f'value="{pupil.public_id}"' in found.content.decode()
    chosen = officer.post(notice.LOG, begun | {"choose": str(pupil.public_id)})
    page = officer.get(chosen.headers["Location"]).content.decode()
    assert "Zephyrine Quillfeather" in page
    assert 'value="2/11"' in page, "What was typed before the search stays."


def test_child_on_two_rolls_may_be_excluded_by_either_school(officer: Client, pupil: Pupil, place: Place) -> None:
    rows.RollSpellFactory.create(pupil=pupil, school=place.primary, enrolment_status="S")

    notice.log(officer, notice.typed(pupil, school=place.primary.urn))

    assert Exclusion.objects.get().school == place.primary


def test_notice_of_another_officers_draft_is_not_shown(
    officer: Client, pupil: Pupil, cast: Cast, client_of: ClientOf
) -> None:
    officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Half a sentence"))
    colleague = type(cast.asha).objects.create(email="b@marchshire.example", name="Bo", role="eas_officer")

    page = client_of(colleague).get(notice.DRAFTED, follow=True).content.decode()

    assert "Half a sentence" not in page


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_finds_no_such_page(
    who: str, cast: Cast, pupil: Pupil, client_of: ClientOf
) -> None:
    colleague = client_of(cast.everybody()[who])

    answers = [colleague.post(address, notice.typed(pupil)).status_code for address in (notice.LOG, notice.CHECK)]

    assert answers == [404, 404]
    assert not Draft.objects.exists()


def test_exclusion_of_the_factory_equals_one_that_was_typed(officer: Client, pupil: Pupil, cast: Cast) -> None:
    notice.log(officer, notice.typed(pupil, first_day="12/10", council_told="12/10/2026"))
    typed = Exclusion.objects.get()

    made = exclusion_rows.exclusion(pupil=pupil, school=typed.school, by=cast.asha)

    same = ("kind", "first_day", "rule_set", "sen", "social_care", "circumstance_sources", "year_group")
    assert {name: getattr(made, name) for name in same} == {name: getattr(typed, name) for name in same}
