from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q


class ActionPlaceQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Leave out the actions that were set aside."""
        return self.filter(action__retired_on__isnull=True)

    def past_its_date(self, *, on: date) -> Self:
        """Keep the actions whose day has passed; one that is to go on has none once it has had a word."""
        return self.filter(action__due__lt=on).exclude(Q(action__ongoing=True) & Q(action__updates__isnull=False))
