from typing import Any, Self

from django.db import models


class ActionPlaceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out the actions that were set aside."""
        return self.filter(action__retired_on__isnull=True)

    def set_aside(self) -> Self:
        """Keep the actions that were set aside."""
        return self.filter(action__retired_on__isnull=False)


class RoundAskQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Keep those whose action stands, and of which nobody has said anything in the round: neither this lead nor another."""
        return self.filter(answer__isnull=True, place__action__retired_on=None)


class RoleHolderQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out those that were written by mistake and taken back."""
        return self.filter(taken_back_at__isnull=True)


class MeasureReadingQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out the readings that were withdrawn."""
        return self.filter(withdrawal__isnull=True)
