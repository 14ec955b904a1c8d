"""Notes, calls and mails of a case: written once, corrected by another that stands beside the first."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Case, Note, TimelineEvent, User


class NotYet(Exception):
    """What is written down lies ahead."""


class AlreadyCorrected(Exception):
    """Somebody has corrected the note already: correct that correction."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note as it was given; `clock` is the time on the wall."""

    kind: str
    on: date
    text: str
    clock: time | None = None
    with_whom: str = ""


def write(*, by: User, at: datetime, case: Case, written: Written) -> Note:
    """Write a note of a case. Raises NotYet for a day to come; nothing is saved then."""
    return _save(by, at, case, written, None, "")


def correct(*, by: User, at: datetime, note: Note, written: Written, because: str) -> Note:
    """Write what a note should have said, with the reason; both stay in sight.

    Raises AlreadyCorrected, and NotYet for a day to come; nothing is saved then.
    """
    try:
        return _save(by, at, note.case, written, note, because)
    except IntegrityError:
        raise AlreadyCorrected from None


def _save(by: User, at: datetime, case: Case, written: Written, corrects: Note | None, because: str) -> Note:
    if written.on > timezone.localtime(at).date():
        raise NotYet
    with transaction.atomic():
        note = Note.objects.create(
            case=case,
            kind=written.kind,
            happened_on=written.on,
            happened_time=written.clock,
            with_whom=written.with_whom,
            text=written.text,
            corrects=corrects,
            because=because,
            written_at=at,
            written_by=by,
        )
        event = "note_corrected" if corrects else "note_written"
        TimelineEvent.objects.create(
            case=case, event=event, at=at, by=by, data={"kind": note.kind, "on": note.happened_on.isoformat()}
        )
    return note
