import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from casework.limits import LARGEST_BODY as LARGEST

ADDRESS = "/api/v1/clock/"
REQUEST = (Path(__file__).parents[3] / "fixtures" / "clock" / "interface.json").read_bytes()


def ask(client: Client, body: bytes | str, content_type: str = "application/json") -> Any:
    return client.post(ADDRESS, body, content_type=content_type)


# No test here asks for the database, so that a query of any of them is an error.
def test_answer_is_that_of_the_command_and_needs_neither_account_nor_database(client: Client) -> None:
    response = ask(client, REQUEST)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    expected = (Path(__file__).parents[3] / "fixtures" / "clock" / "interface.answer.json").read_bytes()
    assert response.content == expected
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store, private"


def test_answer_needs_no_token_against_forged_requests() -> None:
    assert ask(Client(enforce_csrf_checks=True), REQUEST).status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_body_is_read_whatever_it_says_it_is(client: Client, content_type: str) -> None:
    assert ask(client, REQUEST, content_type).status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    response = getattr(client, method)(ADDRESS)

    assert response.status_code == 405
    assert response.headers["Allow"] == "POST"


def test_every_fault_has_a_path_a_code_and_a_sentence(client: Client) -> None:
    asked = json.loads(REQUEST)
    asked["events"][0]["days"] = 0.25
    asked["events"][1]["first_day"] = "2025-02-30"

    response = ask(client, json.dumps(asked))

    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "errors": [
            {
                "path": "events[0].days",
                "code": "not_half_days",
                "message": "0.25 is not a number of half days: write it like 3 or 1.5",
            },
            {
                "path": "events[1].first_day",
                "code": "bad_value",
                "message": "'2025-02-30' is not a day of the calendar",
            },
        ]
    }


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[" * 60_000])
def test_body_that_is_no_json_is_refused(client: Client, body: bytes) -> None:
    response = ask(client, body)

    assert response.status_code == 400
    assert [(error["path"], error["code"]) for error in response.json()["errors"]] == [("request", "bad_value")]


@pytest.mark.parametrize("size", [LARGEST + 1, 2 * 1024 * 1024])
def test_body_that_is_too_large_is_refused_unread(client: Client, size: int) -> None:
    response = ask(client, b" " * size)

    assert response.status_code == 413
    assert response.json()["errors"][0]["message"] == "is larger than 64 KB"


def test_address_that_asks_too_often_is_told_to_wait(client: Client, settings: Any) -> None:
    settings.OPEN_REQUESTS_AN_HOUR = 2

    answers = [ask(client, REQUEST) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert answers[-1].json()["errors"][0]["path"] == "request"


def test_body_of_the_largest_size_is_read(client: Client) -> None:
    assert ask(client, REQUEST.ljust(LARGEST)).status_code == 200
