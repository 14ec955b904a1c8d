"""A person's own saved filters."""

from datetime import datetime

from django.db import transaction

from casework.models import SavedFilter, User

MOST = 12
"""Saved filters that a person may have on one page: more would not stand in one line above a list."""


class TooMany(Exception):
    """The person has as many saved filters as stand above a list."""


def save(*, by: User, at: datetime, page: str, name: str, query: str) -> SavedFilter:
    """Keep a page's filters under a name; the same name is written over. Raises TooMany."""
    with transaction.atomic():
        # The person's row is the lock: two saves at once count one after the other.
        User.objects.select_for_update().get(pk=by.pk)
        held = SavedFilter.objects.filter(user=by, page=page)
        if not held.filter(name=name).exists() and held.count() >= MOST:
            raise TooMany
        saved, _ = SavedFilter.objects.update_or_create(
            user=by, page=page, name=name, defaults={"query": query, "saved_at": at}
        )
    return saved


def remove(*, by: User, saved: SavedFilter) -> None:
    """Throw away one of the person's own filters."""
    SavedFilter.objects.filter(pk=saved.pk, user=by).delete()
