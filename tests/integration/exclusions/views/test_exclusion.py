"""The page of one exclusion."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Pupil, Reading, TermSpell
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows


def test_page_shows_who_must_act_by_when_and_how_it_was_worked_out(officer: Client, exclusion: Exclusion) -> None:
    page = officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()

    assert "Marchshire Council must have full-time education running by" in page
    assert "How day six was worked out" in page
    assert "Day 6: must have started" in page
    assert "School census, known since Tuesday 1 October 2024" in page


def test_child_of_another_authority_is_that_authoritys_to_arrange_for(
    officer: Client, pupil: Pupil, place: Place, cast: Cast
) -> None:
    pupil.home_authority = place.neighbour
    pupil.save()
    logged = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)

    page = officer.get(f"/exclusions/{logged.case.reference}/").content.decode()

    assert "Telford and Wrekin must have full-time education running by" in page


def test_school_days_that_nobody_knows_are_not_guessed(officer: Client, exclusion: Exclusion) -> None:
    TermSpell.objects.filter(academic_year="2026/27").delete()

    page = officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()

    assert "The days cannot be counted" in page
    assert "nothing is guessed" in page


def test_totals_count_the_suspensions_of_every_school(officer: Client, pupil: Pupil, place: Place, cast: Cast) -> None:
    rows.RollSpellFactory.create(pupil=pupil, school=place.primary, enrolment_status="S")
    for school, day in ((place.school, 7), (place.primary, 14)):
        exclusion_rows.exclusion(
            pupil=pupil, school=school, by=cast.asha, kind="suspension",
            first_day=date(2026, 9, day), last_day=date(2026, 9, day + 1),
        )  # fmt: skip
    logged = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)

    page = officer.get(f"/exclusions/{logged.case.reference}/").content.decode()

    assert "4 days, 41 left" in page
    assert "2 suspensions this school year." in page


@pytest.mark.parametrize(("session", "words"), [("PM", "1 day, 44 left"), ("AM", "half a day, 44.5 left")])
def test_total_of_a_day_or_half_a_day_is_said_as_one(
    officer: Client, pupil: Pupil, place: Place, cast: Cast, session: str, words: str
) -> None:
    logged = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2026, 9, 7), last_day=date(2026, 9, 7), last_session=session,
    )  # fmt: skip

    assert f">{words}<" in officer.get(f"/exclusions/{logged.case.reference}/").content.decode()
    assert f"{words.split(',')[0]}: " in officer.get("/exclusions/?period=").content.decode()


def test_page_leaves_one_reading_of_its_child(officer: Client, exclusion: Exclusion, pupil: Pupil, cast: Cast) -> None:
    officer.get(f"/exclusions/{exclusion.case.reference}/")

    reading = Reading.objects.get()
    assert (reading.pupil, reading.user, reading.surface) == (pupil, cast.asha, "exclusion")
    assert reading.request_id


def test_reader_is_offered_only_what_the_role_may_do(exclusion: Exclusion, cast: Cast, client_of: ClientOf) -> None:
    offered = {
        name: [
            words
            for words in ("Record what came of it", "Record education")
            if words in client_of(user).get(f"/exclusions/{exclusion.case.reference}/").content.decode()
        ]
        for name, user in (("asha", cast.asha), ("imran", cast.imran), ("ruth", cast.ruth))
    }

    assert offered == {
        "asha": ["Record what came of it", "Record education"],
        "imran": ["Record what came of it"],
        "ruth": [],
    }


def test_typed_markup_is_shown_as_typed(officer: Client, pupil: Pupil, place: Place, cast: Cast) -> None:
    hostile = "<script>alert(1)</script>{{ settings.SECRET_KEY }}\"'><img src=x onerror=alert(1)>"
    logged = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, narrative=hostile, decided_by=hostile[:120]
    )

    page = officer.get(f"/exclusions/{logged.case.reference}/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ settings.SECRET_KEY }}" in page


def test_page_asks_the_database_a_fixed_number_of_times(officer: Client, exclusion: Exclusion) -> None:
    officer.get(f"/exclusions/{exclusion.case.reference}/")

    with CaptureQueriesContext(connection) as queries:
        officer.get(f"/exclusions/{exclusion.case.reference}/")

    assert len(queries) <= 40
