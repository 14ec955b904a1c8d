"""Turns: whose turn it is on the chair's screen, why the panel departs from it, balances, and the yearly statement."""

from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import CensusHeadcount, RollSpell, School
from exclusions.models import Exclusion, OutcomeEvent
from panels.models import AgendaItem, CandidateSchool, ItemRecord, OfficerDecision, Panel, Referral, Sitting
from panels.rules.quorum import Need
from panels.rules.terms import FairnessModel, MemberRole, RouteIn
from panels.selectors.item_links import as_kept, item_links
from panels.selectors.turns import choices_of, turns_of
from panels.services import ties
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import casework as casework_rows
from tests.factories import exclusions as exclusion_rows
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled
from tests.queries import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
EARLIER = date(2026, 10, 7)
HERE = "/panels/fap-secondary/turns/"


@pytest.fixture
def spp(cast: Cast) -> Panel:
    return referral_rows.specialists(by=cast.administrator)


@pytest.fixture
def panel(cast: Cast, spp: Panel) -> Panel:
    found = rows.panel(name="Fair Access Panel, secondary")
    rows.terms(found, by=cast.administrator, quorum=(Need(1),))
    rows.member(found, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    return found


@pytest.fixture
def second(place: Place) -> School:
    return sitting_rows.another_school("Skelwick High School", place.school)


def referred(panel: Panel, spp: Panel, cast: Cast, name: str) -> Referral:
    """Refer an excluded child of a primary school, which takes no turn, by way of the specialists."""
    school = School.objects.get(name="Underhill Primary School")
    pupil = casework_rows.PupilFactory.create(upn=None, last_name=name)
    RollSpell.objects.create(pupil=pupil, school=school, year_group="9", first_day=date(2025, 9, 1))
    exclusion_rows.exclusion(pupil=pupil, school=school, by=cast.asha)
    referral_rows.no_plan(pupil)
    referral_rows.sent_on(referral_rows.referral(spp, pupil, by=cast.asha))
    return referral_rows.referral(panel, pupil, by=cast.asha, in_year_tried="Asked")


def placed(
    panel: Panel, spp: Panel, cast: Cast, school: School, *, on: date = EARLIER, name: str = "Oxtobya", **facts: Any
) -> ItemRecord:
    """Write that the panel placed a child at a school on an earlier day."""
    referral = referred(panel, spp, cast, name)
    Referral.objects.filter(pk=referral.pk).update(decided_on=on, outcome="school_named")
    sitting, _ = Sitting.objects.get_or_create(
        panel=panel,
        on=on,
        defaults={"starts_at": time(10), "place": "Room 2", "called_at": NOW, "called_by": cast.asha},
    )
    links = as_kept(item_links([referral])[referral.pk])
    item = AgendaItem.objects.create(
        sitting=sitting, referral=referral, position=1, links=links, listed_at=NOW, listed_by=cast.asha
    )
    said = {"begun_at": NOW, "kept_at": NOW, "kept_by": cast.chair, "recorded_at": NOW, "recorded_by": cast.chair}
    return ItemRecord.objects.create(
        item=item, outcome="school_named", school=school, starts_on=on + timedelta(days=5), **said, **facts
    )


def listed_today(panel: Panel, spp: Panel, cast: Cast, *schools: School) -> AgendaItem:
    """Put a child on today's agenda, for whom these schools are considered."""
    referral = referred(panel, spp, cast, "Oxtobyz")
    for school in schools:
        referral_rows.candidate(referral, school, by=cast.asha)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    sitting_rows.declared(sitting, cast.chair)
    return sitting_rows.listed(sitting, referral, by=cast.asha)


def record(client: Client, item: AgendaItem, cast: Cast, school: School | None, **changes: Any) -> Any:
    address = f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"
    typed = {
        "present": [str(cast.chair.pk)], "do": "record", "outcome": "school_named", "school": school.urn if school else None,
        "starts_on": "16/11/2026", "reasons": "Nearest with room.", "agreed": "everyone",
    } | changes  # fmt: skip
    sent = filled(client, address, **typed)
    return client.post(address, {name: "" if value is None else value for name, value in sent.items()})


def test_screen_says_whose_turn_it_is_and_what_each_choice_does(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item = listed_today(panel, spp, cast, place.school, second)

    page = words(client_of(cast.chair).get(f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"))

    assert "By turn the place goes to Skelwick High School." in page
    assert "Next by turn" in page
    assert "A reason is needed to choose it" in page
    assert "1st of 2" in page


def test_departure_needs_its_reason_and_both_are_kept(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item = listed_today(panel, spp, cast, place.school, second)
    chair = client_of(cast.chair)

    refused = record(chair, item, cast, place.school)
    assert errors(refused)["departs_because"] == "Write why the panel departs from the turn of Skelwick High School"
    assert "Nearest with room." in refused.content.decode()
    assert Referral.objects.get(agenda_items=item).decided_on is None

    assert record(chair, item, cast, place.school, departs_because="Siblings are there").status_code == 302
    held = ItemRecord.objects.get(item=item)
    assert (held.suggested, held.departs_because) == (second, "Siblings are there")
    told = words(client_of(cast.ruth).get(f"{HERE}2026-27/"))
    assert "Siblings are there" in told
    assert held.item.referral
    assert held.item.referral.reference not in told
    assert "Oxtoby" not in told


@pytest.mark.parametrize("address", [HERE, f"{HERE}2026-27/"])
def test_departure_is_kept_from_whoever_is_out_of_the_item_and_its_balance_is_not(
    address: str, panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school, suggested=second, departs_because="Siblings are there")
    later: dict[str, Any] = {"on": EARLIER + timedelta(days=1), "name": "Oxtobyb"}
    other = placed(panel, spp, cast, place.school, suggested=second, departs_because="The bus goes there", **later)
    clerk = client_of(cast.asha)
    before = clerk.get(address)
    assert len(before.context["departure_rows"]) == 2

    assert other.item.referral
    ties.declare(by=cast.asha, at=NOW, referral=other.item.referral, member=cast.asha)

    page = clerk.get(address)
    (row,) = page.context["departure_rows"]
    assert [cell["text"] for cell in row["cells"]][-1] == "Siblings are there"
    assert "The bus goes there" not in words(page)
    assert page.context["table"]["rows"] == before.context["table"]["rows"]
    assert "An item that you are out of is left out here" in words(before)
    assert "The bus goes there" in words(client_of(cast.ruth).get(address))


@pytest.mark.parametrize("follows", [True, False])
@pytest.mark.parametrize("address", [HERE, f"{HERE}2026-27/"])
def test_departure_that_an_officer_made_is_told_as_the_officers(
    address: str, follows: bool, panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    held = placed(panel, spp, cast, place.school, suggested=second, departs_because="Siblings", is_advice=True)
    OfficerDecision.objects.create(
        item=held.item, record_version=1, follows=follows, because="" if follows else "Nearer",
        advised_outcome="school_named", advised_school=second, decided_on=EARLIER, decided_at=NOW, decided_by=cast.ruth,
    )  # fmt: skip

    (row,) = client_of(cast.ruth).get(address).context["departure_rows"]

    said = "" if follows else "An officer named the school, otherwise than the panel advised"
    assert (row["cells"][-1]["text"], row["cells"][-1]["second"]) == ("Siblings", said)


def test_choice_by_turn_needs_no_reason(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item = listed_today(panel, spp, cast, place.school, second)

    assert record(client_of(cast.chair), item, cast, second).status_code == 302

    assert ItemRecord.objects.get(item=item).suggested == second
    assert "No place departed from the turn." in words(client_of(cast.ruth).get(HERE))


def test_school_passed_over_keeps_its_turn_and_the_next_is_suggested(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item = listed_today(panel, spp, cast, place.school, second)
    assert item.referral
    item.referral.candidates.filter(school=second).update(passed_over="Full in year 9")

    page = words(client_of(cast.chair).get(f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"))

    assert f"By turn the place goes to {place.school.name}." in page
    assert "Passed over, and keeps its turn" in page


def test_place_that_ended_early_is_given_back(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    held = placed(panel, spp, cast, second)
    assert held.item.referral
    RollSpell.objects.create(
        pupil=held.item.referral.pupil, school=second, year_group="9", first_day=date(2026, 10, 12), last_day=date(2026, 10, 23)
    )  # fmt: skip

    found = turns_of(panel, on=TODAY)
    line = found.model.balances(found.ledger, on=TODAY).of(int(second.urn))

    assert (line.places, line.notes) == (0, ("1.0 back: place ended in week 2",))
    assert "1 place was given back" in words(client_of(cast.ruth).get(HERE))


def test_share_by_roll_adds_up_to_nought_and_without_a_roll_says_what_to_do(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    rows.terms(panel, by=cast.administrator, from_=EARLIER, quorum=(Need(1),), fairness=FairnessModel.WEIGHTED)
    placed(panel, spp, cast, place.school)
    manager = client_of(cast.ruth)
    assert "no January headcount of its schools is held" in words(manager.get(HERE))
    for school, roll in ((place.school, 600), (second, 1200)):
        CensusHeadcount.objects.create(school=school, year=2026, headcount=roll)

    page = words(manager.get(HERE))

    assert "Balances add up to 0.0." in page
    assert "+0.7" in page
    assert "−0.7" in page


@pytest.mark.parametrize(
    ("model", "says"), [(FairnessModel.BASELINE, "no scores are published"), (FairnessModel.NONE, "keeps no turns")]
)
def test_models_without_turns_say_so(
    model: FairnessModel, says: str, panel: Panel, spp: Panel, cast: Cast, place: Place, client_of: ClientOf
) -> None:
    rows.terms(panel, by=cast.administrator, from_=EARLIER, quorum=(Need(1),), fairness=model)
    item = listed_today(panel, spp, cast, place.school)

    assert says in words(client_of(cast.ruth).get(HERE))
    page = words(client_of(cast.chair).get(f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"))
    assert "What each choice does" not in page
    assert record(client_of(cast.chair), item, cast, place.school).status_code == 302


def test_what_is_not_there_is_not_found(panel: Panel, spp: Panel, cast: Cast, client_of: ClientOf) -> None:
    manager = client_of(cast.ruth)

    for address in ("/panels/spp/turns/", f"{HERE}2027-28/", f"{HERE}2019-20/", f"{HERE}nonsense/"):
        assert manager.get(address).status_code == 404
    for who in (cast.chair, cast.school_user, cast.administrator):
        assert client_of(who).get(HERE).status_code == 404
    assert manager.get(f"{HERE}2025-26/").status_code == 200


def test_queries_do_not_grow_with_the_placements(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    manager = client_of(cast.ruth)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(HERE).status_code == 200
        return len(asked(captured))

    placed(panel, spp, cast, second)
    few = count()
    for number in range(6):
        placed(
            panel, spp, cast, place.school, on=EARLIER + timedelta(days=number + 1), name=f"Oxtoby{'bcdefg'[number]}"
        )
    assert count() == few


def test_points_follow_the_tariff_of_the_panels_terms(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School
) -> None:
    tariff = {RouteIn.MID_YEAR: Decimal("0.5")}
    by_points: dict[str, Any] = {"fairness": FairnessModel.POINTS, "quorum": (Need(1),)}
    rows.terms(panel, by=cast.administrator, from_=EARLIER, place_points=Decimal(2), tariff=tariff, **by_points)
    placed(panel, spp, cast, place.school)
    record = placed(panel, spp, cast, second, on=date(2026, 10, 8), name="Oxtobyb")
    Referral.objects.filter(agenda_items__record=record).update(route="mid_year")

    turns = turns_of(panel, on=TODAY)

    balances = turns.model.balances(turns.ledger, on=TODAY)
    taken = [balances.of(int(each.urn)).balance for each in (place.school, second)]
    assert taken == [Fraction(2), Fraction(5, 2)]
    item = listed_today(panel, spp, cast, place.school)
    assert item.referral
    Referral.objects.filter(pk=item.referral.pk).update(route="mid_year")
    choices = choices_of(Referral.objects.get(pk=item.referral.pk), on=TODAY)
    assert choices
    assert choices.lines[0][1].after - choices.lines[0][1].before == Decimal("2.5")


def test_terms_that_change_within_the_year_leave_the_balances_that_were_told(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    by_points: dict[str, Any] = {"fairness": FairnessModel.POINTS, "quorum": (Need(1),)}
    rows.terms(panel, by=cast.administrator, from_=EARLIER, credit_weeks=2, **by_points)
    placed(panel, spp, cast, place.school)
    ended = placed(panel, spp, cast, second, on=date(2026, 10, 8), name="Oxtobyb")
    assert ended.item.referral
    spell = {"first_day": date(2026, 10, 12), "last_day": date(2026, 10, 23), "year_group": "9"}
    RollSpell.objects.create(pupil=ended.item.referral.pupil, school=second, **spell)

    def told() -> dict[str, Fraction]:
        turns = turns_of(panel, on=TODAY)
        balances = turns.model.balances(turns.ledger, on=TODAY)
        return {each.name: balances.of(int(each.urn)).balance for each in (place.school, second)}

    before = told()
    assert before == {place.school.name: Fraction(1), second.name: Fraction(0)}
    dearer = {RouteIn(ended.item.referral.route): Decimal(3)}
    changed = {"place_points": Decimal(5), "tariff": dearer, "credit_weeks": 0}
    rows.terms(panel, by=cast.administrator, from_=date(2026, 11, 2), **by_points, **changed)

    assert told() == before
    for address in (HERE, f"{HERE}2026-27/"):
        page = words(client_of(cast.ruth).get(address))
        assert "From 7 October 2026 to 1 November 2026: 1 point for each place." in page
        assert (
            "A place made then is given back if it ends within 2 school weeks. A place made then keeps its points."
            in page
        )
        assert "From 2 November 2026: 5 points for each place; 3 points more for" in page
    item = listed_today(panel, spp, cast, place.school)
    assert item.referral
    choices = choices_of(item.referral, on=TODAY)
    assert choices
    assert choices.lines[0][1].after - choices.lines[0][1].before == 8


def test_plan_that_is_recorded_after_the_listing_keeps_the_panel_from_naming_a_school(
    panel: Panel, spp: Panel, cast: Cast, place: Place, client_of: ClientOf
) -> None:
    item, chair = listed_today(panel, spp, cast, place.school), client_of(cast.chair)
    assert item.referral
    referral_rows.plan(item.referral.pupil)

    says = "The child has an EHC plan. Children with a plan are placed by consultation and naming, not by this panel."
    assert says in words(chair.get(f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"))
    refused = record(chair, item, cast, place.school)
    assert errors(refused)["outcome"].startswith(says)
    assert "the SEN team consults schools and names one in section I" in errors(refused)["outcome"]
    assert "Nearest with room." in refused.content.decode()
    assert place.school.name in refused.content.decode()
    assert not ItemRecord.objects.exists()

    deferred = {"outcome": "more_information", "starts_on": None}
    assert record(chair, item, cast, None, **deferred).status_code == 302


def test_looked_after_child_is_placed_only_where_the_terms_leave_it_to_the_panel(
    panel: Panel, spp: Panel, cast: Cast, place: Place, client_of: ClientOf
) -> None:
    item, chair = listed_today(panel, spp, cast, place.school), client_of(cast.chair)
    assert item.referral
    referral_rows.says_of(item.referral.pupil, "social_care", "looked after")

    assert "The child is looked after." in errors(record(chair, item, cast, place.school))["outcome"]
    rows.terms(
        panel, by=cast.administrator, from_=TODAY, quorum=(Need(1),), looked_after_placed_elsewhere=False
    )  # fmt: skip
    assert record(chair, item, cast, place.school).status_code == 302


def excluded_from(item: AgendaItem, school: School, cast: Cast) -> Exclusion:
    """Have the school be the one that excluded the child, and stand among those considered since before that was refused."""
    assert item.referral
    assert item.referral.exclusion
    Exclusion.objects.filter(pk=item.referral.exclusion.pk).update(school=school)
    CandidateSchool.objects.get_or_create(
        referral=item.referral, school=school, taken_off_at=None, defaults={"added_at": NOW, "added_by": cast.asha}
    )
    return Exclusion.objects.get(pk=item.referral.exclusion.pk)


def test_school_that_excluded_the_child_for_good_has_no_turn_and_is_not_named(
    panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item, chair = listed_today(panel, spp, cast, place.school), client_of(cast.chair)
    excluded_from(item, second, cast)

    address = f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"
    page = words(chair.get(address))
    assert f"By turn the place goes to {place.school.name}." in page
    says = "Skelwick High School excluded the child permanently, on "
    assert says in page
    assert f"Skelwick High School ({second.urn})" not in page
    refused = record(chair, item, cast, second, departs_because="Siblings are there")
    assert errors(refused)["school"].startswith(says)
    assert errors(refused)["school"].endswith("and that stands: choose another school")
    assert "Siblings are there" in refused.content.decode()
    assert not ItemRecord.objects.filter(item=item).exists()
    assert record(chair, item, cast, place.school).status_code == 302


@pytest.mark.parametrize("model", [FairnessModel.NONE, FairnessModel.BASELINE])
def test_school_that_excluded_the_child_is_told_in_the_room_where_no_turns_are_kept(
    model: FairnessModel, panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    rows.terms(panel, by=cast.administrator, from_=EARLIER, quorum=(Need(1),), fairness=model)
    item = listed_today(panel, spp, cast, place.school)
    address = f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"
    assert "excluded the child permanently" not in words(client_of(cast.chair).get(address))
    excluded_from(item, second, cast)

    page = words(client_of(cast.chair).get(address))

    assert "What each choice does" not in page
    assert page.count("Skelwick High School excluded the child permanently, on ") == 1


@pytest.mark.parametrize("event", ["reinstated by governors", "reinstated after review"])
def test_school_whose_exclusion_was_overturned_has_its_turn_again(
    event: str, panel: Panel, spp: Panel, cast: Cast, place: Place, second: School, client_of: ClientOf
) -> None:
    placed(panel, spp, cast, place.school)
    item = listed_today(panel, spp, cast, place.school)
    exclusion = excluded_from(item, second, cast)
    OutcomeEvent.objects.create(exclusion=exclusion, event=event, on=TODAY, recorded_at=NOW, recorded_by=cast.asha)

    page = words(client_of(cast.chair).get(f"/panels/fap-secondary/sittings/{TODAY}/run/{item.pk}/"))
    assert "By turn the place goes to Skelwick High School." in page
    assert "excluded the child permanently" not in page
    assert record(client_of(cast.chair), item, cast, second).status_code == 302


@pytest.mark.parametrize(
    ("steps", "taken"),
    [
        ({"adjudicator_not_upheld": 20}, 0),
        ({"secretary_of_state_declined": 20}, 0),
        ({"adjudicator_not_upheld": 20, "accepted": 23}, 1),
        ({"adjudicator_upheld": 20}, 1),
        ({}, 1),
    ],
)
def test_school_that_cannot_be_made_to_admit_has_its_turn_back(
    steps: dict[str, int], taken: int, panel: Panel, spp: Panel, cast: Cast, second: School, client_of: ClientOf
) -> None:
    rows.terms(panel, by=cast.administrator, from_=EARLIER, quorum=(Need(1),), credit_weeks=0)
    held = placed(panel, spp, cast, second)
    assert held.item.referral
    for kind, day in ({"asked": 8, "refused": 9} | steps).items():
        placement_rows.step(held.item.referral, second, kind, date(2026, 10, day), by=cast.asha)

    found = turns_of(panel, on=TODAY)
    line = found.model.balances(found.ledger, on=TODAY).of(int(second.urn))

    assert line.places == taken
    assert line.notes == (() if taken else ("1.0 back: it was not made to admit",))
    page = words(client_of(cast.ruth).get(HERE))
    assert ("or the school could not be made to admit the child" in page) is not bool(taken)
    before = turns_of(panel, on=date(2026, 10, 19))
    assert before.model.balances(before.ledger, on=date(2026, 10, 19)).of(int(second.urn)).places == 1


@pytest.mark.parametrize(("first_day", "taken"), [(7, 1), (26, 1), (6, 0)])
def test_school_that_refused_keeps_its_turn_as_taken_where_the_child_came_on_its_roll(
    first_day: int, taken: int, panel: Panel, spp: Panel, cast: Cast, second: School
) -> None:
    held = placed(panel, spp, cast, second)
    assert held.item.referral
    for kind, day in {"asked": 8, "refused": 9, "adjudicator_not_upheld": 20}.items():
        placement_rows.step(held.item.referral, second, kind, date(2026, 10, day), by=cast.asha)
    RollSpell.objects.create(
        pupil=held.item.referral.pupil, school=second, year_group="9", first_day=date(2026, 10, first_day)
    )

    found = turns_of(panel, on=TODAY)

    assert found.model.balances(found.ledger, on=TODAY).of(int(second.urn)).places == taken
