"""What Celery is rung for. Arguments are ids; the work is a service's."""

from celery import shared_task
from django.utils import timezone

from casework.services import imports, jobs, people


@shared_task(name="casework.tasks.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id=job_id)


@shared_task(name="casework.tasks.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="casework.tasks.mind_dormant_accounts")
def mind_dormant_accounts() -> None:
    people.mind_dormant(at=timezone.now())


@shared_task(name="casework.tasks.drop_old_files")
def drop_old_files() -> None:
    imports.drop_old(at=timezone.now())
