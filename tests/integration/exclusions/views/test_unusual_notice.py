"""What is unusual about a notice is asked about; one child's words are never another's."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.models import Draft, Pupil
from exclusions.models import Exclusion, OutcomeEvent
from tests import notice_form as notice
from tests.cast import Cast, signed_in
from tests.conftest import Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

pytestmark = pytest.mark.django_db


def test_the_same_notice_logged_again_asks_why(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.typed(pupil))

    again = officer.post(notice.LOG, notice.typed(pupil))

    assert notice.errors(again)["recorded_because"].startswith(
        "This looks like notice 26-0001, permanent exclusion from Monday 2 November,"
    )
    assert Exclusion.objects.count() == 1


def test_a_suspension_over_days_already_suspended_asks_why(officer: Client, pupil: Pupil) -> None:
    notice.log(officer, notice.suspended(pupil))

    again = officer.post(notice.LOG, notice.suspended(pupil, first_day="3/11", last_day="4/11"))

    assert notice.errors(again)["recorded_because"] == (
        "Notice 26-0001, suspension from Monday 2 November, Marchbridge High School, has the child out already on "
        "Tuesday 3 November. If it did happen, say why it is recorded"
    )


@pytest.mark.parametrize("kind", ["permanent", "suspension"])
def test_a_notice_while_a_permanent_exclusion_stands_asks_why(
    officer: Client, pupil: Pupil, exclusion: Exclusion, kind: str
) -> None:
    typed = (notice.typed if kind == "permanent" else notice.suspended)(pupil)

    asked = officer.post(notice.LOG, typed)

    assert notice.errors(asked)["recorded_because"] == (
        "Notice 26-0001, permanent exclusion from Monday 12 October, Marchbridge High School, stands already. If it did "
        "happen, say why it is recorded"
    )
    notice.log(officer, typed | {"recorded_because": "It did happen"})
    assert Exclusion.objects.count() == 2


def test_a_permanent_exclusion_before_one_that_stands_asks_why_and_a_suspension_before_it_does_not(
    officer: Client, pupil: Pupil, exclusion: Exclusion
) -> None:
    earlier = {"first_day": "5/10", "council_told": "5/10/2026 8:42"}

    asked = officer.post(notice.LOG, notice.typed(pupil, **earlier))

    assert "stands already" in notice.errors(asked)["recorded_because"]
    notice.log(officer, notice.suspended(pupil, **earlier, last_day="6/10"))


@pytest.mark.parametrize(
    ("event", "asks"),
    [
        ("averted", False),
        ("cancelled", False),
        ("reinstated by governors", False),
        ("reinstated after review", False),
        ("upheld by governors", True),
    ],
)
def test_a_permanent_exclusion_that_ended_asks_nothing(
    officer: Client, pupil: Pupil, exclusion: Exclusion, cast: Cast, event: str, asks: bool
) -> None:
    OutcomeEvent.objects.create(
        exclusion=exclusion, event=event, on=date(2026, 10, 20), recorded_at=timezone.now(), recorded_by=cast.asha
    )

    sent = officer.post(notice.LOG, notice.suspended(pupil))

    assert sent.status_code == (200 if asks else 302)


def test_a_notice_dated_back_past_the_45th_day_asks_why(
    officer: Client, pupil: Pupil, place: Place, cast: Cast
) -> None:
    exclusion_rows.exclusion(
        pupil=pupil, school=place.school, by=cast.asha, kind="suspension",
        first_day=date(2027, 1, 6), last_day=date(2027, 3, 22),
    )  # fmt: skip

    asked = officer.post(notice.LOG, notice.suspended(pupil))

    assert "past 45 days" in notice.errors(asked)["recorded_because"]


def test_a_draft_about_one_child_never_fills_the_notice_of_another(officer: Client, pupil: Pupil, place: Place) -> None:
    other = rows.PupilFactory.create(first_name="Barnaby", home_authority=place.authority)
    rows.RollSpellFactory.create(pupil=other, school=place.school)
    officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="Words of the first child", sen="E"))

    page = officer.get(f"{notice.LOG}?pupil={other.public_id}").content.decode()

    assert "Words of the first child" not in page
    assert "1 other draft<" in page
    assert Draft.objects.get().typed["narrative"] == ["Words of the first child"]


def test_changing_the_child_forgets_what_was_said_of_the_first(officer: Client, pupil: Pupil, place: Place) -> None:
    other = rows.PupilFactory.create(first_name="Barnaby", home_authority=place.authority)

    officer.post(notice.LOG, notice.typed(pupil, sen="E", choose=str(other.public_id)))

    kept = Draft.objects.get().typed
    assert kept["pupil"] == [str(other.public_id)]
    assert "sen" not in kept


def test_a_nul_in_what_is_typed_is_dropped_and_nothing_breaks(officer: Client, pupil: Pupil) -> None:
    answer = officer.post(notice.LOG, notice.typed(pupil, action="draft", narrative="a\0b"))
    kept = officer.post(
        reverse("casework:keep-draft", args=["log-a-notice"]), {"draft": notice.DRAFT, "narrative": "c\0d"}
    )

    assert (answer.status_code, kept.status_code) == (302, 200)
    assert Draft.objects.get().typed["narrative"] == ["cd"]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("parents_told", "1/1/2027", "The parents cannot have been told on a day to come"),
        ("council_told", "1/1/1990", "That is more than a year before the first day out"),
        ("decided_on", "1/1/1990", "That is more than a year before the first day out"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(
    officer: Client, pupil: Pupil, field: str, typed: str, message: str
) -> None:
    answer = officer.post(notice.LOG, notice.typed(pupil, **{field: typed}))

    assert notice.errors(answer)[field].startswith(message)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_with_a_wrong_filter_exports_nothing(officer: Client, exclusion: Exclusion, form: str) -> None:
    answer = officer.get(f"/exclusions/export.{form}?kind=bogus")

    assert answer.status_code == 302
    assert "0 notices about 0 children" in officer.get("/exclusions/?kind=bogus").content.decode()


def test_an_export_that_would_be_cut_is_refused(
    officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.views.exclusions.LONGEST_EXPORT", 0)

    page = officer.get("/exclusions/export.csv", follow=True).content.decode()

    assert "An export holds 0 notices at most: narrow the filters." in page


def test_cancelling_after_governors_and_recording_twice_are_refused(
    client: Client, cast: Cast, exclusion: Exclusion
) -> None:
    officer = signed_in(client, cast.asha)
    address = reverse("exclusions:record-outcome", args=[exclusion.case.reference])

    def record(event: str, on: str) -> str:
        page = officer.get(address)
        answers = {"event": event, "on": on, "token": notice.token_of(page), "version": _version(page)}
        return officer.post(address, answers, follow=True).content.decode()

    assert "is recorded" in record("upheld by governors", "30/10")
    assert "recorded already for this day" in record("upheld by governors", "30/10")
    assert "the head can no longer cancel" in record("cancelled", "2/11")


def _version(page: object) -> str:
    body = page.content.decode()  # type: ignore[attr-defined]
    return str(body.split('name="version" value="')[1].split('"')[0])
