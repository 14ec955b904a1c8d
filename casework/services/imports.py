"""Files that people bring: taken in, checked against the rows of the day, applied whole or not at all, undone."""

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.db import transaction

from casework.imports import CannotUndo, Plan
from casework.models import Import, ImportFile, Job, User
from casework.registry import import_kinds
from casework.services import jobs
from casework.services.jobs import Progress
from casework.uploads import Unreadable
from casework.uploads.kinds import TEXT_NAMES, WORKBOOK_NAMES

KEPT_FOR = timedelta(days=30)
CHECK, APPLY, UNDO = "check import", "apply import", "undo import"


class NotReady(Exception):
    """The import is not where it would have to be: `state` is where it is."""

    def __init__(self, state: str) -> None:
        super().__init__(f"The import is {state}.")
        self.state = state


class Moved(Exception):
    """Since it was checked, rows have changed, so that the file would now change others than were shown."""


def bring(
    *,
    by: User | None,
    at: datetime,
    kind: str,
    file_name: str,
    content: bytes,
    options: Mapping[str, Any],
    ring: bool = True,
) -> Import:
    """Take a file in and, unless whoever brings it checks it at once, ask for it to be checked; change nothing else.

    `kind` is a registered one, and says whether the file's own name is kept.
    """
    with transaction.atomic():
        row: Import = Import.objects.create(
            kind=kind,
            file_name=_kept_name(kind, file_name),
            fingerprint=hashlib.sha256(content).hexdigest(),
            options=dict(options),
            uploaded_at=at,
            uploaded_by=by,
        )
        ImportFile.objects.create(of=row, content=zlib.compress(content, 1))
        if ring:
            _ask(by, at, CHECK, row)
    return row


def _kept_name(kind: str, file_name: str) -> str:
    """Return the name that a file is listed by: its own, or of a kind that may name a child the kind and the ending."""
    if import_kinds[kind].keeps_name:
        return file_name[-200:]
    endings = (each for each in (*TEXT_NAMES, *WORKBOOK_NAMES) if file_name.lower().endswith(each))
    return kind + next(endings, "")


def check(*, at: datetime, row: Import) -> Plan | None:
    """Hold the file against the rows of the day and keep what it would change, or why it is refused.

    Returns the plan, or None for a refused file. Raises NotReady once the import was applied or dropped.
    """
    if row.state not in {"waiting", "checked", "refused"}:
        raise NotReady(row.state)
    plan: Plan | None = None
    row.faults, row.counts, row.plan = [], {}, {}
    try:
        plan = import_kinds[row.kind].plan(row, _content(row))
        row.counts, row.plan = plan.counts, plan.as_json()
    except Unreadable as wrong:
        row.faults = [{"row": each.row, "column": each.column, "message": each.message} for each in wrong.faults]
    row.checked_at, row.refusal = at, ""
    row.save(update_fields=["faults", "counts", "plan", "checked_at", "refusal"])
    return plan


def ask_to_apply(*, by: User, at: datetime, row: Import) -> Job:
    """Ask for a checked import to be applied. Raises NotReady."""
    return _ask_from(by, at, row, state="checked", work=APPLY)


def ask_to_undo(*, by: User, at: datetime, row: Import) -> Job:
    """Ask for an applied import to be undone. Raises NotReady."""
    return _ask_from(by, at, row, state="applied", work=UNDO)


def ask_to_check(*, by: User, at: datetime, row: Import) -> Job:
    """Ask for an import to be checked again, against the rows as they are now. Raises NotReady."""
    return _ask_from(by, at, row, state="checked", work=CHECK)


def drop(*, row: Import) -> None:
    """Let go of a file that is not to be applied: its bytes are deleted. Raises NotReady for an applied one."""
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk)
        if held.state not in {"waiting", "checked", "refused"}:
            raise NotReady(held.state)
        ImportFile.objects.filter(of=held).delete()
        held.plan, held.refusal = {}, "Let go without being applied."
        held.save(update_fields=["plan", "refusal"])


def drop_old(*, at: datetime) -> int:
    """Let go of every file that was brought thirty days ago and not applied; return how many. A file may name children."""
    old = Import.objects.filter(file__isnull=False, applied_at__isnull=True, uploaded_at__lte=at - KEPT_FOR)
    rows = list(old.defer("plan", "faults"))
    for row in rows:
        drop(row=row)
    return len(rows)


def apply(*, by: User | None, at: datetime, row: Import) -> None:
    """Do what the check showed, all of it or nothing, and delete the file's bytes.

    Raises NotReady, and Moved when the rows have changed since the check.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk)
        if held.state != "checked" or not ImportFile.objects.filter(of=held).exists():
            raise NotReady(held.state)
        kind = import_kinds[held.kind]
        try:
            plan = kind.plan(held, _content(held))
        except Unreadable as since:
            raise Moved from since
        if plan.fingerprint != held.plan["fingerprint"]:
            raise Moved
        kind.apply(held, plan)
        ImportFile.objects.filter(of=held).delete()
        held.applied_at, held.applied_by, held.refusal = at, by, ""
        held.save(update_fields=["applied_at", "applied_by", "refusal"])


def undo(*, by: User | None, at: datetime, row: Import) -> None:
    """Bring back what was before the import. Raises NotReady, and CannotUndo where later work depends on it."""
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk)
        if held.state != "applied":
            raise NotReady(held.state)
        held.undone_at, held.undone_by, held.refusal = at, by, ""
        import_kinds[held.kind].undo(held)
        held.save(update_fields=["undone_at", "undone_by", "refusal"])


def work_check(progress: Progress, import_id: int) -> None:
    """Check an import as a job."""
    progress.show(done=0, total=1, message="Reading the file")
    with progress.keeping(), _as(progress):
        try:
            check(at=progress.at, row=Import.objects.get(pk=import_id))
        except NotReady:
            return


def work_apply(progress: Progress, import_id: int) -> None:
    """Apply an import as a job: its rows and the job's end are kept together, or neither."""
    progress.show(done=0, total=1, message="Applying the changes")
    row = Import.objects.get(pk=import_id)
    try:
        with progress.keeping(), _as(progress):
            apply(by=progress.requested_by, at=progress.at, row=row)
    except Moved:
        _refused(
            progress, row, "What this file would change has changed since the check. Check it again, then apply it."
        )
    except NotReady as elsewhere:
        _refused(progress, row, f"Nothing was changed: the import is {elsewhere.state}.")


def work_undo(progress: Progress, import_id: int) -> None:
    """Undo an import as a job."""
    progress.show(done=0, total=1, message="Bringing back what was")
    row = Import.objects.get(pk=import_id)
    try:
        with progress.keeping(), _as(progress):
            undo(by=progress.requested_by, at=progress.at, row=row)
    except CannotUndo as depends:
        _refused(progress, row, str(depends))
    except NotReady as elsewhere:
        _refused(progress, row, f"Nothing was changed: the import is {elsewhere.state}.")


def _refused(progress: Progress, row: Import, why: str) -> None:
    with progress.keeping():
        Import.objects.filter(pk=row.pk).update(refusal=why[:300])


def _as(progress: Progress) -> Any:
    """Name who asked in the history of every row that the job writes."""
    return pghistory.context(user=progress.requested_by.pk if progress.requested_by else None)


def _ask_from(by: User, at: datetime, row: Import, *, state: str, work: str) -> Job:
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk)
        if held.state != state:
            raise NotReady(held.state)
        if held.refusal:
            held.refusal = ""
            held.save(update_fields=["refusal"])
        return _ask(by, at, work, held)


def _ask(by: User | None, at: datetime, work: str, row: Import) -> Job:
    """Ask for the work; a second click while it waits or runs finds the same job."""
    tried = Job.objects.filter(kind=work, subject=row.pk)
    running: Job | None = tried.filter(finished_at__isnull=True, failed_at__isnull=True).first()
    if running:
        return running
    key = f"{work} {row.pk} {tried.count() + 1}"
    return jobs.ask_for(by=by, at=at, kind=work, subject=row.pk, natural_key=key)


def _content(row: Import) -> bytes:
    return zlib.decompress(bytes(row.file.content))
