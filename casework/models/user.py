from datetime import date
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from casework.roles import ROLE_CHOICES


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
    school = models.ForeignKey("School", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    access_ends_on = models.DateField(null=True, blank=True)
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
                name="user_school_only_for_school_user",
                condition=models.Q(school__isnull=True) | models.Q(role="school_user"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_ended(self, *, on: date) -> bool:
        """Tell whether the account's last day lies before the day."""
        return self.access_ends_on is not None and self.access_ends_on < on
