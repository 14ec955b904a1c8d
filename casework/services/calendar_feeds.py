"""The secret address of a person's calendar feed: made, replaced, ended."""

import secrets
from datetime import datetime

from django.db import transaction

from casework.link_secrets import hash_of
from casework.models import CalendarFeed, User


def make(*, by: User, at: datetime) -> str:
    """Make the person's feed, end the one before, and return the new one's secret, which is kept nowhere."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        # Two clicks at one moment must not leave two feeds.
        User.objects.select_for_update().get(pk=by.pk)
        end(by=by, at=at)
        CalendarFeed.objects.create(user=by, token_hash=hash_of(secret), made_at=at)
    return secret


def end(*, by: User, at: datetime) -> None:
    """End the person's feed, if there is one."""
    CalendarFeed.objects.filter(user=by, ended_at__isnull=True).update(ended_at=at)
