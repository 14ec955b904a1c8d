"""Contacts of a school by role, each from one day to another."""

from datetime import date

import pytest
from django.apps import apps
from django.test import Client

from casework.models import SchoolContact
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.notice_form import errors
from tests.policy.objects import school_contact_of


def add(place: Place) -> str:
    return f"/schools/{place.school.urn}/contacts/add/"


def typed(client: Client, place: Place, **changes: str) -> dict[str, str]:
    return {
        "token": str(client.get(add(place)).context["form"]["token"].value()),
        "role": "head",
        "name": "Barnaby Thrush",
        "telephone": "01632 960 333",
        "email": "head@school.example",
        "first_day": "2/11",
        "takes_over": "on",
    } | changes


def test_new_head_takes_over_from_the_one_before(officer: Client, place: Place) -> None:
    before = school_contact_of(place.school)

    officer.post(add(place), typed(officer, place))

    before.refresh_from_db()
    assert before.last_day == date(2026, 11, 1)
    page = officer.get(f"/schools/{place.school.urn}/").content.decode()
    assert "Barnaby Thrush" in page
    assert "head@school.example" in page
    assert "Contacts of before (1)" in page


def test_second_contact_in_a_role_may_stand_beside_the_first(officer: Client, place: Place) -> None:
    school_contact_of(place.school)

    officer.post(add(place), typed(officer, place, takes_over=""))

    assert SchoolContact.objects.filter(last_day__isnull=True).count() == 2


def test_second_click_adds_once(officer: Client, place: Place) -> None:
    answers = typed(officer, place)
    for _ in range(2):
        officer.post(add(place), answers)

    assert SchoolContact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"telephone": "", "email": ""}, "telephone", "Enter a telephone number or an email address"),
        ({"telephone": "ask"}, "telephone", "Write a telephone number in digits, such as 01632 960 417"),
        ({"email": "head@"}, "email", "Enter an email address such as name@example.org"),
        ({"name": ""}, "name", "Enter name"),
        ({"role": "king"}, "role", "Choose one from the list"),
        ({"first_day": "1/9/2020"}, "first_day", "That would end whoever holds the role before they began: choose a later day"),
    ],
)  # fmt: skip
def test_wrong_answer_gets_its_message_at_its_field(
    officer: Client, place: Place, changes: dict[str, str], field: str, message: str
) -> None:
    school_contact_of(place.school)

    answer = officer.post(add(place), typed(officer, place, **changes))

    assert errors(answer)[field] == message
    assert SchoolContact.objects.count() == 1


def test_contact_is_corrected_and_its_history_keeps_what_it_was(officer: Client, place: Place) -> None:
    contact = school_contact_of(place.school)
    address = f"/schools/{place.school.urn}/contacts/{contact.pk}/"
    answers = {"name": "Wilma Thorncastle", "telephone": "01632 960 999", "first_day": "1/9/2024", "version": "1"}

    officer.post(address, answers)
    again = officer.post(address, answers | {"telephone": "01632 960 000"})

    contact.refresh_from_db()
    assert contact.telephone == "01632 960 999"
    assert "changed" in errors(again)["__all__"]
    history = apps.get_model("casework", "SchoolContactEvent").objects.filter(pgh_obj_id=contact.pk)
    assert list(history.order_by("pgh_id").values_list("telephone", flat=True)) == ["01632 960 222", "01632 960 999"]


def test_contact_is_ended_by_a_day(officer: Client, place: Place) -> None:
    contact = school_contact_of(place.school)
    address = f"/schools/{place.school.urn}/contacts/{contact.pk}/end/"

    early = officer.post(address, {"last_day": "1/9/2020", "version": "1"})
    assert errors(early)["last_day"] == "The last day must be the first day or later"
    officer.post(address, {"last_day": "31/10/2026", "version": "1"})

    contact.refresh_from_db()
    assert contact.last_day == date(2026, 10, 31)
    assert "Contacts of before (1)" in officer.get(f"/schools/{place.school.urn}/").content.decode()


def test_contact_of_another_school_is_not_found(officer: Client, place: Place) -> None:
    contact = school_contact_of(place.school)

    assert officer.get(f"/schools/{place.primary.urn}/contacts/{contact.pk}/").status_code == 404


def test_inclusion_officer_reads_contacts_and_keeps_none(client_of: ClientOf, cast: Cast, place: Place) -> None:
    school_contact_of(place.school)
    browser = client_of(cast.imran)

    page = browser.get(f"/schools/{place.school.urn}/").content.decode()

    assert "Wilma Thorncastle" in page
    assert "Add a contact" not in page
    assert browser.get(add(place)).status_code == 404


def test_first_day_more_than_a_year_ahead_is_refused(officer: Client, place: Place) -> None:
    held = school_contact_of(place.school)

    added = officer.post(add(place), typed(officer, place, first_day="6/11/2027"))
    changed = officer.post(
        f"/schools/{place.school.urn}/contacts/{held.pk}/",
        {"version": "1", "name": held.name, "telephone": held.telephone, "first_day": "1/9/2190"},
    )

    for answer in (added, changed):
        assert errors(answer)["first_day"] == "The day lies more than a year ahead: check the year"
    assert officer.post(add(place), typed(officer, place, first_day="5/11/2027")).status_code == 302
