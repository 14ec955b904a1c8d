"""A placement is followed up after six, twelve and twenty-six weeks; one that fails gives the school its turn back."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import RollSpell, School, TimelineEvent
from exclusions.models import Exclusion
from panels.models import Panel, PlacementFollowUp, Referral
from panels.selectors.placement_list import shares_of
from panels.selectors.turns import turns_of
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

STARTED = date(2026, 9, 15)


@pytest.fixture
def receiving(place: Place) -> School:
    return sitting_rows.another_school("Receiving School", place.school)


@pytest.fixture
def referral(fap: Panel, exclusion: Exclusion, receiving: School, cast: Cast) -> Referral:
    """A child whose first day at the school that the panel named was 15 September: six weeks were over on 27 October."""
    rows.terms(fap, by=cast.administrator)
    return begun(fap, exclusion, "7KQ4M2", receiving, cast)


def begun(panel: Panel, exclusion: Exclusion, reference: str, school: School, cast: Cast) -> Referral:
    made: Referral = Referral.objects.create(
        reference=reference, panel=panel, pupil=exclusion.case.pupil, exclusion=exclusion, route="specialist_panel",
        referred_on=date(2026, 9, 2), referred_at=NOW, referred_by=cast.asha,
        decided_on=date(2026, 9, 9), outcome="school_named",
    )  # fmt: skip
    placement_rows.placed(
        made, school, by=cast.asha, on=date(2026, 9, 9), starts_on=STARTED, referred_on=date(2026, 9, 2)
    )
    placement_rows.step(made, school, "started", STARTED, by=cast.asha)
    RollSpell.objects.get_or_create(pupil=made.pupil, school=school, year_group="9", first_day=STARTED)
    return made


def at(referral: Referral, tail: str = "") -> str:
    return f"/panels/{referral.panel.code}/referrals/{referral.reference}/{tail}"


def record(client: Client, referral: Referral, weeks: int, **typed: Any) -> Any:
    here = at(referral, f"placement/follow-ups/{weeks}/")
    return client.post(here, filled(client, here, **typed))


def test_follow_up_that_is_late_is_shown_and_recorded_once(clerk: Client, referral: Referral) -> None:
    shown = clerk.get(at(referral)).context["placement"]["follow_up_rows"]
    assert [row["cells"][3]["tag"]["text"] for row in shown] == ["3 school days late", "Not due", "Not due"]
    here = at(referral, "placement/follow-ups/6/")
    sent = filled(clerk, here, outcome="there", on="2/11/2026")

    answers = [clerk.post(here, sent) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [at(referral)] * 2
    row = PlacementFollowUp.objects.get()
    assert (row.weeks, row.outcome, row.on, row.ended_on) == (6, "there", date(2026, 11, 2), None)
    page = words(clerk.get(at(referral)))
    assert "On roll and attending" in page
    assert TimelineEvent.objects.get(event="placement_followed_up").data["referral"] == "7KQ4M2"


def test_timeline_tells_the_follow_up_and_that_it_was_taken_back(
    clerk: Client, referral: Referral, exclusion: Exclusion
) -> None:
    record(clerk, referral, 6, outcome="there", on="2/11/2026")
    row = PlacementFollowUp.objects.get()
    here = at(referral, f"placement/follow-ups/{row.pk}/take-back/")
    clerk.post(here, filled(clerk, here, because="Another child"))

    page = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))

    said = (
        "Followed up 6 weeks after the first day at Receiving School: on roll and attending, on Monday 2 November 2026."
    )
    assert said in page
    assert "Taken back: the follow-up 6 weeks after the first day at Receiving School." in page
    assert "</del> Taken back: Another child" in words(clerk.get(at(referral)))
    assert clerk.get(here).headers["Location"] == at(referral)


@pytest.mark.parametrize(
    ("weeks", "typed", "wrong"),
    [
        (6, {"outcome": "there", "on": "26/10/2026"}, {"on": "6 weeks have not passed by this day"}),
        (12, {"outcome": "there", "on": "3/11/2026"}, {"on": "12 weeks have not passed by this day"}),
        (6, {"outcome": "moved", "on": "2/11/2026"}, {"ended_on": "Enter the last day at the school"}),
        (
            6,
            {"outcome": "there", "on": "2/11/2026", "ended_on": "2/11/2026"},
            {"ended_on": "Leave this empty: the child is still on the roll"},
        ),
        (6, {"on": "2/11/2026"}, {"outcome": "Choose what became of the placement"}),
        (6, {"outcome": "there", "on": "5/11/2026"}, {"on": "The day must be today or in the past"}),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_saved(
    clerk: Client, referral: Referral, weeks: int, typed: dict[str, str], wrong: dict[str, str]
) -> None:
    answer = record(clerk, referral, weeks, **typed)

    assert errors(answer) == wrong
    assert answer.context["form"]["on"].value() == typed["on"]
    assert not PlacementFollowUp.objects.exists()


def test_placement_that_is_over_ends_the_later_follow_ups(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, 6, outcome="excluded", on="2/11/2026", ended_on="20/10/2026")

    shown = clerk.get(at(referral)).context["placement"]["follow_up_rows"]
    assert [row["cells"][3]["tag"]["text"] for row in shown] == ["Met 1 school day late", "Ended", "Ended"]
    answer = record(clerk, referral, 12, outcome="moved", on="2/11/2026", ended_on="20/10/2026")
    assert "The placement is over, as the follow-up after 6 weeks found." in words(answer)


def test_page_of_a_follow_up_says_which_comes_before_it_and_shows_no_form(clerk: Client, referral: Referral) -> None:
    answer = clerk.get(at(referral, "placement/follow-ups/26/"))

    assert "First record the follow-up after 6 weeks, which comes before it." in words(answer)
    assert "Record it</button>" not in words(answer)
    sent = record(clerk, referral, 26, outcome="moved", on="2/11/2026", ended_on="2/11/2026")
    assert errors(sent) == {"__all__": "First record the follow-up after 6 weeks, which comes before it"}
    assert not PlacementFollowUp.objects.exists()


def test_page_of_a_follow_up_on_the_file_shows_it_and_how_to_take_it_back(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, 6, outcome="there", on="2/11/2026", words="Register seen")

    page = words(clerk.get(at(referral, "placement/follow-ups/6/")))

    assert "It is recorded:</b> on roll and attending, Monday 2 November 2026. Register seen" in page
    assert f"/placement/follow-ups/{PlacementFollowUp.objects.get().pk}/take-back/" in page
    assert "Record it</button>" not in page


def test_finding_after_the_last_day_of_another_follow_up_is_refused_at_its_day(
    clerk: Client, referral: Referral, receiving: School, cast: Cast
) -> None:
    over = placement_rows.follow_up(
        referral, receiving, 12, "moved", date(2026, 11, 2), by=cast.asha, ended_on=date(2026, 10, 20)
    )

    refused = record(clerk, referral, 6, outcome="there", on="2/11/2026", words="Register seen")

    assert errors(refused) == {
        "on": "The follow-up after 12 weeks gave 20 October 2026 as the last day at the school. "
        "If that is wrong, take back the follow-up after 12 weeks first"
    }
    assert "Register seen" in words(refused)
    assert PlacementFollowUp.objects.get() == over
    here = at(referral, f"placement/follow-ups/{over.pk}/take-back/")
    clerk.post(here, filled(clerk, here, because="Another child"))
    assert record(clerk, referral, 6, outcome="there", on="2/11/2026").status_code == 302


def test_last_day_before_the_child_was_found_there_is_refused_at_its_day(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, 6, outcome="there", on="2/11/2026")

    refused = record(clerk, referral, 12, outcome="moved", on="3/11/2026", ended_on="1/11/2026")

    assert errors(refused)["ended_on"].startswith(
        "The follow-up after 6 weeks found the child on the roll on 2 November"
    )
    assert PlacementFollowUp.objects.count() == 1
    assert record(clerk, referral, 12, outcome="moved", on="3/11/2026", ended_on="2/11/2026").status_code == 302


def test_page_of_a_follow_up_shows_the_rolls_word_beside_and_refuses_nothing_by_it(
    clerk: Client, referral: Referral
) -> None:
    here = at(referral, "placement/follow-ups/6/")
    assert "By the school’s roll:</b> on it since Tuesday 15 September 2026." in words(clerk.get(here))
    spells = RollSpell.objects.filter(pupil=referral.pupil, first_day=STARTED)
    spells.update(last_day=date(2026, 10, 30))
    assert "on it since Tuesday 15 September 2026, last day Friday 30 October 2026." in words(clerk.get(here))

    assert record(clerk, referral, 6, outcome="there", on="2/11/2026").status_code == 302
    spells.delete()
    assert "By the school’s roll:</b> the child is not on it." in words(
        clerk.get(at(referral, "placement/follow-ups/12/"))
    )


def test_page_that_somebody_else_overtook_saves_nothing(clerk: Client, referral: Referral) -> None:
    here = at(referral, "placement/follow-ups/6/")
    sent = filled(clerk, here, outcome="there", on="2/11/2026")
    Referral.objects.update(version=7)

    assert "Somebody else changed this placement" in words(clerk.post(here, sent))
    assert not PlacementFollowUp.objects.exists()


def test_first_day_is_taken_back_only_after_its_follow_ups(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, 6, outcome="there", on="2/11/2026")
    here = at(referral, f"placement/steps/{referral.placement_steps.get().pk}/take-back/")

    answer = clerk.post(here, filled(clerk, here, because="Slip"))

    assert "First take back the follow-ups" in words(answer)


def test_failed_placement_gives_the_school_its_turn_back_until_that_is_taken_back(
    clerk: Client, referral: Referral, fap: Panel, receiving: School
) -> None:
    def places() -> int:
        found = turns_of(fap, on=TODAY)
        return found.model.balances(found.ledger, on=TODAY).of(int(receiving.urn)).places

    assert places() == 1
    record(clerk, referral, 6, outcome="withdrawn", on="2/11/2026", ended_on="20/10/2026")
    assert places() == 0

    row = PlacementFollowUp.objects.get()
    here = at(referral, f"placement/follow-ups/{row.pk}/take-back/")
    clerk.post(here, filled(clerk, here, because="Another child"))

    assert places() == 1


def test_placement_that_lasts_or_ends_after_the_weeks_of_the_terms_gives_nothing_back(
    referral: Referral, fap: Panel, receiving: School, cast: Cast
) -> None:
    rows.terms(fap, by=cast.administrator, from_=date(2026, 9, 3), credit_weeks=2)
    placement_rows.follow_up(
        referral, receiving, 6, "moved", date(2026, 11, 2), by=cast.asha, ended_on=date(2026, 10, 20)
    )

    found = turns_of(fap, on=TODAY)

    assert found.model.balances(found.ledger, on=TODAY).of(int(receiving.urn)).places == 1


def test_list_and_a_new_referral_show_how_placements_last(
    clerk: Client, referral: Referral, fap: Panel, cast: Cast
) -> None:
    assert "placements last" not in words(clerk.get("/panels/fap-secondary/placements/"))
    record(clerk, referral, 6, outcome="there", on="2/11/2026")
    Referral.objects.create(
        reference="99BC22", panel=fap, pupil=referral.pupil, route="mid_year", referred_on=TODAY, referred_at=NOW,
        referred_by=cast.asha,
    )  # fmt: skip

    for page in ("/panels/fap-secondary/placements/", "/panels/fap-secondary/referrals/99BC22/"):
        shown = clerk.get(page).context["lasting"]["rows"]
        assert [[cell["text"] for cell in row["cells"]] for row in shown] == [
            ["School named", "1 of 1", "None followed up", "None followed up"]
        ]


@pytest.mark.parametrize(("show", "stands"), [("follow-up", True), ("late", True), ("refused", False)])
def test_list_finds_what_is_to_be_followed_up(clerk: Client, referral: Referral, show: str, stands: bool) -> None:
    page = words(clerk.get(f"/panels/fap-secondary/placements/?show={show}"))

    assert ("Follow-up at 6 weeks" in page) == stands


def test_how_placements_last_asks_as_much_for_many_as_for_one(
    clerk: Client, referral: Referral, fap: Panel, receiving: School, exclusion: Exclusion, cast: Cast
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/panels/fap-secondary/placements/?show=started")
        return len(asked)

    clerk.get("/panels/fap-secondary/placements/?show=started")
    few = counted()
    for letter in "BCDFGHJKMN":
        begun(fap, exclusion, f"9{letter}CC22", receiving, cast)

    assert counted() == few


def test_only_who_prepares_panels_follows_up(referral: Referral, client_of: ClientOf, cast: Cast) -> None:
    ruth = client_of(cast.ruth)

    assert "After 6 weeks" in words(ruth.get(at(referral)))
    assert "Record what was found" not in words(ruth.get(at(referral)))
    assert ruth.get(at(referral, "placement/follow-ups/6/")).status_code == 404


@pytest.mark.parametrize(("on", "followed"), [(date(2026, 10, 26), []), (date(2026, 10, 27), [(6, 1, 0)])])
def test_placement_counts_among_those_that_last_from_the_day_its_weeks_have_passed(
    on: date, followed: list[tuple[int, int, int]], referral: Referral, fap: Panel, receiving: School, cast: Cast
) -> None:
    day = date(2026, 10, 20)
    placement_rows.follow_up(referral, receiving, 6, "moved", day, by=cast.asha, ended_on=day)

    found = shares_of(cast.asha, fap, on=on)

    assert [(each.weeks, each.followed, each.there) for each in found] == followed


def test_ties_are_asked_only_of_placements_that_count_among_those_that_last(
    referral: Referral, fap: Panel, receiving: School, cast: Cast, django_assert_num_queries: Any
) -> None:
    rows.connection(cast.asha, kind="family_name", family_name="Nobody")
    with django_assert_num_queries(3):
        # Whether anything is kept of the person, which placements are checked, and which count: none.
        assert shares_of(cast.asha, fap, on=TODAY) == ()
