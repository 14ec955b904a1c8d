from typing import Any, Self

from django.db import models


class ActionPlaceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out the actions that were set aside."""
        return self.filter(action__retired_on__isnull=True)
