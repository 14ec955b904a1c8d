"""What somebody has typed and not sent: kept as typed, for that person alone, each begun form apart."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from casework.models import Draft, User

MOST = 20
LONGEST = 40_000


class TooMany(Exception):
    """The person keeps as many drafts as there may be: one must be finished or thrown away first."""


class TooLong(Exception):
    """More is typed than any form of ours takes."""


class NotTheirs(Exception):
    """The draft is somebody else's, or of another form."""


class Overtaken(Exception):
    """Another window wrote into the draft since this one read it."""


@dataclass(frozen=True, slots=True)
class Window:
    """The tab whose script keeps a draft by itself, and the moment of the draft that its page shows, as ISO text."""

    name: str
    seen: str


def keep(
    *,
    by: User,
    at: datetime,
    form: str,
    draft: uuid.UUID,
    typed: dict[str, list[str]],
    window: Window | None = None,
) -> Draft:
    """Keep what is typed in place of what this draft held; begin it where it is new.

    A script gives its `window`; a form that a person sends has none, and is always kept. Raises TooLong, NotTheirs,
    Overtaken, and TooMany for a new one past the last that may be kept; nothing is kept then.
    """
    # PostgreSQL keeps no NUL in text, and no form of ours takes one.
    clean = {name: [value.replace("\0", "") for value in values] for name, values in typed.items()}
    if sum(len(value) for values in clean.values() for value in values) > LONGEST:
        raise TooLong
    held = Draft.objects.filter(public_id=draft, user=by, form=form)
    mine = {"typed": clean, "kept_at": at, "window": window.name if window else ""}
    unchanged = Q(window=window.name) | Q(kept_at=_moment(window.seen)) if window else Q()
    if held.filter(unchanged).update(**mine):
        return held.get()
    if window and held.exists():
        raise Overtaken
    with transaction.atomic():
        # Two windows must not both begin the last one.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if Draft.objects.filter(user=by).count() >= MOST and not held.exists():
            raise TooMany
        try:
            with transaction.atomic():
                kept, _ = Draft.objects.update_or_create(public_id=draft, user=by, form=form, defaults=mine)
        except IntegrityError:
            raise NotTheirs from None
    return kept


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def throw_away(*, by: User, draft: uuid.UUID) -> None:
    """Let go of a draft of the person's; one that is gone already is let be."""
    Draft.objects.filter(public_id=draft, user=by).delete()
