"""The demonstration, loaded once for a module and gone after it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from reporting.demonstration.load import load_demonstration

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[date]:
    """The small demonstration as it stands on Friday 20 November 2026, in a transaction that is never kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, small=True)
        yield TODAY
        transaction.set_rollback(True)
