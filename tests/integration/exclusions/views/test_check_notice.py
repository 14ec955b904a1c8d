"""Confirming a notice: once, however often and from wherever it is sent."""

import re
import uuid
from functools import partial

import pytest
from django.test import Client

from casework.models import Case, Draft, FormUse, Pupil, TimelineEvent
from exclusions.models import Exclusion
from exclusions.services import notices
from tests import notice_form as notice
from tests.cast import Cast, person
from tests.conftest import NOW, ClientOf, Place
from tests.crowd import all_at_once
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows


def test_second_click_logs_nothing_more_and_leads_to_the_same_page(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirmation = notice.confirmation(officer.get(notice.CHECK))

    first, second = officer.post(notice.CHECK, confirmation), officer.post(notice.CHECK, confirmation)

    assert first.headers["Location"] == second.headers["Location"] == "/exclusions/26-0001/"
    assert (Exclusion.objects.count(), TimelineEvent.objects.count(), FormUse.objects.count()) == (1, 1, 1)


def test_confirmation_without_or_with_a_made_up_token_logs_nothing(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))

    for token in ("", "nonsense", str(uuid.uuid4())):
        assert officer.post(notice.CHECK, {"token": token}).headers["Location"] == notice.CHECK

    assert not Exclusion.objects.exists()


def test_answers_changed_in_another_window_are_shown_again_and_not_logged(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirmation = notice.confirmation(officer.get(notice.CHECK))
    officer.post(notice.LOG, notice.typed(pupil, first_day="3/11", council_told="3/11/2026"))

    refused = officer.post(notice.CHECK, confirmation)

    assert refused.headers["Location"] == notice.CHECK
    assert not Exclusion.objects.exists()
    page = officer.get(notice.CHECK)
    assert "changed in another window" in page.content.decode()
    assert "Tuesday 3 November 2026" in page.content.decode()
    officer.post(notice.CHECK, notice.confirmation(page))
    assert Exclusion.objects.get().first_day.day == 3


def test_answers_that_have_become_wrong_are_not_logged(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirmation = notice.confirmation(officer.get(notice.CHECK))
    pupil.roll_spells.update(last_day="2026-09-30")

    answer = officer.post(notice.CHECK, confirmation)

    assert answer.status_code == 200
    assert "on no school’s roll" in notice.errors(answer)["school"]
    assert not Exclusion.objects.exists()


def test_colleagues_token_logs_nothing_and_leads_nowhere_of_theirs(
    officer: Client, pupil: Pupil, cast: Cast, client_of: ClientOf
) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirmation = notice.confirmation(officer.get(notice.CHECK))
    officer.post(notice.CHECK, confirmation)
    colleague = client_of(person("bo", role="eas_officer"))

    answer = colleague.post(notice.CHECK, confirmation)

    assert answer.headers["Location"] == notice.LOG
    assert Exclusion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_log_one_notice(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirmation = notice.confirmation(officer.get(notice.CHECK))

    def click() -> str:
        window = Client()
        window.cookies = officer.cookies
        return str(window.post(notice.CHECK, confirmation).headers["Location"])

    led_to = all_at_once([click] * 10)

    assert led_to == ["/exclusions/26-0001/"] * 10
    assert (Exclusion.objects.count(), Case.objects.count(), TimelineEvent.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_would_log_more_without_the_token(
    officer: Client, pupil: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a reason, since a second notice of one day is asked about.
    officer.post(notice.LOG, notice.typed(pupil, recorded_because="Both happened"))
    confirmation = notice.confirmation(officer.get(notice.CHECK))
    monkeypatch.setattr(
        "casework.services.form_use.use", lambda **_: FormUse(token=uuid.uuid4(), used_at=NOW, user_id=1)
    )
    monkeypatch.setattr("casework.services.form_use.led_to", lambda *_, **__: None)

    def click() -> int:
        window = Client(raise_request_exception=False)
        window.cookies = officer.cookies
        return window.post(notice.CHECK, confirmation).status_code

    all_at_once([click] * 10)

    assert Exclusion.objects.count() > 1


@pytest.mark.django_db(transaction=True)
def test_eight_officers_at_once_get_eight_references_in_a_row(cast: Cast, pupil: Pupil, place: Place) -> None:
    children = [pupil] + [rows.RollSpellFactory.create(school=place.school).pupil for _ in range(7)]
    exclusion_rows.reason_codes()

    logged = all_at_once(
        [partial(exclusion_rows.exclusion, pupil=child, school=place.school, by=cast.asha) for child in children]
    )

    assert sorted(each.case.reference for each in logged) == [f"26-000{number}" for number in range(1, 9)]


@pytest.mark.django_db
def test_notice_that_cannot_be_kept_whole_uses_no_reference(
    cast: Cast, pupil: Pupil, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(notices, "write_days", broken)
    with pytest.raises(RuntimeError):
        exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)
    monkeypatch.undo()

    logged = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)

    assert logged.case.reference == "26-0001"


def test_each_change_goes_on_with_the_same_draft(officer: Client, pupil: Pupil) -> None:
    officer.post(notice.LOG, notice.typed(pupil))

    page = officer.get(notice.CHECK).content.decode()

    links = re.findall(r'href="([^"]+)#id_\w+"', page)
    assert len(links) > 8
    assert set(links) == {notice.DRAFTED}


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_log_one_notice_at_once_are_asked(
    officer: Client, pupil: Pupil, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = client_of(person("bo", role="eas_officer"))
    answers = notice.typed(pupil)
    works = []
    for window, draft in ((officer, notice.DRAFT), (colleague, str(uuid.uuid4()))):
        window.post(notice.LOG, answers | {"draft": draft})
        address = f"{notice.LOG}check/?draft={draft}"
        works.append(partial(window.post, address, notice.confirmation(window.get(address))))

    led_to = [answer.headers["Location"] for answer in all_at_once(works)]

    assert Exclusion.objects.count() == 1
    assert "/exclusions/26-0001/" in led_to
    loser = next(address for address in led_to if address != "/exclusions/26-0001/")
    asked = (officer if notice.DRAFT in loser else colleague).get(loser)
    assert "If it did happen, say why it is recorded" in notice.errors(asked)["recorded_because"]


def test_reason_to_record_what_is_unusual_goes_with_the_child_it_was_given_for(
    officer: Client, pupil: Pupil, place: Place
) -> None:
    other = rows.RollSpellFactory.create(school=place.school).pupil
    officer.post(notice.LOG, notice.typed(pupil, recorded_because="The head confirmed both", narrative="Kept"))

    officer.post(
        notice.LOG,
        notice.typed(pupil, recorded_because="The head confirmed both", narrative="Kept")
        | {"choose": str(other.public_id)},
    )

    draft = Draft.objects.get()
    assert (draft.typed["pupil"], draft.typed["narrative"]) == ([str(other.public_id)], ["Kept"])
    assert "recorded_because" not in draft.typed


def test_enter_in_the_field_that_finds_a_child_finds_without_script(officer: Client, pupil: Pupil) -> None:
    page = officer.post(notice.LOG, {"action": "check", "draft": notice.DRAFT, "q": pupil.last_name})

    assert page.status_code == 200
    assert pupil.name in page.content.decode()
    assert "There is a problem" not in page.content.decode()
