"""A case's timeline as one person may see it."""

from collections.abc import Iterable
from datetime import date

from casework.models import TimelineEvent, User
from casework.registry import timeline_guards


def shown_to(user: User, events: Iterable[TimelineEvent], *, on: date) -> list[TimelineEvent]:
    """Return the events that the person may see on a day: without those that an app above keeps from them."""
    found = list(events)
    hidden = {pk for guard in timeline_guards for pk in guard(user, found, on)}
    return [event for event in found if event.pk not in hidden]
