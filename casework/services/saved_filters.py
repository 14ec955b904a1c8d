"""A person's own saved filters."""

from datetime import datetime

from django.db import transaction

from casework.models import SavedFilter, User

MOST = 12
"""Saved filters that a person may have on one page: more would not stand in one line above a list."""


class TooMany(Exception):
    """The person has as many saved filters as stand above a list."""


class NameTaken(Exception):
    """The person has other filters of that page under the name."""


def save(*, by: User, at: datetime, page: str, name: str, query: str, replace: bool) -> SavedFilter:
    """Keep a page's filters under a name; those held under it are written over only with `replace`.

    Raises TooMany and NameTaken; nothing is saved then.
    """
    with transaction.atomic():
        # The person's row is the lock: two saves at once count one after the other.
        User.objects.select_for_update().get(pk=by.pk)
        held = SavedFilter.objects.filter(user=by, page=page)
        taken = held.filter(name=name).first()
        if taken is None and held.count() >= MOST:
            raise TooMany
        if taken is not None and taken.query != query and not replace:
            raise NameTaken
        saved, _ = SavedFilter.objects.update_or_create(
            user=by, page=page, name=name, defaults={"query": query, "saved_at": at}
        )
    return saved


def remove(*, by: User, saved: SavedFilter) -> None:
    """Throw away one of the person's own filters."""
    SavedFilter.objects.filter(pk=saved.pk, user=by).delete()
