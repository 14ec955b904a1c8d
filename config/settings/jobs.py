"""Celery carries the ring of the doorbell; the job rows own the work."""

import os

from config.postgres import broker_url
from config.settings.environment import DEMO_HOME, number, text

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
elif url := os.environ.get("DATABASE_URL"):
    CELERY_BROKER_URL = "sqla+postgresql+psycopg2://" + url.split("://", 1)[1]
else:
    CELERY_BROKER_URL = broker_url(DEMO_HOME)

CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_TIMEZONE = "Europe/London"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5} if REDIS_URL else {}
# A ring that cannot be delivered is not an error: the sweeper rings again for every job that nobody holds.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

JOB_LEASE_SECONDS = number("JOB_LEASE_SECONDS", 60)
JOB_SWEEP_SECONDS = number("JOB_SWEEP_SECONDS", 20)
JOB_ATTEMPTS = number("JOB_ATTEMPTS", 5)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "casework.tasks.sweep_jobs", "schedule": JOB_SWEEP_SECONDS},
    # Every hour, since what was warned of or suspended is not again: a day on which nothing ran loses nothing.
    "mind-dormant-accounts": {"task": "casework.tasks.mind_dormant_accounts", "schedule": 3600.0},
    "drop-old-files": {"task": "casework.tasks.drop_old_files", "schedule": 3600.0},
    "keep-readings": {"task": "wsoa.tasks.keep_readings", "schedule": 3600.0},
    "open-committee-reports": {
        "task": "reporting.tasks.open_committee_reports",
        "schedule": 3600.0,
    },
}
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BEAT_SCHEDULE_FILENAME = text("BEAT_SCHEDULE_FILE", str(DEMO_HOME / "beat-schedule"))
