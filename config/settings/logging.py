"""JSON logs to standard output with a request id; no name, address, query or body is ever logged."""

import sys
from typing import Any

import structlog

from config.settings.environment import MODE, Mode, text

LOG_LEVEL = text("LOG_LEVEL", "WARNING" if MODE is Mode.TEST else "INFO")
ALLOWED_LOG_KEYS = frozenset(
    {
        "event", "level", "logger", "timestamp", "request_id", "user_id", "request", "code", "exception_type",
        "job_id", "job_kind", "attempt", "seconds", "task_id", "task", "count", "where",
    }
)  # fmt: skip


def only_allowed_keys(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop every key that is not on the list; an exception leaves its type and places, never its message."""
    raised = event.pop("exc_info", None) or event.pop("exception", None)
    if raised:
        kind = type(raised) if isinstance(raised, BaseException) else sys.exc_info()[0]
        event["exception_type"] = kind.__name__ if kind else "unknown"
    return {key: value for key, value in event.items() if key in ALLOWED_LOG_KEYS}


LOGGING_PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.filter_by_level,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    only_allowed_keys,
    # What is left goes through the handler below like every other record, and so through its formatter.
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]
structlog.configure(
    processors=LOGGING_PROCESSORS,
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "casework.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Its messages carry the address asked for and, when an answer fails, the request itself.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "axes": {"level": "ERROR"},
    },
}
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
