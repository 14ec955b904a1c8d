"""How a sitting was governed: without a child, and without the items that the reader is out of."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.models import Exclusion
from panels.models import AgendaItem, Attendance, ItemRecord, Panel, Sitting
from panels.rules.terms import MemberRole
from panels.services import ties
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words

HERE = f"/panels/spp/sittings/{TODAY}/governance/"


@pytest.fixture
def spp(cast: Cast) -> Panel:
    panel = referral_rows.specialists(by=cast.administrator)
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD, vice_chair_order=1)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    return panel


@pytest.fixture
def sitting(spp: Panel, exclusion: Exclusion, cast: Cast) -> Sitting:
    found = sitting_rows.sitting(spp, by=cast.asha, on=TODAY)
    referral = referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha)
    item = sitting_rows.listed(found, referral, by=cast.asha)
    business = sitting_rows.business(found, "Turns of the year", by=cast.asha)
    sitting_rows.declared(found, cast.chair, cast.member)
    Attendance.objects.filter(person=cast.chair).update(present=True)
    Attendance.objects.filter(person=cast.member).update(apologies=True)
    minutes_rows.recorded(item, by=cast.chair, number_out=1, decided_how="The chair decides for it.")
    minutes_rows.recorded(business, by=cast.chair, quorum_said="")
    return found


def test_page_tells_who_sat_the_quorum_of_each_item_and_what_was_decided_and_names_no_child(
    sitting: Sitting, clerk: Client, cast: Cast, exclusion: Exclusion
) -> None:
    referral = AgendaItem.objects.exclude(referral=None).get().referral
    assert referral
    ties.declare(by=cast.asha, at=NOW, referral=referral, member=cast.member)

    page = words(clerk.get(HERE))

    for told in (
        "Quorum met: 3 members present, 2 needed.", "The chair decides for it.", cast.chair.name, "Apologies", "Business",
        "Mainstream, through the Fair Access Panel", "Declared to an item: 1. Answered by a clerk: 0",
    ):  # fmt: skip
        assert told in page
    for hidden in (referral.reference, "Zephyrine", "Quillfeather", "small groups", exclusion.case.reference):
        assert hidden not in page
    assert "How it was governed" in words(clerk.get(f"/panels/spp/sittings/{TODAY}/"))


@pytest.mark.parametrize("who", ["chair", "member", "imran"])
def test_item_that_is_closed_is_in_no_row_and_no_count(
    who: str, sitting: Sitting, cast: Cast, exclusion: Exclusion
) -> None:
    user = cast.everybody()[who]
    client = signed_in(Client(), user)
    before = client.get(HERE)
    assert len(before.context["item_rows"]) == 2
    assert "Mainstream" in words(before)

    rows.connection(user, kind="works_at", school=exclusion.school)

    page = client.get(HERE)
    assert [row["cells"][0]["text"] for row in page.context["item_rows"]] == ["1"]
    for told in ("Mainstream", "Quorum met", "The chair decides for it."):
        assert told not in words(page)
    assert "Nothing is decided yet." in words(page)


def test_item_of_which_nothing_is_recorded_says_so_and_a_sitting_to_come_has_no_page(
    sitting: Sitting, clerk: Client, cast: Cast
) -> None:
    ItemRecord.objects.update(recorded_at=None, recorded_by=None)
    assert words(clerk.get(HERE)).count("Not recorded") == 2
    Sitting.objects.update(cancelled_at=NOW, cancelled_by=cast.asha, cancelled_because="Snow")
    assert clerk.get(HERE).status_code == 404


def test_member_declares_before_the_page_opens(sitting: Sitting, cast: Cast, client_of: ClientOf) -> None:
    Attendance.objects.filter(person=cast.member).update(declared_at=None)
    assert client_of(cast.member).get(HERE).status_code == 404


def test_queries_do_not_grow_with_the_items(
    sitting: Sitting, clerk: Client, cast: Cast, spp: Panel, place: Place
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(HERE).status_code == 200
        return len(caught)

    clerk.get(HERE)
    before = counted()
    links = AgendaItem.objects.exclude(referral=None).get().links
    for referral in referral_rows.crowd(spp, 4, by=cast.asha, school=place.school):
        more = AgendaItem.objects.create(
            sitting=sitting, referral=referral, position=9, listed_at=NOW, listed_by=cast.asha, links=links
        )
        minutes_rows.recorded(more, by=cast.chair)

    assert counted() == before
