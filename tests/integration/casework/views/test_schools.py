"""Schools and their calendars."""

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import HeadcountPart, Reading, SchoolContact, SchoolLink, TermSpell, Trust
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.queries import asked


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


def test_list_is_narrowed_by_name_trust_and_state(officer: Client, place: Place) -> None:
    trust = Trust.objects.create(group_id="2044", name="Three Becks")
    rows.SchoolFactory.create(name="Larkrise Academy", trust=trust, kind="academy")
    rows.SchoolFactory.create(name="Larkrise School", closed_on=date(2024, 8, 31))

    def names(query: str) -> set[str]:
        page = officer.get(f"/schools/?{query}")
        return {row["cells"][0]["text"] for row in page.context["rows"]}

    assert names("q=larkrise") == {"Larkrise Academy", "Larkrise School"}
    assert names("q=larkrise&state=open") == {"Larkrise Academy"}
    assert names("q=larkrise&state=closed") == {"Larkrise School"}
    assert names("trust=2044") == {"Larkrise Academy"}
    assert names(f"q={place.school.urn}") == {"Marchbridge High School"}
    assert names("trust=nonsense&state=nonsense") >= {"Larkrise Academy", "Marchbridge High School"}


def test_list_is_sorted_both_ways_and_keeps_its_filters(officer: Client, place: Place) -> None:
    first = officer.get("/schools/?state=open&sort=name")
    names = [row["cells"][0]["text"] for row in first.context["rows"]]
    other = officer.get("/schools/" + first.context["columns"][0]["href"])

    assert names == sorted(names)
    assert [row["cells"][0]["text"] for row in other.context["rows"]] == names[::-1]
    assert "state=open" in first.context["columns"][0]["href"]
    assert first.context["columns"][0]["sort"] == "ascending"


def test_list_keeps_its_queries_at_five_and_five_hundred_rows(officer: Client, place: Place) -> None:
    # The council's name is then kept by the process.
    officer.get("/account/")
    counts = []
    for more in (3, 495):
        rows.SchoolFactory.create_batch(more, authority=place.authority)
        with CaptureQueriesContext(connection) as captured:
            officer.get("/schools/")
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]


def test_school_page_shows_whom_it_followed_and_who_followed_it(officer: Client, place: Place) -> None:
    academy = rows.SchoolFactory.create(name="Marchbridge Academy")
    SchoolLink.objects.create(
        predecessor=place.school, successor=academy, kind="converted", on=date(2026, 9, 1), source="GIAS links"
    )

    before = officer.get(f"/schools/{place.school.urn}/").content.decode()
    after = officer.get(f"/schools/{academy.urn}/").content.decode()

    assert "Followed by" in before
    assert "Marchbridge Academy" in before
    assert "Marchbridge High School" in after
    assert "1 September 2026" in after


def test_school_page_shows_the_latest_january_by_year_group_and_sen(officer: Client, place: Place) -> None:
    for year, group, sen, count in [
        (2025, "7", "N", 999),
        (2026, "7", "N", 101),
        (2026, "7", "E", 0),
        (2026, "8", "", 95),
    ]:
        HeadcountPart.objects.create(school=place.school, year=year, year_group=group, sen=sen, headcount=count)

    page = officer.get(f"/schools/{place.school.urn}/")

    assert page.context["parts"]["rows"] == [
        {"label": "Year 7", "counts": [101, 0, None]},
        {"label": "Year 8", "counts": [None, None, 95]},
    ]
    assert '<td class="app-num">0</td>' in page.content.decode()


def test_school_page_keeps_its_queries_however_many_contacts(officer: Client, place: Place) -> None:
    # The council's name is then kept by the process.
    officer.get("/account/")
    counts = []
    for more in (5, 495):
        SchoolContact.objects.bulk_create(
            SchoolContact(
                school=place.school, role="senco", name="S", telephone="01632 960 1", first_day=date(2024, 9, 1)
            )
            for _ in range(more)
        )
        with CaptureQueriesContext(connection) as captured:
            officer.get(f"/schools/{place.school.urn}/")
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]
