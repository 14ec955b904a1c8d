import pghistory
from django.conf import settings
from django.db import models


@pghistory.track()
class RecordsWhole(models.Model):
    """From which day on the council holds every notice of a school, as somebody said who carried them over.

    A total of a school year that begins before it is built on less than the whole year.
    """

    school = models.ForeignKey("casework.School", on_delete=models.PROTECT, related_name="+")
    whole_from = models.DateField()
    of = models.ForeignKey("casework.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="records_whole_once", fields=["school", "of"])]

    def __str__(self) -> str:
        return f"{self.school} from {self.whole_from}"
