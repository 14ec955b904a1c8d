"""An invitation is accepted in a browser, which says whence its form comes."""

import pytest
from playwright.sync_api import expect

from casework.models import Invitation
from tests.cast import Cast
from tests.functional.browser.conftest import Visit
from tests.policy.objects import invitation_secret

pytestmark = pytest.mark.django_db(transaction=True)


def test_invited_person_opens_the_account(visit: Visit, cast: Cast) -> None:
    page = visit(None, f"/invitation/{invitation_secret()}/")
    page.fill("#id_password", "three quiet harbours")
    page.fill("#id_again", "three quiet harbours")
    page.click("main button[type=submit]")

    page.wait_for_url("**/sign-in/")
    expect(page.locator("body")).to_contain_text("Your account is open")
    assert Invitation.objects.get().accepted_at is not None
