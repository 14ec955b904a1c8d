"""One effect a form, however often it is sent."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.http import StaffRequest
from casework.services import form_use


def send_once(request: StaffRequest, form: Any, *, leads_to: str, do: Callable[[], Any]) -> None:
    """Do what a form asks for and keep its token, both or neither; raises form_use.AlreadyUsed, and what `do` raises."""
    with transaction.atomic():
        used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
        do()
        form_use.led_to(used, address=leads_to)
