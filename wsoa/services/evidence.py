"""Evidence of what came of an action: files kept by what they are, withdrawn with a reason."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from casework import scanning
from casework.models import User
from casework.uploads.documents import read_document
from wsoa.models import Action, Evidence, EvidenceContent
from wsoa.services.actions import Retired


class HeldAlready(Exception):
    """The action has the same file; `title` is what it is called there."""

    def __init__(self, title: str) -> None:
        super().__init__("The action has the same file.")
        self.title = title


class ActionIsFull(Exception):
    """The action's files would be larger together than one may have."""


class AlreadyWithdrawn(Exception):
    """Somebody has withdrawn it."""


def add(*, by: User, at: datetime, action: Action, title: str, data: bytes) -> Evidence:
    """Keep a file as evidence of an action: what it is by its content, looked at by the scanner.

    Raises Refused, scanning.Infected and scanning.CannotBeAsked, HeldAlready, ActionIsFull and Retired; nothing is kept then.
    """
    read = read_document(data)
    scanned_by = scanning.scan(data)
    sha256 = hashlib.sha256(read.content).hexdigest()
    with transaction.atomic():
        # Two at once must not both find room.
        held = Action.objects.select_for_update().get(pk=action.pk)
        if held.retired_on:
            raise Retired
        same = held.evidence.filter(sha256=sha256, withdrawn_at=None).first()
        if same:
            raise HeldAlready(same.title)
        # What is withdrawn is still held.
        if (held.evidence.aggregate(sum=Sum("size"))["sum"] or 0) + len(read.content) > settings.DOCUMENTS_A_CASE:
            raise ActionIsFull
        evidence = Evidence.objects.create(
            action=held, title=title, type=read.type, size=len(read.content), sha256=sha256, scanned_by=scanned_by,
            added_at=at, added_by=by,
        )  # fmt: skip
        EvidenceContent.objects.create(evidence=evidence, content=read.content)
    return evidence


@transaction.atomic
def withdraw(*, by: User, at: datetime, evidence: Evidence, because: str) -> None:
    """Take evidence out of use with the reason; its content stays and is shown to nobody. Raises AlreadyWithdrawn."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if held.withdrawn_at:
        raise AlreadyWithdrawn
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
