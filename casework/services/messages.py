"""Messages as rows: written in the transaction that makes them due, sent by a job, never sent twice unasked."""

from datetime import datetime

from django.db import transaction

from casework.mail import MayHaveGone, NotSent, deliver
from casework.models import Case, Message, User
from casework.registry import message_kinds
from casework.services import jobs
from casework.services.jobs import Progress

SEND = "send_message"


class NotToSendAgain(Exception):
    """The message is on its way, or has gone."""


def write(
    *,
    by: User | None,
    at: datetime,
    kind: str,
    natural_key: str,
    recipient: str,
    subject: str,
    body: str,
    case: Case | None = None,
) -> Message:
    """Write a message to be sent, or return the one that has the natural key already; call within the transaction.

    Neither subject nor body may name a child, nor hold a UPN or a date of birth: they travel, and lie, in the open.
    Raises KeyError for a kind that nobody registered.
    """
    message_kinds[kind]
    message, written = Message.objects.get_or_create(
        natural_key=natural_key,
        defaults={
            "kind": kind,
            "case": case,
            "recipient": recipient,
            "subject": subject,
            "body": body,
            "asked_at": at,
            "asked_by": by,
        },
    )
    if written:
        _ask(message, by=by, at=at)
    return message


def send_again(*, by: User, at: datetime, message: Message) -> None:
    """Send a failed or uncertain message once more, because a person decided so.

    Raises NotToSendAgain for every other: a second click changes nothing.
    """
    with transaction.atomic():
        held = Message.objects.select_for_update().get(pk=message.pk)
        if held.state not in ("failed", "uncertain"):
            raise NotToSendAgain
        held.state, held.settled_at, held.failure = "waiting", None, ""
        held.save(update_fields=["state", "settled_at", "failure"])
        _ask(held, by=by, at=at)


def work(progress: Progress, message_id: int) -> None:
    """Send a message as a job. One that an earlier worker left half sent is not sent again: it is uncertain."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        before = message.state
        if before == "waiting":
            message.state = "sending"
            message.attempts += 1
            message.save(update_fields=["state", "attempts"])
    if before == "sending":
        _settle(progress, message, "uncertain", "The worker stopped while it was sent")
    elif before == "waiting":
        try:
            state = deliver(message)
        except NotSent as error:
            _settle(progress, message, "failed", str(error))
        except MayHaveGone as error:
            _settle(progress, message, "uncertain", str(error))
        else:
            _settle(progress, message, state, "")
    else:
        with progress.keeping():
            pass


def _settle(progress: Progress, message: Message, state: str, failure: str) -> None:
    with progress.keeping():
        Message.objects.filter(pk=message.pk, state="sending").update(
            state=state, failure=failure[:60], settled_at=progress.at
        )


def _ask(message: Message, *, by: User | None, at: datetime) -> None:
    key = f"{SEND} {message.pk} {message.attempts}"
    jobs.ask_for(by=by, at=at, kind=SEND, subject=message.pk, natural_key=key)
