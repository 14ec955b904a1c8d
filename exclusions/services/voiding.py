"""Voiding a notice that was logged in error, and restoring one: nothing is deleted, and every total follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from casework.models import Case, TimelineEvent, User
from exclusions.models import Exclusion
from exclusions.services import duties
from exclusions.services.notices import touched_by
from exclusions.services.outcomes import ChangedMeanwhile


class AlreadyVoided(Exception):
    """Somebody has voided the notice already."""


class NotVoided(Exception):
    """The notice stands, so there is nothing to restore."""


def void(*, by: User, at: datetime, exclusion: Exclusion, version: int, because: str) -> None:
    """Void a notice: it stays on the file with the reason, and no list, total, figure or duty counts it any more.

    `version` is the one that the page showed. Raises AlreadyVoided and ChangedMeanwhile; nothing is saved then.
    """
    with transaction.atomic():
        held = _held(exclusion, version)
        if held.voided_at:
            raise AlreadyVoided
        _write(held, voided_at=at, voided_by=by, voided_because=because)
        _tell(held, by, at, "notice_voided", because)


def restore(*, by: User, at: datetime, exclusion: Exclusion, version: int, because: str) -> None:
    """Let a voided notice stand again, with its days, its outcomes and its duties.

    `version` is the one that the page showed. Raises NotVoided and ChangedMeanwhile; nothing is saved then.
    """
    with transaction.atomic():
        held = _held(exclusion, version)
        if not held.voided_at:
            raise NotVoided
        _write(held, voided_at=None, voided_by=None, voided_because="")
        _tell(held, by, at, "notice_restored", because)


def _held(exclusion: Exclusion, version: int) -> Exclusion:
    held: Exclusion = Exclusion.objects.select_for_update(of=("self",)).select_related("case").get(pk=exclusion.pk)
    if held.version != version:
        raise ChangedMeanwhile
    return held


def _write(held: Exclusion, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*changes, "version"])


def _tell(held: Exclusion, by: User, at: datetime, what: str, because: str) -> None:
    TimelineEvent.objects.create(case=Case(pk=held.case_id), event=what, at=at, by=by, data={"because": because})
    why: Mapping[str, Any] = {"cause": what, "case": held.case.reference}
    duties.refresh([held.pk, *touched_by(held)], by=by, at=at, why=why)
