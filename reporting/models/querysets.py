from typing import TYPE_CHECKING, Any, Self

from django.db import models

from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.models import User


class CommitteeReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Keep the reports that the person may see: every one, or none."""
        return self if has_permission(user, Permission.SEE_REPORTS) else self.none()

    def signed(self) -> Self:
        """Keep the reports that a manager has signed."""
        return self.filter(signed_at__isnull=False)
