"""What Celery beat asks of reporting."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="reporting.tasks.open_committee_reports")
def open_committee_reports() -> None:
    from reporting.services import committee_report

    committee_report.open_for_ended_terms(on=timezone.localdate(), at=timezone.now())
