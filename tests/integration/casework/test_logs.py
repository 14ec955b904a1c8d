"""What is logged: one line of JSON a record, and nothing of anybody."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from casework.logs import JsonFormatter
from casework.models import Pupil
from casework.registry import register_job
from casework.services import jobs
from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import NOW

CANARIES = ("Zephyrine", "Quillfeather", "zephyr", "2013-02-03", "3/2/2013", "Tumbledown", "secret-narrative", "asha")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Return what the site's own handler would write, at the level that tells most."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in ("django.request", "django.server", "axes", "celery"))]
    levels = [each.level for each in loggers]
    root.addHandler(handler)
    for each in loggers:
        each.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


def without_sql(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def check(text: str, pupil: Pupil) -> None:
    for canary in (*CANARIES, str(pupil.upn), str(pupil.public_id)):
        assert canary not in text, canary


def test_whole_journey_leaves_no_name_and_no_query_in_the_logs(
    officer: Client, pupil: Pupil, lines: io.StringIO
) -> None:
    officer.post("/search/", {"q": "Zephyrine Quillfeather"})
    officer.get("/search/?q=Zephyrine")
    officer.get(f"/pupils/{pupil.public_id}/")
    officer.post("/exclusions/log-a-notice/find/", {"q": str(pupil.upn)})
    officer.post(notice.LOG, notice.typed(pupil, first_day="Zephyrine"))
    notice.log(officer, notice.typed(pupil, narrative="secret-narrative"))
    officer.get("/exclusions/?school=Zephyrine&first_from=Quillfeather")
    Client().post("/sign-in/", {"login": "asha.verma@marchshire.example", "password": "Zephyrine"})
    officer.get("/no-such-page/Zephyrine/")

    entries = without_sql(lines.getvalue())
    assert len(entries) > 10
    assert any(entry.get("request_id") for entry in entries)
    check(lines.getvalue(), pupil)


@pytest.mark.parametrize(
    "error", [ValueError, RuntimeError, OperationalError, KeyError, UnicodeError, AssertionError, RecursionError]
)
def test_error_leaves_its_kind_and_place_and_never_its_words(
    error: type[Exception], officer: Client, exclusion: Exclusion, pupil: Pupil, lines: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def broken(*_: object, **__: object) -> None:
        raise error(f"Zephyrine Quillfeather {pupil.upn} secret-narrative")

    officer.raise_request_exception = False
    monkeypatch.setattr("exclusions.views.exclusion.exclusion_page.page", broken)

    officer.get(f"/exclusions/{exclusion.case.reference}/?name=Zephyrine")

    assert error.__name__ in lines.getvalue()
    check(lines.getvalue(), pupil)


def test_failing_job_leaves_its_kind_and_never_its_words(cast: Cast, pupil: Pupil, lines: io.StringIO) -> None:
    from casework import registry

    def work(progress: jobs.Progress, subject: int) -> None:
        raise ValueError(f"Zephyrine {pupil.upn}")

    register_job("test_words", work)
    try:
        job = jobs.ask_for(by=cast.asha, at=NOW, kind="test_words", subject=1, natural_key="words")
        jobs.run(job_id=job.pk)
    finally:
        registry.job_kinds.pop("test_words")

    (entry,) = [entry for entry in without_sql(lines.getvalue()) if entry["event"] == "job_failed"]
    assert (entry["exception_type"], entry["job_kind"]) == ("ValueError", "test_words")
    check(lines.getvalue(), pupil)


def test_message_of_a_library_that_quotes_a_name_is_not_kept(lines: io.StringIO, pupil: Pupil) -> None:
    logging.getLogger("django.request").error("Not Found: %s", "/pupils/Zephyrine/")
    logging.getLogger("fontTools").warning("cannot parse 'Zephyrine'", extra={"name_typed": "Zephyrine"})
    logging.getLogger("casework.anything").warning("ring_lost", extra={"job_id": 7, "words": "Zephyrine"})

    check(lines.getvalue(), pupil)
    assert '"job_id": 7' in lines.getvalue()
