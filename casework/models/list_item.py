import pghistory
from django.db import models


@pghistory.track()
class ListItem(models.Model):
    """One item of a list that an administrator keeps, such as a kind of provider.

    An item that has the code of a built-in one gives it other words or other dates. An item is never deleted, since
    records may have it: it is given a last day. `counts_as` is the code of the built-in item whose part it plays in law
    and in figures, where the list has such.
    """

    list = models.CharField(max_length=30)
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    counts_as = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="list_item_code_once", fields=["list", "code"]),
            models.CheckConstraint(
                name="list_item_ends_after_beginning",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}: {self.code}"
