"""The screen of a sitting: who is in the room, what is written and kept, what the panel decides, and reopening."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from casework.models import Reading, RollSpell, TimelineEvent
from exclusions.models import Exclusion
from panels.models import AgendaItem, Attendance, ItemRecord, Panel, Referral, Sitting
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from tests.cast import Cast, signed_in
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

HERE = f"/panels/spp/sittings/{TODAY}/"
RUN = f"{HERE}run/"
DECIDED = {"outcome": "mainstream", "cost_seen": "after", "reasons": "Works well in small groups.", "agreed": "chair"}


def panel_of(cast: Cast, **terms: Any) -> Panel:
    panel = rows.panel("spp", name="Specialist Placement Panel", kind=PanelKind.SPECIALIST_PLACEMENT.value)
    facts: dict[str, Any] = {
        "routes": ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT],
        "looked_after_placed_elsewhere": False,
        "quorum": (Need(2),),
        "decision_model": DecisionModel.CHAIR,
        "casting_vote": False,
    }
    rows.terms(panel, by=cast.administrator, **(facts | terms))
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD, vice_chair_order=1)
    rows.member(panel, cast.imran, by=cast.administrator, role=MemberRole.OFFICER)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    return panel


@pytest.fixture
def spp(cast: Cast) -> Panel:
    return panel_of(cast)


@pytest.fixture
def item(spp: Panel, exclusion: Exclusion, cast: Cast) -> AgendaItem:
    return on_the_agenda(spp, exclusion, cast)


def on_the_agenda(panel: Panel, exclusion: Exclusion, cast: Cast) -> AgendaItem:
    referral = referral_rows.referral(panel, exclusion.case.pupil, by=cast.asha)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    found = sitting_rows.listed(sitting, referral, by=cast.asha)
    sitting_rows.business(sitting, "Turns of the year", by=cast.asha)
    sitting_rows.declared(sitting, cast.chair, cast.member, cast.imran)
    return found


@pytest.fixture
def chair(item: AgendaItem, cast: Cast) -> Client:
    return signed_in(Client(), cast.chair)


def at(item: AgendaItem, tail: str = "") -> str:
    return f"{RUN}{item.pk}/{tail}"


def everybody(cast: Cast) -> list[str]:
    return [str(person.pk) for person in (cast.chair, cast.member, cast.imran, cast.asha)]


def send(client: Client, item: AgendaItem, present: list[str], **typed: Any) -> Any:
    sent = filled(client, at(item), present=present, do="record", **typed)
    return client.post(at(item), {name: "" if value is None else value for name, value in sent.items()})


def decide(client: Client, item: AgendaItem, cast: Cast, **changes: Any) -> Any:
    return send(client, item, everybody(cast), **(DECIDED | changes))


def test_chair_runs_the_sitting_item_after_item(chair: Client, item: AgendaItem, cast: Cast) -> None:
    assert "Run the sitting" in words(chair.get(HERE))
    business = AgendaItem.objects.get(referral=None)
    assert chair.get(RUN).headers["Location"] == at(item)

    assert decide(chair, item, cast).headers["Location"] == at(business)
    assert chair.get(RUN).headers["Location"] == at(business)
    sent = filled(chair, at(business), do="record", discussion="Read out.")
    assert chair.post(at(business), sent).headers["Location"] == HERE

    held = ItemRecord.objects.get(item=item)
    assert (held.presided_by, held.recorded_by, held.number_out) == (cast.chair, cast.chair, 0)
    assert held.quorum_said == "Quorum met: 3 members present, 2 needed."
    assert held.decided_how == "The chair decides for it."
    assert chair.get(RUN).headers["Location"] == HERE
    assert Reading.objects.filter(user=cast.chair, surface="run a sitting").exists()


def test_decision_stands_on_the_referral_and_sends_the_child_on(
    chair: Client, clerk: Client, item: AgendaItem, fap: Panel, cast: Cast, exclusion: Exclusion
) -> None:
    rows.terms(fap, by=cast.administrator)
    pupil = exclusion.case.pupil
    referral_rows.no_plan(pupil)
    decide(chair, item, cast)

    assert item.referral
    item.referral.refresh_from_db()
    assert (item.referral.decided_on, item.referral.outcome) == (TODAY, "mainstream")
    page = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))
    assert f"{item.referral.reference}: Mainstream, through the Fair Access Panel." in page
    sent_on = referral_rows.referral(fap, pupil, by=cast.asha, in_year_tried="Two schools asked")
    assert sent_on.panel == fap


def test_more_information_leaves_the_referral_open(chair: Client, item: AgendaItem, cast: Cast) -> None:
    decide(chair, item, cast, outcome="more_information", cost_seen=None, reasons="A report is awaited.")

    assert Referral.objects.get().decided_on is None
    assert "Deferred" in words(chair.get(at(item)))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"outcome": None}, "outcome", "Choose what the panel decides"),
        ({"reasons": ""}, "reasons", "Write the reasons"),
        ({"cost_seen": None}, "cost_seen", "Say whether the panel saw the cost"),
        ({"outcome": "alternative_provision"}, "review_on", "Enter the day of the review"),
        ({"agreed": None}, "agreed", "The chair has not decided."),
        ({"outcome": "school_named"}, "outcome", "Choose one from the list"),
    ],
)
def test_decision_that_lacks_something_is_not_recorded_and_what_was_typed_stays(
    changes: dict[str, Any], field: str, message: str, chair: Client, item: AgendaItem, cast: Cast
) -> None:
    answer = decide(chair, item, cast, discussion="Room was checked.", **changes)

    assert errors(answer)[field].startswith(message)
    assert answer.context["form"]["discussion"].value() == "Room was checked."
    assert not ItemRecord.objects.filter(recorded_at__isnull=False).exists()
    assert Referral.objects.get().decided_on is None


def test_nothing_is_recorded_without_a_quorum_or_anybody_to_preside(
    chair: Client, clerk: Client, item: AgendaItem, cast: Cast
) -> None:
    alone = send(chair, item, [str(cast.chair.pk)], **DECIDED)
    assert errors(alone)["agreed"] == "There is no quorum for this item."
    nobody = send(clerk, item, [str(cast.imran.pk), str(cast.asha.pk)], **DECIDED)
    assert errors(nobody)["agreed"] == "Nobody may preside over this item."
    assert not ItemRecord.objects.exists()


def test_item_is_recorded_once_however_often_it_is_sent(chair: Client, item: AgendaItem, cast: Cast) -> None:
    sent = filled(chair, at(item), present=everybody(cast), do="record", **DECIDED)
    sent = {name: "" if value is None else value for name, value in sent.items()}

    answers = [chair.post(at(item), sent).headers["Location"] for _ in range(2)]

    assert len(set(answers)) == 1
    assert TimelineEvent.objects.filter(event="panel_decided").count() == 1


def test_what_is_typed_is_kept_without_leaving_the_page(chair: Client, item: AgendaItem, cast: Cast) -> None:
    sent = filled(chair, at(item), present=everybody(cast), reasons="Half a sen")

    first = chair.post(at(item), sent, headers={"X-Keep": "1"})
    second = chair.post(at(item), sent | {"version": "1", "reasons": "Half a sentence"}, headers={"X-Keep": "1"})
    stale = chair.post(at(item), sent | {"version": "1", "reasons": "Another"}, headers={"X-Keep": "1"})
    wrong = chair.post(at(item), sent | {"version": "2", "starts_on": "soon"}, headers={"X-Keep": "1"})

    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert (stale.status_code, wrong.status_code) == (409, 400)
    assert ItemRecord.objects.get().reasons == "Half a sentence"
    assert Attendance.objects.filter(present=True).count() == 4
    page = chair.get(at(item))
    assert page.context["form"]["reasons"].value() == "Half a sentence"
    assert "Saved 10:3" in words(page)


def test_keeping_without_script_stays_on_the_item(chair: Client, item: AgendaItem, cast: Cast) -> None:
    sent = filled(chair, at(item), present=everybody(cast), do="keep", dissent="One head preferred another.")

    assert chair.post(at(item), sent).headers["Location"] == at(item)
    assert ItemRecord.objects.get().recorded_at is None


def test_two_who_write_at_once_lose_nothing(chair: Client, clerk: Client, item: AgendaItem, cast: Cast) -> None:
    first = filled(chair, at(item), present=everybody(cast), do="keep", reasons="The chair’s")
    second = filled(clerk, at(item), present=everybody(cast), do="keep", reasons="The clerk’s")
    chair.post(at(item), first)

    stale = clerk.post(at(item), second)

    assert "Somebody else changed this item" in stale.content.decode()
    assert stale.context["form"]["reasons"].value() == "The clerk’s"
    assert ItemRecord.objects.get().reasons == "The chair’s"


def test_sitting_is_run_from_its_day_on_by_those_who_preside_or_keep_it(
    item: AgendaItem, cast: Cast, client_of: ClientOf, chair: Client
) -> None:
    for who, status in (("chair", 200), ("member", 200), ("asha", 200), ("imran", 404), ("ruth", 404)):
        assert client_of(cast.everybody()[who]).get(at(item)).status_code == status, who
    Sitting.objects.update(on=TODAY.replace(day=17))
    tomorrow = f"/panels/spp/sittings/2026-11-17/run/{item.pk}/"
    assert chair.get(tomorrow).status_code == 404


def test_vice_chair_does_not_record_what_the_chair_presides_over(
    item: AgendaItem, cast: Cast, client_of: ClientOf
) -> None:
    stand_in = client_of(cast.member)
    answer = decide(stand_in, item, cast, reasons="The vice-chair’s")

    assert "Whoever presides over this item records it, or the clerk. What you typed is below: choose Keep" in words(
        answer
    )
    assert answer.context["form"]["reasons"].value() == "The vice-chair’s"
    assert not ItemRecord.objects.exists()
    assert Referral.objects.get().decided_on is None
    kept = filled(stand_in, at(item), present=everybody(cast), do="keep", reasons="The vice-chair’s")
    assert stand_in.post(at(item), kept).status_code == 302
    assert ItemRecord.objects.get().reasons == "The vice-chair’s"


def test_stand_in_records_what_the_chair_is_out_of_and_the_chair_reaches_nothing_of_it(
    chair: Client, item: AgendaItem, cast: Cast, client_of: ClientOf, exclusion: Exclusion
) -> None:
    rows.connection(cast.chair, kind="works_at", school=exclusion.school)
    stand_in, business = client_of(cast.member), AgendaItem.objects.get(referral=None)
    page = words(stand_in.get(at(item)))
    assert "1 member is out of this item." in page
    sent = filled(stand_in, at(item), present=everybody(cast), do="record", **DECIDED)
    sent = {name: "" if value is None else value for name, value in sent.items()}

    assert stand_in.post(at(item), sent).headers["Location"] == at(business)

    held = ItemRecord.objects.get()
    assert (held.presided_by, held.number_out) == (cast.member, 1)
    assert chair.get(RUN).headers["Location"] == at(business)
    assert [chair.get(at(item, tail)).status_code for tail in ("", "reopen/")] == [404, 404]
    assert [chair.post(at(item, tail), sent).status_code for tail in ("", "reopen/")] == [404, 404]
    screen = words(chair.get(at(business)))
    assert "Agenda: item 1 of 1" in screen
    assert item.referral
    assert item.referral.reference not in screen
    assert Referral.objects.get().outcome == "mainstream"


def test_recorded_item_is_reopened_on_the_day_and_its_history_keeps_what_was_recorded(
    chair: Client, item: AgendaItem, cast: Cast
) -> None:
    decide(chair, item, cast)
    again = decide(chair, item, cast, reasons="Other reasons")
    assert "This item is recorded. Reopen it first" in again.content.decode()

    assert at(item, "reopen/") in words(chair.get(at(item)))
    first, second = (filled(chair, at(item, "reopen/")) for _ in range(2))
    assert chair.post(at(item, "reopen/"), first).headers["Location"] == at(item)

    held = ItemRecord.objects.get()
    assert (held.recorded_at, Referral.objects.get().decided_on) == (None, None)
    events = apps.get_model("panels", "ItemRecordEvent").objects
    assert events.filter(recorded_at__isnull=False, outcome="mainstream").exists()
    twice = chair.post(at(item, "reopen/"), second)
    assert "It is not recorded" in twice.content.decode()
    decide(chair, item, cast, outcome="specialist_place")
    assert Referral.objects.get().outcome == "specialist_place"


def test_item_is_not_offered_to_be_reopened_before_it_is_recorded_or_after_its_day(
    chair: Client, item: AgendaItem, cast: Cast
) -> None:
    def led_back(address: str, says: str) -> None:
        assert f"{address}reopen/" not in words(chair.get(address))
        answer = chair.get(f"{address}reopen/", follow=True)
        assert answer.redirect_chain == [(address, 302)]
        assert says in words(answer)

    led_back(at(item), "It is not recorded")
    decide(chair, item, cast)
    Sitting.objects.update(on=date(2026, 11, 3))
    past = at(item).replace(f"{TODAY}", "2026-11-03")
    led_back(past, "The day of the sitting is past, on which alone it could be reopened.")
    again = chair.post(past, filled(chair, past, do="record"))
    assert "This item is recorded. The day of the sitting is past" in words(again)


def test_majority_counts_votes_and_records_no_lost_proposal(cast: Cast, exclusion: Exclusion) -> None:
    item = on_the_agenda(panel_of(cast, decision_model=DecisionModel.MAJORITY), exclusion, cast)
    chair = signed_in(Client(), cast.chair)
    typed = {"agreed": "votes", "votes_for": "1", "votes_against": "2"}

    lost = decide(chair, item, cast, **typed)
    assert errors(lost)["agreed"] == "Lost, 1 to 2. Write down what the panel decides instead."
    many = decide(chair, item, cast, **(typed | {"votes_for": "9"}))
    assert errors(many)["agreed"] == "11 votes were counted of 3 voters."
    decide(chair, item, cast, **(typed | {"votes_for": "2", "votes_against": "1"}))

    assert ItemRecord.objects.get(item=item).decided_how == "Carried, 2 to 1."


def test_advice_stands_as_a_recommendation_and_decides_nothing(cast: Cast, exclusion: Exclusion) -> None:
    item = on_the_agenda(panel_of(cast, decision_model=DecisionModel.ADVISES), exclusion, cast)
    chair = signed_in(Client(), cast.chair)

    decide(chair, item, cast, agreed="everyone")

    held = ItemRecord.objects.get(item=item)
    assert (held.is_advice, held.decided_how) == (True, "Recommended. Everyone agreed. The officer decides.")
    assert Referral.objects.get().decided_on is None


def test_deferral_of_a_panel_that_advises_is_its_own_and_waits_for_no_officer(cast: Cast, exclusion: Exclusion) -> None:
    item = on_the_agenda(panel_of(cast, decision_model=DecisionModel.ADVISES), exclusion, cast)
    chair = signed_in(Client(), cast.chair)

    decide(chair, item, cast, agreed="everyone", outcome="more_information")

    held = ItemRecord.objects.get(item=item)
    assert (held.is_advice, held.decided_how) == (False, "Everyone agreed.")
    assert "officer decides" not in words(chair.get(f"/panels/spp/sittings/{TODAY}/minutes/"))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Asha: write, 31/2", "“Asha: write, 31/2”: '31/2' does not exist"),
        ("Asha: write by 3 November", "“Asha: write by 3 November”: 3 November is before the sitting"),
    ],
)
def test_day_of_an_action_that_cannot_be_is_told_before_the_item_is_closed(
    line: str, says: str, chair: Client, item: AgendaItem, cast: Cast
) -> None:
    answer = decide(chair, item, cast, actions=f"Ring the mother\n{line}", discussion="The mother spoke.")

    assert errors(answer)["actions"].startswith(says)
    assert "The mother spoke." in answer.content.decode()
    assert "Ring the mother" in answer.content.decode()
    assert not ItemRecord.objects.filter(recorded_at__isnull=False).exists()
    business = AgendaItem.objects.get(referral=None)
    sent = filled(chair, at(business), present=everybody(cast), do="record", actions=line)
    assert errors(chair.post(at(business), sent))["actions"].startswith(says)
    # While it is typed, and kept, nothing is asked.
    kept = filled(chair, at(business), do="keep", actions=line)
    assert chair.post(at(business), kept).status_code == 302


def test_panel_that_wants_more_information_waits_for_no_officer(cast: Cast, exclusion: Exclusion) -> None:
    item = on_the_agenda(panel_of(cast, decision_model=DecisionModel.ADVISES), exclusion, cast)

    decide(signed_in(Client(), cast.chair), item, cast, agreed="everyone", outcome="more_information")

    assert ItemRecord.objects.get(item=item).is_advice is False


def test_fair_access_names_a_school_with_its_start(
    fap: Panel, cast: Cast, exclusion: Exclusion, place: Place, spp: Panel
) -> None:
    rows.terms(fap, by=cast.administrator, quorum=(Need(1),))
    for name, role in (("chair", MemberRole.CHAIR), ("member", MemberRole.HEAD)):
        rows.member(fap, cast.everybody()[name], by=cast.administrator, role=role)
    referral_rows.no_plan(exclusion.case.pupil)
    referral_rows.sent_on(referral_rows.referral(spp, exclusion.case.pupil, by=cast.asha))
    referral = referral_rows.referral(fap, exclusion.case.pupil, by=cast.asha, in_year_tried="Asked")
    referral_rows.candidate(referral, place.primary, by=cast.asha)
    sitting = sitting_rows.sitting(fap, by=cast.asha, on=TODAY)
    item = sitting_rows.listed(sitting, referral, by=cast.asha)
    sitting_rows.declared(sitting, cast.chair)
    client = signed_in(Client(), cast.chair)
    address = f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"
    typed = {
        "present": [str(cast.chair.pk), str(cast.member.pk)], "do": "record", "outcome": "school_named",
        "school": place.primary.urn, "starts_on": "16/11/2026", "reasons": "Nearest with room.", "agreed": "everyone",
    }  # fmt: skip

    def send(**changes: Any) -> Any:
        sent = filled(client, address, **(typed | changes))
        return client.post(address, {name: "" if value is None else value for name, value in sent.items()})

    other = sitting_rows.another_school("School nobody considered", place.primary)
    rows.connection(cast.member, kind="works_at", school=other)
    tied = errors(send(school=other.urn, departs_because="Nearer"))["present"]
    assert f"{cast.member.name}: a tie to School nobody considered is found" in tied
    assert not referral.candidates.filter(school=other).exists()
    assert errors(send(school=""))["school"] == "Name the school"
    assert errors(send(outcome="other")) == dict.fromkeys(
        ("school", "starts_on"), "Leave this empty: “Other” names no school"
    )
    assert errors(send(starts_on="3/11/2026"))["starts_on"] == "The start must be the day of the sitting or later"
    assert errors(send(starts_on="1/1/2062"))["starts_on"] == "It lies more than two years ahead: check the year"
    send()

    held = ItemRecord.objects.get(item=item)
    assert (held.school, f"{held.starts_on}") == (place.primary, "2026-11-16")
    assert Referral.objects.get(panel=fap).outcome == "school_named"


def test_school_that_nobody_considered_counts_as_considered_once_it_is_named(
    chair: Client, item: AgendaItem, cast: Cast, place: Place
) -> None:
    """Whoever has a tie to it has left by then, is out of the item from now on, and does not make its quorum."""
    other = sitting_rows.another_school("School nobody considered", place.primary)
    rows.connection(cast.member, kind="works_at", school=other)
    facts: dict[str, Any] = DECIDED | {"outcome": "specialist_place", "school": other.urn}

    kept = filled(chair, at(item), present=everybody(cast), do="keep")
    assert chair.post(at(item), kept).status_code == 302
    assert (
        "a tie to School nobody considered is found" in errors(send(chair, item, everybody(cast), **facts))["present"]
    )
    gone = [str(person.pk) for person in (cast.chair, cast.imran, cast.asha)]
    assert send(chair, item, gone, **facts).status_code == 302

    held = ItemRecord.objects.get(item=item)
    assert (held.school, held.number_out) == (other, 1)
    assert signed_in(Client(), cast.member).get(f"{HERE}items/{item.referral.reference}/").status_code == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("kept_before", [False, True])
def test_member_who_is_out_and_never_came_has_left_for_nothing(
    kept_before: bool, chair: Client, item: AgendaItem, cast: Cast, exclusion: Exclusion
) -> None:
    rows.connection(cast.member, kind="works_at", school=exclusion.school)
    there = [str(person.pk) for person in (cast.chair, cast.imran, cast.asha)]
    if kept_before:
        chair.post(at(item), filled(chair, at(item), present=there, do="keep"))

    send(chair, item, there, **DECIDED)

    held = ItemRecord.objects.get()
    assert (held.number_out, held.quorum_said) == (0, "Quorum met: 2 members present, 2 needed.")
    assert "left for this item" not in words(chair.get(f"{HERE}minutes/"))


def test_member_who_went_home_before_the_item_began_has_not_left_for_it(
    chair: Client, item: AgendaItem, cast: Cast, exclusion: Exclusion
) -> None:
    rows.connection(cast.member, kind="works_at", school=exclusion.school)
    for present, hour in ((True, 8), (False, 9)):
        said = {"present": present, "said_at": NOW.replace(hour=hour), "said_by": cast.asha}
        Attendance.objects.update_or_create(sitting=item.sitting, person=cast.member, defaults=said)

    send(chair, item, [str(person.pk) for person in (cast.chair, cast.imran, cast.asha)], **DECIDED)

    assert ItemRecord.objects.get().number_out == 0


def test_chair_with_a_tie_to_a_school_that_nobody_considered_does_not_name_it(
    chair: Client, item: AgendaItem, cast: Cast, place: Place
) -> None:
    other = sitting_rows.another_school("School nobody considered", place.primary)
    rows.connection(cast.chair, kind="works_at", school=other)
    facts: dict[str, Any] = DECIDED | {"outcome": "specialist_place", "school": other.urn}

    answer = send(chair, item, everybody(cast), **facts)

    says = f"{cast.chair.name}: a tie to School nobody considered is found. Whoever has one leaves before it is named"
    assert errors(answer) == {"school": f"{says}, and somebody else records it"}
    assert answer.context["form"]["reasons"].value() == DECIDED["reasons"]
    assert not ItemRecord.objects.exists()
    assert not item.referral.candidates.filter(school=other).exists()  # type: ignore[union-attr]
    assert chair.get(at(item)).status_code == 200


def test_school_to_which_the_chair_has_a_tie_is_not_asked_about_once_the_item_is_recorded(
    chair: Client, item: AgendaItem, cast: Cast, place: Place
) -> None:
    other = sitting_rows.another_school("School nobody considered", place.primary)
    rows.connection(cast.chair, kind="works_at", school=other)
    decide(chair, item, cast)

    answer = decide(chair, item, cast, outcome="specialist_place", school=other.urn)

    assert errors(answer)["__all__"].startswith("This item is recorded.")
    assert "school" not in errors(answer)


def test_school_to_which_the_child_went_by_the_decision_is_no_previous_one(
    chair: Client, item: AgendaItem, cast: Cast, place: Place
) -> None:
    """Else whoever presided would be out of the item, and nobody could approve its minutes."""
    named = sitting_rows.another_school("School that was named", place.primary)
    before = RollSpell.objects.get(school=place.school)
    rows.connection(cast.chair, kind="works_at", school=named)
    Referral.objects.update(decided_on=TODAY, outcome="mainstream")
    RollSpell.objects.create(pupil=before.pupil, school=named, year_group="9", first_day=TODAY)

    assert chair.get(f"{HERE}items/{item.referral.reference}/").status_code == 200  # type: ignore[union-attr]
    RollSpell.objects.filter(school=named).update(first_day=TODAY.replace(day=3))
    assert chair.get(f"{HERE}items/{item.referral.reference}/").status_code == 404  # type: ignore[union-attr]
