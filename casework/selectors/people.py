"""The people who have accounts: the list with its filters, and one person's page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from casework.models import AccountChange, Invitation, Message, User, UserSchool
from casework.rules.dormancy import WARN_AFTER, suspended_from, warning_key

STATES = {
    "active": "Active",
    "invited": "Not opened yet",
    "unused": "Not used for 30 days",
    "suspended": "Suspended",
    "ended": "Ended",
}
SORTS: Mapping[str, tuple[Any, ...]] = {
    "name": ("name", "pk"),
    "-name": ("-name", "pk"),
    "role": ("role", "name", "pk"),
    "-role": ("-role", "name", "pk"),
    "last": (F("last_login").asc(nulls_first=True), "name", "pk"),
    "-last": (F("last_login").desc(nulls_last=True), "name", "pk"),
}
# What Django writes before a password that nobody can type.
NEVER_OPENED = Q(password__startswith="!")  # noqa: S106


def listed(chosen: Mapping[str, Any], *, sort: str, at: datetime) -> QuerySet[User]:
    """Return the people who fit every filter: q (words of name, post or e-mail), role, team, state.

    Each with the schools for which they act on the day, and `last_used`, the moment from which days without use count.
    """
    found = (
        User.objects.annotate(
            last_used=Greatest("created_at", Coalesce("last_login", "created_at"), Coalesce("resumed_at", "created_at"))
        )
        .prefetch_related(_schools(at.date()))
        .order_by(*SORTS.get(sort, SORTS["name"]))
    )
    for word in str(chosen.get("q", "")).split():
        found = found.filter(Q(name__icontains=word) | Q(post__icontains=word) | Q(email__icontains=word))
    if "role" in chosen:
        found = found.filter(role=chosen["role"])
    if "team" in chosen:
        found = found.filter(team=chosen["team"])
    if "state" in chosen:
        found = _in_state(found, chosen["state"], at)
    return found


def _in_state(found: QuerySet[Any], state: str, at: datetime) -> QuerySet[Any]:
    ended = Q(access_ends_on__lt=at.date())
    closed = Q(is_active=False)
    open_ = found.exclude(ended).exclude(closed)
    unused = Q(last_used__lte=at - WARN_AFTER, is_demonstration=False)
    kept = {
        "suspended": found.filter(closed),
        "ended": found.filter(ended).exclude(closed),
        "invited": open_.filter(NEVER_OPENED),
        "unused": open_.exclude(NEVER_OPENED).filter(unused),
        "active": open_.exclude(NEVER_OPENED).exclude(unused),
    }
    return kept.get(state, found)


def state_of(user: Any, *, at: datetime) -> str:
    """Return where an account stands, as the list's filter names it; the user must carry `last_used`."""
    if not user.is_active:
        return "suspended"
    if user.access_ended(on=at.date()):
        return "ended"
    if not user.has_usable_password():
        return "invited"
    if not user.is_demonstration and user.last_used <= at - WARN_AFTER:
        return "unused"
    return "active"


def warned_at(user: User, *, used: datetime) -> datetime | None:
    """Return when the warning since an account was last used, at `used`, was sent; None where it was not. One query.

    One that failed, or of which nobody knows whether it went, is none.
    """
    sent = Message.objects.filter(natural_key=warning_key(user.pk, used), state__in=("sent", "kept"))
    return sent.values_list("settled_at", flat=True).first()


def suspended_on(user: Any) -> datetime | None:
    """Return when an account that goes on unused is suspended, None until it is warned; it must carry `last_used`."""
    return suspended_from(user.last_used, warned=warned_at(user, used=user.last_used))


def person_page(number: int, *, at: datetime) -> dict[str, Any] | None:
    """Return one person with their schools, the history of the account, and the open invitation; None for nobody."""
    user = listed({}, sort="name", at=at).filter(pk=number).first()
    if user is None:
        return None
    return {
        "person": user,
        "changes": list(AccountChange.objects.filter(user=user).select_related("by").order_by("-at", "-pk")[:200]),
        "invitation": Invitation.objects.filter(user=user, accepted_at__isnull=True, ended_at__isnull=True).first(),
    }


def teams() -> list[str]:
    """Return the teams that people are in, by name."""
    return list(User.objects.exclude(team="").order_by("team").values_list("team", flat=True).distinct())


def schools_of(user: User, *, on: date) -> list[int]:
    """Return the primary keys of the schools for which a school user acts on a day."""
    rows = UserSchool.objects.filter(user=user, first_day__lte=on).exclude(last_day__lt=on)
    return list(rows.values_list("school", flat=True))


def _schools(on: date) -> "Prefetch[Any]":
    rows = UserSchool.objects.filter(first_day__lte=on).exclude(last_day__lt=on)
    return Prefetch("school_rows", queryset=rows.select_related("school").order_by("school__name"), to_attr="acts_for")
