"""What was sent, what must be decided, and the mailbox of the demonstration."""

from importlib import reload
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches

from casework.models import Job, Message
from casework.services import invitations
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import NOW, ClientOf
from tests.page_form import filled
from tests.policy.objects import message_of
from tests.queries import asked


def many(count: int) -> None:
    Message.objects.bulk_create(
        Message(
            kind="test", natural_key=f"many {count} {number}", recipient="office@school.example", body="We have it.",
            subject=f"Notice 26-{number:04d} received", asked_at=NOW,
        )
        for number in range(count)
    )  # fmt: skip


def test_list_shows_what_was_sent_and_what_is_to_decide(officer: Client, exclusion: Exclusion) -> None:
    message = message_of(exclusion)
    many(3)

    page = officer.get("/messages/").content.decode()
    decide = officer.get("/messages/?show=to-look-at").content.decode()

    assert "Notice 26-0002 received" in page
    assert "1 to decide" in page
    assert message.subject in decide
    assert "Notice 26-0002 received" not in decide
    assert f"/messages/{message.pk}/send-again/" in decide
    assert "We have it." not in page, "A body may hold a secret, and stands in no list."


def test_list_asks_as_often_for_5_as_for_500(officer: Client) -> None:
    # The council's name is then kept by the process.
    officer.get("/account/")
    counts = []
    for number in (5, 500):
        many(number)
        with CaptureQueriesContext(connection) as captured:
            officer.get("/messages/")
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]


def test_failed_message_is_sent_again_once(officer: Client, exclusion: Exclusion) -> None:
    message = message_of(exclusion)
    address = f"/messages/{message.pk}/send-again/"
    typed = filled(officer, address)

    answers = [officer.post(address, typed) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {"/messages/"}
    message.refresh_from_db()
    assert message.state == "waiting"
    assert Job.objects.filter(kind="send_message").count() == 1


def test_page_without_its_token_sends_nothing(officer: Client, exclusion: Exclusion) -> None:
    message = message_of(exclusion)

    assert officer.post(f"/messages/{message.pk}/send-again/").status_code == 200
    message.refresh_from_db()
    assert message.state == "failed"


def test_wrong_methods_are_refused(officer: Client, exclusion: Exclusion) -> None:
    assert officer.post("/messages/").status_code == 405
    assert officer.put(f"/messages/{message_of(exclusion).pk}/send-again/").status_code == 405
    assert officer.post("/mailbox/").status_code == 405


@pytest.mark.parametrize("who", ["imran", "ruth", "chair", "stranger"])
def test_colleague_without_the_right_sees_and_sends_nothing(
    who: str, client_of: ClientOf, exclusion: Exclusion, cast: Cast
) -> None:
    message = message_of(exclusion)
    client = client_of(cast.everybody()[who])

    assert client.get("/messages/").status_code == 404
    assert client.get("/mailbox/").status_code == 404
    assert client.post(f"/messages/{message.pk}/send-again/").status_code == 404
    message.refresh_from_db()
    assert message.state == "failed"


def test_mailbox_shows_the_text(officer: Client, exclusion: Exclusion) -> None:
    message = message_of(exclusion)

    page = officer.get("/mailbox/").content.decode()

    assert message.subject in page
    assert message.body in page


@pytest.mark.parametrize(("who", "shown"), [("asha", False), ("administrator", True)])
def test_link_of_an_invitation_is_shown_to_those_alone_who_may_invite(
    who: str, shown: bool, client_of: ClientOf, cast: Cast
) -> None:
    invitation = invitations.send(by=cast.administrator, at=NOW, user=cast.imran, site="http://testserver/")

    page = client_of(cast.everybody()[who]).get("/mailbox/").content.decode()

    assert "Your account for Marchshire Council’s Sixth Day" in page
    assert (invitations.secret_of(invitation) in page) is shown
    assert ("/invitation/" in page) is shown
    assert ("Only those who may invite people read it." in page) is not shown


def test_mailbox_is_no_page_where_messages_are_sent(officer: Client, exclusion: Exclusion, settings: Any) -> None:
    from config import urls

    settings.MAIL_IS_KEPT = False
    try:
        reload(urls)
        clear_url_caches()
        assert officer.get("/mailbox/").status_code == 404
        assert "/mailbox/" not in officer.get("/messages/").content.decode()
    finally:
        settings.MAIL_IS_KEPT = True
        reload(urls)
        clear_url_caches()
