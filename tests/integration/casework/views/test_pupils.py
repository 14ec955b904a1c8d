"""The pages of children: found, shown, added, put on a roll."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.models import Address, Pupil, Reading, RollSpell
from casework.rules.upn import make_upn
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows

ADD = "/pupils/add/"


def child_typed(place: Place, **changes: str) -> dict[str, Any]:
    """Return a new child as an officer types it."""
    typed = {
        "token": str(uuid.uuid4()), "first_name": "Barnaby", "last_name": "Thistlewood", "date_of_birth": "4/5/2012",
        "sex": "M", "upn": make_upn("999", "4001", 2016, 77), "school": place.school.urn, "year_group": "9",
        "on_roll_from": "2/9/2026", "home_authority": "999",
    }  # fmt: skip
    return typed | changes


def test_pupil_page_shows_what_was_known_today_and_how(officer: Client, pupil: Pupil) -> None:
    page = officer.get(f"/pupils/{pupil.public_id}/").content.decode()

    assert "What was known of Wednesday 4 November 2026" in page
    assert "Social care system, so since" in page
    assert "Nobody has said" in page


def test_pupil_page_shows_another_day_as_it_was_known(officer: Client, pupil: Pupil) -> None:
    page = officer.post(f"/pupils/{pupil.public_id}/", {"on": "30/4/2026"}).content.decode()

    known = page[page.index("Circumstances on the day") : page.index("</table>")]
    assert "Child in need" not in known
    assert "SEN support" in known


def test_pupil_page_says_what_is_wrong_with_a_day(officer: Client, pupil: Pupil) -> None:
    page = officer.post(f"/pupils/{pupil.public_id}/", {"on": "the day after"}).content.decode()

    assert "<title>Error: Pupil" in page
    assert "the day after" in page


@pytest.mark.parametrize(("who", "shown"), [("asha", True), ("imran", False), ("ruth", False)])
def test_protected_address_is_shown_to_whom_it_may_be(
    who: str, shown: bool, cast: Cast, client_of: ClientOf, pupil: Pupil
) -> None:
    rows.AddressFactory.create(pupil=pupil, protected=True)

    page = client_of(cast.everybody()[who]).get(f"/pupils/{pupil.public_id}/").content.decode()

    assert ("Tumbledown" in page) is shown
    assert ("ZZ99" in page) is shown
    assert "Protected" in page


def test_address_that_is_not_protected_is_shown_to_caseworkers(cast: Cast, client_of: ClientOf, pupil: Pupil) -> None:
    Address.objects.create(pupil=pupil, lines="14 Tumbledown Reach", postcode="ZZ99 3WZ", first_day=date(2020, 1, 1))

    assert "Tumbledown" in client_of(cast.imran).get(f"/pupils/{pupil.public_id}/").content.decode()


def test_add_pupil_adds_the_child_on_the_roll_and_goes_on_where_it_was_asked(officer: Client, place: Place) -> None:
    saved = officer.post(ADD, child_typed(place, next="/exclusions/log-a-notice/"))

    added = Pupil.objects.get(last_name="Thistlewood")
    assert saved.headers["Location"] == f"/exclusions/log-a-notice/?pupil={added.public_id}"
    assert added.roll_spells.get().school == place.school


def test_add_pupil_with_a_long_address_to_go_on_to_adds_one_child(officer: Client, place: Place) -> None:
    typed = child_typed(place, next="/search/?" + "z" * 400)

    first, second = officer.post(ADD, typed), officer.post(ADD, typed | {"not_the_same": "on"})

    added = Pupil.objects.get(last_name="Thistlewood")
    assert first.headers["Location"].endswith(f"zzz&pupil={added.public_id}")
    assert second.headers["Location"] == "/search/"


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_add_pupil_leads_nowhere_off_the_site(there: str, officer: Client, place: Place) -> None:
    saved = officer.post(ADD, child_typed(place, next=there))

    assert saved.headers["Location"].startswith("/search/?pupil=")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"upn": "A999400116077"}, "upn", "The first letter does not match the rest of the UPN."),
        ({"upn": "A99940011607"}, "upn", "A UPN has 13 characters and this one has 12."),
        ({"upn": "AIIIIIIIIIIII"}, "upn", "A UPN is a letter and 12 digits;"),
        ({"date_of_birth": "4/5/2027"}, "date_of_birth", "Date of birth must be in the past"),
        ({"date_of_birth": "4/5/1990"}, "date_of_birth", "A child born then is 36: check the date of birth"),
        ({"first_name": ""}, "first_name", "Enter first name"),
        ({"school": "000000"}, "school", "Choose one from the list"),
        ({"year_group": ""}, "year_group", "Choose year group"),
        ({"on_roll_from": "never"}, "on_roll_from", "'never' is not a day"),
    ],
)  # fmt: skip
def test_wrong_answer_has_its_message_and_adds_nobody(
    changes: dict[str, str], field: str, message: str, officer: Client, place: Place
) -> None:
    answer = officer.post(ADD, child_typed(place, **changes))

    assert notice.errors(answer).get(field, "").startswith(message), notice.errors(answer)
    assert not Pupil.objects.filter(last_name="Thistlewood").exists()
    assert "Thistlewood" in answer.content.decode()


def test_child_without_a_upn_may_be_added(officer: Client, place: Place) -> None:
    officer.post(ADD, child_typed(place, upn=""))

    assert Pupil.objects.get(last_name="Thistlewood").upn is None


def test_child_like_one_that_is_held_is_asked_about_first(officer: Client, place: Place, pupil: Pupil) -> None:
    same = child_typed(place, first_name="Zephyrin", last_name="Quillfeather", date_of_birth="3/2/2013")

    asked = officer.post(ADD, same)
    assert "A child like this is held already" in asked.content.decode()
    assert str(pupil.public_id) in asked.content.decode()
    assert Reading.objects.filter(pupil=pupil, surface__startswith="add a child").exists()
    assert Pupil.objects.count() == 1

    officer.post(ADD, same | {"not_the_same": "on"})
    assert Pupil.objects.count() == 2


def test_upn_of_another_child_is_refused_at_its_field(officer: Client, place: Place, pupil: Pupil) -> None:
    answer = officer.post(ADD, child_typed(place, upn=str(pupil.upn), not_the_same="on"))

    assert notice.errors(answer)["upn"].startswith("Another child holds this UPN.")
    assert Pupil.objects.count() == 1


def test_second_click_adds_one_child(officer: Client, place: Place) -> None:
    typed = child_typed(place)

    first, second = officer.post(ADD, typed), officer.post(ADD, typed | {"not_the_same": "on"})

    assert first.headers["Location"] == second.headers["Location"]
    assert Pupil.objects.filter(last_name="Thistlewood").count() == 1


def test_add_to_roll_ends_the_open_spell_the_day_before(officer: Client, pupil: Pupil, place: Place) -> None:
    typed = {
        "token": str(uuid.uuid4()), "school": place.primary.urn, "year_group": "9", "first_day": "2/11/2026",
    }  # fmt: skip

    for _ in range(2):
        saved = officer.post(f"/pupils/{pupil.public_id}/roll/", typed)

    assert saved.headers["Location"] == f"/pupils/{pupil.public_id}/"
    spells = RollSpell.objects.order_by("first_day").values_list("school", "last_day")
    assert list(spells) == [(place.school.pk, date(2026, 11, 1)), (place.primary.pk, None)]


def test_child_already_on_that_roll_is_not_put_there_twice(officer: Client, pupil: Pupil, place: Place) -> None:
    typed = {"token": str(uuid.uuid4()), "school": place.school.urn, "year_group": "9", "first_day": "2/11/2026"}

    answer = officer.post(f"/pupils/{pupil.public_id}/roll/", typed)

    assert "already" in notice.errors(answer)["school"]
    assert RollSpell.objects.count() == 1


def test_earlier_roll_ends_before_the_one_that_is_held_and_the_child_is_on_one_at_a_time(
    officer: Client, pupil: Pupil, place: Place
) -> None:
    typed = {"token": str(uuid.uuid4()), "school": place.primary.urn, "year_group": "6", "first_day": "1/9/2016"}

    officer.post(f"/pupils/{pupil.public_id}/roll/", typed)
    same_day = officer.post(
        f"/pupils/{pupil.public_id}/roll/", typed | {"token": str(uuid.uuid4()), "first_day": "1/9/2018"}
    )

    spells = RollSpell.objects.order_by("first_day").values_list("school", "first_day", "last_day")
    assert list(spells) == [
        (place.primary.pk, date(2016, 9, 1), date(2018, 8, 31)),
        (place.school.pk, date(2018, 9, 1), None),
    ]
    assert "from that very day" in notice.errors(same_day)["first_day"]


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_adds_nobody(
    who: str, cast: Cast, client_of: ClientOf, place: Place, pupil: Pupil
) -> None:
    colleague = client_of(cast.everybody()[who])

    answers = [
        colleague.post(ADD, child_typed(place)).status_code,
        colleague.post(f"/pupils/{pupil.public_id}/roll/", {"token": str(uuid.uuid4())}).status_code,
    ]

    assert answers == [404, 404]
    assert (Pupil.objects.count(), RollSpell.objects.count()) == (1, 1)


def test_search_shows_the_children_it_found_and_records_each(officer: Client, pupil: Pupil) -> None:
    page = officer.post("/search/", {"q": "Quillfeather"}).content.decode()

    assert f"/pupils/{pupil.public_id}/" in page
    assert Reading.objects.filter(pupil=pupil, surface="search").count() == 1
    assert Reading.objects.filter(pupil=None, surface="search").count() == 1


@pytest.mark.parametrize("words", ["", "zz", "M T", " z  q ", "x" * 101])
def test_search_for_too_little_or_too_much_says_so(words: str, officer: Client, pupil: Pupil) -> None:
    answer = officer.post("/search/", {"q": words})

    assert "q" in notice.errors(answer)
    assert not Reading.objects.exists()


def test_search_while_typing_is_answered_with_the_results_alone_and_recorded_all_the_same(
    officer: Client, pupil: Pupil
) -> None:
    page = officer.post("/search/", {"q": "quillfether", "typing": "yes"}).content.decode()

    assert "<html" not in page
    assert f"/pupils/{pupil.public_id}/" in page
    assert Reading.objects.filter(pupil=pupil, surface="search").count() == 1
    assert officer.post("/search/", {"q": "qu", "typing": "yes"}).content.decode().strip() == ""


def test_search_finds_schools_too_by_name_or_urn(officer: Client, place: Place) -> None:
    for words in ("underhill", place.primary.urn):
        assert f"/schools/{place.primary.urn}/" in officer.post("/search/", {"q": words}).content.decode()
    assert "Schools</h2>" not in officer.post("/search/", {"q": "3/2/2013"}).content.decode()
