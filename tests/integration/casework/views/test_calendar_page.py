"""The page on which a person makes, replaces and ends the address of a calendar feed."""

import hashlib
import re

import pytest
from django.test import Client

from casework.models import CalendarFeed
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.notice_form import token_of

PAGE = "/account/calendar/"


def press(client: Client, action: str) -> str:
    """Press a button of the page, and return the feed's address where the answer shows one."""
    answer = client.post(PAGE, {"action": action, "token": token_of(client.get(PAGE))}, follow=True)
    found = re.search(r"http://testserver(/calendar/[\w-]{43}\.ics)", answer.content.decode())
    return found[1] if found else ""


def test_address_is_shown_once_and_only_its_hash_is_kept(officer: Client, cast: Cast) -> None:
    address = press(officer, "make")

    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.token_hash) == (cast.asha, hashlib.sha256(secret.encode()).hexdigest())
    assert secret not in str(CalendarFeed.objects.values())
    assert secret not in officer.get(PAGE).content.decode()
    assert "It cannot be shown again" in officer.get(PAGE).content.decode()


def test_new_address_ends_the_old_one(officer: Client) -> None:
    old, new = press(officer, "make"), press(officer, "make")

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert CalendarFeed.objects.filter(ended_at__isnull=True).count() == 1


def test_ended_address_is_gone_and_the_page_says_so(officer: Client) -> None:
    address = press(officer, "make")

    press(officer, "end")

    assert Client().get(address).status_code == 404
    assert "You have no calendar address" in officer.get(PAGE).content.decode()


def test_second_click_makes_nothing(officer: Client) -> None:
    form = {"action": "make", "token": token_of(officer.get(PAGE))}
    officer.post(PAGE, form)

    again = officer.post(PAGE, form)

    assert again.headers["Location"] == PAGE
    assert CalendarFeed.objects.count() == 1


@pytest.mark.parametrize("form", [{}, {"action": "make"}, {"action": "make", "token": "x"}, {"action": "steal"}])
def test_what_is_no_sending_of_the_form_makes_nothing(officer: Client, form: dict[str, str]) -> None:
    answer = officer.post(PAGE, form)

    assert answer.status_code == 200
    assert not CalendarFeed.objects.exists()


def test_every_change_is_in_the_history_without_the_hash(officer: Client, cast: Cast) -> None:
    press(officer, "make")
    press(officer, "end")

    events = CalendarFeed.objects.get().events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert events[0].pgh_context.metadata["user"] == cast.asha.pk
    assert not hasattr(events[0], "token_hash")


def test_only_those_who_see_exclusions_are_offered_one(client_of: ClientOf, cast: Cast) -> None:
    assert PAGE in client_of(cast.imran).get("/account/").content.decode()
    administrator = client_of(cast.administrator)
    assert PAGE not in administrator.get("/account/").content.decode()
    assert administrator.get(PAGE).status_code == 404
