from datetime import date, timedelta
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from casework.roles import ROLE_CHOICES

SUSPENDED_BECAUSE = {"decided": "Suspended by an administrator", "dormant": "Not used for 60 days"}
ACCOUNT_CHANGES = {
    "invited": "Invited",
    "invitation ended": "Invitation taken back",
    "invitation accepted": "Invitation accepted",
    "role": "Role changed",
    "details": "Name or post changed",
    "schools": "Schools changed",
    "team": "Team changed",
    "last day": "Last day changed",
    "suspended": "Suspended",
    "resumed": "Resumed",
    "sessions ended": "Sessions ended",
    "authenticator reset": "Authenticator app reset",
    "dormant warning": "Told that the account has not been used",
    "dormant": "Suspended because it was not used",
}


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; the e-mail address is kept in lower case."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in: one row a person."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30, choices=ROLE_CHOICES)
    team = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    access_ends_on = models.DateField(null=True, blank=True)
    # Part of what every session is made of: one more, and all that were open have ended.
    session_number = models.PositiveIntegerField(default=1)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = models.CharField(max_length=20, choices=SUSPENDED_BECAUSE, blank=True)
    # From this moment, or the last sign-in, the days without one are counted.
    resumed_at = models.DateTimeField(null=True, blank=True)
    dormant_warned_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Accounts whose secrets are printed on the sign-in page. Production does not start while one exists.
    is_demonstration = models.BooleanField(default=False)
    single_keys = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_suspended_is_not_active",
                condition=models.Q(suspended_at__isnull=True) | models.Q(is_active=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def access_ended(self, *, on: date) -> bool:
        """Tell whether the account's last day lies before the day."""
        return self.access_ends_on is not None and self.access_ends_on < on

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own, of the password alone, with the number of the sessions: ending them needs no new password.
        key_salt = "casework.models.user.session"
        return salted_hmac(
            key_salt, f"{self.password} {self.session_number}", secret=secret, algorithm="sha256"
        ).hexdigest()


@pghistory.track()
class UserSchool(models.Model):
    """A school for which a school user acts, to a last day where there is one. Ended by a day, and never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="school_rows")
    school = models.ForeignKey("School", on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_school_ends_after_it_begins",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            ),
            models.UniqueConstraint(
                name="one_open_row_a_user_and_school",
                fields=["user", "school"],
                condition=models.Q(last_day__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.school_id}"


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """A link by which a person opens the account that an administrator made. Good for seven days, and once.

    Only the SHA-256 hash of its secret is kept.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    # Taken back by an administrator, or followed by a newer one.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_invitation_a_person",
                fields=["user"],
                condition=models.Q(accepted_at__isnull=True, ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_lasts_seven_days_at_most",
                condition=models.Q(expires_at__lte=models.F("sent_at") + timedelta(days=7)),
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user_id}"


class AccountChange(models.Model):
    """What was done to an account, by whom: written in the transaction that did it, and never changed."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=30, choices=ACCOUNT_CHANGES)
    at = models.DateTimeField()
    # Nobody, where a rule did it, such as the one of dormant accounts.
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What it was and became: codes, days and names of schools.
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="account_change_by_user")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.what}: {self.user_id}"
