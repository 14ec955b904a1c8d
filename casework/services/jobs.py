"""Background work as rows: asked for in the transaction that needs it, held by a lease, kept by a fence."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from casework.models import Job, User
from casework.registry import job_kinds

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another worker holds the job now, so nothing of this one's work may be kept."""


def ask_for(*, by: User | None, at: datetime, kind: str, subject: int, natural_key: str) -> Job:
    """Write the job row, or return the one that has the natural key already, and ring after commit.

    `subject` is the primary key of what is worked on. Raises KeyError for a kind that nobody registered.
    """
    job_kinds[kind]
    job, _ = Job.objects.get_or_create(
        natural_key=natural_key,
        defaults={"kind": kind, "subject": subject, "requested_by": by, "requested_at": at},
    )
    transaction.on_commit(lambda: ring(job.pk))
    return job


def ring(job_id: int) -> None:
    """Tell a worker that a job waits. A ring that is lost costs only time: the sweeper rings again."""
    from casework.tasks import run_job

    try:
        run_job.apply_async(args=(job_id,), retry=False)
    except Exception as error:  # the queue is outside; its absence must not fail what was saved
        logger.warning("ring_lost", extra={"job_id": job_id, "exception_type": type(error).__name__})


class Progress:
    """A worker's hold on one job: shows how far the work is, and keeps its result only while the lease is its own."""

    def __init__(self, job: Job, *, at: datetime) -> None:
        self.job_id = job.pk
        self.fence = job.fence
        self.requested_by = job.requested_by
        # The moment of the claim: what the work is dated with.
        self.at = timezone.localtime(at)

    def show(self, *, done: int, total: int, message: str) -> None:
        """Say how far the work is; raises LeaseLost when the job is somebody else's by now."""
        changed = self._mine().update(done=done, total=total, message=message)
        if not changed:
            raise LeaseLost

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Run the block in a transaction that ends the job: both are kept, or neither.

        Raises LeaseLost, and keeps nothing, when the job is somebody else's by now.
        """
        with transaction.atomic():
            if not self._mine().select_for_update().exists():
                raise LeaseLost
            yield
            self._mine().update(finished_at=_database_now(), leased_until=None, done=F("total"), message="Done")

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job_id, fence=self.fence, finished_at__isnull=True, failed_at__isnull=True)


def claim(*, job_id: int) -> Progress | None:
    """Take the lease of a waiting job, or return None when it has ended or somebody holds it."""
    with transaction.atomic():
        at = _database_now()
        job = Job.objects.waiting(at=at).select_for_update(skip_locked=True).filter(pk=job_id).first()
        if job is None:
            return None
        if job.attempts >= settings.JOB_ATTEMPTS:
            job.failed_at, job.failure, job.leased_until = _database_now(), "Tried too often", None
            job.save(update_fields=["failed_at", "failure", "leased_until"])
            return None
        job.fence += 1
        job.attempts += 1
        job.leased_until = _database_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
        job.save(update_fields=["fence", "attempts", "leased_until"])
    return Progress(job, at=at)


def run(*, job_id: int) -> None:
    """Claim the job and do its work; a failure is written on the row, by its class alone."""
    progress = claim(job_id=job_id)
    if progress is None:
        return
    job = Job.objects.get(pk=job_id)
    try:
        with _heartbeat(progress):
            job_kinds[job.kind](progress, job.subject)
    except LeaseLost:
        logger.warning("lease_lost", extra={"job_id": job_id, "job_kind": job.kind})
    except Exception as error:
        logger.exception("job_failed", extra={"job_id": job_id, "job_kind": job.kind, "attempt": job.attempts})
        _failed(progress, error)


def sweep() -> int:
    """Ring for every job that has not ended and that nobody holds; return how many."""
    waiting = list(Job.objects.waiting(at=_database_now()).order_by("pk").values_list("pk", flat=True)[:500])
    for job_id in waiting:
        ring(job_id)
    return len(waiting)


def _failed(progress: Progress, error: Exception) -> None:
    final = Job.objects.filter(pk=progress.job_id, attempts__gte=settings.JOB_ATTEMPTS).exists()
    changes: dict[str, object] = {"leased_until": None, "failure": type(error).__name__}
    if final:
        changes |= {"failed_at": _database_now(), "message": "Failed"}
    progress._mine().update(**changes)


@contextmanager
def _heartbeat(progress: Progress) -> Iterator[None]:
    """Renew the lease while the work runs, from a thread with a connection of its own."""
    stop = Event()

    def beat() -> None:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            until = _database_now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
            progress._mine().update(leased_until=until)
        connection.close()

    thread = Thread(target=beat, name=f"lease-{uuid.uuid4().hex[:6]}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _database_now() -> datetime:
    # Leases of many machines are compared, so one clock tells the time: the database's.
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
