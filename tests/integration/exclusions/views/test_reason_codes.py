"""From when a reason code is used: the administrator's pages."""

from datetime import date

from django.test import Client

from casework.models import Pupil
from exclusions.models import ReasonCode
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf

CODES = "/administration/reason-codes/"


def test_code_of_may_2026_is_off_until_an_administrator_sets_its_first_day(
    officer: Client, client_of: ClientOf, cast: Cast, pupil: Pupil
) -> None:
    refused = officer.post(notice.LOG, notice.typed(pupil, reason_1="BW"))
    assert "not in use yet" in notice.errors(refused)["reason_1"]

    saved = client_of(cast.administrator).post(f"{CODES}BW/", {"in_use": "on", "valid_from": "2/11/2026"})

    assert saved.headers["Location"] == CODES
    assert ReasonCode.objects.get(code="BW").valid_from == date(2026, 11, 2)
    assert notice.log(officer, notice.typed(pupil, reason_1="BW")).status_code == 302


def test_code_may_not_end_before_it_begins(client_of: ClientOf, cast: Cast) -> None:
    answer = client_of(cast.administrator).post(
        f"{CODES}BW/", {"in_use": "on", "valid_from": "2/11/2026", "valid_to": "1/11/2026"}
    )

    assert notice.errors(answer)["valid_to"] == "The last day must be the first day or later"
    assert not ReasonCode.objects.get(code="BW").in_use


def test_list_names_every_code_and_its_state(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.administrator).get(CODES).content.decode()

    assert all(f"{CODES}{code}/" in page for code in ReasonCode.objects.values_list("code", flat=True))


def test_officer_may_not_set_codes(officer: Client) -> None:
    assert officer.post(f"{CODES}BW/", {"in_use": "on"}).status_code == 404
    assert not ReasonCode.objects.get(code="BW").in_use
