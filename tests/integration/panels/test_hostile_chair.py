"""A conflicted chair, by every address there is: sees nothing of the item, and changes nothing of who stands in."""

import uuid
from typing import Any

import pytest
from django.test import Client

from panels.models import (
    AgendaItem,
    ItemAction,
    ItemDeclaration,
    ItemMinutes,
    ItemRecord,
    Membership,
    Referral,
    Sitting,
)
from panels.rules.terms import MemberRole
from panels.selectors import sittings as selectors
from panels.services import minutes
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import filled
from tests.pdf_text import text_of
from tests.policy.pages import pages


@pytest.fixture
def sitting(cast: Cast, exclusion: Any) -> Sitting:
    panel = referral_rows.specialists(by=cast.administrator)
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD, vice_chair_order=1)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    referral = referral_rows.referral(panel, exclusion.case.pupil, by=cast.asha)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    item = sitting_rows.listed(sitting, referral, by=cast.asha)
    # As though the chair had presided before the tie was found.
    minutes_rows.recorded(item, by=cast.chair)
    words_of_it = f"Panel chair to write of {exclusion.case.pupil.first_name}, {referral.reference}"
    ItemAction.objects.create(item=item, owner=cast.chair, text=words_of_it, set_at=NOW)
    sitting_rows.declared(sitting, cast.chair, cast.member)
    rows.connection(cast.chair, kind="works_at", school=exclusion.school)
    return sitting


@pytest.fixture
def hostile(cast: Cast, sitting: Sitting) -> Client:
    return signed_in(Client(), cast.chair)


def addresses(sitting: Sitting) -> list[str]:
    """Return every address of panels, with what the sitting has in the place of each parameter."""
    referral, item, action = Referral.objects.get(), AgendaItem.objects.get(), ItemAction.objects.get()
    member = Membership.objects.get(role="head")
    values = {
        "slug:code": sitting.panel.code, "day:day": str(sitting.on), "lot:referral": referral.reference,
        "slug:mark": "0123456789abcdef", "day:in_force_from": "2021-09-01", "int:member": str(member.pk),
        "slug:form": "print", "slug:to": "parent-1", "slug:year": "2026-27", "slug:step": "accepted",
        "int:weeks": "6",
    }  # fmt: skip
    found = []
    for page in pages():
        if not page.name.startswith("panels:"):
            continue
        for number in (item.pk, member.pk, member.person_id, action.pk):
            address = "/" + page.route
            for name, value in (values | {"int:number": str(number)}).items():
                address = address.replace(f"<{name}>", value)
            assert "<" not in address, address
            found.append(address)
    return sorted(set(found))


def test_no_address_of_panels_shows_the_chair_anything_of_the_item(hostile: Client, sitting: Sitting) -> None:
    referral = Referral.objects.select_related("pupil").get()
    asked = addresses(sitting)
    assert len(asked) > 40

    for address in asked:
        for answer in (hostile.get(address), hostile.post(address, {})):
            if answer.status_code == 200:
                text = text_of(answer)
                assert referral.reference not in text, address
                assert referral.pupil.first_name not in text, address


def test_chair_can_neither_reopen_the_item_nor_take_it_off_nor_list_it_again(hostile: Client, sitting: Sitting) -> None:
    referral, item = Referral.objects.get(), AgendaItem.objects.get()
    here = f"/panels/spp/sittings/{sitting.on}/"
    for tail in (
        f"items/{referral.reference}/", f"items/{referral.reference}/declare/", f"agenda/{item.pk}/take-off/",
        "agenda/list/", "agenda/order/", "conflicts/", "change/", "cancel/",
    ):  # fmt: skip
        sent = {"because": "Mine", "referral": referral.reference, "minutes": "1", f"item_{item.pk}": "1"}
        assert hostile.post(here + tail, sent).status_code in (404, 405), tail

    item.refresh_from_db()
    sitting.refresh_from_db()
    assert (item.taken_off_at, sitting.cancelled_at) == (None, None)
    assert not ItemDeclaration.objects.exists()


def test_chair_cannot_change_who_stands_in(hostile: Client, sitting: Sitting, cast: Cast) -> None:
    stand_in = Membership.objects.get(role="head")
    before = Membership.objects.values().get(pk=stand_in.pk)

    for tail in (f"members/{stand_in.pk}/end/", "members/appoint/", "terms/add/", "close/"):
        assert hostile.post(f"/panels/spp/{tail}", {"last_day": "today", "because": "Out"}).status_code == 404
    # Nor send apologies in the stand-in's name.
    coming = f"/panels/spp/sittings/{sitting.on}/members/{cast.member.pk}/coming/"
    assert hostile.post(coming, {"coming": "apologies"}).status_code == 404

    assert Membership.objects.values().get(pk=stand_in.pk) == before
    members = selectors.expected(sitting)
    out = selectors.conflicts_at(sitting, selectors.items_of(sitting), [cast.chair, cast.member], on=TODAY)
    (conflicts,) = out.values()
    room = selectors.room_for(sitting, members, conflicts.out)
    assert room.presiding is not None
    assert (room.presiding.member, room.presiding.is_stand_in) == (str(cast.member.pk), True)


def test_chair_sees_nothing_of_the_item_in_the_minutes_and_can_neither_approve_nor_correct_them(
    hostile: Client, sitting: Sitting, cast: Cast
) -> None:
    item, record = AgendaItem.objects.get(), ItemRecord.objects.get()
    referral = Referral.objects.get()
    here = f"/panels/spp/sittings/{sitting.on}/minutes/"
    page = words(hostile.get(here))
    assert "No item of this sitting has minutes for you to read." in page
    for told in (referral.reference, "small groups", "Approve minutes", "Correct"):
        assert told not in page

    forged = {"token": str(uuid.uuid4()), "items": f"{item.pk}-{record.version}"}
    answer = hostile.post(f"{here}approve/", forged)
    assert referral.reference not in words(answer)
    for tail in ("correct/", "versions/"):
        assert hostile.get(f"{here}{item.pk}/{tail}").status_code == 404
        assert hostile.post(f"{here}{item.pk}/{tail}", forged).status_code in (404, 405)
    with pytest.raises(minutes.MayNot):
        minutes.approve(by=cast.chair, at=NOW, on=TODAY, sitting=sitting, versions={item.pk: record.version})
    assert not ItemMinutes.objects.exists()

    stand_in = signed_in(Client(), cast.member)
    stand_in.post(f"{here}approve/", filled(stand_in, f"{here}approve/"))
    assert ItemMinutes.objects.get().approved_by == cast.member
    assert referral.reference not in words(hostile.get(here))


def test_stand_in_sees_the_item_and_who_is_out_of_it_but_not_why(sitting: Sitting, cast: Cast) -> None:
    client, referral = signed_in(Client(), cast.member), Referral.objects.get()

    page = words(client.get(f"/panels/spp/sittings/{sitting.on}/items/{referral.reference}/"))

    assert "1 member leaves for this item." in page
    assert "Panel chair" in page
    assert "A vice-chair stands in for this item." in page
    assert "Works at" not in page
