"""What every answer says to the browser, whatever its kind."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from exclusions.models import Exclusion
from tests import cast as people
from tests.cast import Cast

DIRECTIVES = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
    "frame-ancestors 'none'", "form-action 'self'", "connect-src 'self'",
}  # fmt: skip
EVERY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def check(answer: Any, *, page: bool = True) -> None:
    """Fail when a header is missing; `page` is every answer but a static file."""
    policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert policy >= DIRECTIVES or "sandbox" in policy
    for name, value in EVERY.items():
        assert answer.headers[name] == value
    if page:
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_page_redirect_download_and_refusals_have_every_header(officer: Client, exclusion: Exclusion) -> None:
    strict = people.signed_in(Client(enforce_csrf_checks=True), exclusion.logged_by)  # type: ignore[arg-type]
    answers = {
        200: officer.get(f"/exclusions/{exclusion.case.reference}/"),
        302: officer.get("/"),
        404: officer.get("/no-such-page/"),
        405: officer.post("/exclusions/"),
        403: strict.post("/search/", {"q": "Zephyrine"}),
        400: officer.post("/drafts/Not_A_Form/", {"a": "b"}),
    }

    for status, answer in answers.items():
        assert answer.status_code == status
        check(answer)
    download = officer.get("/exclusions/export.csv")
    check(download)
    assert download.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("gone"), 503), (RuntimeError("Zephyrine"), 500), (KeyError("x"), 500)]
)
def test_errors_have_every_header_and_say_nothing_of_themselves(
    error: Exception, status: int, officer: Client, exclusion: Exclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    officer.raise_request_exception = False
    monkeypatch.setattr("exclusions.views.exclusion.exclusion_page.page", broken)

    answer = officer.get(f"/exclusions/{exclusion.case.reference}/")

    assert answer.status_code == status
    check(answer)
    assert b"Zephyrine" not in answer.content
    assert b"Traceback" not in answer.content


def test_static_file_has_the_headers_that_a_file_needs(client: Client, db: None) -> None:
    answer = client.get("/static/sixth-day/icon.svg")

    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_sign_in_page_and_public_pages_have_every_header(client: Client, cast: Cast) -> None:
    for address in ("/sign-in/", "/privacy/", "/accessibility-statement/", "/livez/"):
        answer = client.get(address)
        assert answer.status_code == 200
        check(answer)


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(officer: Client) -> None:
    officer.get("/account/")

    cookie = officer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"], "It goes with the browser window."
