"""One effect a form, however often it is sent."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from casework.models import FormUse, User
from casework.models.form_use import LONGEST_ADDRESS


class AlreadyUsed(Exception):
    """The form was sent before; `led_to` is where the first sending led."""

    def __init__(self, led_to: str) -> None:
        super().__init__("The form was sent before.")
        self.led_to = led_to


def use(*, by: User, at: datetime, token: uuid.UUID) -> FormUse:
    """Take a form's token; call within the transaction of what the form does, so that both are kept or neither.

    A second sending at the same moment waits for the first. Raises AlreadyUsed, and then nothing may be done.
    """
    try:
        with transaction.atomic():
            return FormUse.objects.create(token=token, user=by, used_at=at)
    except IntegrityError:
        first = FormUse.objects.get(token=token)
        raise AlreadyUsed(first.led_to if first.user_id == by.pk else "/") from None


def led_to(used: FormUse, *, address: str) -> None:
    """Remember where the form led, for a second click.

    Of an address that is too long to be kept the path stands alone, and the first page where that is too long as well.
    """
    path = address.partition("?")[0]
    used.led_to = next((each for each in (address, path) if len(each) <= LONGEST_ADDRESS), "/")
    used.save(update_fields=["led_to"])


def used_before(*, by: User, token: uuid.UUID) -> str | None:
    """Return where the form led when the person sent it before, or None."""
    return FormUse.objects.filter(token=token, user=by).values_list("led_to", flat=True).first()
