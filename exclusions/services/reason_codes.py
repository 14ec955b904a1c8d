"""From when a reason code is used."""

from datetime import date, datetime

from exclusions.models import ReasonCode


class EndsBeforeItBegins(Exception):
    """The last day lies before the first."""


def set_dates(
    *, by: object, at: datetime, code: ReasonCode, valid_from: date | None, valid_to: date | None, in_use: bool
) -> None:
    """Set the first and last day on which exclusions may have a reason; either may be open.

    Notices logged before keep their reasons. Raises EndsBeforeItBegins; nothing is saved then.
    """
    if valid_from and valid_to and valid_to < valid_from:
        raise EndsBeforeItBegins
    code.valid_from, code.valid_to, code.in_use = valid_from, valid_to, in_use
    code.save(update_fields=["valid_from", "valid_to", "in_use"])
