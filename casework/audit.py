"""The audit of reading: who was shown which child's record, on which page, written before the page leaves."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from casework.models import Reading, User

# A reading that cannot be written within this time is a page that is not shown.
PATIENCE = "2s"


def record_reading(
    *, by: User, at: datetime, pupils: Iterable[int], surface: str, request: str, terms: str | None = None
) -> None:
    """Write one row for each child shown, and one for the search itself when `terms` is given.

    `pupils` are primary keys; `surface` names the page. Commits by itself: outside a transaction it has been written
    when it returns. Raises OperationalError when it cannot be written, and then nothing may be shown.
    """
    rows = [
        Reading(at=at, user=by, pupil_id=pupil, surface=surface, request_id=request) for pupil in sorted(set(pupils))
    ]
    if terms is not None:
        rows.append(Reading(at=at, user=by, surface=surface, request_id=request, terms_hash=_keyed_hash(terms)))
    if not rows:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        Reading.objects.bulk_create(rows)


def _keyed_hash(terms: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), terms.casefold().strip().encode(), hashlib.sha256).hexdigest()
