"""The messages that a person may know of on a day."""

from datetime import date

from casework.models import Message, User
from casework.models.message import MessageQuerySet
from casework.registry import message_guards


def visible(user: User, *, on: date) -> MessageQuerySet:
    """Return the messages that the person may know of, without those that the apps above keep from them."""
    kept = {key for guard in message_guards for key in guard(user, on)}
    return Message.objects.visible_to(user).exclude(pk__in=kept)
