"""Letters of what a panel decided: drafted, sent once, on the case's timeline, told by a mail that names no child."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Contact, Message, Reading, School, SchoolContact, TimelineEvent
from exclusions.models import Exclusion
from panels.models import AgendaItem, DecisionLetter, ItemRecord, Panel, Sitting
from panels.rules.terms import MemberRole
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

HERE = f"/panels/spp/sittings/{TODAY}/letters/"


@pytest.fixture
def spp(cast: Cast) -> Panel:
    panel = referral_rows.specialists(by=cast.administrator)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    return panel


@pytest.fixture
def sitting(spp: Panel, cast: Cast) -> Sitting:
    return sitting_rows.sitting(spp, by=cast.asha, on=TODAY)


@pytest.fixture
def item(sitting: Sitting, spp: Panel, exclusion: Exclusion, cast: Cast, place: Place) -> AgendaItem:
    referral = referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha)
    found = sitting_rows.listed(sitting, referral, by=cast.asha)
    minutes_rows.recorded(
        found, by=cast.chair, outcome="school_named", school=place.primary, starts_on=date(2026, 11, 16),
        conditions=["named_adult"],
    )  # fmt: skip
    return found


@pytest.fixture
def parent(exclusion: Exclusion) -> Contact:
    return contact(exclusion, "Ottoline Quillfeather")


@pytest.fixture
def office(place: Place) -> School:
    SchoolContact.objects.create(
        school=place.primary, role="head", name="Wilma Thorncastle", email="head@underhill.example",
        first_day=date(2024, 9, 1),
    )  # fmt: skip
    return place.primary


def contact(exclusion: Exclusion, name: str, **changes: Any) -> Contact:
    facts: dict[str, Any] = {
        "relationship": "Mother", "parental_responsibility": "yes", "address": "1 Mill Lane", "first_day": date(2020, 1, 1)
    }  # fmt: skip
    made: Contact = Contact.objects.create(pupil=exclusion.case.pupil, name=name, **(facts | changes))
    return made


def letter(item: AgendaItem, to: str) -> str:
    return f"{HERE}{item.pk}/{to}/"


def send_all(clerk: Client) -> Any:
    return clerk.post(HERE, filled(clerk, HERE))


def test_letters_to_each_parent_and_the_school_are_drafted_from_the_decision(
    clerk: Client, item: AgendaItem, parent: Contact, office: School, cast: Cast
) -> None:
    page = words(clerk.get(HERE))
    assert "Ottoline Quillfeather" in page
    assert office.name in page
    assert page.count("To be sent") == 2

    drafts = [
        clerk.get(letter(item, to)).context["form"]["body"].value()
        for to in (f"parent-{parent.pk}", f"school-{office.urn}")
    ]
    for draft in drafts:
        assert f"Its decision: School named, {office.name}." in draft
        assert "First day: Monday 16 November 2026" in draft
        assert "Works well in small groups." in draft
        assert "Named adult" in draft
    assert "Dear Ottoline Quillfeather" in drafts[0]
    assert "1 Mill Lane" in drafts[0]
    assert "1 Mill Lane" not in drafts[1]
    assert Reading.objects.filter(user=cast.asha, surface="letters of a sitting").exists()


def test_letters_are_sent_in_one_go_and_stand_on_the_case_and_the_mail_names_no_child(
    clerk: Client, item: AgendaItem, parent: Contact, office: School, cast: Cast, exclusion: Exclusion
) -> None:
    assert send_all(clerk).headers["Location"] == HERE

    assert {(row.contact, row.school, row.sent_by) for row in DecisionLetter.objects.all()} == {
        (parent, None, cast.asha), (None, office, cast.asha)
    }  # fmt: skip
    mail = Message.objects.get(kind="panel_decision")
    assert item.referral
    assert (mail.recipient, mail.case) == ("head@underhill.example", None)
    for told in (mail.subject, mail.body):
        assert "Zephyrine" not in told
        assert "Quillfeather" not in told
        assert item.referral.reference in told
    page = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))
    assert f"{item.referral.reference}, sent to {office.name}." in page
    assert f"{item.referral.reference}, sent to a parent." in page
    listed = words(clerk.get(HERE))
    assert listed.count("Sent 4 November 2026") == 2
    assert "Send the letters" not in listed
    assert "Dear Ottoline Quillfeather" in words(clerk.get(letter(item, f"parent-{parent.pk}")))


def test_words_of_a_letter_are_changed_before_it_is_sent_and_never_after(
    clerk: Client, item: AgendaItem, parent: Contact
) -> None:
    address = letter(item, f"parent-{parent.pk}")
    assert errors(clerk.post(address, filled(clerk, address, body=" ")))["body"] == "Write the letter"
    sent = filled(clerk, address, body="Dear Ottoline, a place is found.")

    answers = [clerk.post(address, sent).headers["Location"] for _ in range(2)]

    assert answers == [HERE, HERE]
    held = DecisionLetter.objects.get()
    assert held.body == "Dear Ottoline, a place is found."
    with pytest.raises(InternalError), transaction.atomic():
        DecisionLetter.objects.update(body="Other")
    again = clerk.post(address, filled(clerk, address, body="Other"))
    assert "It was sent, or its item decided anew, meanwhile." in again.content.decode()
    assert DecisionLetter.objects.get() == held


def test_second_click_and_two_clerks_send_each_letter_once(
    clerk: Client, item: AgendaItem, parent: Contact, office: School
) -> None:
    first, second = filled(clerk, HERE), filled(clerk, HERE)

    assert [clerk.post(HERE, first).headers["Location"] for _ in range(2)] == [HERE, HERE]
    late = clerk.post(HERE, second)

    assert errors(late)["letters"].startswith("A letter was sent, or its item decided anew, meanwhile")
    assert DecisionLetter.objects.count() == 2
    assert TimelineEvent.objects.filter(event="panel_letter_sent").count() == 2
    assert Message.objects.filter(kind="panel_decision").count() == 1


def test_letter_of_a_decision_that_was_taken_anew_is_not_sent_and_the_new_one_is_due(
    clerk: Client, item: AgendaItem, parent: Contact
) -> None:
    sent = filled(clerk, HERE)
    address = letter(item, f"parent-{parent.pk}")
    one = filled(clerk, address)
    ItemRecord.objects.update(version=7, reasons="Others")

    assert errors(clerk.post(HERE, sent))["letters"].startswith("A letter was sent, or its item decided anew")
    assert "decided anew" in clerk.post(address, one).content.decode()
    assert not DecisionLetter.objects.exists()
    send_all(clerk)
    assert "Others" in DecisionLetter.objects.get(contact=parent).body
    ItemRecord.objects.update(version=9)
    assert "To be sent" in words(clerk.get(HERE))


def test_nobody_is_written_to_who_may_not_be_told(clerk: Client, item: AgendaItem, exclusion: Exclusion) -> None:
    contact(exclusion, "Not To Be Told", must_not_be_told=True)
    contact(exclusion, "Unknown Standing", parental_responsibility="unknown")
    contact(exclusion, "Withdrawn Entry", withdrawn_at=NOW, withdrawn_because="In error")
    contact(exclusion, "Ended Before", last_day=TODAY - timedelta(days=1))

    page = words(clerk.get(HERE))

    for name in ("Not To Be Told", "Unknown Standing", "Withdrawn Entry", "Ended Before"):
        assert name not in page
    assert "nobody with parental responsibility is known who may be told" in page


def test_school_without_an_address_is_written_to_by_post_alone(clerk: Client, item: AgendaItem) -> None:
    send_all(clerk)
    assert (DecisionLetter.objects.count(), Message.objects.filter(kind="panel_decision").count()) == (1, 0)


def test_nothing_is_due_before_an_item_is_recorded(clerk: Client, sitting: Sitting, item: AgendaItem) -> None:
    ItemRecord.objects.update(recorded_at=None, recorded_by=None)
    assert "No letter is due." in words(clerk.get(HERE))
    assert clerk.post(HERE, {}).status_code == 200


def test_only_the_clerk_writes_letters(item: AgendaItem, parent: Contact, cast: Cast, client_of: ClientOf) -> None:
    for who in ("imran", "ruth", "chair", "member"):
        client = client_of(cast.everybody()[who])
        for address in (HERE, letter(item, f"parent-{parent.pk}")):
            assert client.get(address).status_code == 404, who
    # A clerk whose seat is another's than the clerk's decides on the panel, and writes no letter.
    Sitting.objects.get().panel.memberships.filter(person=cast.asha).update(role="officer")
    sitting_rows.declared(Sitting.objects.get(), cast.asha)
    assert client_of(cast.asha).get(HERE).status_code == 404


def test_queries_do_not_grow_with_the_letters(
    clerk: Client, item: AgendaItem, parent: Contact, sitting: Sitting, spp: Panel, cast: Cast, place: Place
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(HERE).status_code == 200
        return len(caught)

    clerk.get(HERE)
    before = counted()
    for referral in referral_rows.crowd(spp, 4, by=cast.asha, school=place.school):
        more = AgendaItem.objects.create(
            sitting=sitting, referral=referral, position=9, listed_at=NOW, listed_by=cast.asha, links=item.links
        )
        minutes_rows.recorded(more, by=cast.chair, school=place.primary)
        Contact.objects.create(
            pupil=referral.pupil, name="A parent", relationship="Father", parental_responsibility="yes",
            first_day=date(2020, 1, 1),
        )  # fmt: skip

    assert counted() == before
