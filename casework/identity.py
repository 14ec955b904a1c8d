"""How people sign in: what we ask of the accounts package."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import connection, transaction
from django.http import HttpRequest

from casework.roles import ROLES

# The secrets of the demonstration's accounts. They are printed on its sign-in page, and nowhere else work.
DEMONSTRATION_PASSWORD = "sixth-day-demonstration"  # noqa: S105
DEMONSTRATION_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


class AccountAdapter(DefaultAccountAdapter):
    """Nobody opens an account for himself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        # An account that has ended is answered like one that never was, also with the right password.
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None


def address_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the e-mail address that a password was tried with, as the delay after wrong passwords counts it."""
    given = credentials or {}
    tried = given.get("email") or given.get("username") or request.POST.get("login")
    return str(tried).strip().lower() if tried else None


def demonstration_code() -> str:
    """Return the code that the demonstration's authenticator app would show now."""
    from allauth.mfa.totp.internal import auth

    counter = list(auth.yield_hotp_counters_from_time())[-1]
    now = int(time.time()) // 30
    return str(auth.format_hotp_value(auth.hotp_value(DEMONSTRATION_TOTP_SECRET, min(counter, now))))


def demonstration_accounts() -> list[dict[str, str]]:
    """Return the accounts printed on the demonstration's sign-in page, one or two for each role."""
    from casework.models import User

    if settings.SIXTH_DAY_MODE == "production":
        return []
    users = User.objects.filter(is_demonstration=True, is_active=True)
    order = list(ROLES)
    return [
        {"name": user.name, "role": ROLES[user.role].display_name, "email": user.email}
        for user in sorted(users, key=lambda user: (order.index(user.role), user.pk))
    ]


def take_code(authenticator: Any, code: str) -> bool:
    """Take a code of an authenticator app that was found right, once; return whether it had not been used.

    The moment of the last code taken stands on the authenticator's row, so that every process refuses it and every
    code before it. The accounts package itself remembers a code for 30 seconds, in one process.
    """
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth

    with transaction.atomic():
        held = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = get_adapter().decrypt(held.data["secret"])
        fitting = [
            moment
            for moment in auth.yield_hotp_counters_from_time()
            if auth.format_hotp_value(auth.hotp_value(secret, moment)) == code.strip()
        ]
        if not fitting or max(fitting) <= held.data.get("last_taken", 0):
            return False
        held.data["last_taken"] = max(fitting)
        held.save(update_fields=["data"])
    return True


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether the person signed in has an authenticator app; asked once a session."""
    if request.session.get("second_factor"):
        return True
    if is_mfa_enabled(request.user):
        request.session["second_factor"] = True
        return True
    return False


def no_demonstration_account_in_production(*, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Return an error for production settings on a database that holds a demonstration account.

    Asked only where databases are checked: when the site starts to serve (config/wsgi.py), and by
    `check --database default`. A plain `check` connects to nothing.
    """
    from casework.models import User

    if not databases or settings.SIXTH_DAY_MODE != "production":
        return []
    if User._meta.db_table not in connection.introspection.table_names():
        return []
    count = User.objects.filter(is_demonstration=True).count()
    if not count:
        return []
    return [
        Error(
            f"The database holds {count} demonstration accounts, whose passwords are printed.",
            hint="Run: python manage.py remove_demonstration_accounts",
            id="casework.E002",
        )
    ]
