from typing import Any, Self

from django.db import models


class ActionPlaceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out the actions that were set aside."""
        return self.filter(action__retired_on__isnull=True)


class RoundAskQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Keep those whose action nobody has said anything of in the round: neither this lead nor another."""
        return self.filter(answer__isnull=True)

    def unreached(self) -> Self:
        """Keep those that could be put to nobody: the role was vacant, or no address of its holder is known."""
        return self.filter(recipient="")
