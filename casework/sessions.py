"""Sessions in the database, of which most requests only move the end."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    def save(self, must_create: bool = False) -> None:
        """Save what changed; where nothing did, move the end alone, in one statement and not a transaction of its own.

        A session that was ended meanwhile stays ended: raises UpdateError as the store does.
        """
        if must_create or self.modified or self.session_key is None:
            super().save(must_create)
            return
        kept = self.model.objects.filter(session_key=self.session_key)
        if not kept.update(expire_date=self.get_expiry_date()):
            raise UpdateError
