"""People's accounts: opened by invitation, changed, suspended and resumed by an administrator; never by oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.db.models import F

from casework.models import AccountChange, CalendarFeed, School, User, UserSchool
from casework.roles import ROLES
from casework.rules.dormancy import Dormancy, LastUse, dormancy, warning_key
from casework.selectors.people import warned_at
from casework.services import invitations, messages

ONE_DAY = timedelta(days=1)
NOTICE, DORMANT_WARNING = "account notice", "dormant warning"
SCHOOL_USER, ADMINISTRATOR = "school_user", "administrator"


class OwnAccount(Exception):
    """Nobody changes their own account, nor grants themselves anything."""


class AddressTaken(Exception):
    """Another account has this e-mail address."""


class Stale(Exception):
    """Somebody changed the account meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The account was changed meanwhile.")
        self.version = version


class NotPossible(Exception):
    """The account is not where it would have to be: suspended already, or never opened."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator says of a person."""

    name: str
    post: str
    role: str
    team: str = ""
    schools: tuple[School, ...] = ()
    access_ends_on: date | None = None


def invite(*, by: User | None, at: datetime, email: str, details: Details, site: str) -> User:
    """Make an account and send its invitation; by nobody where a command did. Raises AddressTaken: nothing is saved."""
    try:
        with transaction.atomic():
            user: User = User(
                email=email.lower(),
                name=details.name,
                post=details.post,
                role=details.role,
                team=details.team,
                access_ends_on=details.access_ends_on,
            )
            user.set_unusable_password()
            user.save()
            _set_schools(user, details, at.date())
            _tell(user, "invited", by, at, _role_name(details.role))
            invitations.send(by=by, at=at, user=user, site=site)
    except IntegrityError as taken:
        raise AddressTaken from taken
    return user


def invite_again(*, by: User, at: datetime, user: User, site: str) -> None:
    """Send a new invitation in place of the one before. Raises OwnAccount, and NotPossible for an opened account."""
    with transaction.atomic():
        held = _held(by, user)
        if held.has_usable_password() or not held.is_active:
            raise NotPossible
        _tell(held, "invited", by, at, "again")
        invitations.send(by=by, at=at, user=held, site=site)


def end_invitation(*, by: User, at: datetime, user: User) -> None:
    """Take an invitation back: its link opens nothing from now on. Raises OwnAccount."""
    with transaction.atomic():
        invitations.end(by=by, at=at, user=_held(by, user))


def change(*, by: User, at: datetime, user: User, version: int, details: Details) -> None:
    """Set what an administrator says of a person; each difference is told in the account's history.

    Raises OwnAccount and Stale; nothing is saved then.
    """
    with transaction.atomic():
        held = _held(by, user)
        if held.version != version:
            raise Stale(held.version)
        if (held.name, held.post) != (details.name, details.post):
            _tell(held, "details", by, at, f"{details.name}, {details.post}".strip(", "))
        if held.role != details.role:
            _tell(held, "role", by, at, f"{_role_name(held.role)} to {_role_name(details.role)}")
        if held.team != details.team:
            _tell(held, "team", by, at, f"{held.team or 'none'} to {details.team or 'none'}")
        if held.access_ends_on != details.access_ends_on:
            _tell(held, "last day", by, at, f"{_day(held.access_ends_on)} to {_day(details.access_ends_on)}")
        if _set_schools(held, details, at.date()):
            _tell(held, "schools", by, at, ", ".join(school.name for school in details.schools) or "none")
        User.objects.filter(pk=held.pk).update(
            name=details.name,
            post=details.post,
            role=details.role,
            team=details.team,
            access_ends_on=details.access_ends_on,
            version=F("version") + 1,
        )


def suspend(*, by: User, at: datetime, user: User) -> None:
    """Close an account for now: its sessions, calendar feed and invitation end at once.

    Raises OwnAccount, and NotPossible for one that is suspended.
    """
    with transaction.atomic():
        held = _held(by, user)
        if held.suspended_at:
            raise NotPossible
        _close(held, by, at, because="decided")
        _tell(held, "suspended", by, at)


def resume(*, by: User, at: datetime, user: User) -> None:
    """Open a suspended account again, with its password and authenticator as they were; what ended stays ended.

    Raises OwnAccount, and NotPossible for one that is not suspended.
    """
    with transaction.atomic():
        held = _held(by, user)
        if not held.suspended_at:
            raise NotPossible
        User.objects.filter(pk=held.pk).update(
            is_active=True, suspended_at=None, suspended_because="", resumed_at=at, version=F("version") + 1
        )
        _tell(held, "resumed", by, at)


def end_sessions(*, by: User, at: datetime, user: User) -> None:
    """End every session of a person at once. Raises OwnAccount."""
    with transaction.atomic():
        held = _held(by, user)
        _end_sessions(held)
        _tell(held, "sessions ended", by, at)


def reset_authenticator(*, by: User, at: datetime, user: User) -> None:
    """Take a person's authenticator app and recovery codes away, end their sessions, and tell them by mail.

    They set up an app anew when they next sign in. Raises OwnAccount.
    """
    with transaction.atomic():
        held = _held(by, user)
        Authenticator.objects.filter(user=held).delete()
        _end_sessions(held)
        _tell(held, "authenticator reset", by, at)
        messages.write(
            by=by,
            at=at,
            kind=NOTICE,
            natural_key=f"authenticator reset {held.pk} {at.timestamp()}",
            recipient=held.email,
            subject="Your authenticator app was reset",
            body=f"{by.name} has reset the authenticator app of your account. You set one up when you next sign in.\n"
            "If you did not ask for this, tell an administrator at once.\n",
        )


def mind_dormant(*, at: datetime) -> tuple[int, int]:
    """Warn whoever has not signed in for 30 days, once, and suspend whoever has not for 60; return how many of each.

    Nobody is suspended whose warning was not sent, nor before 30 days after it. One that fails stays among the messages
    that somebody must look at. Accounts never opened, suspended, ended, or of the demonstration are left alone.
    """
    warned = suspended = 0
    for user in User.objects.filter(is_active=True, is_demonstration=False).order_by("pk"):
        if user.access_ended(on=at.date()) or not user.has_usable_password():
            continue
        use = last_use(user)
        state = dormancy(use, at=at, warned=warned_at(user, used=use.moment))
        with transaction.atomic():
            held = User.objects.select_for_update().get(pk=user.pk)
            if held.last_login != user.last_login or not held.is_active:
                continue
            if state is Dormancy.DORMANT:
                _close(held, None, at, because="dormant")
                _tell(held, "dormant", None, at)
                suspended += 1
            elif state is Dormancy.UNUSED and (held.dormant_warned_at is None or held.dormant_warned_at < use.moment):
                _warn(held, use, at)
                warned += 1
    return warned, suspended


def last_use(user: User) -> LastUse:
    """Return the moments from which the days without use are counted."""
    return LastUse(user.created_at, user.last_login, user.resumed_at)


def _held(by: User, user: User) -> User:
    if by.pk == user.pk:
        raise OwnAccount
    held: User = User.objects.select_for_update().get(pk=user.pk)
    return held


def _close(held: User, by: User | None, at: datetime, *, because: str) -> None:
    User.objects.filter(pk=held.pk).update(
        is_active=False,
        suspended_at=at,
        suspended_because=because,
        session_number=F("session_number") + 1,
        version=F("version") + 1,
    )
    CalendarFeed.objects.filter(user=held, ended_at__isnull=True).update(ended_at=at)
    invitations.end(by=by, at=at, user=held)


def _end_sessions(held: User) -> None:
    User.objects.filter(pk=held.pk).update(session_number=F("session_number") + 1, version=F("version") + 1)


def _warn(held: User, use: LastUse, at: datetime) -> None:
    User.objects.filter(pk=held.pk).update(dormant_warned_at=at)
    _tell(held, "dormant warning", None, at)
    messages.write(
        by=None,
        at=at,
        kind=DORMANT_WARNING,
        natural_key=warning_key(held.pk, use.moment),
        recipient=held.email,
        subject="Your account has not been used for 30 days",
        body="Sign in to Sixth Day to keep your account. One that is not used for 60 days is suspended, "
        "30 days after this message at the earliest.\n",
    )


def _set_schools(user: User, details: Details, today: date) -> bool:
    """Make a school user's schools those given, from today; return whether they changed. Others have none."""
    wanted: Sequence[School] = details.schools if details.role == SCHOOL_USER else ()
    rows = {row.school_id: row for row in UserSchool.objects.filter(user=user, last_day__isnull=True)}
    gone = [row for key, row in rows.items() if key not in {school.pk for school in wanted}]
    for row in gone:
        row.last_day = max(row.first_day, today - ONE_DAY)
        row.save(update_fields=["last_day"])
    new = [school for school in wanted if school.pk not in rows]
    for school in new:
        UserSchool.objects.create(user=user, school=school, first_day=today)
    return bool(gone or new)


def _tell(user: User, what: str, by: User | None, at: datetime, detail: str = "") -> None:
    AccountChange.objects.create(user=user, what=what, at=at, by=by, detail=detail[:300])


def _role_name(role: str) -> str:
    return ROLES[role].display_name if role in ROLES else role


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no last day"
