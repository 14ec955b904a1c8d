"""The one way in which messages leave: by SMTP, or kept where nothing may leave."""

import contextlib
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from casework.models import Message
from casework.registry import message_fillings


class NotSent(Exception):
    """The message certainly did not go; the cause says why."""


class MayHaveGone(Exception):
    """Nobody can say whether the message went: the server fell silent while it had it."""


def filled(message: Message) -> str:
    """Return a message's text as its reader gets it."""
    filling = message_fillings.get(message.kind)
    return filling(message) if filling else message.body


def deliver(message: Message) -> str:
    """Hand a message to the mail server and return the state that it is in then: "sent", or "kept" where none is sent.

    Raises NotSent when it certainly did not go, and MayHaveGone when that is not known.
    """
    if settings.MAIL_IS_KEPT:
        return "kept"
    connection = get_connection(fail_silently=False)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from error
    mail = EmailMessage(
        message.subject,
        filled(message),
        to=[message.recipient],
        headers={"Message-ID": f"<message-{message.pk}.{message.attempts}@{settings.EMAIL_HOST}>"},
        connection=connection,
    )
    try:
        connection.send_messages([mail])
    except smtplib.SMTPResponseException as answered:
        # The server said no, or not now: it does not have it.
        raise NotSent(type(answered).__name__) from answered
    except smtplib.SMTPRecipientsRefused as refused:
        raise NotSent(type(refused).__name__) from refused
    except (OSError, smtplib.SMTPException) as silent:
        raise MayHaveGone(type(silent).__name__) from silent
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            connection.close()
    return "sent"
