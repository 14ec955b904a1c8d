"""A site of its own for a drill: its own database, its own workers, which may be killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2

from config.postgres import DATABASE, SUPERUSER, OwnPostgres, socket_folder

ROOT = Path(__file__).resolve().parents[2]


class Site:
    """One installation under a folder of its own."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.settings = settings
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of every process of the site; nothing of the tests' own server leaks in."""
        kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        return {**kept, "DEMO_HOME": str(self.home), "SIXTH_DAY_MODE": "demonstration", **self.settings}

    def manage(self, *arguments: str, said: str | None = None) -> str:
        """Run a management command and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, input=said, text=True,
            capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the site's database."""
        connection = psycopg2.connect(host=str(socket_folder(self.home)), user=SUPERUSER, dbname=DATABASE)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql, values or None)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def start_worker(self, *, beat: bool = False) -> subprocess.Popen[bytes]:
        """Start a worker in a process group of its own, so that all of it can be killed."""
        schedule = ["-B", "-s", str(self.home / f"beat-{time.monotonic_ns()}")] if beat else []
        worker = subprocess.Popen(
            [
                sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--pool", "threads",
                "--concurrency", "2", "--loglevel", "ERROR", "--without-gossip", "--without-mingle",
                "-n", f"worker-{time.monotonic_ns()}@%h", *schedule,
            ],
            cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """Kill a worker as a machine that loses its power does."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers.remove(worker)

    def end(self) -> None:
        """Kill what runs and stop the database."""
        for worker in list(self.workers):
            self.kill(worker)
        OwnPostgres(self.home).stop()


def pause(chance: random.Random, *, least: float, most: float) -> None:
    """Wait for a random while: the drill's moments, not a wait for something to happen."""
    time.sleep(chance.uniform(least, most))
