"""One line of JSON a record, of fields from a list: whatever else a record carries is dropped."""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

# Codes, ids and numbers only. A message is kept only where ours wrote it, since a library's may quote a name.
ALLOWED = (
    "request_id", "user_id", "code", "exception_type", "job_id", "job_kind", "attempt", "seconds", "task_id", "count",
)  # fmt: skip


class JsonFormatter(logging.Formatter):
    """Write the time in UTC, level, logger, event and the fields on the list."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
        }
        values = {**structlog.contextvars.get_contextvars(), **record.__dict__}
        if isinstance(record.msg, dict):
            values |= record.msg
        entry |= {key: values[key] for key in ALLOWED if key in values}
        if record.exc_info and record.exc_info[0]:
            entry["exception_type"] = record.exc_info[0].__name__
            entry["where"] = _places(record.exc_info[2])
        return json.dumps(entry, default=str)


def _event(record: logging.LogRecord) -> str:
    if isinstance(record.msg, dict):
        return str(record.msg.get("event", ""))[:60]
    ours = record.name.split(".")[0] in {"casework", "exclusions", "reporting", "config"}
    return str(record.msg)[:120] if ours else record.name


def _places(trace: Any) -> list[str]:
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]
