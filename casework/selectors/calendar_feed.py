"""What a person's calendar feed may say, and whose a feed is."""

import hmac
from datetime import date, timedelta

from django.conf import settings

from casework.link_secrets import hash_of
from casework.models import CalendarFeed, Duty, User
from casework.registry import duty_kinds
from casework.rights import has_permission
from casework.roles import Permission

DAYS_AHEAD = 60
MOST_EVENTS = 500


def owner_of(secret: str, *, on: date) -> User | None:
    """Return whose feed the secret opens, or None.

    None where it was ended, and where the person's account has ended or may no longer see exclusions. What is looked up
    and compared is the hash, so that the time an answer takes tells nothing of a secret.
    """
    asked = hash_of(secret)
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=asked, ended_at__isnull=True).first()
    if feed is None or not hmac.compare_digest(feed.token_hash, asked):
        return None
    user: User = feed.user
    printed = user.is_demonstration and settings.SIXTH_DAY_MODE == "production"
    if printed or user.access_ended(on=on) or not has_permission(user, Permission.SEE_EXCLUSIONS):
        return None
    return user


def current_feed(user: User) -> CalendarFeed | None:
    """Return the feed that the person has, or None."""
    return CalendarFeed.objects.filter(user=user, ended_at__isnull=True).first()


def duties_of(user: User, *, on: date) -> list[Duty]:
    """Return the open duties of the person's own cases due up to 60 days after the day, late ones too, in one query.

    At most 500, the earliest due first. Duties that nobody at the council is asked to chase are left out.
    """
    nobodys = [key for key, kind in duty_kinds.items() if not kind.chased]
    found = (
        Duty.objects.visible_to(user)
        .open_on(on)
        .filter(case__owner=user, due__lte=on + timedelta(days=DAYS_AHEAD))
        .exclude(key__in=nobodys)
        .select_related("case")
        .order_by("due", "case_id", "pk")
    )
    return list(found[:MOST_EVENTS])
