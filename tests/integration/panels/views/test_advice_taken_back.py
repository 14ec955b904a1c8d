"""A slip of the officer's is taken back while nothing hangs on it: the advice waits again, and both stay in sight."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client

from casework.models import RollSpell, School, TimelineEvent
from panels.models import (
    AgendaItem,
    CandidateSchool,
    DecisionLetter,
    ItemRecord,
    OfficerDecision,
    Panel,
    PlacementStep,
    Referral,
    Sitting,
)
from panels.selectors.letters import letters_of
from panels.selectors.placement_list import listed
from panels.selectors.placements import placement_of
from panels.selectors.turns import turns_of
from panels.services import advice as service
from panels.services import records
from panels.services.advice import OfficersWord
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories.advice import STARTS, at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import errors, filled

LATER = NOW + timedelta(hours=1)
BECAUSE = "The wrong school was chosen from the list."


@pytest.fixture
def referral(advised: Referral) -> Referral:
    return advised


@pytest.fixture
def decided(manager: Client, referral: Referral, other: School) -> OfficerDecision:
    """An officer's decision that departs from the advice."""
    assert decide(manager, referral, **otherwise(other)).status_code == 302
    found: OfficerDecision = OfficerDecision.objects.select_related("item__sitting__panel").get()
    return found


def here(row: OfficerDecision) -> str:
    assert row.item.referral
    return at(row.item.referral, f"decisions/{row.pk}/take-back/")


def take_back(client: Client, row: OfficerDecision, **typed: Any) -> Any:
    return client.post(here(row), filled(client, here(row), **({"because": BECAUSE} | typed)))


def stands() -> tuple[Any, ...]:
    """Return the decision as it stands everywhere that it is held."""
    record, referral = ItemRecord.objects.get(), Referral.objects.get()
    return (record.school, record.outcome, record.starts_on, record.departs_because, referral.decided_on)


def test_page_says_what_becomes_of_the_advice_and_is_reached_from_the_referral(
    manager: Client, decided: OfficerDecision, other: School
) -> None:
    assert here(decided) in manager.get(at(decided.item.referral)).content.decode()  # type: ignore[arg-type]
    page = words(manager.get(here(decided)))

    assert "The panel’s advice stands again" in page
    assert "School named: Receiving School, from 16 November 2026." in page
    assert f"{other.name} stays among the schools considered" in page


def test_advice_stands_again_and_waits_and_the_decision_stays_in_sight(
    manager: Client, clerk: Client, decided: OfficerDecision, referral: Referral, receiving: School, other: School,
    cast: Cast,
) -> None:  # fmt: skip
    version = Referral.objects.get().version

    assert take_back(manager, decided).headers["Location"] == at(referral)

    assert stands() == (receiving, "school_named", STARTS, "", None)
    held = Referral.objects.get()
    assert (held.outcome, held.version) == ("", version + 1)
    decided.refresh_from_db()
    assert (decided.withdrawn_by, decided.withdrawn_because) == (cast.ruth, BECAUSE)
    page = words(clerk.get(at(referral)))
    assert "Advice given, waiting for the officer’s decision" in page
    assert "Decide on the advice" in page
    assert "Placement at" not in page
    assert (
        "<b>Taken back:</b> Ruth Penhale declared no tie and decided otherwise than advised, on 4 November 2026."
        in page
    )
    assert "School named: Other School, from 23 November 2026. Why: The family lives next to it." in page
    assert f"Taken back by Ruth Penhale on 4 November 2026: {BECAUSE}" in page
    assert CandidateSchool.objects.filter(school=other, taken_off_at=None).exists()
    sitting: Sitting = decided.item.sitting
    assert "waiting for the officer’s decision" in words(
        clerk.get(f"/panels/{sitting.panel.code}/sittings/{sitting.on}/minutes/")
    )
    letters = letters_of(cast.asha, sitting, on=TODAY)
    assert letters
    assert letters.due == ()
    assert placement_of(held, on=TODAY) is None
    assert not listed(cast.asha, referral.panel, on=TODAY, show="all").exists()
    assert turns_of(referral.panel, on=TODAY).ledger.placements == ()
    event = TimelineEvent.objects.get(event="panel_advice_taken_back")
    assert (event.by, event.data["advised"]) == (cast.ruth, "school_named")
    assert referral.exclusion
    told = words(clerk.get(f"/exclusions/{referral.exclusion.case.reference}/"))
    assert "taken back on Wednesday 4 November 2026: the advice waits again (School named)" in told


def test_turn_that_was_advised_stands_again(
    manager: Client, referral: Referral, receiving: School, other: School
) -> None:
    ItemRecord.objects.update(suggested=receiving, departs_because="Full")
    decide(manager, referral, **otherwise(other))
    assert ItemRecord.objects.get().departs_because == "Nearer"

    take_back(manager, OfficerDecision.objects.get())

    record = ItemRecord.objects.get()
    assert (record.suggested, record.departs_because) == (receiving, "Full")


def test_it_is_decided_again_and_every_page_reads_the_decision_in_force(
    manager: Client, clerk: Client, decided: OfficerDecision, referral: Referral, receiving: School, cast: Cast
) -> None:
    take_back(manager, decided)
    sitting: Sitting = decided.item.sitting
    day = TODAY + timedelta(days=1)

    service.decide(
        by=cast.asha, at=LATER, on=day, referral=Referral.objects.get(), version=1,
        word=OfficersWord(follows=True, declares_no_tie=True),
    )  # fmt: skip

    assert OfficerDecision.objects.count() == 2
    (found,) = listed(cast.asha, referral.panel, on=day)
    assert found.decided_on == day
    placement = placement_of(found, on=day)
    assert placement
    assert placement.school == receiving
    letters = letters_of(cast.asha, sitting, on=day)
    assert letters
    assert {one.record.officer.decided_by for one in letters.due if one.record.officer} == {cast.asha}
    tail = f"/panels/{sitting.panel.code}/sittings/{sitting.on}/"
    page = words(clerk.get(f"{tail}governance/"))
    assert "Decided otherwise by an officer, who declared no tie, and taken back on 4 November 2026." in page
    assert "Decided so by an officer, who declared no tie: School named." in page
    assert "Decisions of an officer on the panel’s advice: 1" in page
    minutes = words(clerk.get(f"{tail}minutes/"))
    assert "Asha Verma declared no tie and decided as the panel advised, on 5 November 2026." in minutes
    assert "decided otherwise" not in minutes
    referral_page = words(clerk.get(at(referral)))
    assert "<b>Taken back:</b> Ruth Penhale" in referral_page
    assert "Asha Verma declared no tie and decided as" in referral_page


def test_reason_is_asked_for_and_nothing_is_taken_back_without(manager: Client, decided: OfficerDecision) -> None:
    before = stands()

    assert errors(take_back(manager, decided, because="")) == {"because": "Enter why it is taken back"}

    assert stands() == before
    assert OfficerDecision.objects.get().withdrawn_at is None


def letter(row: OfficerDecision, cast: Cast) -> None:
    DecisionLetter.objects.create(
        item=row.item, record_version=1, school=ItemRecord.objects.get().school, body="Dear", sent_at=LATER,
        sent_by=cast.asha,
    )  # fmt: skip


def step(row: OfficerDecision, cast: Cast) -> None:
    school = ItemRecord.objects.get().school
    assert row.item.referral
    assert school
    PlacementStep.objects.create(
        referral=row.item.referral, school=school, step="asked", on=TODAY, recorded_at=LATER, recorded_by=cast.asha
    )


def follow_up(row: OfficerDecision, cast: Cast) -> None:
    school = ItemRecord.objects.get().school
    assert row.item.referral
    assert school
    made = placement_rows.follow_up(row.item.referral, school, 6, "there", TODAY, by=cast.asha)
    type(made).objects.filter(pk=made.pk).update(recorded_at=LATER)


def on_roll(row: OfficerDecision, cast: Cast) -> None:
    school = ItemRecord.objects.get().school
    assert row.item.referral
    assert school
    RollSpell.objects.create(pupil=row.item.referral.pupil, school=school, first_day=TODAY, year_group="9")


def referred_again(row: OfficerDecision, cast: Cast) -> None:
    assert row.item.referral
    Referral.objects.create(
        reference="3GH5J7", panel=row.item.referral.panel, pupil=row.item.referral.pupil, route="mid_year",
        referred_on=TODAY, referred_at=LATER, referred_by=cast.asha,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("follows", "says"),
    [
        (letter, "A letter has told of the decision. What a parent or a school was told stands"),
        (step, "Steps of the placement are on the file: take them back first"),
        (follow_up, "The placement was followed up: take the follow-ups back first"),
        (on_roll, "The child is on the roll of the school that was named"),
        (referred_again, "The child was referred to a panel since: withdraw that referral first"),
    ],
)
def test_what_followed_is_taken_back_first_which_is_said_before_anything_is_typed(
    follows: Any, says: str, manager: Client, decided: OfficerDecision, cast: Cast
) -> None:
    typed = filled(manager, here(decided), because=BECAUSE)
    before = ItemRecord.objects.values().get()
    follows(decided, cast)

    page = manager.get(here(decided))
    assert says in words(page)
    assert "Why it is taken back" not in words(page)
    answer = manager.post(here(decided), typed)

    assert says in words(answer)
    assert BECAUSE in answer.content.decode()
    assert ItemRecord.objects.values().get() == before
    assert OfficerDecision.objects.get().withdrawn_at is None


def test_referral_that_the_officer_may_not_see_is_not_told_of(
    manager: Client, decided: OfficerDecision, cast: Cast, other: School
) -> None:
    referred_again(decided, cast)
    again = Referral.objects.get(reference="3GH5J7")
    tied = School.objects.get(name="Receiving School")
    school = School.objects.create(urn="999977", name="Third School", authority=tied.authority, kind="academy",
                                   phase="secondary", opened_on=date(2000, 1, 1))  # fmt: skip
    CandidateSchool.objects.create(referral=again, school=school, added_at=NOW, added_by=cast.asha)
    rows.connection(cast.ruth, kind="works_at", school=school)

    page = words(manager.get(here(decided)))

    assert "Something else hangs on the decision: ask a colleague" in page
    assert "referred to a panel since" not in page


def test_second_click_is_harmless_and_a_decision_is_taken_back_once(
    manager: Client, decided: OfficerDecision, referral: Referral, cast: Cast
) -> None:
    typed = filled(manager, here(decided), because=BECAUSE)

    for _ in range(2):
        assert manager.post(here(decided), typed).headers["Location"] == at(referral)

    assert TimelineEvent.objects.filter(event="panel_advice_taken_back").count() == 1
    assert manager.get(here(decided)).headers["Location"] == at(referral)
    with pytest.raises(service.AlreadyTakenBack):
        service.take_back(by=cast.asha, at=LATER, on=TODAY, decision=decided, because="Twice")


def test_whoever_decides_on_no_advice_or_is_out_takes_nothing_back(
    manager: Client, decided: OfficerDecision, cast: Cast, other: School
) -> None:
    for who in (cast.imran, cast.chair, cast.administrator):
        with pytest.raises(service.MayNot):
            service.take_back(by=who, at=LATER, on=TODAY, decision=decided, because=BECAUSE)
    typed = filled(manager, here(decided), because=BECAUSE)
    rows.connection(cast.ruth, kind="works_at", school=other)
    assert manager.get(here(decided)).status_code == 404
    assert manager.post(here(decided), typed).status_code == 404
    with pytest.raises(service.MayNot):
        service.take_back(by=cast.ruth, at=LATER, on=TODAY, decision=decided, because=BECAUSE)
    assert OfficerDecision.objects.get().withdrawn_at is None


def test_table_refuses_any_change_but_the_taking_back_and_that_twice_and_deletion(
    manager: Client, decided: OfficerDecision
) -> None:
    rows_of_it = OfficerDecision.objects.filter(pk=decided.pk)
    with pytest.raises(InternalError), transaction.atomic():
        rows_of_it.update(because="Slip")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows_of_it.update(withdrawn_at=NOW)
    with pytest.raises(InternalError), transaction.atomic():
        rows_of_it.delete()
    copy = OfficerDecision.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficerDecision.objects.create(**{name: value for name, value in copy.items() if name != "id"})

    take_back(manager, decided)

    for change in ({"because": "Slip"}, {"withdrawn_because": "Other"}):
        with pytest.raises(InternalError), transaction.atomic():
            rows_of_it.update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        rows_of_it.update(withdrawn_at=None, withdrawn_by=None, withdrawn_because="", withdrawn_decision="")


def test_item_may_be_reopened_again_once_the_decision_is_taken_back(
    manager: Client, decided: OfficerDecision, cast: Cast
) -> None:
    sitting = decided.item.sitting
    with pytest.raises(records.OfficerDecided):
        records.reopen(by=cast.asha, at=LATER, on=TODAY, sitting=sitting, item=decided.item_id)
    take_back(manager, decided)

    records.reopen(by=cast.asha, at=LATER, on=TODAY, sitting=sitting, item=decided.item_id)

    assert ItemRecord.objects.get().recorded_at is None


def test_decision_of_another_referral_is_not_there(
    manager: Client, decided: OfficerDecision, referral: Referral, fap: Panel
) -> None:
    assert manager.get(at(referral, "decisions/2000000000/take-back/")).status_code == 404
    AgendaItem.objects.update(taken_off_at=NOW, taken_off_by=decided.decided_by, taken_off_because="Slip")
    assert manager.get(here(decided)).status_code == 404
