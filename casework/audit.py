"""The audit of reading: who was shown which child's record, on which page, written before the page leaves."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from casework.models import User

# A reading that cannot be written within this time is a page that is not shown.
PATIENCE = "2s"

# A row for each child, and one without a child for a search. Written out: a page of twenty children is recorded before
# it leaves, every time, and the ORM takes longer over its rows than the database.
READINGS_SQL = """
INSERT INTO casework_reading (at, user_id, pupil_id, surface, request_id, terms_hash)
SELECT %(at)s, %(user)s, pupil, %(surface)s, %(request)s, '' FROM unnest(%(pupils)s::bigint[]) AS pupil
UNION ALL SELECT %(at)s, %(user)s, NULL, %(surface)s, %(request)s, %(hash)s WHERE %(searched)s
"""


def record_reading(
    *, by: User, at: datetime, pupils: Iterable[int], surface: str, request: str, terms: str | None = None
) -> None:
    """Write one row for each child shown, and one for the search itself when `terms` is given.

    `pupils` are primary keys; `surface` names the page. Commits by itself: outside a transaction it has been written
    when it returns. Raises OperationalError when it cannot be written, and then nothing may be shown.
    """
    seen = sorted(set(pupils))
    if not seen and terms is None:
        return
    values: dict[str, Any] = {
        "at": at, "user": by.pk, "pupils": seen, "surface": surface, "request": request,
        "searched": terms is not None, "hash": _keyed_hash(terms or ""),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute(READINGS_SQL, values)


def _keyed_hash(terms: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), terms.casefold().strip().encode(), hashlib.sha256).hexdigest()
