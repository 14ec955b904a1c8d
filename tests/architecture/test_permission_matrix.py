"""Who is answered what on every page, by every method. What is expected stands in tests/policy/expected.csv."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from casework.models import Reading
from casework.policy import every_page_declares_its_access, patterns, requires, requires_any
from casework.roles import Permission
from tests import cast as people
from tests.architecture.snapshot import changed, snapshot
from tests.policy.pages import METHODS, Page, expected, pages
from tests.policy.world import World

SIGNED_OUT = ("anonymous", "disabled", "leaver")
CANARY = b"Zephyrine"
# One actor for each way of being refused, and each role that may do something elsewhere.
REFUSED_IN_FULL = ("anonymous", "no_app", "imran", "ruth", "chair", "administrator", "stranger")
# What a refused request may still write: the session that says so.
WRITTEN_BY_REFUSALS = {"django_session"}
EXPECTED = expected()
# Pages that somebody is refused.
REFUSING = [page for page in pages() if "everybody" not in EXPECTED[page.name]["allowed"]]
# The sign-in page leads on who has signed in; signing out twice, or after the session ended, leads there.
SIGN_IN = (200, 200, 200, 200, 405, 405, 200)
SPECIAL = {("account_login", actor): SIGN_IN for actor in SIGNED_OUT} | {
    ("account_logout", actor): (302, 302, 302, 405, 405, 405, 200) for actor in SIGNED_OUT
}

# An officer, a manager and a plan lead may bring files, of other kinds than the one that stands for all: it is not there.
NO_FILE_OF_THEIRS = {
    "bring-import": (404, 404, 404, 405, 405, 405, 405),
    "import": (404, 404, 405, 405, 405, 405, 405),
    **dict.fromkeys(
        ("apply-import", "undo-import", "check-import", "drop-import"), (405, 405, 404, 405, 405, 405, 405)
    ),
}
SPECIAL |= {
    (f"casework:{name}", actor): answers
    for name, answers in NO_FILE_OF_THEIRS.items()
    for actor in ("asha", "ruth", "plan_lead")
}
# A manager sees sittings and has no seat: nothing is declared, and nobody's coming is theirs to say.
SPECIAL |= {("panels:declare-for-sitting", "ruth"): (404, 404, 404, 405, 405, 405, 405)}
SPECIAL |= {("panels:say-coming", actor): (404, 404, 404, 405, 405, 405, 405) for actor in ("imran", "ruth", "chair")}
SPECIAL |= {
    (f"panels:{name}", actor): (404, 404, 405 if name == "run" else 404, 405, 405, 405, 405)
    for name in ("run", "run-item", "reopen-item")
    for actor in ("imran", "ruth", "member")
}
SPECIAL |= {
    ("panels:approve-minutes", actor): (404, 404, 404, 405, 405, 405, 405)
    for actor in ("asha", "imran", "ruth", "member")
}
# A connection is its member's own, and the clerk ends it from another page.
SPECIAL |= {
    ("panels:end-my-connection", actor): (404, 404, 404, 405, 405, 405, 405)
    for actor in ("asha", "imran", "ruth", "chair")
}
# An action is its owner's own, and the clerk changes it from another page.
SPECIAL |= {
    ("panels:my-action", actor): (404, 404, 404, 405, 405, 405, 405) for actor in ("imran", "ruth", "chair", "member")
}


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes, so that no request changes what the next one finds."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# One client for all: each new one reads the site's middleware again, which takes longer than the page.
CLIENT = Client(raise_request_exception=False)


def ask(session: str, method: str, address: str) -> Any:
    """Ask for an address with nothing but the session."""
    CLIENT.cookies.clear()
    if session:
        CLIENT.cookies["session"] = session
    return CLIENT.generic(method, address)


def outcome(page: Page, actor: str, method: str, *, absent: bool) -> tuple[int, str]:
    """Return the status that is declared, and where a redirect must lead ("" for anywhere on the site)."""
    if (special := SPECIAL.get((page.name, actor))) is not None:
        return special[METHODS.index(method)], ""
    row = EXPECTED[page.name]
    answers = int(row[method])
    allowed = row["allowed"].split()
    if (owner := row["allowed"].removeprefix("own:")) != row["allowed"]:
        absent, allowed = absent or actor != owner, ["signed-in"]
    if "everybody" not in allowed:
        if actor in SIGNED_OUT:
            return 302, "/sign-in/"
        if actor == "no_app" and "no_app" not in allowed:
            return 302, "/account/authenticator/"
        if actor not in allowed and not ("signed-in" in allowed and actor != "no_app"):
            return 404, ""
    return (404, "") if absent and answers in {200, 302} else (answers, "")


def test_every_page_has_a_declared_outcome() -> None:
    undeclared = {page.name for page in pages()} - set(EXPECTED)
    gone = set(EXPECTED) - {page.name for page in pages()}

    assert not undeclared, "Say in tests/policy/expected.csv who may ask for these pages."
    assert not gone, "These pages are declared and do not exist."


def test_every_pattern_is_walked() -> None:
    assert len(pages()) == len(list(patterns()))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_page_answers_each_person_and_method_as_declared(page: Page, world: World, sessions: dict[str, str]) -> None:
    mismatches: list[str] = []

    for absent in (False, True) if page.names_a_row else (False,):
        address = page.address(world, absent=absent)
        for actor, session in sessions.items():
            for method in ("GET", "POST") if absent else METHODS:
                status, leads_to = outcome(page, actor, method, absent=absent)
                with undone():
                    response = ask(session, method, address)
                located = response.headers.get("Location", "")
                if response.status_code != status or not located.startswith(leads_to):
                    mismatches.append(f"{method} {address} by {actor}: {response.status_code} {located}, not {status}")

    assert not mismatches


def test_matrix_allows_and_refuses_enough_to_mean_something(
    sessions: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    declared = [
        outcome(page, actor, method, absent=absent)[0]
        for page in pages()
        for actor in sessions
        for absent in ((False, True) if page.names_a_row else (False,))
        for method in (("GET", "POST") if absent else METHODS)
    ]

    share = declared.count(200) / len(declared)

    with capsys.disabled():
        print(f"\npermission matrix: {len(declared)} cells, {share:.1%} answered with 200")
    # A site that refuses everybody, or nobody, would pass a comparison with a careless declaration.
    assert 0.05 < share < 0.35


@pytest.mark.parametrize("page", REFUSING, ids=lambda page: page.name)
def test_refused_person_reads_and_changes_nothing(page: Page, world: World, sessions: dict[str, str]) -> None:
    readings = Reading.objects.count()
    before = snapshot()

    bodies = []
    for actor, session in sessions.items():
        if actor not in REFUSED_IN_FULL or not _is_refused(page, actor):
            continue
        bodies += [ask(session, method, page.address(world)).content for method in ("GET", "POST")]

    assert all(CANARY not in body for body in bodies)
    assert Reading.objects.count() == readings
    assert changed(before, snapshot()) <= WRITTEN_BY_REFUSALS


def _is_refused(page: Page, actor: str) -> bool:
    allowed = EXPECTED[page.name]["allowed"].removeprefix("own:").split()
    if actor in allowed:
        return False
    return actor in (*SIGNED_OUT, "no_app") or "signed-in" not in allowed


def test_page_that_may_not_be_seen_looks_like_one_that_is_not_there(world: World, sessions: dict[str, str]) -> None:
    looked_at = 0
    for page in [page for page in pages() if page.names_a_row]:
        for actor in ("administrator", "chair", "stranger"):
            if outcome(page, actor, "GET", absent=False)[0] != 404:
                continue
            there, absent = (
                ask(sessions[actor], "GET", page.address(world, absent=absent)) for absent in (False, True)
            )

            assert _without_tokens(there.content) == _without_tokens(absent.content)
            assert {name: value for name, value in there.headers.items() if name != "Set-Cookie"} == {
                name: value for name, value in absent.headers.items() if name != "Set-Cookie"
            }
            looked_at += 1

    assert looked_at >= 10


def _without_tokens(body: bytes) -> list[bytes]:
    return [line for line in body.split(b"<") if b"csrfmiddlewaretoken" not in line]


def test_every_view_declares_who_may_ask_for_it() -> None:
    assert every_page_declares_its_access() == []


def _silent(request: HttpRequest) -> HttpResponse:
    raise AssertionError("a page that declares nothing was reached")


class _WithSilentPage:
    urlpatterns = [path("silent/", _silent, name="silent")]


def test_page_that_declares_nothing_is_an_error_at_start_and_absent_all_the_same(
    settings: Any, client: Client, cast: people.Cast
) -> None:
    people.signed_in(client, cast.asha)
    settings.ROOT_URLCONF = _WithSilentPage

    errors = every_page_declares_its_access()
    client.raise_request_exception = False

    assert [error.id for error in errors] == ["casework.E001"]
    assert client.get("/silent/").status_code in {404, 500}
    assert b"reached" not in client.get("/silent/").content


def test_page_must_name_at_least_one_permission() -> None:
    for declare in (requires, requires_any):
        with pytest.raises(ValueError, match="at least one permission"):
            declare()


def test_unknown_role_holds_no_permission(cast: people.Cast) -> None:
    from casework.rights import has_permission

    assert not any(has_permission(cast.stranger, permission) for permission in Permission)
    assert not any(has_permission(cast.disabled, permission) for permission in Permission)
    assert any(has_permission(cast.asha, permission) for permission in Permission)


def test_person_whose_role_is_no_more_still_has_an_account_page(client: Client, cast: people.Cast) -> None:
    people.signed_in(client, cast.stranger)

    assert client.get("/account/").status_code == 200
