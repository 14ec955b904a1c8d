import pghistory
from django.db import models

from exclusions.rules.strategies import EFFECT_LABELS, STRATEGY_LABELS


@pghistory.track()
class StrategyTried(models.Model):
    """Something that the school says it tried before it excluded, and what came of it."""

    exclusion = models.ForeignKey("Exclusion", on_delete=models.PROTECT, related_name="strategies")
    strategy = models.CharField(max_length=15, choices=STRATEGY_LABELS)
    effect = models.CharField(max_length=15, choices=EFFECT_LABELS)

    class Meta:
        verbose_name_plural = "strategies tried"
        constraints = [models.UniqueConstraint(name="strategy_once_per_exclusion", fields=["exclusion", "strategy"])]

    def __str__(self) -> str:
        return f"{self.exclusion_id}: {self.strategy}"
