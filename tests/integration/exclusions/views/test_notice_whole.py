"""What a notice says beside its days: what was tried, who was told, and the receipt that the school gets."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.models import Duty, Message, Pupil, SchoolContact
from casework.registry import message_kinds
from casework.services import messages
from exclusions.models import Exclusion, Step, StrategyTried
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import NOW, Place
from tests.factories import exclusions as exclusion_rows


@pytest.fixture
def lead(place: Place) -> SchoolContact:
    return SchoolContact.objects.create(
        school=place.school, role="exclusions lead", name="Lead", email="lead@marchbridge.example",
        first_day=date(2026, 9, 1),
    )  # fmt: skip


def test_what_the_school_tried_is_kept_with_what_came_of_it(officer: Client, pupil: Pupil) -> None:
    tried = {"tried_0": "helped", "tried_4": "did not help", "tried_words": "Two plans of sixteen weeks"}

    logged = notice.log(officer, notice.typed(pupil, **tried))

    assert set(StrategyTried.objects.values_list("strategy", "effect")) == {
        ("parents", "helped"),
        ("plan", "did not help"),
    }
    assert Exclusion.objects.get().tried_words == "Two plans of sixteen weeks"
    page = officer.get(logged.headers["Location"]).content.decode()
    assert "Pastoral support plan (did not help)" in page
    assert "Two plans of sixteen weeks" in page


def test_receipt_goes_to_the_contact_for_exclusions_and_names_no_child(
    officer: Client, pupil: Pupil, lead: SchoolContact
) -> None:
    logged = notice.log(officer, notice.suspended(pupil))

    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("exclusion_receipt", "lead@marchbridge.example")
    assert message.subject == "Notice 26-0001 received"
    assert "First day out: Monday 2 November 2026" in message.body
    assert "Last day out: Tuesday 3 November 2026" in message.body
    assert "We were told: Monday 2 November 2026 at 8:42am" in message.body
    assert "26-0001" in message.body
    assert "lead@marchbridge.example" in officer.get(logged.headers["Location"]).content.decode()
    assert message.body in officer.get("/mailbox/").content.decode().replace("<br>", "") or "26-0001" in message.body


def test_receipt_says_day_six(officer: Client, pupil: Pupil, lead: SchoolContact) -> None:
    notice.log(officer, notice.typed(pupil))

    assert "Full-time education must be running by Monday 9 November 2026" in Message.objects.get().body


def test_address_given_on_the_notice_comes_first(officer: Client, pupil: Pupil, lead: SchoolContact) -> None:
    notice.log(officer, notice.typed(pupil, receipt_to="office@marchbridge.example"))

    assert Message.objects.get().recipient == "office@marchbridge.example"


def test_school_without_an_address_gets_no_receipt_and_the_page_says_so(officer: Client, pupil: Pupil) -> None:
    logged = notice.log(officer, notice.typed(pupil))

    assert not Message.objects.exists()
    assert (
        "None was sent: no address was held for the school" in officer.get(logged.headers["Location"]).content.decode()
    )


def test_two_clicks_send_one_receipt(officer: Client, pupil: Pupil, lead: SchoolContact) -> None:
    officer.post(notice.LOG, notice.typed(pupil))
    confirm = notice.confirmation(officer.get(notice.CHECK))

    officer.post(notice.CHECK, confirm)
    officer.post(notice.CHECK, confirm)

    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "home_authority_told"),
        ({"home_authority_told": "yes"}, "home_authority_told_on"),
        ({"home_authority_told": "yes", "home_authority_told_on": "3/11"}, "home_authority_told_how"),
        (
            {"home_authority_told": "yes", "home_authority_told_on": "5/11", "home_authority_told_how": "E-mail"},
            "home_authority_told_on",
        ),
        (
            {"home_authority_told": "yes", "home_authority_told_on": "30/10", "home_authority_told_how": "E-mail"},
            "home_authority_told_on",
        ),
    ],
)
def test_permanent_exclusion_of_a_child_from_elsewhere_asks_whether_their_authority_was_told(
    officer: Client, pupil: Pupil, place: Place, answers: dict[str, str], field: str
) -> None:
    pupil.home_authority = place.neighbour
    pupil.save()

    asked = officer.post(notice.LOG, notice.typed(pupil, **answers))

    assert field in notice.errors(asked)
    assert "The child lives in Telford and Wrekin" in asked.content.decode()


def test_home_authority_told_meets_its_duty(officer: Client, pupil: Pupil, place: Place) -> None:
    pupil.home_authority = place.neighbour
    pupil.save()
    told = {"home_authority_told": "yes", "home_authority_told_on": "3/11", "home_authority_told_how": "Head’s e-mail"}

    notice.log(officer, notice.typed(pupil, **told))

    step = Step.objects.get()
    assert (step.step, step.on, step.evidence) == ("home_authority_told", date(2026, 11, 3), "Head’s e-mail")
    assert Duty.objects.get(key="tell_home_authority").met_on == date(2026, 11, 3)


def test_not_yet_told_leaves_the_duty_open(officer: Client, pupil: Pupil, place: Place) -> None:
    pupil.home_authority = place.neighbour
    pupil.save()

    notice.log(officer, notice.typed(pupil, home_authority_told="no"))

    assert not Step.objects.exists()
    assert Duty.objects.get(key="tell_home_authority").met_on is None


def test_suspension_asks_nothing_of_the_home_authority(officer: Client, pupil: Pupil, place: Place) -> None:
    pupil.home_authority = place.neighbour
    pupil.save()

    assert notice.log(officer, notice.suspended(pupil)).status_code == 302


SPECIMENS = {
    "exclusion_receipt": "logs a notice, as every test above does",
    "invitation": "tests of inviting people",
    "account notice": "tests of people: it is about somebody's own account",
    "dormant warning": "tests of accounts not used: it is about somebody's own account",
    "round ask": "tests of asks of rounds: it is about the actions of a plan, and knows no child",
    "panel actions late": "tests of actions of a panel: it counts them, and bears no word of one",
    "panel_decision": "tests of the letters of a panel: it bears the reference alone",
}


def test_no_message_of_any_kind_names_a_child(
    officer: Client, pupil: Pupil, lead: SchoolContact, cast: Cast, place: Place
) -> None:
    pupil.first_name, pupil.last_name, pupil.upn = "Canarybird", "Quillwhistle", "A823432116001"
    pupil.save()
    for kind in ("permanent", "suspension", "lunchtime"):
        exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha, kind=kind, narrative="Canarybird hit")

    sent = [each for each in Message.objects.all() if each.case_id]
    assert len(sent) == 3
    born = pupil.date_of_birth
    canaries: list[Any] = [
        "Canarybird", "Quillwhistle", pupil.upn, born.isoformat(), f"{born:%d/%m/%Y}", f"{born.day} {born:%B %Y}",
    ]  # fmt: skip
    for message in sent:
        for text in (message.subject, message.body, message.recipient, message.natural_key):
            assert not [canary for canary in canaries if canary in text]
    assert set(message_kinds) <= set(SPECIMENS), "Say here where messages of a new kind are looked at for names."


def test_written_twice_it_is_one_message(cast: Cast, pupil: Pupil, lead: SchoolContact, place: Place) -> None:
    logged = exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)
    first = Message.objects.get()

    again = messages.write(
        by=cast.asha, at=NOW, kind="exclusion_receipt", natural_key=f"exclusion_receipt {logged.pk}",
        recipient="x@y.example", subject="s", body="b",
    )  # fmt: skip

    assert again == first
    assert Message.objects.count() == 1
