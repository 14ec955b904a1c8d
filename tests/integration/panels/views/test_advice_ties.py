"""An officer who decides on a panel's advice is asked of ties as the room is, and keeps connections as members do."""

from typing import Any

import pytest
from django.test import Client

from casework.models import School
from panels.models import Connection, ItemDeclaration, OfficerDecision, Referral, Sitting
from panels.services import advice as service
from panels.services.advice import OfficersWord
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories.advice import at, decide
from tests.integration.panels.words import words
from tests.page_form import errors, filled


@pytest.fixture
def referral(advised: Referral) -> Referral:
    return advised


@pytest.fixture
def sitting(referral: Referral) -> Sitting:
    found: Sitting = Sitting.objects.select_related("panel").get(panel=referral.panel)
    return found


def test_officer_is_asked_of_a_tie_first(manager: Client, referral: Referral, cast: Cast) -> None:
    answer = decide(manager, referral, tie="", follows="follows")

    assert errors(answer) == {"tie": "Choose whether you have a tie"}
    assert "Do you have a tie to the child, the family, or a school that is named or considered?" in words(answer)
    with pytest.raises(service.NotDeclared):
        service.decide(by=cast.ruth, at=NOW, on=TODAY, referral=referral, version=1, word=OfficersWord(follows=True))
    assert not OfficerDecision.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"follows": "departs", "starts_on": "soon", "school": "Nowhere"}])
def test_officer_who_has_a_tie_decides_nothing_and_is_out_from_then_on(
    typed: dict[str, str], manager: Client, clerk: Client, referral: Referral, cast: Cast
) -> None:
    here, there = at(referral, "decide/"), f"/panels/{referral.panel.code}/"
    sent = filled(manager, here, tie="yes", **typed)

    answers = [manager.post(here, sent, follow=True) for _ in range(2)]

    assert [answer.redirect_chain for answer in answers] == [[(there, 302)]] * 2
    assert "Your declaration is kept, and you are out of the item. Another officer decides" in words(answers[0])
    row = ItemDeclaration.objects.get()
    assert (row.referral, row.member, row.declared_by) == (referral, cast.ruth, cast.ruth)
    assert not OfficerDecision.objects.exists()
    for address in (at(referral), here):
        assert manager.get(address).status_code == 404
    assert referral.reference not in words(manager.get(f"{there}referrals/?state=all"))
    with pytest.raises(service.MayNot):
        service.decide(
            by=cast.ruth, at=NOW, on=TODAY, referral=referral, version=1,
            word=OfficersWord(follows=True, declares_no_tie=True),
        )  # fmt: skip
    # A colleague decides.
    assert decide(clerk, referral, follows="follows").status_code == 302


def test_officer_put_out_while_deciding_is_shown_nothing_of_the_item(
    manager: Client, referral: Referral, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def put_out(**_: Any) -> None:
        raise service.MayNot

    sent = filled(manager, at(referral, "decide/"), tie="no", follows="follows")
    monkeypatch.setattr("panels.views.advice.service.decide", put_out)

    assert manager.post(at(referral, "decide/"), sent).status_code == 404


def test_officer_without_a_seat_keeps_connections_which_put_them_out(
    manager: Client, referral: Referral, receiving: School, cast: Cast
) -> None:
    mine = "/panels/my-connections/"
    assert mine in manager.get("/panels/").content.decode()
    assert mine in manager.get(at(referral, "decide/")).content.decode()
    assert "You decide on panels’ advice without a seat" in words(manager.get(mine))
    declare = f"{mine}declare/"
    sent = {"trust": ""} | filled(manager, declare, kind="works_at", school=receiving.urn)

    assert "The clerk sees it" not in words(manager.post(declare, sent, follow=True))

    assert Connection.objects.get().person == cast.ruth
    assert manager.get(at(referral)).status_code == 404
    assert manager.get(at(referral, "decide/")).status_code == 404
    end = f"{mine}{Connection.objects.get().pk}/end/"
    assert manager.post(end, filled(manager, end, last_day="today", because="Left")).status_code == 302


def test_officers_word_to_have_no_tie_stands_with_the_decision_and_among_the_ties(
    manager: Client, clerk: Client, referral: Referral, sitting: Sitting
) -> None:
    decide(manager, referral, follows="follows")

    assert OfficerDecision.objects.get().declared_no_tie
    page = words(clerk.get(f"/panels/{referral.panel.code}/sittings/{sitting.on}/governance/"))
    said = "Decisions of an officer on the panel’s advice: 1, of which with the officer’s word to have no tie: 1."
    assert said in page
