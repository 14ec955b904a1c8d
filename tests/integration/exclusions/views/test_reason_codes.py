"""From when a reason code is used: the administrator's pages."""

from datetime import date

from django.test import Client

from casework.models import Pupil
from exclusions.models import ReasonCode
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import ClientOf

CODES = "/administration/reason-codes/"


def sent(client: Client, **typed: str) -> dict[str, str]:
    """Return what the page of reason BW sends with these fields filled."""
    form = client.get(f"{CODES}BW/").context["form"]
    return {"token": str(form["token"].value()), "version": str(form["version"].value()), **typed}


def test_code_of_may_2026_is_off_until_an_administrator_sets_its_first_day(
    officer: Client, client_of: ClientOf, cast: Cast, pupil: Pupil
) -> None:
    refused = officer.post(notice.LOG, notice.typed(pupil, reason_1="BW"))
    assert "not in use yet" in notice.errors(refused)["reason_1"]

    client = client_of(cast.administrator)
    saved = client.post(f"{CODES}BW/", sent(client, in_use="on", valid_from="2/11/2026"))

    assert saved.headers["Location"] == CODES
    assert ReasonCode.objects.get(code="BW").valid_from == date(2026, 11, 2)
    assert notice.log(officer, notice.typed(pupil, reason_1="BW")).status_code == 302


def test_code_may_not_end_before_it_begins(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    answer = client.post(f"{CODES}BW/", sent(client, in_use="on", valid_from="2/11/2026", valid_to="1/11/2026"))

    assert notice.errors(answer)["valid_to"] == "The last day must be the first day or later"
    assert not ReasonCode.objects.get(code="BW").in_use


def test_list_names_every_code_and_its_state(client_of: ClientOf, cast: Cast) -> None:
    page = client_of(cast.administrator).get(CODES).content.decode()

    assert all(f"{CODES}{code}/" in page for code in ReasonCode.objects.values_list("code", flat=True))


def test_officer_may_not_set_codes(officer: Client) -> None:
    assert officer.post(f"{CODES}BW/", {"in_use": "on"}).status_code == 404
    assert not ReasonCode.objects.get(code="BW").in_use


def test_second_click_saves_once_and_leads_to_the_same_place(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    typed = sent(client, in_use="on", valid_from="2/11/2026")

    answers = [client.post(f"{CODES}BW/", typed) for _ in range(2)]

    assert [answer.headers["Location"] for answer in answers] == [CODES, CODES]
    assert ReasonCode.objects.get(code="BW").version == 2


def test_change_since_the_page_was_opened_is_not_overwritten(client_of: ClientOf, cast: Cast) -> None:
    client = client_of(cast.administrator)
    typed = sent(client, in_use="on", valid_from="2/11/2026")
    client.post(f"{CODES}BW/", sent(client, in_use="on", valid_from="9/11/2026"))

    stale = client.post(f"{CODES}BW/", typed)

    assert "Somebody else changed this reason" in stale.content.decode()
    assert "2/11/2026" in stale.content.decode()
    assert ReasonCode.objects.get(code="BW").valid_from == date(2026, 11, 9)
