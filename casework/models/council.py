import pghistory
from django.db import models


@pghistory.track(exclude=["logo"])
class CouncilProfile(models.Model):
    """The council's name, colour and logo as pages and papers show them: one row at most.

    Without it the name of the settings and the project's own colour stand.
    """

    name = models.CharField(max_length=80)
    # As #rrggbb; white on it, and it on white, keep a contrast of 4.5 to 1.
    colour = models.CharField(max_length=7)
    logo = models.BinaryField(null=True, blank=True)
    logo_type = models.CharField(max_length=10, blank=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_council_profile", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="council_logo_has_a_type",
                condition=models.Q(logo__isnull=True, logo_type="")
                | models.Q(logo__isnull=False, logo_type__in=["png", "jpeg"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name
