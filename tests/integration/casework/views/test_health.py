"""Whether the service is well, for whatever watches it."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config.celery import app


def test_healthy_service_says_so(client: Client, db: None) -> None:
    answer = client.get("/healthz/")

    assert (answer.status_code, answer.json()) == (200, {"web": "ok", "database": "ok", "queue": "ok"})


def test_database_that_does_not_answer_is_named(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answer = client.get("/healthz/")

    assert (answer.status_code, answer.json()["database"], answer.json()["queue"]) == (503, "down", "ok")


def test_queue_that_does_not_answer_is_named(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    original = app.connection_for_write
    monkeypatch.setattr(
        app,
        "connection_for_write",
        lambda **options: original(url="redis://127.0.0.1:1/0", **options),
    )

    answer = client.get("/healthz/")

    assert (answer.status_code, answer.json()["queue"], answer.json()["database"]) == (503, "down", "ok")


def test_liveness_asks_nothing_of_the_database(client: Client) -> None:
    assert client.get("/livez/").json() == {"web": "ok"}
