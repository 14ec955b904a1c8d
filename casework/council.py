"""The council's own name and colour, as every page asks for them."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import Error

from casework.models import CouncilProfile

COLOUR = "#14466b"
KEY, SECONDS = "council", 30
"""How long another process may go on showing the name before a change."""
LAST_KNOWN = "council-last-known"


@dataclass(frozen=True, slots=True)
class Council:
    """What pages show of the council. `version` is 0 where nothing was ever set."""

    name: str
    colour: str
    version: int
    has_logo: bool


def council() -> Council:
    """Return the council's name and colour as last set, else as installed; asked of the database twice a minute."""
    found: Council | None = cache.get(KEY)
    if found is None:
        row = CouncilProfile.objects.values_list("name", "colour", "version", "logo_type").first()
        found = Council(row[0], row[1], row[2], bool(row[3])) if row else _installed()
        cache.set(KEY, found, SECONDS)
        cache.set(LAST_KNOWN, found, None)
    return found


def last_known() -> Council:
    """Return the council as this process last had it, else as installed; asks nothing of the database."""
    found: Council | None = cache.get(LAST_KNOWN)
    return found or _installed()


def council_if_answered() -> Council:
    """Return the council as last set, or as last known where the database does not answer."""
    try:
        return council()
    except Error:
        return last_known()


def forget() -> None:
    """Ask the database again at once, in this process."""
    cache.delete(KEY)


def _installed() -> Council:
    return Council(settings.COUNCIL_NAME, COLOUR, 0, False)
