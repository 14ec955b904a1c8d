"""The database: DATABASE_URL where there is one, else a PostgreSQL of the project's own."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.postgres import connection_settings
from config.settings.environment import DEMO_HOME, IS_PRODUCTION, number


def from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a postgres:// address; raise for any other kind."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// (PostgreSQL only).")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


if url := os.environ.get("DATABASE_URL"):
    default = from_url(url)
elif IS_PRODUCTION:
    raise ImproperlyConfigured("Set DATABASE_URL: production never starts a database of its own.")
else:
    default = connection_settings(DEMO_HOME)

DATABASES = {
    "default": {
        **default,
        "CONN_MAX_AGE": number("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **default.get("OPTIONS", {}),
            "application_name": "sixth-day",
            "options": f"-c statement_timeout={number('STATEMENT_TIMEOUT_MS', 0)}"
            f" -c idle_in_transaction_session_timeout={number('IDLE_TRANSACTION_TIMEOUT_MS', 0)}"
            # Disks no longer turn: a row by its index costs little more than the next one, and PostgreSQL's own 4 makes it
            # read whole tables for a page of a list. Compiling a query, or starting workers for it, takes longer than most
            # of ours run.
            " -c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0",
        },
    }
}
