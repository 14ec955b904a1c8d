import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models


@pghistory.track()
class Provider(models.Model):
    """Somebody who educates excluded children for the council."""

    name = models.CharField(max_length=150, unique=True)
    # An item of the list of kinds that an administrator keeps.
    kind = models.CharField(max_length=40)
    in_use = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Provision(models.Model):
    """Education arranged for one excluded child with one provider."""

    exclusion = models.ForeignKey("Exclusion", on_delete=models.PROTECT, related_name="provisions")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="provisions")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, validators=[MinValueValidator(0)])
    # Pounds, for the whole of the provision, beyond what the child's schooling would have cost.
    agreed_cost = models.DecimalField(max_digits=9, decimal_places=2, validators=[MinValueValidator(0)])
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provision_ends_after_it_begins",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="provision_hours_and_cost_not_negative",
                condition=models.Q(hours_a_week__gt=0, agreed_cost__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exclusion_id} with {self.provider_id}"
