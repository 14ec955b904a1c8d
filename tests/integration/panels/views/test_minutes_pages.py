"""The minutes of a sitting: drafted, corrected by the clerk, approved by whoever presided, locked, and versioned."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading, TimelineEvent
from exclusions.models import Exclusion
from panels.models import AgendaItem, Attendance, ItemMinutes, ItemRecord, Panel, Sitting
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from panels.services import records
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

HERE = f"/panels/spp/sittings/{TODAY}/minutes/"
APPROVE = f"{HERE}approve/"


@pytest.fixture
def spp(cast: Cast) -> Panel:
    panel = rows.panel("spp", name="Specialist Placement Panel", kind=PanelKind.SPECIALIST_PLACEMENT.value)
    rows.terms(
        panel, by=cast.administrator, routes=ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT], quorum=(Need(2),),
        looked_after_placed_elsewhere=False, decision_model=DecisionModel.CHAIR, casting_vote=False,
    )  # fmt: skip
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD, vice_chair_order=1)
    rows.member(panel, cast.imran, by=cast.administrator, role=MemberRole.OFFICER)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    return panel


@pytest.fixture
def sitting(spp: Panel, cast: Cast) -> Sitting:
    sitting = sitting_rows.sitting(spp, by=cast.asha, on=TODAY)
    sitting_rows.declared(sitting, cast.chair, cast.member, cast.imran)
    return sitting


@pytest.fixture
def item(sitting: Sitting, spp: Panel, exclusion: Exclusion, cast: Cast) -> AgendaItem:
    found = sitting_rows.listed(
        sitting, referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha), by=cast.asha
    )  # fmt: skip
    minutes_rows.recorded(found, by=cast.chair)
    return found


@pytest.fixture
def chair(item: AgendaItem, cast: Cast) -> Client:
    return signed_in(Client(), cast.chair)


def correcting(item: AgendaItem) -> str:
    return f"{HERE}{item.pk}/correct/"


def versions(item: AgendaItem) -> str:
    return f"{HERE}{item.pk}/versions/"


def correct(clerk: Client, item: AgendaItem, **typed: Any) -> Any:
    return clerk.post(correcting(item), filled(clerk, correcting(item), **typed))


def approve(chair: Client) -> Any:
    return chair.post(APPROVE, filled(chair, APPROVE))


def test_minutes_are_drafted_from_what_was_recorded_for_the_clerk_and_whoever_presided(
    chair: Client, clerk: Client, item: AgendaItem, cast: Cast
) -> None:
    Attendance.objects.filter(person=cast.chair).update(present=True)
    Attendance.objects.filter(person=cast.imran).update(apologies=True)
    assert item.referral

    for client in (chair, clerk):
        page = words(client.get(HERE))
        assert f"1. {item.referral.reference}" in page
        assert "Draft" in page
        assert "Mainstream, through the Fair Access Panel." in page
        assert "Works well in small groups." in page
        assert "Quorum met: 3 members present, 2 needed." in page
        assert f"{cast.chair.name} (chair)." in page
        assert f"Apologies: {cast.imran.name} (officer of the authority)." in page
    assert Reading.objects.filter(user=cast.chair, surface="minutes of a sitting").exists()
    assert "Minutes" in words(chair.get(f"/panels/spp/sittings/{TODAY}/"))


def test_others_read_only_what_is_approved(
    chair: Client, clerk: Client, item: AgendaItem, cast: Cast, client_of: ClientOf
) -> None:
    readers = [client_of(cast.imran), client_of(cast.ruth), client_of(cast.member)]
    for client in readers:
        page = words(client.get(HERE))
        assert "Not approved yet." in page
        assert "small groups" not in page
        assert "No version is approved yet" in words(client.get(versions(item)))
    correct(clerk, item, reasons="The reasons as corrected")
    assert "as corrected" not in words(readers[0].get(versions(item)))

    approve(chair)

    for client in readers:
        page = words(client.get(HERE))
        assert "The reasons as corrected" in page
        assert f"Version 1, approved by {cast.chair.name}" in page
        assert "The reasons as corrected" in words(client.get(versions(item)))


def test_clerk_corrects_and_the_chair_approves_what_is_then_locked(
    chair: Client, clerk: Client, item: AgendaItem, cast: Cast
) -> None:
    assert correct(clerk, item, reasons="The reasons as corrected").headers["Location"] == HERE
    assert "Approve minutes of 1 item" in words(chair.get(HERE))
    assert "The reasons as corrected" in words(chair.get(APPROVE))

    assert approve(chair).headers["Location"] == HERE

    held = ItemMinutes.objects.get()
    assert (held.number, held.written_by, held.approved_by) == (1, cast.asha, cast.chair)
    assert (
        held.decision
        == "Mainstream, through the Fair Access Panel.\nCost seen: after the panel said what suits the child."
    )
    assert TimelineEvent.objects.filter(event="panel_minutes_approved").count() == 1
    assert "No minutes wait for you" in words(chair.get(APPROVE))
    for change in (lambda: ItemMinutes.objects.update(reasons="Others"), lambda: held.delete()):
        with pytest.raises(InternalError), transaction.atomic():
            change()


def test_draft_that_nobody_corrected_is_approved_as_it_was_read(chair: Client, item: AgendaItem, cast: Cast) -> None:
    approve(chair)

    held = ItemMinutes.objects.get()
    assert (held.reasons, held.written_by, held.approved_by) == (
        "Works well in small groups.", cast.chair, cast.chair
    )  # fmt: skip


def test_correction_of_approved_minutes_is_a_new_version_with_its_reason_and_the_old_one_is_kept(
    chair: Client, clerk: Client, item: AgendaItem, cast: Cast, client_of: ClientOf
) -> None:
    approve(chair)
    assert errors(correct(clerk, item, reasons="Others"))["because"] == "Enter why approved minutes are corrected"
    correct(clerk, item, reasons="Others", because="A name was misspelt")

    reader = client_of(cast.imran)
    assert "Works well in small groups." in words(reader.get(HERE))
    assert "Version 1 stands until this is approved." in words(clerk.get(HERE))
    assert "Corrected: A name was misspelt" in words(chair.get(APPROVE))
    approve(chair)

    page = words(reader.get(HERE))
    assert "Others" in page
    assert "Corrected: A name was misspelt" in page
    kept = words(reader.get(versions(item)))
    assert kept.index("Version 2") < kept.index("Version 1") < kept.index("Works well in small groups.")
    assert [(row.number, row.because) for row in ItemMinutes.objects.order_by("number")] == [
        (1, ""), (2, "A name was misspelt")
    ]  # fmt: skip


def test_day_that_cannot_be_is_told_at_the_actions_and_nothing_is_corrected(clerk: Client, item: AgendaItem) -> None:
    refused = correct(clerk, item, actions="Asha: write by 31/2\nRing the school", reasons="As corrected")

    assert errors(refused)["actions"].startswith("“Asha: write by 31/2”: '31/2' does not exist")
    assert "As corrected" in words(refused)
    assert "Ring the school" in words(refused)
    assert not ItemMinutes.objects.filter(reasons="As corrected").exists()


def test_action_that_stood_before_with_a_day_that_cannot_be_keeps_no_correction_back(
    clerk: Client, item: AgendaItem
) -> None:
    ItemRecord.objects.update(actions="Asha: write by 31/2")

    assert correct(clerk, item, actions="Asha: write by 31/2\nRing the school").headers["Location"] == HERE


def test_minutes_approved_while_the_clerk_corrects_them_are_not_written_over(
    chair: Client, clerk: Client, item: AgendaItem
) -> None:
    sent = filled(clerk, correcting(item), reasons="The clerk’s")
    approve(chair)

    stale = clerk.post(correcting(item), sent)

    assert stale.status_code == 200
    assert ItemMinutes.objects.get().reasons == "Works well in small groups."
    correct(clerk, item, reasons="The clerk’s", because="Too short")
    sent = filled(clerk, correcting(item), reasons="The clerk’s second")
    correct(clerk, item, reasons="Another’s")
    again = clerk.post(correcting(item), sent | {"token": str(uuid.uuid4())})
    assert "Somebody else changed these minutes" in again.content.decode()
    assert again.context["form"]["reasons"].value() == "The clerk’s second"


def test_minutes_changed_while_the_chair_reads_them_are_not_approved(
    chair: Client, clerk: Client, item: AgendaItem
) -> None:
    sent = filled(chair, APPROVE)
    correct(clerk, item, reasons="Others")

    answer = chair.post(APPROVE, sent)

    assert errors(answer)["items"].startswith("The minutes of an item were changed meanwhile")
    assert "Others" in words(answer)
    assert not ItemMinutes.objects.filter(approved_at__isnull=False).exists()
    assert errors(chair.post(APPROVE, filled(chair, APPROVE, items=None)))["items"].startswith("Tick the items")


def test_each_form_has_one_effect_however_often_it_is_sent(chair: Client, clerk: Client, item: AgendaItem) -> None:
    sent = filled(clerk, correcting(item), reasons="Others")
    assert [clerk.post(correcting(item), sent).headers["Location"] for _ in range(2)] == [HERE, HERE]
    assert ItemMinutes.objects.get().version == 1
    sent = filled(chair, APPROVE)
    assert [chair.post(APPROVE, sent).headers["Location"] for _ in range(2)] == [HERE, HERE]
    assert TimelineEvent.objects.filter(event="panel_minutes_approved").count() == 1


def test_decision_and_reasons_cannot_be_emptied_and_business_has_none(
    clerk: Client, chair: Client, item: AgendaItem, sitting: Sitting, cast: Cast
) -> None:
    found = errors(correct(clerk, item, decision="", reasons=" "))
    assert found == {"decision": "Write the decision", "reasons": "Write the reasons"}
    business = sitting_rows.business(sitting, "Turns of the year", by=cast.asha)
    minutes_rows.recorded(business, by=cast.chair, reasons="")
    correct(clerk, business, discussion="Read out.")
    assert "Approve minutes of 2 items" in words(chair.get(HERE))
    approve(chair)
    assert ItemMinutes.objects.filter(approved_at__isnull=False).count() == 2


def test_stand_in_approves_the_items_that_they_took_and_the_chair_only_the_others(
    chair: Client, item: AgendaItem, sitting: Sitting, cast: Cast, client_of: ClientOf, exclusion: Exclusion
) -> None:
    rows.connection(cast.chair, kind="works_at", school=exclusion.school)
    ItemRecord.objects.update(presided_by=cast.member)
    business = sitting_rows.business(sitting, "Turns of the year", by=cast.asha)
    minutes_rows.recorded(business, by=cast.chair)
    stand_in = client_of(cast.member)

    assert "Approve minutes of 1 item" in words(chair.get(HERE))
    approve(chair)
    assert [row.item for row in ItemMinutes.objects.all()] == [business]
    assert "Approve minutes of 1 item" in words(stand_in.get(HERE))
    approve(stand_in)

    assert ItemMinutes.objects.get(item=item).approved_by == cast.member


def test_reopened_item_is_drafted_anew_and_one_with_approved_minutes_is_not_reopened(
    chair: Client, clerk: Client, item: AgendaItem, sitting: Sitting, cast: Cast
) -> None:
    correct(clerk, item, reasons="Of the first decision")
    Attendance.objects.filter(person__in=[cast.chair, cast.member]).update(present=True)
    reopen = f"/panels/spp/sittings/{TODAY}/run/{item.pk}/reopen/"
    chair.post(reopen, filled(chair, reopen))
    assert "Nothing is recorded of this item." in words(clerk.get(HERE))
    assert clerk.get(correcting(item)).status_code == 404
    held = ItemRecord.objects.get()
    written = records.Written(
        outcome="specialist_place", cost_seen="after", reasons="Of the second", agreed="chair"
    )  # fmt: skip
    people = [cast.chair.pk, cast.member.pk, cast.imran.pk]
    records.record(
        by=cast.chair, at=NOW, on=TODAY, sitting=sitting, item=item.pk, version=held.version, written=written,
        present=people,
    )  # fmt: skip

    page = words(clerk.get(HERE))
    assert "Of the second" in page
    assert "Of the first decision" not in page
    sent = filled(chair, reopen)
    approve(chair)
    assert ItemMinutes.objects.get().reasons == "Of the second"
    answer = chair.post(reopen, sent)
    assert "Its minutes are approved." in answer.content.decode()
    assert ItemRecord.objects.get().recorded_at is not None
    screen = reopen.removesuffix("reopen/")
    led_back = chair.get(reopen, follow=True)
    assert led_back.redirect_chain == [(screen, 302)]
    assert "Its minutes are approved." in words(led_back)
    assert reopen not in words(chair.get(screen))


def test_sitting_without_items_or_before_its_day_or_cancelled_has_no_minutes(
    sitting: Sitting, clerk: Client, cast: Cast, client_of: ClientOf
) -> None:
    assert "No item of this sitting has minutes for you to read." in words(clerk.get(HERE))
    assert "Nobody is marked as in the room." in words(clerk.get(HERE))
    Attendance.objects.filter(person=cast.chair).update(declared_at=None)
    assert client_of(cast.chair).get(HERE).status_code == 404
    later = TODAY + timedelta(days=1)
    Sitting.objects.update(on=later)
    assert clerk.get(f"/panels/spp/sittings/{later}/minutes/").status_code == 404
    Sitting.objects.update(on=TODAY, cancelled_at=NOW, cancelled_by=cast.asha, cancelled_because="Snow")
    assert clerk.get(HERE).status_code == 404


def test_only_the_clerk_corrects_and_only_a_presiding_seat_opens_approval(
    item: AgendaItem, cast: Cast, client_of: ClientOf
) -> None:
    for who, may in (("chair", (404, 200)), ("member", (404, 200)), ("imran", (404, 404)), ("asha", (200, 404))):
        client = client_of(cast.everybody()[who])
        assert (client.get(correcting(item)).status_code, client.get(APPROVE).status_code) == may, who
    vice = client_of(cast.member)
    sent = {"token": str(uuid.uuid4()), "items": f"{item.pk}-{ItemRecord.objects.get().version}"}
    assert errors(vice.post(APPROVE, sent))["items"].startswith("The minutes of an item were changed")
    assert not ItemMinutes.objects.exists()


def test_queries_do_not_grow_with_the_items(
    chair: Client, clerk: Client, item: AgendaItem, sitting: Sitting, spp: Panel, cast: Cast, place: Place
) -> None:
    rows.connection(cast.chair, kind="works_at", school=place.primary)

    def counted(client: Client) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(HERE).status_code == 200
        return len(caught)

    # The first page of a session asks for more than the next.
    for client in (chair, clerk):
        client.get(HERE)
    before = [counted(client) for client in (chair, clerk)]
    for referral in referral_rows.crowd(spp, 5, by=cast.asha, school=place.school):
        more = AgendaItem.objects.create(
            sitting=sitting, referral=referral, position=9, listed_at=NOW, listed_by=cast.asha, links=item.links
        )
        minutes_rows.recorded(more, by=cast.chair)

    assert [counted(client) for client in (chair, clerk)] == before


def test_membership_that_ended_yesterday_reads_and_approves_nothing(
    chair: Client, item: AgendaItem, cast: Cast, spp: Panel
) -> None:
    spp.memberships.filter(person=cast.chair).update(last_day=TODAY - timedelta(days=1))

    assert [chair.get(address).status_code for address in (HERE, APPROVE, versions(item))] == [404, 404, 404]
