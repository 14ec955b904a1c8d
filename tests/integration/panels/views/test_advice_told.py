"""How letters, the mail, the timeline and whoever approves the minutes are told that an officer decided."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Message, School, SchoolContact
from panels.models import DecisionLetter, OfficerDecision, Referral, Sitting
from panels.rules.advice import WAITS
from tests.cast import Cast, signed_in
from tests.factories.advice import at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import filled


@pytest.fixture
def referral(advised: Referral) -> Referral:
    return advised


@pytest.fixture
def sitting(referral: Referral) -> Sitting:
    found: Sitting = Sitting.objects.select_related("panel").get(panel=referral.panel)
    return found


def letter_to_parent(client: Client, here: str) -> str:
    page = client.get(f"{here}letters/")
    href: str = page.context["rows"][0]["cells"][0]["href"]
    return href


def test_letter_that_was_read_before_another_decision_is_not_sent(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, other: School
) -> None:
    decide(manager, referral, **otherwise(other))
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/"
    address = letter_to_parent(clerk, here)
    typed, every = filled(clerk, address), filled(clerk, f"{here}letters/")
    every["letters"] = [value for value, _ in clerk.get(f"{here}letters/").context["form"].fields["letters"].choices]
    back = at(referral, f"decisions/{OfficerDecision.objects.get().pk}/take-back/")
    manager.post(back, filled(manager, back, because="The wrong school"))
    decide(manager, referral, follows="follows")

    clerk.post(address, typed)
    clerk.post(f"{here}letters/", every)

    assert not DecisionLetter.objects.exists()


def test_timeline_and_mail_of_a_letter_say_that_an_officer_decided(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, receiving: School
) -> None:
    SchoolContact.objects.create(
        school=receiving, role="head", name="Head", email="head@school.example", first_day=date(2024, 9, 1)
    )
    decide(manager, referral, follows="follows")
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/letters/"
    sent = filled(clerk, here)
    sent["letters"] = [value for value, _ in clerk.get(here).context["form"].fields["letters"].choices]

    clerk.post(here, sent)

    assert DecisionLetter.objects.count() == 2
    assert referral.exclusion
    told = words(clerk.get(f"/exclusions/{referral.exclusion.case.reference}/"))
    assert "Letter of what an officer decided on the advice of Fair Access Panel, secondary" in told
    mail = Message.objects.get(kind="panel_decision")
    assert mail.subject == "Decision on a panel’s advice: 7KQ4M2"
    assert "has named Receiving School, having had the advice of" in mail.body


def test_minutes_are_approved_with_the_officers_decision_beside_them(
    manager: Client, referral: Referral, sitting: Sitting, cast: Cast
) -> None:
    chair = signed_in(Client(), cast.chair)
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/minutes/approve/"
    assert f"is not approved with them: {WAITS}." in words(chair.get(here))

    decide(manager, referral, follows="follows")

    page = words(chair.get(here))
    assert f"not approved with them: {cast.ruth.name} declared no tie and decided as the panel advised" in page
