"""What connects members: their own page, and the clerk's."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Trust
from panels.models import Connection, Membership, Panel
from tests.cast import Cast
from tests.conftest import TODAY, ClientOf, Place
from tests.factories import panels as rows
from tests.page_form import errors, filled
from tests.queries import asked

MINE = "/panels/my-connections/"
DECLARE = f"{MINE}declare/"


@pytest.fixture
def seat(fap: Panel, cast: Cast) -> Membership:
    return rows.member(fap, cast.member, by=cast.administrator)


@pytest.fixture
def member(seat: Membership, cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.member)


def sent(client: Client, address: str = DECLARE, **typed: Any) -> dict[str, Any]:
    return {"trust": "", "school": ""} | filled(client, address, **typed)


def test_page_says_why_it_is_asked_and_how_to_begin(member: Client) -> None:
    page = member.get(MINE).content.decode()

    assert "does not decide about the child" in page
    assert "hidden from you until the clerk has answered" in page
    assert "You have declared nothing. Begin with the school where you work" in page


def test_member_declares_once_and_sees_it(member: Client, cast: Cast, place: Place) -> None:
    typed = sent(member, kind="governs", school=place.school.urn, first_day="1/9/2020")

    for _ in range(2):
        assert member.post(DECLARE, typed).headers["Location"] == MINE

    held = Connection.objects.get()
    page = member.get(MINE).content.decode()
    assert (held.person, held.said_by, held.school) == (cast.member, cast.member, place.school)
    assert all(said in page for said in ("Governs the school", place.school.name, "Since 1 September 2020", "Declared"))
    event = apps.get_model("panels", "ConnectionEvent").objects.get()
    assert event.pgh_context.metadata["user"] == cast.member.pk


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({}, "kind", "Choose what connects"),
        ({"kind": "works_at"}, "school", "Enter a school"),
        ({"kind": "works_at", "school": "Nowhere"}, "school", "Choose one from the list"),
        ({"kind": "serves_trust"}, "trust", "Enter a trust"),
        ({"kind": "declared"}, "school", "Enter a school or a trust or a family name"),
        (
            {"kind": "family_name", "postcode": "ZX1 1AA"},
            "postcode",
            "Leave this empty: this connection is to a family",
        ),
        ({"kind": "address"}, "postcode", "Enter a postcode"),
        ({"kind": "address", "street": "Long Street"}, "postcode", "Enter a postcode"),
        ({"kind": "declared", "school": "here", "family_name": "Marsh"}, "family_name", "Leave this empty, or declare"),
        ({"kind": "family_name", "family_name": "Marsh", "first_day": "soon"}, "first_day", "'soon' is not a day"),
        (
            {"kind": "family_name", "family_name": "Marsh", "first_day": "today", "last_day": "yesterday"},
            "last_day",
            "The last day must be the first day or later",
        ),
    ],
)
def test_wrong_declaration_is_refused_at_its_field_and_what_was_typed_is_kept(
    typed: dict[str, Any], field: str, message: str, member: Client, place: Place
) -> None:
    if typed.get("school") == "here":
        typed = typed | {"school": place.school.urn}

    answer = member.post(DECLARE, sent(member, **typed))

    assert errors(answer)[field].startswith(message)
    assert answer.context["form"]["family_name"].value() == typed.get("family_name")
    assert not Connection.objects.exists()


def test_member_ends_a_connection_which_is_kept(member: Client, cast: Cast) -> None:
    held = rows.connection(cast.member)
    address = f"{MINE}{held.pk}/end/"
    typed = filled(member, address, last_day="yesterday", because="Married, and called Marsh")

    for _ in range(2):
        assert member.post(address, typed).headers["Location"] == MINE

    page = member.get(MINE).content.decode()
    held.refresh_from_db()
    assert (held.last_day, held.ended_by) == (TODAY - timedelta(days=1), cast.member)
    assert "Married, and called Marsh" in page
    assert address not in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"last_day": ""}, "last_day", "Enter last day on which it held"),
        ({"last_day": "1/1/2020"}, "last_day", "The last day must be the first day or later"),
        ({"last_day": "1/9/2027"}, "last_day", "It ended by then already"),
        ({"because": ""}, "because", "Enter what changed"),
        ({"version": "7"}, "__all__", "Somebody else changed this connection"),
    ],
)
def test_wrong_end_is_refused_at_its_field(
    changes: dict[str, Any], field: str, message: str, member: Client, cast: Cast
) -> None:
    held = rows.connection(cast.member, first_day=rows.OPENED_ON, last_day=TODAY + timedelta(days=200))
    address = f"{MINE}{held.pk}/end/"

    answer = member.post(address, filled(member, address, **({"last_day": "today", "because": "Moved"} | changes)))

    assert errors(answer)[field].startswith(message)
    held.refresh_from_db()
    assert held.ended_at is None


def test_connection_of_a_colleague_is_not_there(member: Client, cast: Cast) -> None:
    held = rows.connection(cast.chair)

    assert member.get(f"{MINE}{held.pk}/end/").status_code == 404
    assert "Thistlewood" not in member.get(MINE).content.decode()


def test_clerk_records_ends_and_is_told_who_said_what(clerk: Client, cast: Cast, seat: Membership, fap: Panel) -> None:
    trust = Trust.objects.create(group_id="TR90001", name="Wyrelake Learning Trust")
    own = rows.connection(cast.member)
    here = f"/panels/{fap.code}/members/{seat.pk}/connections/"

    told = sent(clerk, f"{here}record/", kind="serves_trust", trust=trust.pk)
    assert clerk.post(f"{here}record/", told).headers["Location"] == here
    ended = filled(clerk, f"{here}{own.pk}/end/", last_day="today", because="Told by telephone")
    assert clerk.post(f"{here}{own.pk}/end/", ended).headers["Location"] == here

    page = clerk.get(here).content.decode()
    own.refresh_from_db()
    assert (own.ended_by, Connection.objects.get(trust=trust).said_by) == (cast.asha, cast.asha)
    assert all(said in page for said in ("Wyrelake Learning Trust", "Asha Verma", "Declared", "To 4 November 2026"))
    assert "Thistlewood" not in here


def test_connection_is_ended_only_under_the_member_whose_it_is(
    clerk: Client, cast: Cast, seat: Membership, fap: Panel
) -> None:
    other = rows.connection(cast.chair)

    assert clerk.get(f"/panels/{fap.code}/members/{seat.pk}/connections/{other.pk}/end/").status_code == 404


def test_clerks_page_of_a_member_who_said_nothing_says_what_to_ask(clerk: Client, seat: Membership, fap: Panel) -> None:
    page = clerk.get(f"/panels/{fap.code}/members/{seat.pk}/connections/").content.decode()

    assert "Nothing is declared or recorded. Ask where they work" in page


@pytest.mark.parametrize("number", [5, 500])
def test_pages_ask_as_much_for_many_as_for_few(
    number: int, member: Client, clerk: Client, cast: Cast, seat: Membership, fap: Panel
) -> None:
    Connection.objects.bulk_create(
        Connection(person=cast.member, kind="family_name", family_name="M", said_at=rows.AT, said_by=cast.member)
        for _ in range(number)
    )
    counts = []
    for client, address in ((member, MINE), (clerk, f"/panels/{fap.code}/members/{seat.pk}/connections/")):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(asked(captured)))

    assert counts == [5, 6]
