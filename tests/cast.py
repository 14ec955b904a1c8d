"""The people whom tests share, and how they sign in."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.hashers import make_password
from django.test import Client

from casework.models import School, User, UserSchool
from casework.roles import ROLES

PASSWORD = "quiet-harbour-lantern"
TOTP_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Cast:
    """One person of each role, and three who may do nothing."""

    asha: User
    imran: User
    ruth: User
    chair: User
    member: User
    plan_lead: User
    school_user: User
    data_protection: User
    administrator: User
    stranger: User
    disabled: User
    leaver: User

    def everybody(self) -> dict[str, User]:
        """Return each person by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


ROLE_OF = {
    "asha": "eas_officer",
    "imran": "inclusion_officer",
    "ruth": "manager",
    "chair": "panel_chair",
    "member": "panel_member",
    "plan_lead": "plan_lead",
    "school_user": "school_user",
    "data_protection": "data_protection_lead",
    "administrator": "administrator",
    # Nobody has this role any more: its permissions are none.
    "stranger": "caretaker",
    "disabled": "eas_officer",
    "leaver": "eas_officer",
}
NAMES = {"asha": "Asha Verma", "imran": "Imran Siddiqui", "ruth": "Ruth Penhale"}


def assemble(*, today: date, school: School | None = None) -> Cast:
    """Write everybody's account, each with an authenticator app."""
    people = {name: person(name) for name in ROLE_OF}
    if school:
        UserSchool.objects.create(user=people["school_user"], school=school, first_day=date(2020, 9, 1))
    User.objects.filter(pk=people["disabled"].pk).update(is_active=False)
    User.objects.filter(pk=people["leaver"].pk).update(access_ends_on=date.fromordinal(today.toordinal() - 1))
    for name in ("disabled", "leaver"):
        people[name].refresh_from_db()
    return Cast(**people)


def person(name: str, *, with_app: bool = True, **changes: Any) -> User:
    """Write one account."""
    role = changes.pop("role", ROLE_OF.get(name, name))
    shown = NAMES.get(name) or ROLES.get(role, ROLES["plan_lead"]).display_name
    user = User.objects.create(
        email=f"{name.replace('_', '.')}@marchshire.example", name=shown, role=role, password=_hashed(), **changes
    )
    if with_app:
        totp.TOTP.activate(user, TOTP_SECRET)
        RecoveryCodes.activate(user)
    return user


def signed_in(client: Client, user: User) -> Client:
    """Return the client with a session of the person, who has given a password and a code."""
    client.force_login(user, backend=BACKEND)
    if not Authenticator.objects.filter(user=user).exists():
        totp.TOTP.activate(user, TOTP_SECRET)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def code_now() -> str:
    """Return the code that the cast's authenticator app shows now."""
    counter = list(totp.yield_hotp_counters_from_time())[-1]
    return str(totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, counter)))


@cache
def _hashed() -> str:
    # Hashing is slow on purpose; the same password is hashed once a run.
    return make_password(PASSWORD)


def cache_clear() -> None:
    """Forget the codes that were taken, as half a minute does."""
    from django.core.cache import cache

    cache.clear()
    for authenticator in Authenticator.objects.filter(type=Authenticator.Type.TOTP):
        authenticator.data.pop("last_taken", None)
        authenticator.save(update_fields=["data"])
