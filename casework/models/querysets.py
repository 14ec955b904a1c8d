from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from casework.registry import import_kinds
from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.models.user import User


class PupilQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the children whose records the person may see: every child, or none."""
        return self if has_permission(user, Permission.SEE_PUPILS) else self.none()


class WithdrawableQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Keep the entries that nobody has taken back."""
        return self.filter(withdrawn_at__isnull=True)


class CaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the cases that the person may see: every case, or none."""
        return self if has_permission(user, Permission.SEE_EXCLUSIONS) else self.none()


class JobQuerySet(models.QuerySet[Any]):
    def waiting(self, *, at: datetime) -> Self:
        """Keep the jobs that have not ended and that no worker holds at that moment."""
        return self.filter(finished_at__isnull=True, failed_at__isnull=True).filter(
            models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=at)
        )

    def visible_to(self, user: "User") -> Self:
        """Keep the jobs that the person asked for."""
        return self.filter(requested_by=user)


class ImportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the imports of the kinds that the person may bring."""
        kinds = [kind for kind, each in import_kinds.items() if has_permission(user, each.permission)]
        return self.filter(kind__in=kinds)


class ContactQuerySet(models.QuerySet[Any]):
    def current(self, *, on: date) -> Self:
        """Keep the contacts who hold their role at the school on the day."""
        return self.filter(models.Q(last_day__isnull=True) | models.Q(last_day__gte=on), first_day__lte=on)
