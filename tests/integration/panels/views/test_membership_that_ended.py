"""A membership that ended yesterday opens nothing today: in an open tab, by a saved link, in a second session."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from casework.models import Message
from panels.models import Connection, Membership, Panel
from tests.cast import Cast, signed_in
from tests.conftest import TODAY
from tests.factories import panels as rows
from tests.page_form import filled

HERE, TERMS = "/panels/fap-secondary/", "/panels/fap-secondary/terms/2021-09-01/"
MINE, DECLARE = "/panels/my-connections/", "/panels/my-connections/declare/"
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def tab(fap: Panel, cast: Cast) -> dict[str, Any]:
    """A member's browser with every page of the panel open, the day before the membership ends."""
    rows.terms(fap, by=cast.administrator)
    rows.member(fap, cast.member, by=cast.administrator, vice_chair_order=1)
    held = rows.connection(cast.member)
    client = signed_in(Client(), cast.member)
    end = f"{MINE}{held.pk}/end/"
    pages = (HERE, TERMS, MINE, DECLARE, end)
    assert all(client.get(address).status_code == 200 for address in pages)
    declaring = {"trust": "", "school": ""} | filled(client, DECLARE, kind="family_name", family_name="Marsh")
    ending = filled(client, end, last_day="today", because="Moved")
    return {"client": client, "pages": pages, DECLARE: declaring, end: ending, "end": end}


def ends_yesterday() -> None:
    Membership.objects.update(last_day=YESTERDAY)


def test_open_tab_opens_and_sends_nothing_any_more(tab: dict[str, Any]) -> None:
    ends_yesterday()
    client = tab["client"]

    assert [client.get(address).status_code for address in tab["pages"]] == [404] * 5
    for address in (DECLARE, tab["end"]):
        assert client.post(address, tab[address]).status_code == 404
    assert Connection.objects.get().last_day is None
    assert "You sit on no panel today" in client.get("/panels/").content.decode()


def test_saved_link_opens_nothing_in_a_new_session(tab: dict[str, Any], cast: Cast) -> None:
    ends_yesterday()
    second = signed_in(Client(), cast.member)

    answers = [second.get(address) for address in tab["pages"]]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert not any(b"Fair Access Panel" in answer.content for answer in answers)
    assert "fap-secondary" not in second.get("/panels/").content.decode()


def test_absent_panel_and_one_of_before_look_the_same(tab: dict[str, Any]) -> None:
    ends_yesterday()
    client = tab["client"]

    def seen(address: str) -> bytes:
        return b"".join(part for part in client.get(address).content.split(b"<") if b"csrf" not in part)

    assert seen(HERE) == seen("/panels/no-such-panel/")


def test_administrator_ends_it_and_the_other_session_is_shut_out_at_once(
    tab: dict[str, Any], administrator: Client
) -> None:
    held = Membership.objects.get()
    address = f"{HERE}members/{held.pk}/end/"

    administrator.post(address, filled(administrator, address, last_day="yesterday", because="Left"))

    assert tab["client"].get(HERE).status_code == 404
    assert not Message.objects.exists()


def test_on_its_last_day_everything_is_open_still(tab: dict[str, Any]) -> None:
    Membership.objects.update(last_day=TODAY)

    assert [tab["client"].get(address).status_code for address in tab["pages"]] == [200] * 5


def test_seat_on_one_panel_opens_no_other(tab: dict[str, Any]) -> None:
    rows.panel("spp", name="Specialist Placement Panel")

    assert tab["client"].get("/panels/spp/").status_code == 404
    assert "Specialist" not in tab["client"].get("/panels/").content.decode()


def test_member_whose_seat_begins_tomorrow_declares_today_and_sees_no_panel(tab: dict[str, Any]) -> None:
    Membership.objects.update(first_day=TODAY + timedelta(days=1))
    client = tab["client"]

    assert [client.get(address).status_code for address in tab["pages"]] == [404, 404, 200, 200, 200]
