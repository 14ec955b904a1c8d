"""What follows when a panel names a school: the stages on the referral's page, each step, and the panel's list."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from casework.models import Circumstance, Reading, RollSpell, School, TimelineEvent
from exclusions.models import Exclusion, ReadingChoice
from panels.models import ItemRecord, Panel, PlacementStep, Referral
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.page_form import errors, filled

ASKED = date(2026, 10, 15)


@pytest.fixture
def receiving(place: Place) -> School:
    """A maintained school that receives the child; the one that excluded is another."""
    return sitting_rows.another_school("Receiving School", place.school)


@pytest.fixture
def referral(fap: Panel, exclusion: Exclusion, receiving: School, cast: Cast) -> Referral:
    """A child for whom the panel named a school on 14 October, to start on 2 November."""
    rows.terms(fap, by=cast.administrator, reply_within=5)
    made: Referral = Referral.objects.create(
        reference="7KQ4M2", panel=fap, pupil=exclusion.case.pupil, exclusion=exclusion, route="specialist_panel",
        referred_on=date(2026, 10, 5), referred_at=NOW, referred_by=cast.asha,
    )  # fmt: skip
    placement_rows.placed(made, receiving, by=cast.asha)
    return made


def at(referral: Referral, tail: str = "") -> str:
    return f"/panels/{referral.panel.code}/referrals/{referral.reference}/{tail}"


def record(client: Client, referral: Referral, step: str, **typed: Any) -> Any:
    here = at(referral, f"placement/{step}/")
    return client.post(here, filled(client, here, **typed))


def stages(client: Client, referral: Referral) -> dict[str, tuple[str, str]]:
    """Return the day and the tag of each stage that the page shows."""
    page = client.get(at(referral))
    return {
        row["cells"][0]["text"]: (row["cells"][2]["text"], row["cells"][3]["tag"]["text"])
        for row in page.context["placement"]["rows"]
    }


def test_referral_without_a_school_named_has_no_placement(clerk: Client, referral: Referral) -> None:
    Referral.objects.update(outcome="other")
    ItemRecord.objects.update(outcome="other")

    assert "Placement at" not in words(clerk.get(at(referral)))
    assert clerk.get(at(referral, "placement/asked/")).status_code == 404


def test_page_shows_each_stage_with_its_day_its_holder_and_where_it_stands(clerk: Client, referral: Referral) -> None:
    assert stages(clerk, referral) == {
        "Place allocated": ("9 November 2026", "Met"),
        "School asked": ("No day is given", "Due"),
        "School’s reply": ("No day is given", "Not open"),
        "On the school’s roll": ("Monday 2 November, 2 school days ago", "2 school days late"),
        "First day at the school": ("Monday 2 November, 2 school days ago", "2 school days late"),
    }
    page = words(clerk.get(at(referral)))
    assert "Placement at Receiving School" in page
    assert "2 late, 2 to come, 1 met" in page
    assert "20 school days after 5 October 2026; the panel named the school" in page
    assert "by the panel’s terms: a local rule, the law has no figure" in page
    assert "Record the first day" in page
    assert "It agreed" not in page


def test_clock_of_the_reply_begins_when_the_school_is_asked_and_is_late_after_the_terms_days(
    clerk: Client, referral: Referral
) -> None:
    answer = record(clerk, referral, "asked", on="15/10/2026")

    assert answer.headers["Location"] == at(referral)
    assert stages(clerk, referral)["School asked"] == ("No day is given", "Met")
    assert stages(clerk, referral)["School’s reply"][1] == "4 school days late"
    page = words(clerk.get(at(referral)))
    assert "It agreed" in page
    assert "5 school days after the school is asked" in page


def test_terms_that_name_no_days_leave_the_reply_without_one(
    clerk: Client, referral: Referral, cast: Cast
) -> None:  # fmt: skip
    other = Referral.objects.get()
    rows.terms(referral.panel, by=cast.administrator, from_=date(2026, 10, 10))
    record(clerk, other, "asked", on="15/10/2026")

    assert stages(clerk, referral)["School’s reply"] == ("No day is given", "Due")
    assert "the law has no figure, and the panel’s terms name none" in words(clerk.get(at(referral)))


def test_second_click_records_once_and_leads_to_the_same_page(clerk: Client, referral: Referral) -> None:
    here = at(referral, "placement/asked/")
    sent = filled(clerk, here, on="15/10/2026")

    answers = [clerk.post(here, sent) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [at(referral)] * 2
    assert PlacementStep.objects.count() == 1
    event = TimelineEvent.objects.get(event="placement_step_recorded")
    assert event.data["referral"] == "7KQ4M2"


def test_timeline_tells_each_step(clerk: Client, referral: Referral, exclusion: Exclusion) -> None:
    record(clerk, referral, "asked", on="15/10/2026")

    page = words(clerk.get(f"/exclusions/{exclusion.case.reference}/"))

    assert "School asked to admit the child: Receiving School, on Thursday 15 October 2026." in page


def test_refusal_wants_its_reasons_and_loses_nothing_typed(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, "asked", on="15/10/2026")

    answer = record(clerk, referral, "refused", on="20/10/2026", words="")

    assert errors(answer) == {"words": "Write the reasons that the school gave"}
    assert answer.context["form"]["on"].value() == "20/10/2026"
    assert not PlacementStep.objects.filter(step="refused").exists()


def refused(client: Client, referral: Referral) -> None:
    record(client, referral, "asked", on="15/10/2026")
    record(client, referral, "refused", on="20/10/2026", words="Full in year 9")


def test_refusal_of_a_maintained_school_leads_to_a_direction_and_the_adjudicators_days(
    clerk: Client, referral: Referral
) -> None:
    refused(clerk, referral)
    assert stages(clerk, referral)["Refusal taken further"][1] == "Due"
    assert clerk.get(at(referral, "placement/secretary-of-state-asked/")).status_code == 404

    record(clerk, referral, "direction-intended", on="22/10/2026")

    found = stages(clerk, referral)
    assert found["School may go to the adjudicator"][0] == "Tomorrow"
    assert found["School directed"] == ("No day is given", "Not open")
    page = words(clerk.get(at(referral)))
    assert "The school refused:</b> Full in year 9" in page
    assert "15 calendar days beginning with the day it was told, 22 October 2026" in page


def test_looked_after_child_leaves_the_school_seven_days(clerk: Client, referral: Referral) -> None:
    refused(clerk, referral)
    Circumstance.objects.create(
        pupil=referral.pupil, kind="social_care", value="looked after", first_day=date(2026, 10, 1), source="VSH",
        known_on=TODAY,
    )  # fmt: skip

    record(clerk, referral, "direction-intended", on="22/10/2026")

    found = stages(clerk, referral)
    assert found["School may go to the adjudicator"] == ("Wednesday 28 October, 3 school days ago", "Passed")
    assert found["School directed"][1] == "Due"


def test_refusal_of_an_academy_leads_to_the_secretary_of_state(
    clerk: Client, referral: Referral, receiving: School
) -> None:
    School.objects.filter(pk=receiving.pk).update(kind="academy")
    refused(clerk, referral)
    assert clerk.get(at(referral, "placement/direction-intended/")).status_code == 404

    record(clerk, referral, "secretary-of-state-asked", on="22/10/2026")

    found = stages(clerk, referral)
    assert found["Refusal taken further"][1] == "Met"
    assert found["School directed"] == ("No day is given", "Due")
    assert "School may go to the adjudicator" not in found


def test_place_at_a_school_that_refused_waits_until_it_agrees_on_a_later_day(clerk: Client, referral: Referral) -> None:
    refused(clerk, referral)

    for step in ("on-roll", "started"):
        assert "The school refused, 20 October 2026" in words(record(clerk, referral, step, on="2/11/2026"))
    early = record(clerk, referral, "accepted", on="19/10/2026")
    assert errors(early)["on"].startswith("It cannot come before this: school refused, 20 October 2026")
    assert not PlacementStep.objects.exclude(step__in=("asked", "refused")).exists()

    assert record(clerk, referral, "accepted", on="23/10/2026").status_code == 302
    assert record(clerk, referral, "started", on="2/11/2026").status_code == 302


def test_school_that_agreed_and_refused_may_agree_again_as_the_page_says(clerk: Client, referral: Referral) -> None:
    record(clerk, referral, "asked", on="15/10/2026")
    record(clerk, referral, "accepted", on="16/10/2026")
    assert "was overtaken" not in words(clerk.get(at(referral)))
    record(clerk, referral, "refused", on="20/10/2026", words="Full")
    first = PlacementStep.objects.get(step="accepted")
    take_back = at(referral, f"placement/steps/{first.pk}/take-back/")
    says = "The agreement of 16 October 2026 was overtaken: the school refused since. One agreement stands at a time."

    for answer in (clerk.get(at(referral)), clerk.get(at(referral, "placement/accepted/"))):
        assert says in words(answer)
        assert take_back in words(answer)
    assert says not in words(clerk.get(at(referral, "placement/refused/")))

    clerk.post(take_back, filled(clerk, take_back, because="The school refused since"))
    assert record(clerk, referral, "accepted", on="23/10/2026").status_code == 302
    page = words(clerk.get(at(referral)))
    assert "School agreed to admit, Friday 16 October 2026</del> Taken back: The school refused since" in page
    assert "The refusal of 20 October 2026 was overtaken: the school agreed since." in page
    record(clerk, referral, "started", on="2/11/2026")
    assert "was overtaken" not in words(clerk.get(at(referral)))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ([("accepted", "16/10/2026")], "16 October 2026 agreed"),
        ([("accepted", "16/10/2026"), ("refused", "20/10/2026")], "16 October 2026 agreed; refused on 20 October 2026"),
        ([("refused", "16/10/2026"), ("accepted", "20/10/2026")], "16 October 2026 refused; agreed on 20 October 2026"),
        ([("refused", "16/10/2026"), ("accepted", "16/10/2026")], "16 October 2026 refused; agreed on 16 October 2026"),
    ],
)
def test_reply_stands_with_its_own_day_and_the_later_word_with_its_own(
    said: list[tuple[str, str]], shown: str, clerk: Client, referral: Referral
) -> None:
    record(clerk, referral, "asked", on="15/10/2026")
    for step, on in said:
        assert record(clerk, referral, step, on=on, words="Full").status_code == 302

    row = clerk.get(at(referral)).context["placement"]["rows"][2]["cells"]
    assert row[0]["text"] == "School’s reply"
    assert strip_tags(row[4]["html"].split("<a")[0].replace("<span", " <span")).strip() == shown


def test_step_that_answers_nothing_is_refused_and_says_so(clerk: Client, referral: Referral) -> None:
    here = at(referral, "placement/refused/")
    said = "First record what it answers, which is not on the file: school asked to admit the child"
    assert said in words(clerk.get(here))
    assert "Record it" not in words(clerk.get(here))

    answer = record(clerk, referral, "refused", on="20/10/2026", words="Full")

    assert errors(answer) == {"__all__": said}
    assert not PlacementStep.objects.exists()


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("asked", "13/10/2026", "It cannot come before the panel decided"),
        ("asked", "5/11/2026", "The day must be today or in the past"),
        ("agreed", "15/10/2026", "It cannot come after the panel decided"),
        ("agreed", "1/9/2026", "It cannot come before the exclusion, which took effect on"),
        ("asked", "nonsense", "&#x27;nonsense&#x27; is not a day"),
    ],
)
def test_wrong_day_is_said_at_its_field(clerk: Client, referral: Referral, step: str, typed: str, said: str) -> None:
    answer = record(clerk, referral, step, on=typed)

    assert said in words(answer)
    assert errors(answer).keys() == {"on"}
    assert not PlacementStep.objects.exists()


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        (("asked", "15/10/2026"), ("accepted", "14/10/2026"), "school asked to admit the child, 15 October 2026"),
        (("on-roll", "3/11/2026"), ("started", "2/11/2026"), "put on the roll, 3 November 2026"),
        (("started", "2/11/2026"), ("on-roll", "3/11/2026"), "first day at the school, 2 November 2026"),
        (("started", "2/11/2026"), ("asked", "3/11/2026"), "first day at the school, 2 November 2026"),
    ],
)
def test_day_that_contradicts_the_order_of_the_steps_is_said_at_its_field(
    clerk: Client, referral: Referral, first: tuple[str, str], then: tuple[str, str], says: str
) -> None:
    Exclusion.objects.update(kind="suspension")
    record(clerk, referral, first[0], on=first[1])

    answer = record(clerk, referral, then[0], on=then[1])

    assert list(errors(answer)) == ["on"]
    assert says in errors(answer)["on"]
    assert PlacementStep.objects.count() == 1


def test_page_of_a_step_on_the_file_shows_it_and_how_to_take_it_back_and_no_form(
    clerk: Client, referral: Referral
) -> None:
    record(clerk, referral, "asked", on="15/10/2026", words="By telephone")

    page = words(clerk.get(at(referral, "placement/asked/")))

    step = PlacementStep.objects.get()
    assert "It is recorded:</b> Thursday 15 October 2026. By telephone" in page
    assert f"/placement/steps/{step.pk}/take-back/" in page
    assert "Record it" not in page
    assert errors(record(clerk, referral, "asked", on="16/10/2026")) == {"__all__": "It is recorded already"}


def to_the_adjudicator(client: Client, referral: Referral) -> None:
    refused(client, referral)
    record(client, referral, "direction-intended", on="22/10/2026")
    record(client, referral, "to-adjudicator", on="23/10/2026")


def test_direction_waits_for_the_adjudicator_and_goes_on_once_it_is_upheld_r56(
    clerk: Client, referral: Referral
) -> None:
    to_the_adjudicator(clerk, referral)
    assert stages(clerk, referral)["Adjudicator’s decision"][1] == "Due"
    assert errors(record(clerk, referral, "directed", on="2/11/2026"))["__all__"].startswith("The adjudicator has it")

    record(clerk, referral, "adjudicator-upheld", on="30/10/2026")

    found = stages(clerk, referral)
    assert (found["Adjudicator’s decision"][1], found["School directed"][1]) == ("Met", "Due")
    assert "Back to the panel" not in found
    assert errors(record(clerk, referral, "directed", on="29/10/2026"))["on"].startswith("It cannot come before this")
    assert record(clerk, referral, "directed", on="2/11/2026").status_code == 302


def test_placement_that_is_not_upheld_goes_back_to_the_panel_until_the_child_is_referred_again_r56(
    clerk: Client, referral: Referral, cast: Cast
) -> None:
    to_the_adjudicator(clerk, referral)

    record(clerk, referral, "adjudicator-not-upheld", on="30/10/2026")

    page = words(clerk.get(at(referral)))
    assert "The placement goes back to the panel: refer the child again" in page
    assert "Refer the child again" in page
    found = stages(clerk, referral)
    ended = ("School directed", "On the school’s roll", "First day at the school")
    assert [found[stage][1] for stage in ended] == ["Ended"] * 3
    assert found["Back to the panel"][1] == "Due"
    assert errors(record(clerk, referral, "on-roll", on="3/11/2026"))["__all__"].startswith("The placement went back")
    Referral.objects.create(
        reference="7KQ4M3", panel=referral.panel, pupil=referral.pupil, exclusion=referral.exclusion, route="mid_year",
        referred_on=TODAY, referred_at=NOW, referred_by=cast.asha,
    )  # fmt: skip
    assert stages(clerk, referral)["Back to the panel"][1] == "Met"


def test_academy_that_the_secretary_of_state_does_not_direct_goes_back_to_the_panel_r56(
    clerk: Client, referral: Referral, receiving: School
) -> None:
    School.objects.filter(pk=receiving.pk).update(kind="academy")
    refused(clerk, referral)
    assert clerk.get(at(referral, "placement/adjudicator-upheld/")).status_code == 404
    record(clerk, referral, "secretary-of-state-asked", on="22/10/2026")

    record(clerk, referral, "secretary-of-state-declined", on="30/10/2026")

    found = stages(clerk, referral)
    assert (found["School directed"][1], found["Back to the panel"][1]) == ("Ended", "Due")


def test_page_that_somebody_else_overtook_saves_nothing_and_can_be_sent_again(
    clerk: Client, referral: Referral
) -> None:  # fmt: skip
    here = at(referral, "placement/started/")
    sent = filled(clerk, here, on="3/11/2026")
    record(clerk, referral, "asked", on="15/10/2026")

    answer = clerk.post(here, sent)

    assert "Somebody else changed this placement" in words(answer)
    assert not PlacementStep.objects.filter(step="started").exists()
    again = clerk.post(here, {**sent, "version": answer.context["form"].data["version"]})
    assert again.status_code == 302


def test_roll_that_somebody_else_wrote_meets_the_stage_without_a_step(
    clerk: Client, referral: Referral, receiving: School
) -> None:
    RollSpell.objects.create(pupil=referral.pupil, school=receiving, year_group="9", first_day=date(2026, 11, 2))

    assert stages(clerk, referral)["On the school’s roll"][1] == "Met"
    page = words(clerk.get(at(referral)))
    assert "by the roll" in page
    assert "Put on the roll" not in page


def test_roll_of_another_school_from_that_very_day_is_said_at_the_day(
    clerk: Client, referral: Referral, place: Place
) -> None:
    other = sitting_rows.another_school("Third School", place.school)
    RollSpell.objects.filter(pupil=referral.pupil).update(last_day=date(2026, 10, 30))
    RollSpell.objects.create(pupil=referral.pupil, school=other, year_group="9", first_day=date(2026, 11, 3))

    answer = record(clerk, referral, "on-roll", on="3/11/2026")

    assert errors(answer)["on"].startswith("The child is on another school’s roll from that very day")
    assert not PlacementStep.objects.exists()


def test_step_is_taken_back_with_a_reason_once_what_answers_it_is(clerk: Client, referral: Referral) -> None:
    refused(clerk, referral)
    asked, no = PlacementStep.objects.order_by("on")

    def take_back(step: PlacementStep, because: str) -> Any:
        here = at(referral, f"placement/steps/{step.pk}/take-back/")
        return clerk.post(here, filled(clerk, here, because=because))

    assert "First take back what answers it: school refused" in words(take_back(asked, "Slip"))
    assert errors(take_back(no, "")) == {"because": "Enter why it is taken back"}
    assert take_back(no, "It was another child").headers["Location"] == at(referral)
    assert take_back(asked, "Slip").status_code == 302

    page = words(clerk.get(at(referral)))
    assert "</del> Taken back: It was another child" in page
    assert stages(clerk, referral)["School asked"][1] == "Due"
    assert TimelineEvent.objects.filter(event="placement_step_taken_back").count() == 2
    assert clerk.get(at(referral, f"placement/steps/{asked.pk}/take-back/")).headers["Location"] == at(referral)


def test_panel_that_names_another_school_begins_again(
    clerk: Client, referral: Referral, place: Place, receiving: School
) -> None:
    refused(clerk, referral)
    other = sitting_rows.another_school("Second choice", place.school)
    ItemRecord.objects.update(school=other)

    page = words(clerk.get(at(referral)))

    assert "Placement at Second choice" in page
    assert "The school refused" not in page
    assert stages(clerk, referral)["School asked"][1] == "Due"


def test_allocation_shows_the_other_reading_of_the_day_nought_beside_the_chosen(
    clerk: Client, referral: Referral, cast: Cast
) -> None:
    record(clerk, referral, "agreed", on="12/10/2026")
    record(clerk, referral, "application-refused", on="28/9/2026")

    def second() -> str:
        row = clerk.get(at(referral)).context["placement"]["rows"][0]
        return f"{row['cells'][2]['text']}; {row['cells'][2]['second']}"

    assert second() == "16 November 2026; 2 November 2026 on the reading not chosen"
    ReadingChoice.objects.create(
        ambiguity="AMB-9", setting="both", in_force_from=date(2026, 9, 1), why="Counsel", version=1, chosen_at=NOW,
        chosen_by=cast.ruth,
    )  # fmt: skip
    assert second() == "2 November 2026; or 16 November 2026, on the other reading"


def test_only_who_prepares_panels_records_and_a_child_that_is_read_is_audited(
    clerk: Client, referral: Referral, client_of: ClientOf, cast: Cast
) -> None:
    ruth = client_of(cast.ruth)
    page = words(ruth.get(at(referral)))

    assert "Placement at Receiving School" in page
    assert "/placement/" not in page
    assert ruth.get(at(referral, "placement/asked/")).status_code == 404
    assert client_of(cast.member).get("/panels/fap-secondary/placements/").status_code == 404
    clerk.get("/panels/fap-secondary/placements/")
    assert Reading.objects.filter(user=cast.asha, pupil=referral.pupil, surface="placements of a panel").exists()
