"""Mail servers that answer in each way a real one may; they stand in for what is outside."""

import smtplib
from typing import Any, ClassVar

from django.core.mail.backends.base import BaseEmailBackend


class Taking(BaseEmailBackend):
    """Takes every message and remembers it."""

    taken: ClassVar[list[Any]] = []

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass

    def send_messages(self, mails: Any) -> int:
        Taking.taken += mails
        return len(mails)


class Away(Taking):
    """Nobody answers."""

    def open(self) -> None:
        raise ConnectionRefusedError


class Refusing(Taking):
    """Answers that it does not take the message."""

    def send_messages(self, mails: Any) -> int:
        raise smtplib.SMTPDataError(451, b"Not now")


class Silent(Taking):
    """Takes the message and falls silent before it says so."""

    def send_messages(self, mails: Any) -> int:
        super().send_messages(mails)
        raise TimeoutError
