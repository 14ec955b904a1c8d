"""What Celery beat asks of plans."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="wsoa.tasks.keep_readings")
def keep_readings() -> None:
    from wsoa.services import measures

    measures.keep_readings(at=timezone.now(), on=timezone.localdate())
