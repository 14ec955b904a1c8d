import uuid

from django.conf import settings
from django.db import models

LONGEST_ADDRESS = 200


class FormUse(models.Model):
    """A form's token, once used. A second click with the same token finds the row and changes nothing."""

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()
    # Where the first click led: no address of ours names a child.
    led_to = models.CharField(max_length=LONGEST_ADDRESS, blank=True)

    def __str__(self) -> str:
        return str(self.token)


class Draft(models.Model):
    """What somebody has typed into a form and not yet sent, kept as typed for that person alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=40)
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()
    # The browser's tab that wrote it last, by a number that the page's script makes up; empty for one without script.
    window = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-kept_at"], name="draft_by_person")]

    def __str__(self) -> str:
        return f"{self.form} of {self.user_id}"
