import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

CLOCK = Path(__file__).parents[2] / "fixtures" / "clock"
INTERFACE = CLOCK / "interface.json"


def run(*arguments: str, body: bytes = b"", encoding: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": encoding, "SIXTH_DAY_MODE": "test", "LANG": "C"}
    return subprocess.run(
        [sys.executable, "manage.py", "clock", *arguments],
        input=body,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env=environment,
        check=False,
    )


def test_request_on_standard_input_is_answered_in_utf_8_whatever_the_terminal_is_set_to() -> None:
    ran = run("-", body=INTERFACE.read_bytes().replace(b'"e1"', '"e1é"'.encode()), encoding="ascii")

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == (CLOCK / "interface.answer.json").read_bytes().replace(b'"e1"', '"e1é"'.encode())


def test_faults_are_a_line_each_on_standard_error_and_nothing_else() -> None:
    body = INTERFACE.read_bytes().replace(b'"2025-10-14"', b'"2025-02-30"').replace(b'"days": 8', b'"d\xc3\xa9": 8')

    ran = run("-", body=body, encoding="ascii")

    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().splitlines() == [
        "events[0].dé: is not a key of a suspension",
        "events[0].days: is missing",
        "events[1].first_day: '2025-02-30' is not a day of the calendar",
        "events[2].on: '2025-02-30' is not a day of the calendar",
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("absent.json", "absent.json: cannot be read: No such file or directory\n"),
        (".", ".: cannot be read: Is a directory\n"),
        ("a\0b", "'a\\x00b': cannot be read: embedded null byte\n"),
    ],
)
def test_file_that_cannot_be_read_is_one_line(
    name: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(SystemExit) as exited:
        call_command("clock", name, stdout=out, stderr=err)

    assert (exited.value.code, out.getvalue(), err.getvalue()) == (1, "", line)
