"""A person's own pages: account, keys, staying signed in, drafts."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from casework.models import Draft, User
from tests.cast import Cast, person
from tests.conftest import ClientOf

DRAFT = "/drafts/log-a-notice/"


def test_account_says_who_one_is_and_what_the_role_may_do(officer: Client, cast: Cast) -> None:
    page = officer.get("/account/").content.decode()

    assert cast.asha.email in page
    assert "<li>log notices</li>" in page


def test_role_whose_pages_come_later_sees_its_own_profile(client_of: ClientOf, cast: Cast) -> None:
    lead = client_of(cast.data_protection)

    assert lead.get("/").headers["Location"] == "/account/"
    assert "Your role’s pages are not here yet." in lead.get("/account/").content.decode()


def test_plan_lead_comes_to_the_plans(client_of: ClientOf, cast: Cast) -> None:
    assert client_of(cast.plan_lead).get("/").headers["Location"] == "/plans/"


def test_single_keys_can_be_turned_off_and_on(officer: Client, cast: Cast) -> None:
    officer.post("/account/keys/", {"single_keys": "off"})
    assert not User.objects.get(pk=cast.asha.pk).single_keys
    assert "data-keys" not in officer.get("/account/keys/").content.decode()

    officer.post("/account/keys/", {"single_keys": "on"})
    assert User.objects.get(pk=cast.asha.pk).single_keys


def test_staying_signed_in_renews_the_session(officer: Client) -> None:
    assert officer.post("/account/stay-signed-in/").json() == {"seconds": 1800}


def test_draft_is_kept_for_its_person_alone_and_without_secrets(officer: Client, cast: Cast) -> None:
    answer = officer.post(DRAFT, {"narrative": "Half", "token": "x", "csrfmiddlewaretoken": "y", "password": "z"})

    assert answer.json() == {"kept_at": "10:30"}
    draft = Draft.objects.get()
    assert (draft.user, draft.typed) == (cast.asha, {"narrative": ["Half"]})


def test_draft_of_one_form_replaces_the_last(officer: Client) -> None:
    for words in ("Half", "Whole"):
        officer.post(DRAFT, {"narrative": words})

    assert Draft.objects.get().typed == {"narrative": ["Whole"]}


@pytest.mark.parametrize("body", [{"narrative": "x" * 40_001}])
def test_draft_too_long_is_refused(body: dict[str, str], officer: Client) -> None:
    assert officer.post(DRAFT, body).status_code == 400
    assert not Draft.objects.exists()


def test_draft_of_a_strange_name_is_refused(officer: Client) -> None:
    assert officer.post("/drafts/Not_A_Form/", {"a": "b"}).status_code == 400


def test_person_is_led_to_the_first_page_of_the_role(client_of: ClientOf, cast: Cast) -> None:
    led_to = {
        name: client_of(user).get("/").headers["Location"]
        for name, user in (("asha", cast.asha), ("administrator", cast.administrator), ("chair", cast.chair))
    }

    assert led_to == {"asha": "/my-work/", "administrator": "/schools/", "chair": "/panels/"}


def test_every_role_reaches_a_first_page(client_of: ClientOf, cast: Cast) -> None:
    for user in (cast.imran, cast.ruth, cast.member, cast.plan_lead, cast.school_user, cast.data_protection):
        assert client_of(user).get("/", follow=True).status_code == 200


def test_navigation_offers_only_what_the_role_may_ask_for(client_of: ClientOf, cast: Cast) -> None:
    for user in (person("someone", role="panel_chair"), cast.administrator, cast.ruth, cast.asha):
        client = client_of(user)
        page = client.get("/account/").content.decode()
        navigation = page[page.index("app-nav") : page.index("<main")]
        links = [part.split('"')[0] for part in navigation.split('href="')[1:]]

        assert all(client.get(link, follow=True).status_code == 200 for link in links)


def test_recovery_codes_are_offered_before_there_are_any(officer: Client, cast: Cast) -> None:
    Authenticator.objects.filter(user=cast.asha, type=Authenticator.Type.RECOVERY_CODES).delete()

    assert "Make recovery codes" in officer.get("/account/").content.decode()


def test_signing_out_after_the_session_ended_leads_to_the_sign_in_page(client: Client) -> None:
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
