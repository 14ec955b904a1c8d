"""From when a reason code is used."""

from datetime import date

from django.db import transaction

from exclusions.models import ReasonCode


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


class ChangedMeanwhile(Exception):
    """Somebody saved the code after the page was shown."""


def set_dates(*, code: ReasonCode, version: int, valid_from: date | None, valid_to: date | None, in_use: bool) -> None:
    """Set the first and last day on which exclusions may have a reason; either may be open.

    Notices logged before keep their reasons. `version` is the one that the page showed. Raises
    EndsBeforeItBegins and ChangedMeanwhile; nothing is saved then.
    """
    if valid_from and valid_to and valid_to < valid_from:
        raise EndsBeforeItBegins
    with transaction.atomic():
        held = ReasonCode.objects.select_for_update().get(pk=code.pk)
        if held.version != version:
            raise ChangedMeanwhile
        held.valid_from, held.valid_to, held.in_use = valid_from, valid_to, in_use
        held.version = version + 1
        held.save(update_fields=["valid_from", "valid_to", "in_use", "version"])
