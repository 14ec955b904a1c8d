"""Documents of a case: kept by what they are, withdrawn with a reason, never deleted."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum

from casework import scanning
from casework.models import Case, Document, DocumentContent, TimelineEvent, User
from casework.uploads.documents import read_document


class HeldAlready(Exception):
    """The case holds the same file; `title` is what it is called there."""

    def __init__(self, title: str) -> None:
        super().__init__("The case holds the same file.")
        self.title = title


class CaseIsFull(Exception):
    """The case's documents would be larger together than a case may hold."""


class TooMuchToday(Exception):
    """The person has added more within a day than anybody needs to."""


class AlreadyWithdrawn(Exception):
    """Somebody has withdrawn the document."""


def add(*, by: User, at: datetime, case: Case, title: str, data: bytes) -> Document:
    """Keep a file on a case: what it is by its content, looked at by the scanner, without what a camera wrote in it.

    Raises Refused, scanning.Infected and scanning.CannotBeAsked, HeldAlready, CaseIsFull and TooMuchToday; nothing is
    kept then.
    """
    read = read_document(data)
    scanned_by = scanning.scan(data)
    sha256 = hashlib.sha256(read.content).hexdigest()
    with transaction.atomic():
        # Two at once must not both find room.
        Case.objects.select_for_update().get(pk=case.pk)
        held = case.documents.standing().filter(sha256=sha256).first()
        if held:
            raise HeldAlready(held.title)
        _check_room(by, at, case, len(read.content))
        document = Document.objects.create(
            case=case,
            title=title,
            type=read.type,
            size=len(read.content),
            sha256=sha256,
            scanned_by=scanned_by,
            added_at=at,
            added_by=by,
        )
        DocumentContent.objects.create(document=document, content=read.content)
        _tell(by, at, document, "document_added", {"title": title, "type": read.type})
    return document


def withdraw(*, by: User, at: datetime, document: Document, because: str) -> None:
    """Take a document out of use with the reason; its content stays and is shown to nobody. Raises AlreadyWithdrawn."""
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.withdrawn_at:
            raise AlreadyWithdrawn
        held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = at, by, because
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        _tell(by, at, held, "document_withdrawn", {"title": held.title, "because": because})


def _check_room(by: User, at: datetime, case: Case, size: int) -> None:
    # What is withdrawn is still held.
    if _sum_of(case.documents.all()) + size > settings.DOCUMENTS_A_CASE:
        raise CaseIsFull
    lately = Document.objects.filter(added_by=by, added_at__gt=at - timedelta(days=1))
    if _sum_of(lately) + size > settings.DOCUMENTS_A_PERSON_A_DAY:
        raise TooMuchToday


def _sum_of(documents: QuerySet[Document]) -> int:
    return documents.aggregate(sum=Sum("size"))["sum"] or 0


def _tell(by: User, at: datetime, document: Document, event: str, data: dict[str, str]) -> None:
    TimelineEvent.objects.create(case_id=document.case_id, event=event, at=at, by=by, data=data)
