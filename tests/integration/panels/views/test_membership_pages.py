"""Appointing a member and ending a membership."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from panels.models import Membership, Panel
from panels.rules.terms import MemberRole
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories import panels as rows
from tests.page_form import errors, filled

HERE = "/panels/fap-secondary/"
APPOINT = f"{HERE}members/appoint/"


def sent(client: Client, **typed: Any) -> dict[str, Any]:
    return {"vice_chair_order": ""} | filled(client, APPOINT, **typed)


def test_member_is_appointed_once_with_an_end(administrator: Client, fap: Panel, cast: Cast) -> None:
    typed = sent(
        administrator, person=cast.member.pk, role="head", vice_chair_order="1", first_day="today", last_day="31/8/2027"
    )

    for _ in range(2):
        assert administrator.post(APPOINT, typed).headers["Location"] == HERE

    held = Membership.objects.get()
    assert (held.person, held.role, held.vice_chair_order) == (cast.member, "head", 1)
    assert (held.first_day, held.last_day, held.appointed_by) == (TODAY, date(2027, 8, 31), cast.administrator)
    event = apps.get_model("panels", "MembershipEvent").objects.get()
    assert event.pgh_context.metadata["user"] == cast.administrator.pk


def test_only_those_are_offered_whose_role_lets_them_sit(administrator: Client, fap: Panel, cast: Cast) -> None:
    form = administrator.get(APPOINT).context["form"]

    offered = {person.email.split("@")[0] for person in form.fields["person"].queryset}
    assert offered == {"asha", "imran", "ruth", "chair", "member"}
    assert "psychologist" not in dict(form.fields["role"].choices)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"person": ""}, "person", "Choose a person"),
        ({"person": "administrator"}, "person", "Choose one from the list"),
        ({"person": "chair"}, "person", "They sit on this panel on some of these days already"),
        ({"role": ""}, "role", "Choose a seat"),
        ({"role": "psychologist"}, "role", "Choose one from the list"),
        ({"role": "clerk"}, "role", "Their role in the service does not go with this seat"),
        ({"role": "chair"}, "role", "Panel chair is chair on some of these days"),
        ({"role": "vice_chair"}, "vice_chair_order", "A vice-chair needs a place in the order"),
        ({"vice_chair_order": "first"}, "vice_chair_order", "Enter a whole number from 1 to 20"),
        ({"first_day": "1/8/2021"}, "first_day", "The panel is not open on that day"),
        ({"last_day": "yesterday"}, "last_day", "The last day must be the first day or later"),
    ],
)
def test_wrong_appointment_is_refused_at_its_field(
    changes: dict[str, Any], field: str, message: str, administrator: Client, fap: Panel, cast: Cast
) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    typed = {"person": "member", "role": "head", "first_day": "today", "last_day": ""} | changes
    if typed["person"]:
        typed["person"] = cast.everybody()[typed["person"]].pk

    answer = administrator.post(APPOINT, sent(administrator, **typed))

    assert errors(answer)[field].startswith(message)
    assert answer.context["form"]["role"].value() == typed["role"]
    assert Membership.objects.count() == 1


def test_place_of_another_vice_chair_is_refused(administrator: Client, fap: Panel, cast: Cast) -> None:
    rows.member(fap, cast.chair, by=cast.administrator, vice_chair_order=1)

    answer = administrator.post(
        APPOINT, sent(administrator, person=cast.member.pk, role="head", vice_chair_order="1", first_day="today")
    )

    assert errors(answer)["vice_chair_order"] == "Panel chair has this place on some of these days"


def test_membership_is_ended_with_a_day_and_a_reason(administrator: Client, fap: Panel, cast: Cast) -> None:
    held = rows.member(fap, cast.member, by=cast.administrator)
    address = f"{HERE}members/{held.pk}/end/"
    typed = filled(administrator, address, last_day="yesterday", because="Retired")

    for _ in range(2):
        assert administrator.post(address, typed).headers["Location"] == HERE

    held.refresh_from_db()
    assert (held.last_day, held.ended_because) == (TODAY - timedelta(days=1), "Retired")
    assert "Retired. Administrator" in administrator.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"last_day": ""}, "last_day", "Enter last day as a member"),
        ({"last_day": "1/8/2021"}, "last_day", "The last day must be 1 September 2021 or later"),
        ({"last_day": "1/9/2027"}, "last_day", "It ends by then already"),
        ({"because": ""}, "because", "Enter why it ends"),
        ({"version": "7"}, "__all__", "Somebody else changed this membership"),
    ],
)
def test_wrong_end_is_refused_at_its_field(
    changes: dict[str, Any], field: str, message: str, administrator: Client, fap: Panel, cast: Cast
) -> None:
    held = rows.member(fap, cast.member, by=cast.administrator, last_day=date(2027, 8, 31))
    address = f"{HERE}members/{held.pk}/end/"

    answer = administrator.post(
        address, filled(administrator, address, **({"last_day": "today", "because": "Left"} | changes))
    )

    assert errors(answer)[field].startswith(message)
    held.refresh_from_db()
    assert held.last_day == date(2027, 8, 31)


def test_membership_that_was_a_mistake_is_taken_back(administrator: Client, fap: Panel, cast: Cast) -> None:
    held = rows.member(fap, cast.member, by=cast.administrator, first_day=TODAY)
    address = f"{HERE}members/{held.pk}/end/"
    assert "Give 3 November 2026, the day before the first" in administrator.get(address).content.decode()

    administrator.post(address, filled(administrator, address, last_day="yesterday", because="Somebody else was meant"))

    page = administrator.get(HERE).content.decode()
    assert "it never began" in page
    assert "Never began" in page


def test_membership_of_another_panel_is_not_found_under_this_one(administrator: Client, fap: Panel, cast: Cast) -> None:
    held = rows.member(rows.panel("spp"), cast.member, by=cast.administrator)

    assert administrator.get(f"{HERE}members/{held.pk}/end/").status_code == 404
