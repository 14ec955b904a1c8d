"""Recording and taking back steps, and the duties that follow."""

from datetime import date

import pytest
from django.test import Client

from casework.models import Duty, Pupil, Reading
from exclusions.models import Exclusion, Step
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import exclusions as exclusion_rows
from tests.notice_form import errors


def page(exclusion: Exclusion, step: str) -> str:
    """Return the address of a step's form."""
    return f"/exclusions/{exclusion.case.reference}/steps/{step}/"


def sent(client: Client, address: str, **typed: str) -> dict[str, str]:
    """Return what the page of a step sends with these fields filled."""
    form = client.get(address).context["form"]
    hidden = {name: str(form[name].value()) for name in ("token", "version") if name in form.fields}
    return hidden | {"on": "3/11", "evidence": ""} | typed


def test_governors_told_opens_their_meeting(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "governors-told")

    saved = officer.post(address, sent(officer, address, on="13/10", evidence="Clerk’s e-mail"))

    assert saved.headers["Location"] == f"/exclusions/{exclusion.case.reference}/"
    duty = Duty.objects.get(case=exclusion.case_id, key="board_meeting")
    assert duty.opened_on == date(2026, 10, 13)
    shown = officer.get(saved.headers["Location"]).content.decode()
    assert "Clerk’s e-mail" in shown
    assert "Governors’ meeting" in shown


def test_second_click_records_once(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "parent-letter")
    typed = sent(officer, address)

    answers = [officer.post(address, typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Step.objects.count() == 1


def test_change_since_the_page_was_opened_keeps_what_was_typed(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "parent-letter")
    typed = sent(officer, address, evidence="By post")
    officer.post(page(exclusion, "work-set"), sent(officer, page(exclusion, "work-set")))

    stale = officer.post(address, typed)

    assert "Somebody else changed this exclusion" in stale.content.decode()
    assert "By post" in stale.content.decode()
    again = typed | {"version": str(stale.context["form"]["version"].value())}
    assert officer.post(address, again).status_code == 302


@pytest.mark.parametrize(
    ("step", "typed", "field", "message"),
    [
        ("parent-letter", {"on": "5/11"}, "on", "The day must be today or in the past"),
        ("parent-letter", {"on": "31/2"}, "on", ""),
        ("decision-letter", {"method": ""}, "method", "Choose how it was given"),
        (
            "review-application",
            {"method": "hand"},
            "on",
            "It cannot come before this is on the file: governors’ decision letter given",
        ),
    ],
)
def test_wrong_answer_gets_its_message_at_its_field(
    officer: Client, exclusion: Exclusion, step: str, typed: dict[str, str], field: str, message: str
) -> None:
    address = page(exclusion, step)

    answer = officer.post(address, sent(officer, address, **typed))

    assert message in errors(answer)[field]
    assert not Step.objects.exists()


def test_same_step_of_the_same_day_is_not_recorded_twice(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "parent-letter")
    officer.post(address, sent(officer, address))

    again = officer.post(address, sent(officer, address))

    assert errors(again)["on"] == "That is recorded already for this day"


def test_letter_is_checked_point_by_point_and_what_is_missing_stays_in_sight(
    officer: Client, exclusion: Exclusion
) -> None:
    address = page(exclusion, "parent-letter")
    points = [key for key, _ in officer.get(address).context["form"].fields["points"].choices]
    typed: dict[str, object] = {**sent(officer, address, evidence="Letter of 3 November")}

    officer.post(address, typed | {"points": points[:-1]})

    assert len(points) == 14
    assert Step.objects.get().points["missing"] == points[-1:]
    shown = officer.get(f"/exclusions/{exclusion.case.reference}/").content.decode()
    assert "Letter of 3 November, 13 of 14 points" in shown


def test_point_that_is_none_is_refused(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "parent-letter")

    assert "points" in errors(officer.post(address, sent(officer, address, points="anything")))


def test_review_is_no_step_of_a_suspension(officer: Client, suspension: Exclusion) -> None:
    assert officer.get(page(suspension, "review-application")).status_code == 404
    assert officer.get(page(suspension, "governors-met")).status_code == 200
    assert officer.get(page(suspension, "anything-else")).status_code == 404


def test_step_in_error_is_taken_back_with_a_reason_and_stays_in_sight(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "governors-told")
    officer.post(address, sent(officer, address, on="13/10"))
    step = Step.objects.get()
    back = f"/exclusions/{exclusion.case.reference}/steps/{step.pk}/take-back/"
    token = str(officer.get(back).context["form"]["token"].value())

    assert "because" in errors(officer.post(back, {"token": token}))
    saved = officer.post(back, {"token": token, "because": "Another child’s letter"})

    assert saved.status_code == 302
    shown = officer.get(saved.headers["Location"]).content.decode()
    assert "<del>Governors told" in shown
    assert "Another child’s letter" in shown
    assert Duty.objects.get(case=exclusion.case_id, key="tell_governors").met_on is None


def test_step_that_another_answers_is_taken_back_after_it(officer: Client, exclusion: Exclusion) -> None:
    for step, on in (("decision-letter", "20/10"), ("review-application", "21/10")):
        officer.post(page(exclusion, step), sent(officer, page(exclusion, step), on=on, method="hand"))
    letter = Step.objects.get(step="decision_letter")
    back = f"/exclusions/{exclusion.case.reference}/steps/{letter.pk}/take-back/"
    token = str(officer.get(back).context["form"]["token"].value())

    answer = officer.post(back, {"token": token, "because": "Wrong day"})

    assert "First take back what answers it: review applied for" in answer.content.decode()


def test_letter_that_an_application_answers_stays_though_a_later_one_is_on_file(
    officer: Client, exclusion: Exclusion
) -> None:
    for step, on in (("decision-letter", "20/10"), ("review-application", "21/10"), ("decision-letter", "22/10")):
        officer.post(page(exclusion, step), sent(officer, page(exclusion, step), on=on, method="hand"))
    first = Step.objects.filter(step="decision_letter").earliest("on")
    back = f"/exclusions/{exclusion.case.reference}/steps/{first.pk}/take-back/"
    token = str(officer.get(back).context["form"]["token"].value())

    answer = officer.post(back, {"token": token, "because": "Wrong day"})

    assert "First take back what answers it" in answer.content.decode()
    assert Duty.objects.get(case=exclusion.case_id, key="review_hearing").ended_because == ""


def test_step_is_not_dated_before_the_exclusion(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "governors-told")

    answer = officer.post(address, sent(officer, address, on="1/6/2020"))

    assert errors(answer)["on"] == "The day must not come before the exclusion was decided"


def test_governors_do_not_meet_after_their_letter(officer: Client, exclusion: Exclusion) -> None:
    letter, met = page(exclusion, "decision-letter"), page(exclusion, "governors-met")
    officer.post(letter, sent(officer, letter, on="20/10", method="hand"))

    answer = officer.post(met, sent(officer, met, on="23/10"))

    assert "on" in errors(answer)
    assert Step.objects.count() == 1


def test_step_taken_back_already_is_not_offered_again(officer: Client, exclusion: Exclusion) -> None:
    address = page(exclusion, "work-set")
    officer.post(address, sent(officer, address))
    back = f"/exclusions/{exclusion.case.reference}/steps/{Step.objects.get().pk}/take-back/"
    token = str(officer.get(back).context["form"]["token"].value())
    officer.post(back, {"token": token, "because": "Wrong case"})

    assert officer.get(back).status_code == 302


def test_step_of_another_case_is_not_here(
    officer: Client, exclusion: Exclusion, cast: Cast, place: Place, pupil: Pupil
) -> None:
    other = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, first_day=date(2026, 10, 19))
    officer.post(page(other, "work-set"), sent(officer, page(other, "work-set")))
    step = Step.objects.get()

    assert officer.get(f"/exclusions/{exclusion.case.reference}/steps/{step.pk}/take-back/").status_code == 404


def test_opening_the_form_is_recorded_as_reading(officer: Client, exclusion: Exclusion) -> None:
    officer.get(page(exclusion, "parent-letter"))

    assert Reading.objects.filter(pupil=exclusion.case.pupil_id, surface="record a step").exists()


def test_manager_sees_the_duties_and_may_not_record_steps(
    client_of: ClientOf, cast: Cast, exclusion: Exclusion
) -> None:
    manager = client_of(cast.ruth)

    assert "/steps/" not in manager.get(f"/exclusions/{exclusion.case.reference}/").content.decode()
    assert manager.get(page(exclusion, "parent-letter")).status_code == 404
