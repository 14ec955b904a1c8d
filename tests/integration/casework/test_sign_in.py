"""Signing in: password and code, throttled; sessions that end."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from casework.models import User
from tests import cast as people
from tests.cast import PASSWORD, Cast, code_now, person
from tests.conftest import TODAY

SIGN_IN, CODE, HOME = "/sign-in/", "/sign-in/code/", "/exclusions/"


def give_password(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": password} | more)


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_password_and_code_sign_in(client: Client, cast: Cast) -> None:
    first = give_password(client, cast.asha)
    assert first.headers["Location"].startswith(CODE)
    assert not is_signed_in(client), "A password alone opens nothing."

    second = client.post(CODE, {"code": code_now()})

    assert second.headers["Location"] == "/"
    assert is_signed_in(client)


def test_sign_in_goes_on_where_it_was_asked_and_nowhere_off_the_site(client: Client, cast: Cast) -> None:
    for asked, led_to in ((HOME, HOME), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:1", "/")):
        window = Client()
        give_password(window, cast.asha, next=asked)

        answer = window.post(CODE, {"code": code_now()})
        people.cache_clear()

        assert answer.headers["Location"] == led_to


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "0" * 400])
def test_wrong_code_opens_nothing(code: str, client: Client, cast: Cast) -> None:
    give_password(client, cast.asha)

    answer = client.post(CODE, {"code": code})

    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_code_that_was_used_is_refused(cast: Cast) -> None:
    code = code_now()
    first, second = Client(), Client()
    give_password(first, cast.asha)
    first.post(CODE, {"code": code})
    give_password(second, cast.asha)

    second.post(CODE, {"code": code})

    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_code_page_without_a_password_leads_to_the_password(client: Client, cast: Cast) -> None:
    assert client.post(CODE, {"code": code_now()}).headers["Location"] == SIGN_IN


def test_what_is_no_email_address_is_said_in_our_words(client: Client, cast: Cast) -> None:
    page = client.post("/sign-in/", {"login": "asha", "password": "x"}).content.decode()

    assert "Enter an e-mail address in the form name@example.org" in page
    assert "Enter a valid email address" not in page


def test_wrong_password_and_unknown_account_are_answered_alike(client: Client, cast: Cast) -> None:
    wrong = give_password(client, cast.asha, "wrong-password-here").content.decode()
    unknown = Client().post(SIGN_IN, {"login": "nobody@marchshire.example", "password": "wrong"}).content.decode()

    for page in (wrong, unknown):
        assert "The email address and/or password you specified are not correct." in page
        assert "<title>Error: Sign in" in page


@pytest.mark.parametrize("who", ["disabled", "leaver"])
def test_ended_account_does_not_sign_in(who: str, client: Client, cast: Cast) -> None:
    user = cast.everybody()[who]
    give_password(client, user)
    client.post(CODE, {"code": code_now()})

    assert not is_signed_in(client)


def test_ten_wrong_passwords_make_the_account_rest_and_the_right_one_works_after(client: Client, cast: Cast) -> None:
    for _ in range(10):
        give_password(client, cast.asha, "wrong-password-here")

    resting = give_password(client, cast.asha)
    assert resting.status_code == 429
    assert "Too many tries" in resting.content.decode()
    assert "The account is not locked." in resting.content.decode()

    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=6))
    assert give_password(client, cast.asha).headers["Location"].startswith(CODE)


def test_colleague_is_not_made_to_rest_by_anothers_wrong_passwords(client: Client, cast: Cast) -> None:
    for _ in range(10):
        give_password(client, cast.asha, "wrong-password-here")

    assert give_password(Client(), cast.imran).headers["Location"].startswith(CODE)


def test_person_without_an_authenticator_app_is_led_to_set_one_up_from_every_page(client: Client, cast: Cast) -> None:
    newcomer = person("newcomer", with_app=False, role="eas_officer")
    give_password(client, newcomer)

    for address in (HOME, "/search/", "/exclusions/log-a-notice/", "/account/password/"):
        assert client.get(address).headers["Location"] == "/account/authenticator/"
    assert client.get("/account/authenticator/").headers["Location"].startswith("/account/confirm/")


def test_setting_up_an_app_needs_its_code_and_opens_the_service(client: Client, cast: Cast) -> None:
    from allauth.mfa.totp.internal import auth as totp

    newcomer = person("newcomer", with_app=False, role="eas_officer")
    give_password(client, newcomer)
    client.post("/account/confirm/", {"password": PASSWORD})
    secret = client.get("/account/authenticator/").context["form"].secret
    counter = list(totp.yield_hotp_counters_from_time())[-1]
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))

    wrong = client.post("/account/authenticator/", {"code": "000000"})
    assert wrong.status_code == 200
    client.post("/account/authenticator/", {"code": code})

    assert Authenticator.objects.filter(user=newcomer).exists()
    assert client.get(HOME).status_code == 200


def test_second_app_is_not_set_up_by_the_person_alone(client: Client, cast: Cast) -> None:
    people.signed_in(client, cast.asha)

    assert client.get("/account/authenticator/").headers["Location"] == "/account/"


def test_leavers_session_ends_on_the_next_request(officer: Client, cast: Cast) -> None:
    assert is_signed_in(officer)
    User.objects.filter(pk=cast.asha.pk).update(access_ends_on=TODAY - timedelta(days=1))

    assert officer.get(HOME).headers["Location"].startswith(SIGN_IN)
    assert not is_signed_in(officer)


def test_last_day_of_an_account_still_counts(officer: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.asha.pk).update(access_ends_on=TODAY)

    assert is_signed_in(officer)


def test_disabled_accounts_session_ends_on_the_next_request(officer: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.asha.pk).update(is_active=False)

    assert not is_signed_in(officer)


def test_role_taken_away_closes_its_pages_on_the_next_request(officer: Client, cast: Cast) -> None:
    assert officer.get(HOME).status_code == 200
    User.objects.filter(pk=cast.asha.pk).update(role="panel_member")

    assert officer.get(HOME).status_code == 404


def test_changed_password_ends_other_sessions(officer: Client, cast: Cast) -> None:
    user = User.objects.get(pk=cast.asha.pk)
    user.set_password("another-long-password")
    user.save()

    assert not is_signed_in(officer)


def test_session_ends_after_twelve_hours_however_busy(officer: Client, settings: Any) -> None:
    is_signed_in(officer)
    session = officer.session
    session["began"] = int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS + 60
    session.save()
    assert is_signed_in(officer)

    session["began"] = int(time.time()) - settings.SESSION_ABSOLUTE_SECONDS - 1
    session.save()
    assert not is_signed_in(officer)


def test_session_ends_after_thirty_minutes_without_use(officer: Client, cast: Cast) -> None:
    assert is_signed_in(officer)
    row = Session.objects.get(pk=officer.cookies["session"].value)
    Session.objects.filter(pk=row.pk).update(expire_date=row.expire_date - timedelta(minutes=31))

    assert not is_signed_in(officer)


def test_signing_out_ends_the_session_itself(officer: Client) -> None:
    key = officer.cookies["session"].value

    officer.post("/sign-out/")

    assert not Session.objects.filter(pk=key).exists()


def test_session_key_changes_at_sign_in(client: Client, cast: Cast) -> None:
    give_password(client, cast.asha)
    before = client.cookies["session"].value

    client.post(CODE, {"code": code_now()})

    assert client.cookies["session"].value != before


def test_nobody_opens_an_account(client: Client, db: None) -> None:
    for address in ("/sign-up/", "/signup/", "/accounts/signup/", "/password/reset/", "/admin/"):
        assert client.get(address).status_code in {302, 404}


@pytest.mark.parametrize("address", [SIGN_IN, "/sign-out/", "/search/", "/exclusions/log-a-notice/", "/account/keys/"])
def test_post_without_the_pages_secret_is_refused(address: str, cast: Cast) -> None:
    client = people.signed_in(Client(enforce_csrf_checks=True), cast.asha)

    answer = client.post(address, {"q": "Zephyrine"})

    assert answer.status_code == 403
    assert "This page is out of date" in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_strange_host_is_refused(host: str, client: Client, db: None) -> None:
    assert client.get(SIGN_IN, headers={"host": host}).status_code == 400


def test_used_code_stays_used_for_as_long_as_it_would_be_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.time()
    code = code_now()
    first, second = Client(), Client()
    give_password(first, cast.asha)
    first.post(CODE, {"code": code})
    monkeypatch.setattr("time.time", lambda: began + 31)
    give_password(second, cast.asha)

    second.post(CODE, {"code": code})

    assert not is_signed_in(second)
