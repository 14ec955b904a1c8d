from django.db import models


class PublishedFigure(models.Model):
    """One number of a published series, as imported: never counted from cases.

    One row is one measure of one area and phase in one academic year.
    """

    area = models.CharField(max_length=60)
    academic_year = models.CharField(max_length=7)
    phase = models.CharField(max_length=25)
    measure = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=14, decimal_places=5)
    # "sourced" as printed, or "computed" from printed rates.
    status = models.CharField(max_length=120)
    source = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_published_figure", fields=["area", "academic_year", "phase", "measure"])
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.academic_year} {self.measure}"
