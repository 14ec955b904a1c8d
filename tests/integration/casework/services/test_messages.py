"""A message is written with what makes it due, sent once, and never again without a person's word."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from casework import registry
from casework.models import Job, Message
from casework.registry import register_message
from casework.services import jobs, messages
from tests.cast import Cast
from tests.conftest import NOW
from tests.mail_servers import Taking

KIND = "test_message"


@pytest.fixture(autouse=True)
def kind() -> Iterator[None]:
    register_message(KIND, "Message of a test")
    Taking.taken.clear()
    yield
    registry.message_kinds.pop(KIND)


@pytest.fixture
def server(settings: Any) -> Any:
    """Return how a test says which mail server answers."""

    def choose(name: str) -> None:
        settings.MAIL_IS_KEPT = False
        settings.EMAIL_BACKEND = f"tests.mail_servers.{name}"

    return choose


def written(cast: Cast, key: str = "one") -> Message:
    return messages.write(
        by=cast.asha,
        at=NOW,
        kind=KIND,
        natural_key=key,
        recipient="office@school.example",
        subject="Notice 26-0001 received",
        body="We have it.",
    )


def sent(message: Message) -> Message:
    """Do the message's latest job and return the message as it then is."""
    jobs.run(job_id=Job.objects.filter(kind=messages.SEND, subject=message.pk).latest("pk").pk)
    message.refresh_from_db()
    return message


def test_message_is_sent_once_to_its_address(cast: Cast, server: Any) -> None:
    server("Taking")

    message = sent(written(cast))

    assert (message.state, message.attempts) == ("sent", 1)
    assert message.settled_at
    assert [(mail.to, mail.subject, mail.body) for mail in Taking.taken] == [
        (["office@school.example"], "Notice 26-0001 received", "We have it.")
    ]
    assert Taking.taken[0].extra_headers["Message-ID"].startswith(f"<message-{message.pk}.1@")


def test_same_thing_said_twice_is_one_message_and_one_job(cast: Cast) -> None:
    assert written(cast) == written(cast)

    assert Message.objects.count() == Job.objects.filter(kind=messages.SEND).count() == 1


def test_message_is_kept_or_lost_with_its_transaction(cast: Cast) -> None:
    with transaction.atomic():
        written(cast)
        transaction.set_rollback(True)

    assert not Message.objects.exists()
    assert not Job.objects.exists()


def test_kind_that_nobody_registered_is_not_written(cast: Cast) -> None:
    with pytest.raises(KeyError):
        messages.write(
            by=cast.asha, at=NOW, kind="unheard of", natural_key="x", recipient="a@b.example", subject="s", body="b"
        )


def test_where_nothing_may_leave_it_is_kept(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.mail_servers.Taking"

    assert sent(written(cast)).state == "kept"
    assert not Taking.taken


@pytest.mark.parametrize(
    ("name", "state", "failure"),
    [
        ("Away", "failed", "ConnectionRefusedError"),
        ("Refusing", "failed", "SMTPDataError"),
        ("Silent", "uncertain", "TimeoutError"),
    ],
)
def test_server_that_does_not_take_it_leaves_it_for_a_person(
    cast: Cast, server: Any, name: str, state: str, failure: str
) -> None:
    server(name)

    message = sent(written(cast))

    assert (message.state, message.failure) == (state, failure)
    assert list(Message.objects.to_look_at()) == [message]
    jobs.sweep()
    assert len(Taking.taken) == (1 if name == "Silent" else 0), "Nothing is sent again by itself."


def test_worker_that_died_while_sending_leaves_it_uncertain(
    cast: Cast, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server("Taking")
    message = written(cast)

    def killed(*_: Any) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(messages, "deliver", killed)
        with pytest.raises(KeyboardInterrupt):
            sent(message)
    Job.objects.update(leased_until=timezone.now() - timedelta(days=3000))

    assert sent(message).state == "uncertain"
    assert not Taking.taken


def test_uncertain_message_goes_once_more_when_somebody_says_so(cast: Cast, server: Any) -> None:
    server("Silent")
    message = sent(written(cast))
    server("Taking")

    messages.send_again(by=cast.asha, at=NOW, message=message)
    with pytest.raises(messages.NotToSendAgain):
        messages.send_again(by=cast.asha, at=NOW, message=message)

    assert sent(message).state == "sent"
    assert message.attempts == 2
    assert Taking.taken[-1].extra_headers["Message-ID"].startswith(f"<message-{message.pk}.2@")


def test_message_that_was_sent_is_not_sent_again(cast: Cast, server: Any) -> None:
    server("Taking")
    message = sent(written(cast))

    with pytest.raises(messages.NotToSendAgain):
        messages.send_again(by=cast.asha, at=NOW, message=message)

    Job.objects.update(finished_at=None, leased_until=None)
    assert sent(message).state == "sent"
    assert len(Taking.taken) == 1
