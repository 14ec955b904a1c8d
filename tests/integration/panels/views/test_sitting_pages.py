"""A sitting is called, changed and cancelled; referrals are listed; members say whether they come, and declare."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading, TimelineEvent
from exclusions.models import Exclusion
from panels.models import (
    AgendaItem,
    Attendance,
    ItemDeclaration,
    ItemRecord,
    Membership,
    Panel,
    Referral,
    Sitting,
    TieAnswerGiven,
)
from panels.rules.terms import MemberRole, RouteIn
from panels.services import agendas
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled
from tests.queries import asked

HERE = "/panels/spp/sittings/2026-11-17/"
LIST, CALL = "/panels/spp/sittings/", "/panels/spp/sittings/call/"
TYPED = {"on": "17/11/2026", "starts_at": "10:00", "place": "County Hall"}


@pytest.fixture
def spp(cast: Cast) -> Panel:
    panel = referral_rows.specialists(by=cast.administrator)
    for name, role in (("chair", MemberRole.CHAIR), ("member", MemberRole.HEAD), ("asha", MemberRole.CLERK)):
        rows.member(panel, cast.everybody()[name], by=cast.administrator, role=role)
    return panel


@pytest.fixture
def sitting(spp: Panel, cast: Cast) -> Sitting:
    return sitting_rows.sitting(spp, by=cast.asha)


@pytest.fixture
def referral(spp: Panel, exclusion: Exclusion, cast: Cast) -> Referral:
    return referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha)


@pytest.fixture
def item(sitting: Sitting, referral: Referral, cast: Cast) -> AgendaItem:
    return sitting_rows.listed(sitting, referral, by=cast.asha)


@pytest.fixture
def member(cast: Cast, sitting: Sitting) -> Client:
    sitting_rows.declared(sitting, cast.member)
    return signed_in(Client(), cast.member)


def test_sitting_is_called_once_and_members_see_it_in_the_list(
    clerk: Client, spp: Panel, client_of: ClientOf, cast: Cast
) -> None:
    assert "No sitting is called. Call one" in words(clerk.get(LIST))
    sent = filled(clerk, CALL, **TYPED)

    answers = [clerk.post(CALL, sent) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [HERE] * 2
    assert Sitting.objects.get().called_by == cast.asha
    page = words(client_of(cast.member).get(LIST))
    assert "Tuesday 17 November 2026" in page
    assert "10:00am" in page
    assert "Call a sitting" not in page
    assert HERE in words(clerk.get(f"{LIST}?state=all"))
    assert "The panel has not sat yet" in words(clerk.get(f"{LIST}?state=past"))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"on": "3/11/2026"}, "on", "The day must be today or later"),
        ({"on": "soon"}, "on", "'soon' is not a day"),
        ({"on": "18/11/2026"}, "on", "The panel sits on that day already"),
        ({"starts_at": "ten"}, "starts_at", "Enter a time on the 24-hour clock"),
        ({"place": ""}, "place", "Enter where"),
    ],
)
def test_wrong_sitting_is_refused_at_its_field(
    changes: dict[str, str], field: str, message: str, clerk: Client, spp: Panel, cast: Cast
) -> None:
    sitting_rows.sitting(spp, by=cast.asha, on=date(2026, 11, 18))

    answer = clerk.post(CALL, filled(clerk, CALL, **(TYPED | changes)))

    assert errors(answer)[field].startswith(message)
    assert Sitting.objects.count() == 1


def test_meeting_calendar_is_called_at_once_and_leaves_out_the_holidays(clerk: Client, spp: Panel, cast: Cast) -> None:
    sitting_rows.sitting(spp, by=cast.asha, on=date(2026, 12, 1))
    sent = filled(clerk, CALL, **(TYPED | {"every": "2", "until": "12/1/2027"}))

    answers = [clerk.post(CALL, sent) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [LIST] * 2
    days = list(Sitting.objects.filter(called_by=cast.asha).order_by("on").values_list("on", flat=True))
    assert days == [date(2026, 11, 17), date(2026, 12, 1), date(2026, 12, 15), date(2027, 1, 12)]
    page = clerk.get(LIST).content.decode()
    assert "3 sittings are called, from 17 November 2026 to 12 January 2027." in page
    assert "1 December 2026 (called already)" in page
    assert "29 December 2026 (school holiday)" in page


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"every": "2", "until": ""}, "until", "Enter the day until which the panel sits again"),
        ({"every": "", "until": "12/1/2027"}, "every", "Choose how often the panel sits until then"),
        ({"every": "2", "until": "16/11/2026"}, "until", "The last day must be the first or later"),
        ({"every": "1", "until": "17/11/2028"}, "until", "At most 60 sittings are called at once"),
        ({"every": "4", "until": "17/11/2028"}, "until", "The authority’s term dates do not reach so far"),
        ({"on": "18/11/2026", "every": "2", "until": "12/1/2027"}, "on", "The panel sits on that day already"),
        ({"on": "3/11/2026", "every": "2", "until": "12/1/2027"}, "on", "The day must be today or later"),
        # Days without a year are those to come: the next third of November, and the sixteenth of July after it.
        ({"on": "3/11", "every": "4", "until": "16/7"}, "until", "The last day must be the first or later"),
    ],
)
def test_calendar_that_cannot_be_kept_calls_no_sitting(
    changes: dict[str, str], field: str, message: str, clerk: Client, spp: Panel, cast: Cast
) -> None:
    sitting_rows.sitting(spp, by=cast.asha, on=date(2026, 11, 18))

    answer = clerk.post(CALL, filled(clerk, CALL, **(TYPED | changes)))

    assert errors(answer)[field].startswith(message)
    assert Sitting.objects.count() == 1


def test_time_and_place_are_changed_and_a_page_out_of_date_is_not_obeyed(clerk: Client, sitting: Sitting) -> None:
    first = filled(clerk, f"{HERE}change/", starts_at="9:30")
    second = filled(clerk, f"{HERE}change/", place="Elsewhere")

    assert clerk.post(f"{HERE}change/", first).headers["Location"] == HERE
    stale = clerk.post(f"{HERE}change/", second)

    assert "Somebody else changed this sitting" in stale.content.decode()
    sitting.refresh_from_db()
    assert (f"{sitting.starts_at:%H:%M}", sitting.place) == ("09:30", "County Hall, room 2")


def test_cancelled_sitting_stays_with_its_reason_and_frees_its_referrals(
    clerk: Client, item: AgendaItem, spp: Panel, cast: Cast
) -> None:
    clerk.post(f"{HERE}cancel/", filled(clerk, f"{HERE}cancel/", because="No quorum"))

    page = words(clerk.get(HERE))
    assert "Cancelled" in page
    assert "No quorum" in page
    assert "List a referral" not in page
    late = clerk.post(f"{HERE}agenda/business/", filled(clerk, f"{HERE}agenda/business/", title="Turns"))
    assert "This sitting is cancelled, or its day is past" in late.content.decode()
    other = sitting_rows.sitting(spp, by=cast.asha, on=date(2026, 11, 24))
    assert item.referral
    assert sitting_rows.listed(other, item.referral, by=cast.asha).position == 1


def test_referral_with_whole_papers_is_listed_once_and_told_on_the_timeline(
    clerk: Client, sitting: Sitting, referral: Referral
) -> None:
    address = f"{HERE}agenda/list/"
    sent = filled(clerk, address, referral=referral.reference)

    for _ in range(2):
        assert clerk.post(address, sent).headers["Location"] == HERE
    again = clerk.post(address, sent | {"token": str(uuid.uuid4())})

    assert "It stands on an agenda already" in errors(again)["referral"]
    with pytest.raises(agendas.AlreadyListed):
        sitting_rows.listed(sitting, referral, by=referral.referred_by)
    item = AgendaItem.objects.get()
    assert item.links["family_names"] == [["Quillfeather"]]
    event = TimelineEvent.objects.get(event="referral_listed")
    assert event.data["on"] == "2026-11-17"
    assert f"1. {referral.reference}" in words(clerk.get(HERE))


def test_referral_that_is_listed_is_left_out_and_the_page_says_where_it_stands(
    clerk: Client, sitting: Sitting, referral: Referral, spp: Panel, cast: Cast
) -> None:
    other = sitting_rows.sitting(spp, by=cast.asha, on=date(2026, 11, 24))
    elsewhere = f"/panels/spp/sittings/{other.on}/agenda/list/"
    offered = f'value="{referral.reference}"'
    assert offered in words(clerk.get(elsewhere))
    item = sitting_rows.listed(sitting, referral, by=cast.asha)

    page = words(clerk.get(elsewhere))
    assert offered not in page
    assert f'{referral.reference}: <a class="govuk-link" href="{HERE}">Tuesday 17 November 2026</a>' in page
    assert f"{referral.reference}: this sitting" in words(clerk.get(f"{HERE}agenda/list/"))
    assert "It stands on the agenda of" in words(clerk.get(f"/panels/spp/referrals/{referral.reference}/"))

    AgendaItem.objects.filter(pk=item.pk).update(
        taken_off_at=NOW, taken_off_by=cast.asha, taken_off_because="Not this time"
    )
    assert offered in words(clerk.get(elsewhere))


def test_where_a_referral_is_listed_is_kept_from_whoever_is_out_of_it(
    clerk: Client, sitting: Sitting, referral: Referral, cast: Cast, exclusion: Exclusion
) -> None:
    sitting_rows.listed(sitting, referral, by=cast.asha)
    rows.connection(cast.asha, kind="works_at", school=exclusion.school)

    page = words(clerk.get(f"{HERE}agenda/list/"))

    assert referral.reference not in page
    assert "Listed already" not in page


def test_referral_whose_papers_are_wanting_is_not_on_offer(clerk: Client, sitting: Sitting, referral: Referral) -> None:
    Referral.objects.update(risk="")
    assert "No referral is ready" in words(clerk.get(f"{HERE}agenda/list/"))


def test_child_given_a_plan_since_is_not_listed_for_fair_access_r61(
    clerk: Client, spp: Panel, fap: Panel, referral: Referral, cast: Cast, place: Place
) -> None:
    rows.terms(fap, by=cast.administrator)
    referral_rows.no_plan(referral.pupil)
    referral_rows.sent_on(referral)
    sent_on = referral_rows.referral(fap, referral.pupil, by=cast.asha, in_year_tried="Asked")
    referral_rows.candidate(sent_on, place.primary, by=cast.asha)
    sitting_rows.sitting(fap, by=cast.asha)
    address = "/panels/fap-secondary/sittings/2026-11-17/agenda/list/"
    sent = filled(clerk, address, referral=sent_on.reference)
    referral_rows.plan(referral.pupil)

    answer = clerk.post(address, sent)

    assert "The panel may no longer take the child. The child has an EHC plan" in errors(answer)["referral"]
    assert not AgendaItem.objects.exists()


def test_business_is_added_and_the_agenda_put_in_order(clerk: Client, item: AgendaItem) -> None:
    address = f"{HERE}agenda/business/"
    clerk.post(address, filled(clerk, address, title="Turns of the year"))
    second = AgendaItem.objects.get(title="Turns of the year")
    order = f"{HERE}agenda/order/"

    clerk.post(order, filled(clerk, order, **{f"item_{second.pk}": "1", f"item_{item.pk}": "2"}))

    assert "1. Turns of the year" in words(clerk.get(HERE))
    wrong = clerk.post(order, filled(clerk, order, **{f"item_{second.pk}": "first"}))
    assert errors(wrong)[f"item_{second.pk}"] == "Enter a whole number from 1 to 200"


def test_item_is_taken_off_with_a_reason_and_may_be_listed_again(clerk: Client, item: AgendaItem, cast: Cast) -> None:
    address = f"{HERE}agenda/{item.pk}/take-off/"
    assert "because" in errors(clerk.post(address, filled(clerk, address, because="")))

    clerk.post(address, filled(clerk, address, because="Report awaited"))

    assert "Nothing stands on the agenda for you" in words(clerk.get(HERE))
    assert clerk.get(address).status_code == 404
    assert item.referral
    sitting_rows.listed(item.sitting, item.referral, by=cast.asha)
    assert AgendaItem.objects.filter(taken_off_at=None).count() == 1


def test_item_that_is_recorded_is_not_taken_off_unless_it_is_reopened(
    clerk: Client, item: AgendaItem, cast: Cast
) -> None:
    address = f"{HERE}agenda/{item.pk}/take-off/"
    sent = filled(clerk, address, because="Report awaited")
    record = minutes_rows.recorded(item, by=cast.chair)

    assert address not in words(clerk.get(HERE))
    answer = clerk.get(address, follow=True)
    assert answer.redirect_chain == [(HERE, 302)]
    says = "What the panel decided of this item is recorded: it is taken off only once it is reopened"
    assert f"{says}." in words(answer)
    late = clerk.post(address, sent)
    assert errors(late)["__all__"] == says
    assert "Report awaited" in words(late)
    assert AgendaItem.objects.get(pk=item.pk).taken_off_at is None

    ItemRecord.objects.filter(pk=record.pk).update(recorded_at=None, recorded_by=None)
    assert address in words(clerk.get(HERE))
    assert clerk.post(address, sent).status_code == 302


def test_member_declares_before_any_item_is_shown(item: AgendaItem, client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.member)
    assert item.referral
    papers = f"{HERE}items/{item.referral.reference}/"
    page = words(client.get(HERE))
    assert "Before the papers open, declare" in page
    assert item.referral.reference not in page
    assert client.get(papers).status_code == 404
    address = f"{HERE}declare/"
    refused = client.post(address, filled(client, address, declared=None))
    assert "Tick the box" in errors(refused)["declared"]

    client.post(address, filled(client, address, declared="on"))

    assert Attendance.objects.get().declared_at is not None
    assert client.get(papers).status_code == 200
    assert Reading.objects.filter(user=cast.member, pupil=item.referral.pupil, surface="papers of an item").exists()


def test_papers_name_the_child_unless_the_terms_say_otherwise(
    member: Client, item: AgendaItem, spp: Panel, cast: Cast
) -> None:
    assert item.referral
    address = f"{HERE}items/{item.referral.reference}/"
    page = words(member.get(address))
    assert "Zephyrine" in page
    assert "What is said of summary." in page
    assert (item.referral.pupil.upn or "none") not in page

    rows.terms(spp, by=cast.administrator, from_=TODAY, pseudonymised=True, looked_after_placed_elsewhere=False,
               routes=frozenset({RouteIn.PERMANENT_EXCLUSION}))  # fmt: skip

    assert "Zephyrine" not in member.get(address).content.decode()


def test_members_say_whether_they_come_and_the_clerk_of_anybody(
    member: Client, clerk: Client, sitting: Sitting, cast: Cast
) -> None:
    own, chairs = (f"{HERE}members/{who.pk}/coming/" for who in (cast.member, cast.chair))
    member.post(own, filled(member, own, coming="apologies"))
    assert member.get(chairs).status_code == 404
    clerk.post(chairs, filled(clerk, chairs, coming="apologies"))

    assert Attendance.objects.filter(apologies=True).count() == 2
    assert Attendance.objects.get(person=cast.member).declared_at is not None
    assert words(clerk.get(HERE)).count("Apologies") == 2
    assert clerk.get(f"{HERE}members/{cast.ruth.pk}/coming/").status_code == 404


def test_tie_is_answered_by_the_clerk_with_a_reason_and_opens_the_item(
    clerk: Client, member: Client, item: AgendaItem, cast: Cast
) -> None:
    rows.connection(cast.member, kind="family_name", family_name="Quillfeather")
    assert item.referral
    papers = f"{HERE}items/{item.referral.reference}/"
    assert member.get(papers).status_code == 404
    page = clerk.get(f"{HERE}conflicts/")
    assert "1 to be answered, 0 stand, 0 dismissed" in words(page)
    address = page.context["rows"][0]["cells"][-1]["href"]
    without = clerk.post(address, filled(clerk, address, answer="does_not_matter"))
    assert errors(without)["reason"] == "Write why the tie is dismissed"

    clerk.post(address, filled(clerk, address, answer="does_not_matter", reason="Common name; not related"))

    assert member.get(papers).status_code == 200
    assert "Common name; not related" in words(clerk.get(f"{HERE}conflicts/"))
    assert TieAnswerGiven.objects.get().given_by == cast.asha
    clerk.post(address, filled(clerk, address, answer="stands", reason=""))
    assert member.get(papers).status_code == 404


def test_tie_that_bars_is_dismissed_only_as_false(
    clerk: Client, member: Client, item: AgendaItem, cast: Cast, exclusion: Exclusion
) -> None:
    rows.connection(cast.member, kind="works_at", school=exclusion.school)
    address = clerk.get(f"{HERE}conflicts/").context["rows"][0]["cells"][-1]["href"]

    slight = clerk.post(address, filled(clerk, address, answer="does_not_matter", reason="Years ago"))
    assert errors(slight)["answer"] == "Choose one from the list"
    clerk.post(address, filled(clerk, address, answer="wrong_school", reason="Another school of that name"))

    assert item.referral
    assert member.get(f"{HERE}items/{item.referral.reference}/").status_code == 200
    assert clerk.get(f"{HERE}conflicts/0123456789abcdef/").status_code == 404


def test_clerk_neither_sees_nor_answers_a_tie_of_their_own(clerk: Client, item: AgendaItem, cast: Cast) -> None:
    rows.connection(cast.asha, kind="family_name", family_name="Quillfeather")

    page = words(clerk.get(f"{HERE}conflicts/"))

    assert "No tie is found" in page
    assert item.referral
    assert item.referral.reference not in page


def test_tie_to_the_item_is_declared_by_the_member_or_told_to_the_clerk(
    clerk: Client, member: Client, item: AgendaItem, cast: Cast, client_of: ClientOf
) -> None:
    assert item.referral
    papers = f"{HERE}items/{item.referral.reference}/"
    address = f"{papers}declare/"
    member.post(address, filled(member, address))
    assert member.get(papers).status_code == 404

    sitting_rows.declared(item.sitting, cast.chair)
    clerk.post(address, filled(clerk, address, member=str(cast.chair.pk)))

    assert client_of(cast.chair).get(papers).status_code == 404
    assert ItemDeclaration.objects.count() == 2
    page = words(clerk.get(papers))
    assert "2 members leave for this item." in page
    assert "Nobody may preside: this item cannot be heard." in page


def test_membership_that_ended_yesterday_opens_no_sitting_by_tab_link_or_token(
    member: Client, item: AgendaItem, cast: Cast
) -> None:
    assert item.referral
    papers = f"{HERE}items/{item.referral.reference}/"
    coming, declaring = f"{HERE}members/{cast.member.pk}/coming/", f"{papers}declare/"
    pages = (LIST, HERE, papers, coming, declaring, f"{HERE}declare/")
    assert all(member.get(address).status_code == 200 for address in pages)
    sent = {coming: filled(member, coming, coming="apologies"), declaring: filled(member, declaring)}
    second = signed_in(Client(), cast.member)

    Membership.objects.filter(person=cast.member).update(last_day=TODAY - timedelta(days=1))

    for browser in (member, second):
        assert [browser.get(address).status_code for address in pages] == [404] * len(pages)
        assert [browser.post(address, data).status_code for address, data in sent.items()] == [404, 404]
    assert not ItemDeclaration.objects.exists()
    assert not Attendance.objects.filter(apologies=True).exists()


def test_seat_that_ends_before_the_sitting_opens_none_of_it(member: Client, item: AgendaItem, cast: Cast) -> None:
    Membership.objects.filter(person=cast.member).update(last_day=TODAY + timedelta(days=3))

    assert member.get(HERE).status_code == 404
    assert HERE not in words(member.get(LIST))


def test_new_member_opens_no_sitting_of_before(cast: Cast, item: AgendaItem, client_of: ClientOf) -> None:
    Sitting.objects.update(on=TODAY - timedelta(days=7))
    Membership.objects.filter(person=cast.member).update(first_day=TODAY)

    assert client_of(cast.member).get("/panels/spp/sittings/2026-10-28/").status_code == 404


def test_sitting_of_another_panel_or_day_is_not_there(clerk: Client, item: AgendaItem, fap: Panel) -> None:
    assert item.referral
    for address in (
        "/panels/spp/sittings/2026-11-18/", "/panels/fap-secondary/sittings/2026-11-17/", f"{HERE}items/ZZZZZZ/",
    ):  # fmt: skip
        assert clerk.get(address).status_code == 404


def test_agenda_asks_as_much_of_40_items_as_of_4(
    clerk: Client, sitting: Sitting, spp: Panel, cast: Cast, place: Place
) -> None:
    rows.connection(cast.asha, kind="works_at", school=place.primary)

    def fill(number: int) -> None:
        for each in referral_rows.crowd(spp, number, by=cast.asha, school=place.school):
            AgendaItem.objects.create(
                sitting=sitting, referral=each, position=each.pk % 1000, listed_at=NOW, listed_by=cast.asha,
                links={"excluding": [], "candidates": [], "previous": [], "family_names": [], "addresses": []},
            )  # fmt: skip

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert clerk.get(address).status_code == 200
        return len(asked(captured))

    fill(4)
    pages = (HERE, f"{HERE}conflicts/")
    for address in pages:
        count(address)
    few: list[Any] = [count(address) for address in pages]
    fill(36)

    assert [count(address) for address in pages] == few
