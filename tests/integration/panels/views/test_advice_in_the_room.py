"""What the panel advised stays the panel's, on the screen of the item and in how it was governed."""

import pytest
from django.test import Client

from casework.models import School
from panels.models import AgendaItem, CandidateSchool, ItemRecord, Referral, ReferralCategory
from panels.services import referrals as service
from panels.services.referrals import Considered
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.advice import at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import errors, filled

WAITS = "Advice given, waiting for the officer’s decision."
HEARD = "The panel has heard this referral, and its advice waits for the officer: nothing that it heard is changed"
CHANGES = {
    "papers/": {"summary": "What was typed"},
    "categories/add/": {"category": "a", "evidence": "What was typed"},
    "schools/add/": {"note": "What was typed"},
    "schools/{school}/take-off/": {},
}


@pytest.fixture
def referral(advised: Referral) -> Referral:
    return advised


@pytest.fixture
def sitting_address(referral: Referral) -> str:
    return f"/panels/{referral.panel.code}/sittings/{TODAY}/"


@pytest.fixture
def screen(sitting_address: str) -> str:
    return f"{sitting_address}run/{AgendaItem.objects.get().pk}/"


def test_screen_of_an_item_holds_the_advice_and_says_beside_it_what_the_officer_decided(
    clerk: Client, manager: Client, referral: Referral, screen: str, receiving: School, other: School, cast: Cast
) -> None:
    assert f"Advised: School named.</b> Recommended. Everyone agreed. The officer decides. <b>{WAITS}" in words(
        clerk.get(screen)
    )
    decide(manager, referral, **otherwise(other, outcome="other", school="", starts_on="", departs_because=""))

    page = clerk.get(screen)

    form = page.context["form"]
    assert (form["outcome"].value(), form["school"].value()) == ("school_named", f"{receiving.name} ({receiving.urn})")
    assert form["starts_on"].value() == "16/11/2026"
    assert "Advised: School named.</b>" in words(page)
    assert f"{cast.ruth.name} declared no tie and decided otherwise than advised, on 4 November 2026. Other." in words(
        page
    )
    assert WAITS not in words(page)


def test_governance_tells_what_was_advised_and_what_the_officer_decided(
    clerk: Client, manager: Client, referral: Referral, sitting_address: str, other: School
) -> None:
    governance = f"{sitting_address}governance/"

    def decision() -> dict[str, str]:
        cell: dict[str, str] = clerk.get(governance).context["item_rows"][0]["cells"][-1]
        return cell

    assert decision()["text"] == "Advised: School named"
    assert decision()["second"].endswith(WAITS)
    assert "Nothing is decided yet." in words(clerk.get(governance))

    decide(manager, referral, **otherwise(other, outcome="other", school="", starts_on="", departs_because=""))

    assert decision()["text"] == "Advised: School named"
    assert decision()["second"].endswith("Decided otherwise by an officer, who declared no tie: Other.")
    assert "Where the panel advised, what the officer decided is counted." in words(clerk.get(governance))


def test_item_that_the_panel_decides_by_itself_is_told_as_recorded(
    clerk: Client, screen: str, sitting_address: str
) -> None:
    ItemRecord.objects.update(is_advice=False)

    assert "Recorded: School named.</b>" in words(clerk.get(screen))
    cell = clerk.get(f"{sitting_address}governance/").context["item_rows"][0]["cells"][-1]
    assert cell["text"] == "School named"


@pytest.mark.parametrize("tail", CHANGES)
def test_saved_link_to_change_what_the_panel_heard_leads_back_while_its_advice_waits(
    tail: str, clerk: Client, referral: Referral
) -> None:
    address = at(referral, tail.format(school=CandidateSchool.objects.get().pk))
    assert address not in words(clerk.get(at(referral)))

    answer = clerk.get(address, follow=True)

    assert answer.redirect_chain == [(at(referral), 302)]
    assert f"{HEARD}." in words(answer)
    ItemRecord.objects.update(recorded_at=None, recorded_by=None)
    assert address in words(clerk.get(at(referral)))
    assert clerk.get(address).status_code == 200


@pytest.mark.parametrize("tail", CHANGES)
def test_form_opened_before_the_panel_advised_changes_nothing_that_it_heard_and_stays_typed(
    tail: str, clerk: Client, referral: Referral, other: School, cast: Cast
) -> None:
    address = at(referral, tail.format(school=CandidateSchool.objects.get().pk))
    ItemRecord.objects.update(recorded_at=None, recorded_by=None)
    typed = CHANGES[tail] | ({"school": other.urn} if tail == "schools/add/" else {})
    sent = filled(clerk, address, **typed)
    ItemRecord.objects.update(recorded_at=NOW, recorded_by=cast.chair)

    answer = clerk.post(address, sent)

    assert errors(answer)["__all__"] == HEARD
    assert not CHANGES[tail] or "What was typed" in words(answer)
    assert CandidateSchool.objects.get().taken_off_at is None
    assert not ReferralCategory.objects.exists()
    assert Referral.objects.get().summary == ""


def test_advised_school_is_neither_taken_off_nor_joined_by_another(
    referral: Referral, other: School, cast: Cast
) -> None:
    with pytest.raises(service.AdviceGiven):
        service.take_off(by=cast.asha, at=NOW, referral=referral, candidate=CandidateSchool.objects.get())
    with pytest.raises(service.AdviceGiven):
        service.consider(by=cast.asha, at=NOW, on=TODAY, referral=referral, considered=Considered(other))
    assert CandidateSchool.objects.get().taken_off_at is None
