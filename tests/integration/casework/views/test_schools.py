"""Schools and their calendars."""

from datetime import date

from django.test import Client

from casework.models import Reading, TermSpell
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows


def test_list_of_schools_is_narrowed_by_phase(officer: Client, place: Place) -> None:
    page = officer.get("/schools/?phase=primary").content.decode()

    assert "Underhill Primary School" in page
    assert "Marchbridge High School" not in page


def test_unknown_phase_narrows_nothing(officer: Client, place: Place) -> None:
    assert "Marchbridge High School" in officer.get("/schools/?phase=nonsense&page=99").content.decode()


def test_school_page_shows_its_own_term_dates_in_place_of_the_authoritys(officer: Client, place: Place) -> None:
    TermSpell.objects.create(
        authority=place.authority, school=place.school, academic_year="2026/27", term="autumn",
        first_day=date(2026, 9, 7), last_day=date(2026, 10, 16),
    )  # fmt: skip
    rows.ClosureFactory.create(on=date(2026, 11, 5), kind="unplanned closure", reason="Snow", school=place.school)

    own = officer.get(f"/schools/{place.school.urn}/").content.decode()
    other = officer.get(f"/schools/{place.primary.urn}/").content.decode()

    assert "7 Sep" in own
    assert "Snow" in own
    assert "2 Sep" in other
    assert "Snow" not in other


def test_administrator_sees_schools_and_no_child(client_of: ClientOf, cast: Cast, place: Place) -> None:
    assert client_of(cast.administrator).get(f"/schools/{place.school.urn}/").status_code == 200
    assert not Reading.objects.exists()
