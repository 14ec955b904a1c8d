"""Django's PostgreSQL backend that starts the project's own server when a connection is first wanted."""

from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.db.backends.postgresql import base

from config.postgres import OwnPostgres


class DatabaseWrapper(base.DatabaseWrapper):
    """Commands that never connect, such as `check` and `--help`, start nothing."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; start the server first when nothing answers."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg2.OperationalError:
            home = Path(settings.DEMO_HOME)
            OwnPostgres(home, durable=settings.SIXTH_DAY_MODE != "test").ensure_running()
            return super().get_new_connection(conn_params)
