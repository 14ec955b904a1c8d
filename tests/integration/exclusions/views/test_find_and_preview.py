"""What the log-a-notice page asks for while somebody types: children found, and what the notice would start."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Pupil, Reading
from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

FIND = "/exclusions/log-a-notice/find/"
PREVIEW = "/exclusions/log-a-notice/preview/"


@pytest.mark.parametrize("words", ["Zephyrine Quillfeather", "quillfeather, zeph", "Zephyrin Quillfether", "3/2/2013"])
def test_child_is_found_by_name_in_any_order_nearly_spelt_or_by_birthday(
    words: str, officer: Client, pupil: Pupil
) -> None:
    page = officer.post(FIND, {"q": words}).content.decode()

    assert str(pupil.public_id) in page
    assert "Marchbridge High School" in page


def test_child_is_found_by_upn_and_by_case_reference(officer: Client, exclusion: Exclusion, pupil: Pupil) -> None:
    for words in (str(pupil.upn), str(pupil.upn).lower(), exclusion.case.reference):
        assert str(pupil.public_id) in officer.post(FIND, {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["", "ze", "   ", "Bartholomew", "99/99/2013", "x" * 101, "%%%", "'); DROP TABLE"])
def test_words_that_mean_no_child_show_none(words: str, officer: Client, pupil: Pupil) -> None:
    answer = officer.post(FIND, {"q": words})

    assert answer.status_code == 200
    assert "Zephyrine" not in answer.content.decode()


def test_find_shows_eight_children_at_most_and_tells_apart_those_of_one_birthday(officer: Client, pupil: Pupil) -> None:
    for _ in range(11):
        rows.RollSpellFactory.create(school=pupil.roll_spells.get().school)

    page = officer.post(FIND, {"q": "Quillfeather"}).content.decode()

    assert page.count("app-option") == 8 + 1
    assert "Same birthday as another in this list" in page


def test_each_child_found_and_the_search_itself_are_recorded_without_its_words(
    officer: Client, pupil: Pupil, cast: Cast
) -> None:
    officer.post(FIND, {"q": "Zephyrine"})

    shown, search = Reading.objects.order_by("pupil")
    assert (shown.pupil, shown.user, shown.surface) == (pupil, cast.asha, "find a child")
    assert (search.pupil, len(search.terms_hash)) == (None, 64)
    assert "Zephyrine" not in str(Reading.objects.values())


def test_preview_says_what_the_notice_would_start_and_saves_nothing(officer: Client, pupil: Pupil) -> None:
    page = officer.post(PREVIEW, notice.typed(pupil, reason_1="", council_told="")).content.decode()

    assert "Day six: Monday 9 November" in page
    assert "Marchshire Council must have full-time education running." in page
    assert not Exclusion.objects.exists()


def test_preview_of_a_day_that_is_no_school_day_offers_the_next(officer: Client, pupil: Pupil) -> None:
    page = officer.post(PREVIEW, notice.typed(pupil, first_day="28/10")).content.decode()

    assert "Monday 2 November" in page
    assert 'data-use-day="2/11/2026"' in page


def test_preview_without_a_child_says_how_to_begin(officer: Client, cast: Cast) -> None:
    assert "Choose the child and the first day" in officer.post(PREVIEW, {}).content.decode()


@pytest.mark.parametrize("address", [FIND, PREVIEW])
def test_colleague_without_the_right_finds_no_such_page(
    address: str, client_of: ClientOf, cast: Cast, pupil: Pupil
) -> None:
    answer = client_of(cast.imran).post(address, notice.typed(pupil, q="Zephyrine"))

    assert answer.status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize("address", [FIND, PREVIEW])
def test_words_never_stand_in_an_address(address: str, officer: Client, pupil: Pupil) -> None:
    assert officer.get(address, {"q": "Zephyrine"}).status_code == 405


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2/11", "6/11", "One more school day, or less, would take the term past 5"),
        ("2/11", "9/11", "The term is past 5 school days: the governors must meet within 50 school days"),
        ("2/11", "20/11", "One more school day, or less, would take the term past 15"),
        ("2/11", "23/11", "The term is past 15 school days: the governors must meet within 15 school days"),
        ("2/11", "14/12", "This takes the school year past 30 school days, and 45 is the most"),
    ],
)
def test_limits_are_said_before_the_notice_is_sent(
    first: str, last: str, says: str, officer: Client, pupil: Pupil
) -> None:
    page = officer.post(PREVIEW, notice.suspended(pupil, first_day=first, last_day=last)).content.decode()

    assert says in page


def test_46th_day_is_said_before_the_notice_is_sent(officer: Client, pupil: Pupil, cast: Cast) -> None:
    school = pupil.roll_spells.get().school
    exclusion_rows.exclusion(
        pupil=pupil, school=school, by=cast.asha, kind="suspension", first_day=date(2026, 9, 7),
        last_day=date(2026, 10, 23),
    )  # fmt: skip

    page = officer.post(PREVIEW, notice.suspended(pupil, last_day="16/11")).content.decode()

    assert "This takes the school year past 45 days, which is unlawful" in page


def test_lost_exam_is_said_before_the_notice_is_sent_and_four_days_say_nothing(officer: Client, pupil: Pupil) -> None:
    exam = officer.post(PREVIEW, notice.suspended(pupil, exam_missed="yes")).content.decode()
    four = officer.post(PREVIEW, notice.suspended(pupil, last_day="5/11"))

    assert "A public exam or national test is lost: the governors must meet" in exam
    assert four.context["consequences"]["limits"] == ()


def test_two_single_letters_are_too_few_and_no_reason_to_add_a_child(officer: Client, pupil: Pupil) -> None:
    page = officer.post(FIND, {"q": "Z Q"}).content.decode()
    whole = officer.post(notice.LOG, {"q": "Z Q", "action": "find"}).content.decode()

    assert "add the child" not in page
    assert "Enter at least 3 letters or numbers" in whole


@pytest.mark.parametrize(
    ("session", "own", "year"),
    [("PM", "1 school day, <b>", "1 day, 44 left"), ("AM", "Half a school day, <b>", "half a day, 44.5 left")],
)
def test_notice_of_a_day_or_half_a_day_is_said_as_one(
    officer: Client, pupil: Pupil, session: str, own: str, year: str
) -> None:
    typed = notice.suspended(pupil, last_day="2/11", last_session=session)

    page = officer.post(PREVIEW, typed).content.decode()

    assert own in page
    assert f">{year}<" in page
