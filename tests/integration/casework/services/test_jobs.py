"""Background work as rows: one worker at a time, nothing kept from a worker that lost its lease, nothing forgotten."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casework import registry
from casework.models import Draft, Job
from casework.registry import register_job
from casework.services import jobs
from casework.services.jobs import LeaseLost, Progress
from tests.cast import Cast
from tests.conftest import NOW
from tests.crowd import all_at_once

KIND = "test_work"
Register = Callable[[Any], None]


@pytest.fixture
def register() -> Iterator[Register]:
    """Return how a test says what its kind of job does."""
    yield lambda work: register_job(KIND, work)
    registry.job_kinds.pop(KIND, None)


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the jobs for which a worker was rung; the queue itself is outside."""
    heard: list[int] = []
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, args, **_: heard.append(args[0]))
    return heard


def waiting_job(cast: Cast, key: str = "one") -> Job:
    return jobs.ask_for(by=cast.asha, at=NOW, kind=KIND, subject=7, natural_key=key)


def nothing(progress: Progress, subject: int) -> None:
    with progress.keeping():
        pass


def forget_lease(job: Job) -> None:
    """Let the lease run out, as it does when the worker is killed."""
    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(days=3000))


def test_asking_twice_with_one_natural_key_makes_one_job(cast: Cast, register: Register) -> None:
    register(nothing)

    first, second = waiting_job(cast), waiting_job(cast)

    assert first == second
    assert Job.objects.count() == 1


def test_kind_that_nobody_registered_cannot_be_asked_for(cast: Cast) -> None:
    with pytest.raises(KeyError):
        waiting_job(cast)


def test_worker_is_rung_after_commit_and_not_before(
    cast: Cast, register: Register, rings: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    register(nothing)
    with django_capture_on_commit_callbacks(execute=True):
        job = waiting_job(cast)
        assert rings == []

    assert rings == [job.pk]


def test_ring_that_is_lost_does_not_fail_what_was_saved(
    cast: Cast, register: Register, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError("nobody answers")

    register(nothing)
    monkeypatch.setattr("celery.app.task.Task.apply_async", unreachable)

    with django_capture_on_commit_callbacks(execute=True):
        job = waiting_job(cast)

    assert Job.objects.filter(pk=job.pk).exists()


def test_sweeper_rings_for_every_job_that_nobody_holds(cast: Cast, register: Register, rings: list[int]) -> None:
    register(nothing)
    forgotten, held, ended = (waiting_job(cast, key) for key in ("forgotten", "held", "ended"))
    jobs.claim(job_id=held.pk)
    jobs.run(job_id=ended.pk)

    assert jobs.sweep() == 1
    assert rings == [forgotten.pk]


def test_job_that_is_done_is_done_once(cast: Cast, register: Register) -> None:
    done: list[int] = []

    def work(progress: Progress, subject: int) -> None:
        with progress.keeping():
            done.append(subject)

    register(work)
    job = waiting_job(cast)
    for _ in range(3):
        jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert done == [7]
    assert (job.attempts, job.message, job.leased_until) == (1, "Done", None)
    assert job.finished_at is not None


def test_progress_stands_on_the_row(cast: Cast, register: Register) -> None:
    register(nothing)
    job = waiting_job(cast)
    progress = jobs.claim(job_id=job.pk)
    assert progress

    progress.show(done=2, total=5, message="Counting")

    job.refresh_from_db()
    assert (job.done, job.total, job.message) == (2, 5, "Counting")


def test_held_job_cannot_be_claimed(cast: Cast, register: Register) -> None:
    register(nothing)
    job = waiting_job(cast)

    assert jobs.claim(job_id=job.pk)
    assert jobs.claim(job_id=job.pk) is None


def test_worker_whose_lease_another_took_shows_and_keeps_nothing(cast: Cast, register: Register) -> None:
    register(nothing)
    job = waiting_job(cast)
    zombie = jobs.claim(job_id=job.pk)
    forget_lease(job)
    heir = jobs.claim(job_id=job.pk)
    assert zombie
    assert heir
    assert heir.fence == zombie.fence + 1

    with pytest.raises(LeaseLost):
        zombie.show(done=1, total=1, message="I am still here")
    with pytest.raises(LeaseLost), zombie.keeping():
        Draft.objects.create(user=cast.asha, form="zombie", kept_at=NOW)

    assert not Draft.objects.exists()
    with heir.keeping():
        Draft.objects.create(user=cast.asha, form="heir", kept_at=NOW)
    assert Draft.objects.get().form == "heir"


def test_zombie_would_keep_its_work_without_the_fence(
    cast: Cast, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(nothing)
    job = waiting_job(cast)
    zombie = jobs.claim(job_id=job.pk)
    forget_lease(job)
    jobs.claim(job_id=job.pk)
    assert zombie
    monkeypatch.setattr(Progress, "_mine", lambda self: Job.objects.filter(pk=self.job_id))

    with zombie.keeping():
        Draft.objects.create(user=cast.asha, form="zombie", kept_at=NOW)

    assert Draft.objects.exists()


def test_work_that_fails_while_keeping_keeps_nothing_and_is_tried_again(cast: Cast, register: Register) -> None:
    tries: list[int] = []

    def work(progress: Progress, subject: int) -> None:
        with progress.keeping():
            Draft.objects.create(user=cast.asha, form=f"try-{len(tries)}", kept_at=NOW)
            tries.append(subject)
            if len(tries) < 3:
                raise ValueError("Zephyrine")

    register(work)
    job = waiting_job(cast)
    jobs.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.failure, job.failed_at, job.leased_until) == ("ValueError", None, None)
    assert not Draft.objects.exists()

    jobs.run(job_id=job.pk)
    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert Draft.objects.get().form == "try-2"
    assert job.finished_at
    assert "Zephyrine" not in str(Job.objects.values()), "A message could hold a name."


def test_work_that_fails_every_time_ends_as_failed(cast: Cast, register: Register, settings: Any) -> None:
    def work(progress: Progress, subject: int) -> None:
        raise ValueError

    register(work)
    job = waiting_job(cast)
    for _ in range(settings.JOB_ATTEMPTS + 2):
        jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.attempts, job.message) == (settings.JOB_ATTEMPTS, "Failed")
    assert job.failed_at
    assert jobs.sweep() == 0


def test_worker_killed_each_time_ends_the_job_as_tried_too_often(cast: Cast, register: Register, settings: Any) -> None:
    register(nothing)
    job = waiting_job(cast)
    for _ in range(settings.JOB_ATTEMPTS):
        assert jobs.claim(job_id=job.pk)
        forget_lease(job)

    assert jobs.claim(job_id=job.pk) is None
    job.refresh_from_db()
    assert job.failure == "Tried too often"


@pytest.mark.django_db(transaction=True)
def test_one_of_ten_workers_at_once_gets_the_lease(cast: Cast, register: Register) -> None:
    register(nothing)
    job = waiting_job(cast)

    claimed = all_at_once([partial(jobs.claim, job_id=job.pk)] * 10)

    assert len([each for each in claimed if isinstance(each, Progress)]) == 1
    assert claimed.count(None) == 9


@pytest.mark.django_db(transaction=True)
def test_ten_askers_at_once_make_one_job(cast: Cast, register: Register, rings: list[int]) -> None:
    register(nothing)

    def ask() -> int:
        with transaction.atomic():
            return waiting_job(cast).pk

    assert len(set(all_at_once([ask] * 10))) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_lease_of_slow_work_is_renewed_while_it_runs(cast: Cast, register: Register, settings: Any) -> None:
    settings.JOB_LEASE_SECONDS = 1
    leases = []

    def work(progress: Progress, subject: int) -> None:
        for _ in range(8):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.25)")
            leases.append(Job.objects.get(pk=progress.job_id).leased_until)
        with progress.keeping():
            pass

    register(work)
    job = waiting_job(cast)
    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert job.finished_at
    assert len(set(leases)) >= 4, "Two seconds of work need a lease of one second four times or more."
