"""What a placement does to the roll: what R45 allows, what the page says before, and what taking it back undoes."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.models import RollSpell, School
from exclusions.models import Exclusion, OutcomeEvent, Step
from panels.models import PlacementStep, Referral
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories import sittings as sitting_rows
from tests.integration.panels.views.test_placement_pages import at, receiving, record, referral, stages
from tests.integration.panels.words import words
from tests.page_form import errors, filled

__all__ = ["receiving", "referral"]


def done(exclusion: Exclusion, cast: Cast, **steps: date) -> None:
    for step, on in steps.items():
        method = "hand" if step in ("decision_letter", "review_application") else ""
        Step.objects.create(
            exclusion=exclusion, step=step, on=on, method=method, recorded_at=NOW, recorded_by=cast.asha
        )  # fmt: skip


@pytest.fixture
def waived(exclusion: Exclusion, cast: Cast) -> None:
    """The governors decided, and the parent said in writing that no review will be applied for: R45(b)."""
    done(exclusion, cast, decision_letter=date(2026, 10, 13), review_waived=date(2026, 10, 20))


def spells(of: Referral) -> list[tuple[str, date, date | None]]:
    rows = RollSpell.objects.filter(pupil=of.pupil).order_by("first_day")
    return [(row.school.name, row.first_day, row.last_day) for row in rows.select_related("school")]


def take_back(client: Client, of: Referral) -> Any:
    here = at(of, f"placement/steps/{PlacementStep.objects.get(step='on_roll').pk}/take-back/")
    return client.post(here, filled(client, here, because="Another child"), follow=True)


def test_child_is_put_on_the_roll_and_the_stage_is_read_from_it(
    clerk: Client, referral: Referral, receiving: School, waived: None
) -> None:
    record(clerk, referral, "on-roll", on="3/11/2026")

    spell = RollSpell.objects.get(pupil=referral.pupil, school=receiving)
    assert (spell.first_day, spell.last_day) == (date(2026, 11, 3), None)
    before = RollSpell.objects.exclude(pk=spell.pk).get(pupil=referral.pupil)
    assert before.last_day == date(2026, 11, 2)
    assert stages(clerk, referral)["On the school’s roll"][1] == "Met 1 school day late"


def test_page_says_before_it_is_done_whose_roll_the_child_leaves_and_from_when_it_may(
    clerk: Client, referral: Referral, waived: None, place: Place
) -> None:
    page = words(clerk.get(at(referral, "placement/on-roll/")))

    assert f"The child leaves the roll of <b>{place.school.name}</b>, which excluded the child for good" in page
    assert "It may leave from 20 October 2026, and not before (R45)" in page
    assert "SI 2024/208 reg 9" in page
    assert "Record it" in page


def test_name_does_not_leave_the_roll_while_a_review_may_be_applied_for_r45(
    clerk: Client, referral: Referral, exclusion: Exclusion, cast: Cast
) -> None:
    done(exclusion, cast, decision_letter=date(2026, 10, 13))
    before = spells(referral)

    answer = record(clerk, referral, "on-roll", on="3/11/2026")

    assert errors(answer)["on"].endswith("It may leave from 11 November 2026, and not before (R45)")
    assert spells(referral) == before
    assert not PlacementStep.objects.exists()


def test_name_does_not_leave_the_roll_without_the_governors_decision_and_the_page_leads_to_the_case_r45(
    clerk: Client, referral: Referral, exclusion: Exclusion
) -> None:
    page = words(clerk.get(at(referral, "placement/on-roll/")))
    assert "the governors’ decision letter is not on the file" in page
    assert f"/exclusions/{exclusion.case.reference}/" in page
    assert "Record it</button>" not in page

    answer = record(clerk, referral, "on-roll", on="3/11/2026")

    assert "It may not leave yet" in errors(answer)["__all__"]
    assert not PlacementStep.objects.exists()


def test_name_leaves_after_a_review_only_on_the_word_that_it_has_finished_r45(
    clerk: Client, referral: Referral, exclusion: Exclusion, cast: Cast
) -> None:
    done(exclusion, cast, decision_letter=date(2026, 10, 13), review_application=date(2026, 10, 15))
    assert "the file does not tell that it has finished" in words(clerk.get(at(referral, "placement/on-roll/")))

    answer = record(clerk, referral, "on-roll", on="3/11/2026")
    assert list(errors(answer)) == ["review_finished"]
    assert not PlacementStep.objects.exists()

    assert record(clerk, referral, "on-roll", on="3/11/2026", review_finished="on").status_code == 302


def test_child_that_the_governors_reinstated_is_held_by_nothing(
    clerk: Client, referral: Referral, exclusion: Exclusion, cast: Cast
) -> None:
    OutcomeEvent.objects.create(
        exclusion=exclusion, event="reinstated by governors", on=date(2026, 10, 20), recorded_at=NOW,
        recorded_by=cast.asha,
    )  # fmt: skip

    assert record(clerk, referral, "on-roll", on="3/11/2026").status_code == 302


def test_roll_of_a_school_that_did_not_exclude_the_child_ends_without_more(
    clerk: Client, referral: Referral, place: Place
) -> None:
    other = sitting_rows.another_school("Third School", place.school)
    RollSpell.objects.filter(pupil=referral.pupil).update(school=other)

    assert "which excluded the child" not in words(clerk.get(at(referral, "placement/on-roll/")))
    assert record(clerk, referral, "on-roll", on="3/11/2026").status_code == 302


def test_taking_the_step_back_says_and_undoes_what_it_did_to_the_roll(
    clerk: Client, referral: Referral, waived: None, place: Place
) -> None:
    before = spells(referral)
    record(clerk, referral, "on-roll", on="3/11/2026")
    step = PlacementStep.objects.get()

    page = words(clerk.get(at(referral, f"placement/steps/{step.pk}/take-back/")))
    assert "The child leaves the roll of <b>Receiving School</b>, as though it had not been put there." in page
    assert f"The roll of <b>{place.school.name}</b> runs on as it did before." in page

    assert "The roll is as it was before." in words(take_back(clerk, referral))
    assert spells(referral) == before
    assert stages(clerk, referral)["On the school’s roll"][1] == "2 school days late"


def test_roll_that_was_changed_since_stays_as_it_is_and_the_page_leads_to_the_child(
    clerk: Client, referral: Referral, receiving: School, waived: None
) -> None:
    record(clerk, referral, "on-roll", on="2/11/2026")
    RollSpell.objects.filter(school=receiving).update(last_day=date(2026, 11, 3))
    after = spells(referral)

    step = PlacementStep.objects.get()
    page = words(clerk.get(at(referral, f"placement/steps/{step.pk}/take-back/")))
    assert "The roll was changed since the child was put on it: the roll stays as it is" in page
    assert f"/pupils/{referral.pupil.public_id}/" in page

    assert "The roll stays as it is." in words(take_back(clerk, referral))
    assert spells(referral) == after


def test_step_of_a_child_already_on_the_roll_leaves_it_when_it_is_taken_back(
    clerk: Client, referral: Referral, receiving: School
) -> None:
    RollSpell.objects.filter(pupil=referral.pupil).update(school=receiving)
    before = spells(referral)
    record(clerk, referral, "on-roll", on="3/11/2026")

    assert "The roll stays as it is." in words(take_back(clerk, referral))
    assert spells(referral) == before


def test_childs_own_page_says_from_when_r45_lets_it_leave_the_excluding_roll(
    clerk: Client, referral: Referral, exclusion: Exclusion, place: Place, cast: Cast
) -> None:
    here = f"/pupils/{referral.pupil.public_id}/roll/"
    said = f"{place.school.name} excluded this child permanently, and its roll ends the day before the new one begins."
    assert f"{said} It may not leave yet: the governors’ decision letter is not on the file" in words(clerk.get(here))

    done(exclusion, cast, decision_letter=date(2026, 10, 13))
    assert f"{said} It may leave from 11 November 2026, and not before (R45)." in words(clerk.get(here))

    RollSpell.objects.filter(pupil=referral.pupil).update(last_day=date(2026, 10, 30))
    assert "excluded this child permanently" not in words(clerk.get(here))
