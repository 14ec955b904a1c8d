import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from casework.identity import DEMONSTRATION_PASSWORD, demonstration_accounts
from config.postgres import OwnPostgres

PATIENCE_SECONDS = 60


class Command(BaseCommand):
    help = "Serve the site with demonstration data: database, web and worker, until it is stopped."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SIXTH_DAY_MODE == "production":
            raise CommandError("The demonstration never runs with production settings.")
        port = os.environ.get("PORT") or "8000"
        self.stopping = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        own = None if os.environ.get("DATABASE_URL") else OwnPostgres(Path(settings.DEMO_HOME))
        processes: list[subprocess.Popen[bytes]] = []
        try:
            if own:
                own.ensure_running()
            self._prepare()
            if not self.stopping.is_set():
                processes = self._start(port)
                self._announce(port, processes)
            while not self.stopping.wait(0.5):
                for process in processes:
                    if process.poll() is not None:
                        raise CommandError(f"A part of the site stopped by itself: see {settings.DEMO_HOME}/demo.log")
        finally:
            self._end(processes)
            connection.close()
            if own:
                own.stop()
        self.stdout.write("Stopped.")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _prepare(self) -> None:
        self.stdout.write("Preparing the database (a minute the first time)...")
        call_command("migrate", verbosity=0, interactive=False)
        if not self.stopping.is_set():
            # It loads the code lists and the published figures that it stands on.
            call_command("load_demonstration", verbosity=0, stdout=StringIO())
        connection.close()

    def _start(self, port: str) -> list[subprocess.Popen[bytes]]:
        environment = {**os.environ, "SIXTH_DAY_MODE": settings.SIXTH_DAY_MODE, "DEMO_HOME": str(settings.DEMO_HOME)}
        home = Path(settings.DEMO_HOME)
        home.mkdir(parents=True, exist_ok=True)
        web = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"]  # fmt: skip
        worker = ["-m", "celery", "-A", "config.celery", "worker", "-B", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING", "-s", str(home / "beat-schedule"), "--without-gossip", "--without-mingle"]  # fmt: skip
        with (home / "demo.log").open("ab") as log:
            return [
                # A group of its own, so that a Ctrl-C in the terminal reaches this process first.
                subprocess.Popen(
                    [sys.executable, *arguments], env=environment, stdout=log, stderr=log, start_new_session=True
                )
                for arguments in (web, worker)
            ]

    def _announce(self, port: str, processes: list[subprocess.Popen[bytes]]) -> None:
        address = f"http://localhost:{port}/"
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.stopping.is_set():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez/", timeout=2):  # noqa: S310
                    break
            except OSError as silent:
                if processes[0].poll() is not None or time.monotonic() > deadline:
                    raise CommandError(f"The site did not start: see {settings.DEMO_HOME}/demo.log") from silent
                time.sleep(0.2)
        lines = [f"  {account['role']:22}{account['email']}" for account in demonstration_accounts()]
        connection.close()
        self.stdout.write(
            f"\nSixth Day is at {address}\n\nSign in as one of these, with the password {DEMONSTRATION_PASSWORD};\n"
            "the page after it gives the code.\n\n" + "\n".join(lines) + "\n\nStop it with Ctrl-C.\n"
        )
        self.stdout.flush()

    def _end(self, processes: list[subprocess.Popen[bytes]]) -> None:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
