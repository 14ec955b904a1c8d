"""People: listed, invited, changed, suspended; and what a closed account can still open, which is nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import AccountChange, CalendarFeed, Invitation, Message, User
from casework.services import calendar_feeds, invitations
from casework.services.people import mind_dormant
from exclusions.models import Exclusion
from tests.cast import PASSWORD, Cast
from tests.conftest import NOW, ClientOf, Place
from tests.notice_form import errors
from tests.queries import asked


@pytest.fixture
def administrator(client_of: ClientOf, cast: Cast) -> Client:
    return client_of(cast.administrator)


def typed(client: Client, **changes: str) -> dict[str, str]:
    return {
        "token": str(client.get("/people/invite/").context["form"]["token"].value()),
        "name": "Newly Invited",
        "email": "new@marchshire.example",
        "post": "Officer",
        "role": "eas_officer",
        "schools": "",
        "team": "North",
        "access_ends_on": "31/8/2027",
    } | changes


def act(client: Client, user: User, what: str) -> Any:
    return client.post(f"/people/{user.pk}/{what}/", follow=True)


def names(client: Client, query: str) -> set[str]:
    return {row["cells"][0]["text"] for row in client.get(f"/people/?{query}").context["rows"]}


def test_invited_person_opens_the_account_and_sets_up_an_authenticator(administrator: Client, place: Place) -> None:
    answer = administrator.post("/people/invite/", typed(administrator), follow=True)
    assert "Newly Invited is invited" in answer.content.decode()
    user = User.objects.get(email="new@marchshire.example")
    assert (user.team, user.access_ends_on) == ("North", date(2027, 8, 31))
    link = f"/invitation/{invitations.secret_of(Invitation.objects.get(user=user))}/"
    browser = Client()
    assert "strict-origin" in browser.get(link).headers["Referrer-Policy"]

    passwords = {"password": "three quiet harbours", "again": "three quiet harbours"}
    assert browser.post(link, passwords).headers["Location"] == "/sign-in/"
    assert browser.get(link).status_code == 404
    signed = browser.post("/sign-in/", {"login": user.email, "password": "three quiet harbours"}, follow=True)

    assert "/account/authenticator/" in [address for address, _ in signed.redirect_chain]
    history = administrator.get(f"/people/{user.pk}/").content.decode()
    assert "Invitation accepted" in history


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"password": "three quiet harbours", "again": "four"}, "again", "The two passwords differ"),
        ({"password": "short", "again": "short"}, "password", "too short"),
        ({"password": "", "again": ""}, "password", "Enter"),
        ({"password": " " * 12, "again": " " * 12}, "password", "several different characters"),
        ({"password": "w" * 14, "again": "w" * 14}, "password", "several different characters"),
        (
            {"password": "ww ww\u00a0ww ww ww", "again": "ww ww\u00a0ww ww ww"},
            "password",
            "several different characters",
        ),
        ({"password": "new@marchshire", "again": "new@marchshire"}, "password", "too similar"),
    ],
)
def test_password_that_will_not_do_is_said(
    administrator: Client, place: Place, answers: dict[str, str], field: str, says: str
) -> None:
    administrator.post("/people/invite/", typed(administrator))
    link = f"/invitation/{invitations.secret_of(Invitation.objects.get())}/"

    answer = Client().post(link, answers)

    assert says in errors(answer)[field]
    assert not User.objects.get(email="new@marchshire.example").has_usable_password()


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"email": "asha@marchshire.example"}, "email", "Another account has this email address"),
        ({"email": "asha"}, "email", "Enter an email address such as"),
        ({"role": "king"}, "role", "Choose one from the list"),
        ({"role": "school_user"}, "schools", "Enter the URN of at least one school"),
        ({"role": "school_user", "schools": "199999"}, "schools", "No school with the URN 199999 is held"),
        ({"schools": "{urn}"}, "schools", "Only a school user acts for schools"),
        ({"access_ends_on": "1/9/2026"}, "access_ends_on", "must be today or later"),
        ({"name": ""}, "name", "Enter name"),
    ],
)
def test_wrong_answer_gets_its_message_at_its_field(
    administrator: Client, place: Place, changes: dict[str, str], field: str, says: str
) -> None:
    changes = {name: value.format(urn=place.school.urn) for name, value in changes.items()}

    answer = administrator.post("/people/invite/", typed(administrator, **changes))

    assert says in errors(answer)[field]
    assert not Invitation.objects.exists()


def test_second_click_invites_once(administrator: Client, place: Place) -> None:
    answers = typed(administrator)
    places = [administrator.post("/people/invite/", answers).headers["Location"] for _ in range(2)]

    assert places[0] == places[1]
    assert Invitation.objects.count() == 1


def test_account_is_changed_and_told(administrator: Client, cast: Cast) -> None:
    address = f"/people/{cast.imran.pk}/change/"
    answers = {"name": "Imran Siddiqui", "post": "Lead", "role": "manager", "team": "", "version": "1"}

    administrator.post(address, answers)
    stale = administrator.post(address, answers | {"role": "eas_officer"})

    cast.imran.refresh_from_db()
    assert (cast.imran.role, cast.imran.post) == ("manager", "Lead")
    assert "changed" in errors(stale)["__all__"]
    page = administrator.get(f"/people/{cast.imran.pk}/").content.decode()
    assert "Inclusion officer to Manager" in page


def test_last_day_of_access_is_not_moved_into_the_past_but_kept_there(administrator: Client, cast: Cast) -> None:
    address = f"/people/{cast.leaver.pk}/change/"
    held = cast.leaver.access_ends_on
    assert held is not None
    answers = {"name": "Left Us", "role": "eas_officer", "version": str(cast.leaver.version)}

    refused = administrator.post(address, answers | {"access_ends_on": "1/9/2026"})
    administrator.post(address, answers | {"access_ends_on": held.strftime("%d/%m/%Y")})

    assert "must be today or later" in errors(refused)["access_ends_on"]
    cast.leaver.refresh_from_db()
    assert (cast.leaver.name, cast.leaver.access_ends_on) == ("Left Us", held)


def test_own_account_cannot_be_changed(administrator: Client, cast: Cast) -> None:
    me = cast.administrator
    page = administrator.get(f"/people/{me.pk}/").content.decode()
    assert "This is your own account" in page
    assert "Suspend" not in page

    for what in ("suspend", "end-sessions", "reset-authenticator", "resume"):
        assert "Nobody changes their own account" in act(administrator, me, what).content.decode()
    administrator.post(f"/people/{me.pk}/change/", {"name": "M", "role": "eas_officer", "version": "1"})

    me.refresh_from_db()
    assert (me.role, me.is_active) == ("administrator", True)


# What a person holds beside the password, and what is refused at once when the account is closed (Done means 3).


def test_open_tab_of_a_suspended_account_is_refused_on_its_next_click(
    administrator: Client, client_of: ClientOf, cast: Cast, exclusion: Exclusion
) -> None:
    tab = client_of(cast.asha)
    assert tab.get("/exclusions/").status_code == 200

    act(administrator, cast.asha, "suspend")

    refused = tab.get("/exclusions/")
    assert (refused.status_code, refused.headers["Location"]) == (302, "/sign-in/?next=/exclusions/")
    act(administrator, cast.asha, "resume")
    # The session was ended, and does not come back with the account.
    assert tab.get("/exclusions/").status_code == 302


def test_saved_link_of_a_suspended_account_is_refused(
    administrator: Client, client_of: ClientOf, cast: Cast, exclusion: Exclusion
) -> None:
    saved = ["/exclusions/?kind=permanent&phase=secondary", "/exclusions/export.csv?kind=permanent"]
    saved.append(f"/exclusions/{exclusion.case.reference}/")
    tab = client_of(cast.asha)
    before = [tab.get(address).status_code for address in saved]

    act(administrator, cast.asha, "suspend")

    assert before == [200, 200, 200]
    for address in saved:
        answer = tab.get(address, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/sign-in/")
        assert b"Zephyrine" not in answer.content


def test_calendar_token_of_a_suspended_account_opens_nothing_and_does_not_come_back(
    administrator: Client, cast: Cast, exclusion: Exclusion
) -> None:
    feed = f"/calendar/{calendar_feeds.make(by=cast.asha, at=NOW)}.ics"
    assert Client().get(feed).status_code == 200

    act(administrator, cast.asha, "suspend")
    assert Client().get(feed).status_code == 404
    act(administrator, cast.asha, "resume")

    assert Client().get(feed).status_code == 404
    assert CalendarFeed.objects.get().ended_at is not None


def test_password_of_a_suspended_account_opens_nothing(administrator: Client, cast: Cast) -> None:
    act(administrator, cast.asha, "suspend")
    browser = Client()

    answer = browser.post("/sign-in/", {"login": cast.asha.email, "password": PASSWORD})

    # The same page again, as for a wrong password; an open account goes on to its code.
    assert answer.status_code == 200
    assert browser.get("/account/").headers["Location"].startswith("/sign-in/")


def test_leavers_open_tab_token_and_link_are_refused_from_the_day_after(
    client_of: ClientOf, cast: Cast, exclusion: Exclusion
) -> None:
    tab = client_of(cast.asha)
    feed = f"/calendar/{calendar_feeds.make(by=cast.asha, at=NOW)}.ics"
    User.objects.filter(pk=cast.asha.pk).update(access_ends_on=NOW.date())
    assert (tab.get("/exclusions/").status_code, Client().get(feed).status_code) == (200, 200)

    User.objects.filter(pk=cast.asha.pk).update(access_ends_on=NOW.date() - timedelta(days=1))

    assert (tab.get("/exclusions/").status_code, Client().get(feed).status_code) == (302, 404)


def test_sessions_that_are_ended_are_refused_and_a_new_sign_in_is_not(
    administrator: Client, client_of: ClientOf, cast: Cast
) -> None:
    tab = client_of(cast.asha)

    act(administrator, cast.asha, "end-sessions")

    assert tab.get("/account/").status_code == 302
    cast.asha.refresh_from_db()
    assert client_of(cast.asha).get("/account/").status_code == 200


def test_reset_authenticator_is_set_up_anew(administrator: Client, client_of: ClientOf, cast: Cast) -> None:
    tab = client_of(cast.asha)

    act(administrator, cast.asha, "reset-authenticator")

    assert not Authenticator.objects.filter(user=cast.asha).exists()
    assert tab.get("/account/").status_code == 302
    assert AccountChange.objects.get(user=cast.asha).what == "authenticator reset"


def test_list_is_narrowed_by_words_role_team_and_state(administrator: Client, cast: Cast) -> None:
    User.objects.update(last_login=NOW)
    User.objects.filter(pk=cast.ruth.pk).update(
        last_login=NOW - timedelta(days=31), created_at=NOW - timedelta(days=400), team="North"
    )

    assert names(administrator, "q=verma") == {"Asha Verma"}
    assert names(administrator, "role=manager") == {"Ruth Penhale"}
    assert names(administrator, "team=North") == {"Ruth Penhale"}
    assert names(administrator, "state=unused") == {"Ruth Penhale"}
    assert "Asha Verma" in names(administrator, "state=active")
    assert names(administrator, "state=ended&q=leaver") == {"EAS officer"}
    assert len(names(administrator, "state=nonsense&role=nonsense")) > 5


def test_list_shows_who_is_dormant_and_until_when(administrator: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.ruth.pk).update(
        last_login=NOW - timedelta(days=31), created_at=NOW - timedelta(days=400)
    )

    page = administrator.get(f"/people/{cast.ruth.pk}/").content.decode()
    assert "no warning of it has been sent yet" in page
    mind_dormant(at=NOW)
    Message.objects.filter(recipient=cast.ruth.email).update(state="sent", settled_at=NOW)

    page = administrator.get(f"/people/{cast.ruth.pk}/").content.decode()
    assert "It is suspended on 4 December 2026 unless they sign in." in page


def test_list_and_page_keep_their_queries_at_five_and_five_hundred_people(
    administrator: Client, cast: Cast, place: Place
) -> None:
    # The council's name is then kept by the process.
    administrator.get("/account/")
    counts = []
    for more in (5, 495):
        User.objects.bulk_create(
            User(email=f"{more}-{number}@school.example", name="S", role="manager", password="x")
            for number in range(more)
        )
        AccountChange.objects.bulk_create(
            AccountChange(user=cast.ruth, what="role", at=NOW, by=cast.administrator) for _ in range(more)
        )
        with CaptureQueriesContext(connection) as captured:
            administrator.get("/people/")
            administrator.get(f"/people/{cast.ruth.pk}/")
        counts.append(len(asked(captured)))

    assert counts[0] == counts[1]


def test_act_that_is_none_and_person_who_is_none_are_not_found(administrator: Client, cast: Cast) -> None:
    assert administrator.post(f"/people/{cast.ruth.pk}/befriend/").status_code == 404
    assert administrator.post("/people/99999999/suspend/").status_code == 404


def test_invitation_is_sent_again_and_taken_back(administrator: Client, place: Place) -> None:
    administrator.post("/people/invite/", typed(administrator))
    user = User.objects.get(email="new@marchshire.example")
    first = invitations.secret_of(Invitation.objects.get())

    act(administrator, user, "invite-again")
    second = invitations.secret_of(Invitation.objects.latest("pk"))
    assert Client().get(f"/invitation/{first}/").status_code == 404
    assert Client().get(f"/invitation/{second}/").status_code == 200
    act(administrator, user, "end-invitation")
    assert Client().get(f"/invitation/{second}/").status_code == 404


def test_nobody_but_an_administrator_manages_people(client_of: ClientOf, cast: Cast) -> None:
    for user in (cast.asha, cast.ruth, cast.imran):
        browser = client_of(user)
        assert browser.get("/people/").status_code == 404
        assert browser.post(f"/people/{cast.member.pk}/suspend/").status_code == 404
