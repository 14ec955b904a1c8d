"""What somebody has typed and not sent: kept as typed, for that person alone, each begun form apart."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from casework.models import Draft, User

MOST = 20
LONGEST = 40_000


class TooMany(Exception):
    """The person keeps as many drafts as there may be: one must be finished or thrown away first."""


class TooLong(Exception):
    """More is typed than any form of ours takes."""


class NotTheirs(Exception):
    """The draft is somebody else's, or of another form."""


def keep(*, by: User, at: datetime, form: str, draft: uuid.UUID, typed: dict[str, list[str]]) -> Draft:
    """Keep what is typed in place of what this draft held; begin it where it is new.

    Raises TooLong, NotTheirs, and TooMany for a new one past the last that may be kept; nothing is kept then.
    """
    # PostgreSQL keeps no NUL in text, and no form of ours takes one.
    clean = {name: [value.replace("\0", "") for value in values] for name, values in typed.items()}
    if sum(len(value) for values in clean.values() for value in values) > LONGEST:
        raise TooLong
    held = Draft.objects.filter(public_id=draft, user=by, form=form)
    if held.update(typed=clean, kept_at=at):
        return held.get()
    with transaction.atomic():
        # Two windows must not both begin the last one.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if Draft.objects.filter(user=by).count() >= MOST and not held.exists():
            raise TooMany
        try:
            with transaction.atomic():
                kept, _ = Draft.objects.update_or_create(
                    public_id=draft, user=by, form=form, defaults={"typed": clean, "kept_at": at}
                )
        except IntegrityError:
            raise NotTheirs from None
    return kept


def throw_away(*, by: User, draft: uuid.UUID) -> None:
    """Let go of a draft of the person's; one that is gone already is let be."""
    Draft.objects.filter(public_id=draft, user=by).delete()
