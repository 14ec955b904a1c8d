"""Setting the council's name, colour and logo."""

from datetime import datetime

from django.db import transaction

from casework import council
from casework.models import CouncilProfile, User


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the page was opened."""


def set_profile(
    *, by: User, at: datetime, version: int, name: str, colour: str, logo: bytes | None, logo_type: str, keep_logo: bool
) -> CouncilProfile:
    """Set the council's name, colour (#rrggbb) and logo (PNG or JPEG; None takes it away unless `keep_logo`).

    `version` is the one that the page showed, 0 before the first. Raises ChangedMeanwhile; nothing is saved then.
    """
    with transaction.atomic():
        held = CouncilProfile.objects.select_for_update().first()
        if (held.version if held else 0) != version:
            raise ChangedMeanwhile
        row = held or CouncilProfile(pk=1)
        row.name, row.colour, row.changed_at, row.version = name, colour.lower(), at, version + 1
        if not keep_logo:
            row.logo, row.logo_type = logo, logo_type
        row.save()
        transaction.on_commit(council.forget)
    return row
