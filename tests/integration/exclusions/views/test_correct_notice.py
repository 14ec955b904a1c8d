"""Correcting a notice, with what it said before kept in sight."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client
from django.utils import timezone

from casework.models import Duty, Pupil, Reading, RollSpell, TimelineEvent
from exclusions.models import Correction, Exclusion
from exclusions.selectors.standing import standing_of
from exclusions.services import outcomes
from tests import cast as people
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import exclusions as exclusion_rows
from tests.page_form import errors, filled


def address(exclusion: Exclusion) -> str:
    return f"/exclusions/{exclusion.case.reference}/correct/"


def correct(client: Client, exclusion: Exclusion, **typed: Any) -> Any:
    page = address(exclusion)
    return client.post(page, filled(client, page, **({"because": "The school’s second e-mail"} | typed)))


def loaded(exclusion: Exclusion) -> Exclusion:
    found: Exclusion = Exclusion.objects.select_related("case__pupil", "school__authority", "home_authority").get(
        pk=exclusion.pk
    )
    return found


def test_last_day_corrected_moves_the_days_and_keeps_the_old_one_in_sight(
    officer: Client, suspension: Exclusion, cast: Cast
) -> None:
    saved = correct(officer, suspension, last_day="24/9")

    assert saved.status_code == 302, errors(saved)
    held = loaded(suspension)
    assert (held.last_day, held.version) == (date(2026, 9, 24), 2)
    assert [day.on.day for day in held.suspended_days.order_by("on")] == [21, 22, 23, 24]
    correction = Correction.objects.get()
    assert correction.changes == {"last_day": ["2026-09-22", "2026-09-24"]}
    assert (correction.because, correction.corrected_by) == ("The school’s second e-mail", cast.asha)
    page = officer.get(saved.headers["Location"]).content.decode()
    assert "<del>Tuesday 22 September 2026</del> <b>Thursday 24 September 2026</b>" in page
    assert "The school’s second e-mail" in page
    assert "Notice corrected: last day out." in page


def test_totals_and_duties_of_this_and_later_notices_follow(
    officer: Client, suspension: Exclusion, cast: Cast, pupil: Pupil, place: Place
) -> None:
    later = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2026, 10, 19), last_day=date(2026, 10, 22),
    )  # fmt: skip
    assert standing_of(loaded(later)).totals.year_days == 6  # type: ignore[union-attr]
    assert not Duty.objects.filter(case=suspension.case, key="sixth_day").exists()

    correct(officer, suspension, last_day="28/9")

    assert standing_of(loaded(later)).totals.year_days == 10  # type: ignore[union-attr]
    assert Duty.objects.filter(case=suspension.case, key="sixth_day").exists()


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        ({"reason_1": "DB", "reason_2": "PP"}, {"reasons": [["PP"], ["DB", "PP"]]}),
        ({"narrative": "In other words"}, {"narrative": ["", "In other words"]}),
        ({"exam_missed": "yes"}, {"exam_missed": [False, True]}),
        ({"sen": "E"}, {"sen": ["K", "E"]}),
        ({"social_worker": "yes"}, {"social_worker": ["unknown", "yes"]}),
        ({"year_group": "10"}, {"year_group": ["9", "10"]}),
        (
            {"decided_on": "18/9", "decided_by": "Head"},
            {"decided_on": [None, "2026-09-18"], "decided_by": ["", "Head"]},
        ),
        (
            {"council_told": "21/9/2026 8:42"},
            {"council_told_on": ["2026-10-12", "2026-09-21"], "council_told_time": [None, "08:42:00"]},
        ),
        ({"parents_told": "21/9"}, {"parents_told_on": [None, "2026-09-21"]}),
        ({"told_by": "letter"}, {"told_by": ["email", "letter"]}),
        ({"first_session": "PM"}, {"first_session": ["AM", "PM"]}),
        (
            {"kind": "permanent"},
            {"kind": ["suspension", "permanent"], "last_day": ["2026-09-22", None], "last_session": ["PM", ""]},
        ),
    ],
)
def test_every_field_can_be_corrected(
    officer: Client, suspension: Exclusion, typed: dict[str, str], changes: dict[str, list[Any]]
) -> None:
    saved = correct(officer, suspension, **typed)

    assert saved.status_code == 302, errors(saved)
    assert Correction.objects.get().changes == changes
    assert officer.get(saved.headers["Location"]).status_code == 200


def test_corrected_circumstance_says_where_it_comes_from(officer: Client, suspension: Exclusion) -> None:
    correct(officer, suspension, sen="E")

    assert loaded(suspension).circumstance_sources["sen"] == {"source": "Corrected", "known_on": "2026-11-04"}


def test_school_corrected_needs_the_child_on_its_roll(
    officer: Client, suspension: Exclusion, pupil: Pupil, place: Place
) -> None:
    refused = correct(officer, suspension, school=place.primary.urn)
    assert "is not on the roll of Underhill Primary School" in errors(refused)["school"]

    RollSpell.objects.create(pupil=pupil, school=place.primary, year_group="6", first_day=date(2026, 9, 1))
    saved = correct(officer, suspension, school=place.primary.urn)

    assert saved.status_code == 302, errors(saved)
    assert Correction.objects.get().changes == {"school": [place.school.pk, place.primary.pk]}
    assert "<b>Underhill Primary School</b>" in officer.get(saved.headers["Location"]).content.decode()


def test_home_authority_corrected_is_told_by_name(officer: Client, exclusion: Exclusion, place: Place) -> None:
    saved = correct(officer, exclusion, home_authority=place.neighbour.code)

    assert saved.status_code == 302, errors(saved)
    assert "Telford and Wrekin" in officer.get(saved.headers["Location"]).content.decode()
    assert Duty.objects.filter(case=exclusion.case, key="tell_home_authority").exists()


def test_permanent_exclusion_with_an_outcome_stays_permanent(officer: Client, exclusion: Exclusion, cast: Cast) -> None:
    outcomes.record(
        by=cast.asha, at=timezone.now(), exclusion=exclusion, version=1, event="averted", on=date(2026, 10, 20), note=""
    )

    refused = correct(officer, exclusion, kind="suspension", last_day="13/10", last_session="PM")

    assert "First take back what came of it" in errors(refused)["kind"]
    assert loaded(exclusion).kind == "permanent"


def test_nothing_changed_is_no_correction(officer: Client, suspension: Exclusion) -> None:
    refused = correct(officer, suspension)

    assert errors(refused)["__all__"].startswith("Nothing is changed")
    assert loaded(suspension).version == 1


def test_correction_into_another_notice_asks_why(
    officer: Client, suspension: Exclusion, cast: Cast, pupil: Pupil, place: Place
) -> None:
    other = exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2026, 10, 5), last_day=date(2026, 10, 6),
    )  # fmt: skip

    asked = correct(officer, other, first_day="22/9", last_day="23/9")

    assert suspension.case.reference in errors(asked)["recorded_because"]
    saved = correct(officer, other, first_day="22/9", last_day="23/9", recorded_because="Two letters were sent")
    assert saved.status_code == 302


def test_without_a_reason_nothing_is_corrected(officer: Client, suspension: Exclusion) -> None:
    refused = correct(officer, suspension, last_day="24/9", because="")

    assert errors(refused)["because"] == "Enter why it is corrected"
    assert 'value="24/9"' in refused.content.decode()
    assert not Correction.objects.exists()


def test_day_that_is_no_school_day_is_refused(officer: Client, suspension: Exclusion) -> None:
    refused = correct(officer, suspension, last_day="26/9")

    assert "must be a school day" in errors(refused)["last_day"]


def test_second_click_corrects_once(officer: Client, suspension: Exclusion) -> None:
    typed = filled(officer, address(suspension), last_day="24/9", because="Second e-mail")

    answers = [officer.post(address(suspension), typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Correction.objects.count() == 1


def test_stale_page_says_so_and_a_second_try_succeeds(officer: Client, suspension: Exclusion) -> None:
    typed = filled(officer, address(suspension), last_day="24/9", because="Second e-mail")
    Exclusion.objects.update(version=4)

    stale = officer.post(address(suspension), typed)

    assert "Somebody else changed this exclusion" in stale.content.decode()
    again = typed | {"version": stale.context["form"]["version"].value(), "token": uuid.uuid4()}
    assert officer.post(address(suspension), again).status_code == 302


def test_correction_is_never_changed_afterwards(officer: Client, suspension: Exclusion) -> None:
    correct(officer, suspension, last_day="24/9")

    with pytest.raises(InternalError, match="[Cc]annot (update|delete)"), transaction.atomic():
        Correction.objects.update(because="Something else")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM exclusions_correction")


def test_reading_is_audited_and_the_timeline_names_fields_only(
    officer: Client, suspension: Exclusion, cast: Cast
) -> None:
    correct(officer, suspension, narrative="Words about a child")

    assert Reading.objects.filter(pupil=suspension.case.pupil, surface="correct a notice").exists()
    event = TimelineEvent.objects.get(event="notice_corrected")
    assert (event.by, event.data) == (cast.asha, {"fields": ["narrative"]})


def test_wrong_method_is_refused(officer: Client, suspension: Exclusion) -> None:
    assert officer.delete(address(suspension)).status_code == 405


@pytest.mark.parametrize("who", ["imran", "ruth", "administrator", "stranger"])
def test_colleague_without_the_right_corrects_nothing(
    who: str, client_of: ClientOf, suspension: Exclusion, cast: Cast
) -> None:
    assert client_of(cast.everybody()[who]).post(address(suspension), {"because": "x"}).status_code == 404
    assert not Correction.objects.exists()


def test_stale_page_says_what_the_colleague_changed(
    officer: Client, suspension: Exclusion, client_of: ClientOf
) -> None:
    typed = filled(officer, address(suspension), narrative="In the corridor", because="Second e-mail")
    colleague = client_of(people.person("tom", role="eas_officer"))
    correct(colleague, suspension, last_day="24/9")

    stale = officer.post(address(suspension), typed).content.decode()

    assert "changed “Last day out” from “" in stale
    assert "Thursday 24 September 2026”. It is kept only if it stands so below" in stale
