"""Declaring that a school is closed, and taking it back."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Closure, Job, School
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.notice_form import errors


def address(school: School) -> str:
    return f"/schools/{school.urn}/closures/declare/"


def typed(client: Client, school: School, **changes: str) -> dict[str, str]:
    """Return a closure for tomorrow as it is sent, with some answers changed."""
    token = str(client.get(address(school)).context["form"]["token"].value())
    answers = {
        "token": token,
        "first": "5/11",
        "kind": "unplanned closure",
        "reason": "Boiler failure",
        "declared_by": "Head, by telephone",
    }
    return answers | changes


def test_closure_is_kept_and_its_work_asked_for(officer: Client, place: Place) -> None:
    saved = officer.post(address(place.school), typed(officer, place.school))

    closure = Closure.objects.get()
    assert (closure.on, closure.school, closure.declared_by) == (date(2026, 11, 5), place.school, "Head, by telephone")
    job = Job.objects.get()
    assert saved.headers["Location"] == f"/jobs/{job.public_id}/?next=/schools/{place.school.urn}/"
    assert "Boiler failure" in officer.get(f"/schools/{place.school.urn}/").content.decode()


def test_closure_of_several_days_passes_over_the_weekend(officer: Client, place: Place) -> None:
    officer.post(address(place.school), typed(officer, place.school, last="10/11"))

    assert list(Closure.objects.order_by("on").values_list("on", flat=True)) == [
        date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 10),
    ]  # fmt: skip


def test_second_click_declares_once(officer: Client, place: Place) -> None:
    answers = typed(officer, place.school)

    places = [officer.post(address(place.school), answers).headers["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"first": "7/11"}, "first", "Pupils do not attend on that day in any case"),
        ({"first": "5/11", "last": "4/11"}, "last", "The last day closed must be the first or later"),
        ({"first": "5/11", "last": "5/12"}, "last", "A closure spans 28 days at most: for more, change the term dates"),
        ({"first": "5/11/2031"}, "first", "No term dates are held for 5 November 2031"),
        ({"reason": ""}, "reason", "Enter reason"),
        ({"declared_by": ""}, "declared_by", "Enter who declared it"),
        ({"kind": "holiday"}, "kind", "Choose one from the list"),
    ],
)
def test_wrong_answer_gets_its_message_at_its_field(
    officer: Client, place: Place, changes: dict[str, str], field: str, message: str
) -> None:
    answer = officer.post(address(place.school), typed(officer, place.school, **changes))

    assert errors(answer)[field] == message
    assert not Closure.objects.exists()


def test_day_that_is_closed_already_is_said(officer: Client, place: Place) -> None:
    officer.post(address(place.school), typed(officer, place.school))

    again = officer.post(address(place.school), typed(officer, place.school, first="4/11", last="6/11"))

    assert errors(again)["first"] == "A closure on 5 November 2026 is recorded already"


def test_closure_is_taken_back(officer: Client, place: Place) -> None:
    officer.post(address(place.school), typed(officer, place.school))
    back = f"/schools/{place.school.urn}/closures/2026-11-05/take-back/"

    assert "Boiler failure" in officer.get(back).content.decode()
    assert officer.post(back).status_code == 302
    assert not Closure.objects.exists()
    assert officer.post(back).status_code == 404


@pytest.mark.parametrize("day", ["2026-11-06", "2026-02-31"])
def test_closure_that_is_not_there_is_not_found(officer: Client, place: Place, day: str) -> None:
    assert officer.get(f"/schools/{place.school.urn}/closures/{day}/take-back/").status_code == 404


def test_inclusion_officer_sees_schools_and_declares_nothing(client_of: ClientOf, cast: Cast, place: Place) -> None:
    browser = client_of(cast.imran)

    assert "Declare a closure" not in browser.get(f"/schools/{place.school.urn}/").content.decode()
    assert browser.get(address(place.school)).status_code == 404
