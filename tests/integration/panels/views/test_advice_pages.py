"""A panel that advises: its advice waits for an officer, who follows it or departs, and both stand on the file."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import School, TimelineEvent
from exclusions.models import Exclusion
from panels.models import (
    AgendaItem,
    CandidateSchool,
    ItemRecord,
    OfficerDecision,
    Panel,
    Referral,
    Sitting,
)
from panels.selectors.letters import letters_of
from panels.selectors.placement_list import listed
from panels.selectors.placements import placement_of
from panels.selectors.turns import turns_of
from panels.services import advice as service
from panels.services import agendas, records
from panels.services.advice import OfficersWord
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.factories.advice import STARTS, at, decide, otherwise
from tests.integration.panels.words import words
from tests.page_form import errors, filled
from tests.queries import asked

WAITS = "Advice given, waiting for the officer’s decision"


@pytest.fixture
def referral(advised: Referral) -> Referral:
    return advised


@pytest.fixture
def sitting(referral: Referral) -> Sitting:
    found: Sitting = Sitting.objects.select_related("panel").get(panel=referral.panel)
    return found


def test_until_the_officer_decides_it_waits_and_nothing_follows(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, cast: Cast
) -> None:
    page = words(manager.get(at(referral)))
    assert WAITS in page
    assert "School named: Receiving School, from 16 November 2026." in page
    assert "Decide on the advice" in page
    assert "Placement at" not in page
    assert WAITS in words(clerk.get(f"/panels/{referral.panel.code}/referrals/?state=advised"))
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/"
    assert WAITS in words(clerk.get(f"{here}items/{referral.reference}/"))
    assert WAITS in words(clerk.get(f"{here}run/{AgendaItem.objects.get().pk}/"))
    letters = words(clerk.get(f"{here}letters/"))
    assert "7KQ4M2: advice given, waiting for the officer’s decision" in letters
    assert "Ottoline" not in letters
    assert WAITS in words(clerk.get(f"{here}minutes/"))

    found = letters_of(cast.asha, sitting, on=TODAY)
    assert found
    assert found.due == ()
    assert placement_of(Referral.objects.get(), on=TODAY) is None
    assert turns_of(referral.panel, on=TODAY).ledger.placements == ()


def test_decision_that_does_not_advise_waits_for_nobody(clerk: Client, referral: Referral) -> None:
    ItemRecord.objects.update(is_advice=False)

    assert WAITS not in words(clerk.get(at(referral)))
    answer = clerk.get(at(referral, "decide/"), follow=True)
    assert answer.redirect_chain == [(at(referral), 302)]
    assert "No advice on this referral waits for an officer." in words(answer)


def test_item_that_is_reopened_while_the_officer_types_loses_nothing(
    manager: Client, referral: Referral, other: School, cast: Cast
) -> None:
    here = at(referral, "decide/")
    typed = filled(manager, here, tie="no", **otherwise(other, support="A bus pass"))
    ItemRecord.objects.update(recorded_at=None, recorded_by=None, version=2)

    answer = manager.post(here, typed)

    assert answer.status_code == 200
    assert errors(answer)["__all__"].startswith("The advice was decided on, reopened or withdrawn meanwhile")
    for each in ("The family lives next to it.", "Nearer", "A bus pass", other.urn):
        assert each in answer.content.decode()
    assert "Works well in small groups." not in answer.content.decode()
    assert not OfficerDecision.objects.exists()
    assert not CandidateSchool.objects.filter(school=other).exists()

    rows.connection(cast.ruth, kind="works_at", school=referral.exclusion.school if referral.exclusion else None)
    assert manager.post(here, typed).status_code == 404


def test_advice_on_a_referral_withdrawn_meanwhile_is_not_decided_and_says_so(
    manager: Client, referral: Referral, cast: Cast
) -> None:
    address = at(referral, "decide/")
    sent = filled(manager, address, follows="follows")
    withdrawn = {"withdrawn_at": NOW, "withdrawn_by": cast.asha, "withdrawn_because": "Moved to Wales"}
    Referral.objects.filter(pk=referral.pk).update(**withdrawn)

    for answer in (manager.get(address, follow=True), manager.post(address, sent, follow=True)):
        assert answer.redirect_chain == [(at(referral), 302)]
        assert "This referral is withdrawn: there is nothing to decide." in words(answer)
    assert address not in words(manager.get(at(referral)))
    assert not OfficerDecision.objects.exists()


def test_officer_who_follows_lets_the_advice_stand_from_that_day(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, receiving: School, cast: Cast
) -> None:
    assert decide(manager, referral, follows="follows").headers["Location"] == at(referral)

    row = OfficerDecision.objects.get()
    assert (row.follows, row.decided_by, row.decided_on, row.because) == (True, cast.ruth, TODAY, "")
    held = Referral.objects.get()
    assert (held.decided_on, held.outcome) == (TODAY, "school_named")
    said = f"{cast.ruth.name} declared no tie and decided as the panel advised, on 4 November 2026."
    page = words(clerk.get(at(referral)))
    assert said in page
    assert "School named: Receiving School, from 16 November 2026." in page
    assert "Placement at Receiving School" in page
    assert "the officer named the school" in page
    assert "The day that the officer gave" in page
    assert "the panel named the school" not in page
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/"
    minutes = words(clerk.get(f"{here}minutes/"))
    assert "The panel advises: School named: Receiving School, from 16 November 2026." in minutes
    assert said in minutes
    assert turns_of(referral.panel, on=TODAY).ledger.placements[0].urn == int(receiving.urn)
    body = filled(clerk, letter_to_parent(clerk, here))["body"]
    assert "what was decided on the advice of the Fair Access Panel, secondary" in body
    assert "Its advice: School named: Receiving School, from 16 November 2026." in body
    assert f"{cast.ruth.name} decides for the council, and decided on Wednesday 4 November 2026" in body
    assert "as the panel advised: School named, Receiving School." in body
    assert referral.exclusion
    told = words(clerk.get(f"/exclusions/{referral.exclusion.case.reference}/"))
    assert "Officer’s decision on the advice of" in told


def letter_to_parent(client: Client, here: str) -> str:
    page = client.get(f"{here}letters/")
    href: str = page.context["rows"][0]["cells"][0]["href"]
    return href


def test_officer_who_departs_says_why_and_both_stand_on_the_file(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, other: School, cast: Cast
) -> None:
    assert decide(manager, referral, **otherwise(other)).headers["Location"] == at(referral)

    row = OfficerDecision.objects.get()
    assert (row.follows, row.advised_school, row.advised_starts_on) == (
        False,
        CandidateSchool.objects.earliest("pk").school,
        STARTS,
    )
    record = ItemRecord.objects.get()
    assert (record.school, record.starts_on, record.version) == (other, date(2026, 11, 23), 1)
    page = words(clerk.get(at(referral)))
    assert "School named: Receiving School, from 16 November 2026." in page
    departs = (
        f"{cast.ruth.name} declared no tie and decided otherwise than advised, on 4 November 2026."
        " School named: Other School, from 23 November 2026. Out of turn, because: Nearer. Support: none."
        " Why: The family lives next to it."
    )
    assert departs in page
    assert "Placement at Other School" in page
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/"
    minutes = words(clerk.get(f"{here}minutes/"))
    assert "The panel advises: School named: Receiving School, from 16 November 2026." in minutes
    assert departs in minutes
    body = filled(clerk, letter_to_parent(clerk, here))["body"]
    assert "otherwise than it advised: School named, Other School." in body
    assert f"Why {cast.ruth.name} decided so" in body
    assert "The family lives next to it." in body
    assert "Why the panel advised otherwise" in body
    event = TimelineEvent.objects.get(event="panel_advice_decided")
    assert (event.by, event.data["outcome"], event.data["follows"]) == (cast.ruth, "school_named", "")
    governed = words(clerk.get(f"{here}governance/"))
    assert governed.count("Decided otherwise by an officer, who declared no tie: School named.") == 1


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"reasons": ""}, "reasons", "Write why you depart from the advice"),
        ({"outcome": ""}, "outcome", "Choose what you decide"),
        ({"school": ""}, "school", "Name the school"),
        ({"starts_on": "3/11/2026"}, "starts_on", "The start must be today or later"),
        ({"starts_on": ""}, "starts_on", "Enter the day on which the child starts"),
        ({"follows": ""}, "follows", "Choose whether you decide as the panel advised"),
        ({"outcome": "not_for_this_panel"}, "school", "Leave this empty: “Not for this panel” names no school"),
        ({"outcome": "other"}, "departs_because", "Leave this empty: “Other” names no school"),
    ],
)
def test_departure_without_what_it_needs_is_not_recorded_and_keeps_what_was_typed(
    changes: dict[str, str], field: str, says: str, manager: Client, referral: Referral, other: School
) -> None:
    answer = decide(manager, referral, **otherwise(other, **changes))

    assert errors(answer)[field] == says
    if field != "reasons":
        assert "The family lives next to it." in answer.content.decode()
    assert not OfficerDecision.objects.exists()
    assert Referral.objects.get().decided_on is None


@pytest.mark.parametrize(
    "field", ["outcome", "school", "departs_because", "starts_on", "conditions", "support", "reasons"]
)
def test_answer_of_a_departure_is_not_dropped_where_the_advice_is_followed(
    field: str, manager: Client, referral: Referral, other: School
) -> None:
    typed = (otherwise(other) | {"conditions": ["outreach"], "support": "Taxi"})[field]

    answer = decide(manager, referral, follows="follows", **{field: typed})

    assert errors(answer) == {field: "Leave this empty to decide as the panel advised, or choose Otherwise"}
    assert (typed if isinstance(typed, str) else typed[0]) in answer.content.decode()
    assert not OfficerDecision.objects.exists()


def test_second_tab_is_told_that_it_was_decided_before_and_a_second_click_is_not(
    manager: Client, referral: Referral, other: School
) -> None:
    here = at(referral, "decide/")
    first, second = (
        filled(manager, here, tie="no", follows="follows"),
        filled(manager, here, tie="no", **otherwise(other)),
    )
    manager.post(here, first)
    told = "The advice was decided on before you sent this. Your answers are not recorded"

    assert told not in words(manager.post(here, first, follow=True))
    assert told in words(manager.post(here, second, follow=True))
    assert OfficerDecision.objects.get().follows


@pytest.mark.parametrize(("typed", "told"), [("4/11/2028", False), ("1/1/2062", True)])
def test_start_far_ahead_is_refused_at_its_field(
    typed: str, told: bool, manager: Client, referral: Referral, other: School
) -> None:
    answer = decide(manager, referral, **otherwise(other, starts_on=typed))

    assert OfficerDecision.objects.exists() is not told
    if told:
        assert errors(answer) == {"starts_on": "It lies more than two years ahead: check the year"}


def test_advice_whose_first_day_has_passed_cannot_be_followed(manager: Client, referral: Referral) -> None:
    ItemRecord.objects.update(starts_on="2026-11-03")

    assert "has passed" in errors(decide(manager, referral, follows="follows"))["follows"]
    assert not OfficerDecision.objects.exists()


def test_officer_who_is_out_of_the_item_decides_nothing(
    manager: Client, referral: Referral, exclusion: Exclusion, cast: Cast
) -> None:
    version = ItemRecord.objects.get().version
    rows.connection(cast.ruth, kind="works_at", school=exclusion.school)

    assert manager.get(at(referral, "decide/")).status_code == 404
    assert manager.post(at(referral, "decide/"), {"follows": "follows", "version": version}).status_code == 404
    with pytest.raises(service.MayNot):
        service.decide(
            by=cast.ruth,
            at=NOW,
            on=TODAY,
            referral=referral,
            version=version,
            word=OfficersWord(follows=True, declares_no_tie=True),
        )
    assert not OfficerDecision.objects.exists()


def test_officer_who_names_a_school_they_are_tied_to_decides_nothing(
    manager: Client, referral: Referral, other: School, cast: Cast
) -> None:
    rows.connection(cast.ruth, kind="works_at", school=other)

    answer = decide(manager, referral, **otherwise(other))

    assert errors(answer)["school"].startswith("Your connections tie you to this school")
    assert "The family lives next to it." in answer.content.decode()

    assert not OfficerDecision.objects.exists()
    assert not CandidateSchool.objects.filter(school=other).exists()


def test_only_an_officer_decides(referral: Referral, cast: Cast) -> None:
    for who in (cast.imran, cast.chair, cast.administrator):
        with pytest.raises(service.MayNot):
            service.decide(
                by=who,
                at=NOW,
                on=TODAY,
                referral=referral,
                version=1,
                word=OfficersWord(follows=True, declares_no_tie=True),
            )


def test_advice_is_decided_on_once_and_never_changed(manager: Client, referral: Referral, cast: Cast) -> None:
    decide(manager, referral, follows="follows")

    assert manager.get(at(referral, "decide/")).headers["Location"] == at(referral)
    with pytest.raises(service.NoAdvice):
        service.decide(
            by=cast.asha,
            at=NOW,
            on=TODAY,
            referral=referral,
            version=1,
            word=OfficersWord(follows=True, declares_no_tie=True),
        )
    with pytest.raises(InternalError), transaction.atomic():
        OfficerDecision.objects.update(follows=False, because="Slip")


def test_advice_that_was_given_anew_is_read_again(referral: Referral, cast: Cast) -> None:
    with pytest.raises(service.Stale):
        service.decide(
            by=cast.ruth,
            at=NOW,
            on=TODAY,
            referral=referral,
            version=7,
            word=OfficersWord(follows=True, declares_no_tie=True),
        )
    ItemRecord.objects.update(recorded_at=None, recorded_by=None)
    with pytest.raises(service.NoAdvice):
        service.decide(
            by=cast.ruth,
            at=NOW,
            on=TODAY,
            referral=referral,
            version=1,
            word=OfficersWord(follows=True, declares_no_tie=True),
        )


def test_item_is_not_reopened_once_the_officer_has_decided(
    referral: Referral, sitting: Sitting, cast: Cast, clerk: Client, manager: Client
) -> None:
    item = AgendaItem.objects.get()
    screen = f"/panels/{referral.panel.code}/sittings/{sitting.on}/run/{item.pk}/"
    here = f"{screen}reopen/"
    assert here in words(clerk.get(screen))
    sent = filled(clerk, here)
    decide(manager, referral, follows="follows")

    with pytest.raises(records.OfficerDecided):
        records.reopen(by=cast.asha, at=NOW, on=TODAY, sitting=sitting, item=item.pk)
    assert "An officer has decided on the advice" in words(clerk.post(here, sent))
    answer = clerk.get(here, follow=True)
    assert answer.redirect_chain == [(screen, 302)]
    assert "An officer has decided on the advice: it can no longer be reopened." in words(answer)
    assert here not in words(clerk.get(screen))


def test_referral_with_advice_is_not_listed_again(clerk: Client, referral: Referral, fap: Panel, cast: Cast) -> None:
    AgendaItem.objects.update(taken_off_at=None)
    to_come = sitting_rows.sitting(fap, by=cast.asha, on=date(2026, 11, 18))
    Sitting.objects.filter(on=TODAY).update(on=date(2026, 11, 3))

    with pytest.raises(agendas.AdviceWaits):
        agendas.list_referral(by=cast.asha, at=NOW, today=TODAY, sitting=to_come, referral=referral, minutes=10)


def test_minutes_that_were_corrected_before_stay_when_the_officer_decides(
    clerk: Client, manager: Client, referral: Referral, sitting: Sitting, other: School
) -> None:
    here = f"/panels/{referral.panel.code}/sittings/{sitting.on}/minutes/"
    correct = f"{here}{AgendaItem.objects.get().pk}/correct/"
    clerk.post(correct, filled(clerk, correct, discussion="The mother spoke."))

    decide(manager, referral, **otherwise(other))

    minutes = words(clerk.get(here))
    assert "The mother spoke." in minutes
    assert "Why: The family lives next to it." in minutes


def test_place_is_listed_from_the_officers_day_which_need_not_be_the_sittings(
    referral: Referral, receiving: School, cast: Cast
) -> None:
    day = TODAY + timedelta(days=2)
    assert not listed(cast.asha, referral.panel, on=day, show="all").exists()

    service.decide(
        by=cast.ruth,
        at=NOW,
        on=day,
        referral=referral,
        version=1,
        word=OfficersWord(follows=True, declares_no_tie=True),
    )

    (found,) = listed(cast.asha, referral.panel, on=day)
    assert (found.pk, found.decided_on) == (referral.pk, day)
    placement = placement_of(found, on=day)
    assert placement is not None
    assert placement.school == receiving


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("sen", "E", "The child has an EHC plan. Children with a plan are placed by consultation and naming"),
        ("social_care", "looked after", "The child is looked after. By this panel’s terms"),
    ],
)
def test_officer_names_no_school_for_a_child_whom_the_panel_may_not_place_by_now(
    kind: str, value: str, says: str, clerk: Client, manager: Client, referral: Referral, other: School
) -> None:
    referral_rows.says_of(referral.pupil, kind, value)

    here = f"/panels/{referral.panel.code}/sittings/{TODAY}/"
    before = (at(referral), at(referral, "decide/"))
    for page in (*before, f"{here}items/{referral.reference}/", f"{here}run/{AgendaItem.objects.get().pk}/"):
        shown = unescape(words((manager if page in before else clerk).get(page)))
        assert says.replace("’", "'") in shown.replace("’", "'")
    for typed, field in (({"follows": "follows"}, "follows"), (otherwise(other), "outcome")):
        answer = decide(manager, referral, **typed)
        assert says.replace("’", "'") in errors(answer)[field].replace("’", "'")
    assert "The family lives next to it." in answer.content.decode()
    assert not OfficerDecision.objects.exists()

    assert decide(manager, referral, **otherwise(other, outcome="not_for_this_panel", school="", starts_on="", departs_because="")).status_code == 302  # fmt: skip


def test_officer_names_no_school_that_excluded_the_child_for_good(
    manager: Client, referral: Referral, exclusion: Exclusion, receiving: School
) -> None:
    says = f"{exclusion.school.name} excluded the child permanently"

    offered = manager.get(at(referral, "decide/")).content.decode()
    assert receiving.urn in offered
    assert exclusion.school.urn not in offered
    answer = decide(manager, referral, **otherwise(exclusion.school))
    assert errors(answer)["school"].startswith(says)
    assert "The family lives next to it." in answer.content.decode()
    ItemRecord.objects.update(school=exclusion.school)
    assert errors(decide(manager, referral, follows="follows"))["follows"].startswith(says)
    assert not OfficerDecision.objects.exists()


def test_page_shows_what_the_decision_needs(
    manager: Client, referral: Referral, receiving: School, exclusion: Exclusion, cast: Cast
) -> None:
    for school in (receiving, exclusion.school):
        CandidateSchool.objects.update_or_create(
            referral=referral, school=school, defaults={"miles": 2, "added_at": NOW, "added_by": cast.asha}
        )

    page = words(manager.get(at(referral, "decide/")))

    assert "<b>Place to be allocated by:</b>" in page
    assert "Schools considered" in page
    assert "2.0" in page
    assert "What each choice does" in page
    assert "Balance now" in page
    assert "Next by turn" in page
    turn = "By turn the place goes to Receiving School."
    assert page.count(turn) == 2
    assert f"{turn} To name another school departs from it. Printed in the minutes" in page
    assert f"<b>{exclusion.school.name} excluded the child permanently" in page
    assert f'href="{at(referral)}#file"' in page
    assert page.index("Do you have a tie") < page.index("The panel advises") < page.index("What do you decide?")


@pytest.mark.parametrize("number", [2, 30])
def test_page_asks_as_much_for_many_schools_as_for_few(
    number: int, manager: Client, referral: Referral, receiving: School, cast: Cast
) -> None:
    for each in range(number):
        school = sitting_rows.another_school(f"School {each}", receiving)
        CandidateSchool.objects.create(referral=referral, school=school, added_at=NOW, added_by=cast.asha)
    here = at(referral, "decide/")
    manager.get(here)

    with CaptureQueriesContext(connection) as captured:
        assert manager.get(here).status_code == 200

    assert len(asked(captured)) == 31
