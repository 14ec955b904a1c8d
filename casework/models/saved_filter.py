from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """A list's filters under a name of somebody's own. They are codes and dates: nothing in them can name a child."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="saved_filter_name_once", fields=["user", "page", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.page} of {self.user_id}"
