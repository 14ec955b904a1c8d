"""How a new installation gets its first administrator."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from casework.models import AccountChange, User

pytestmark = pytest.mark.django_db


def test_printed_link_opens_the_account_once() -> None:
    out = StringIO()
    call_command(
        "invite_administrator", "First@Council.example", "First Person", site="https://six.example", stdout=out
    )
    link = re.search(r"https://six\.example(/invitation/\S+/)", out.getvalue())
    assert link is not None
    passwords = {"password": "three quiet harbours", "again": "three quiet harbours"}

    assert Client().post(link[1], passwords).status_code == 302
    assert Client().post(link[1], passwords).status_code == 404

    user = User.objects.get()
    assert (user.email, user.role) == ("first@council.example", "administrator")
    assert user.check_password("three quiet harbours")
    assert list(AccountChange.objects.order_by("pk").values_list("what", "by")) == [
        ("invited", None),
        ("invitation accepted", user.pk),
    ]


def test_address_that_is_taken_or_none_is_said() -> None:
    call_command("invite_administrator", "first@council.example", "First Person", stdout=StringIO())

    with pytest.raises(CommandError, match="already"):
        call_command("invite_administrator", "FIRST@council.example", "Again")
    with pytest.raises(CommandError, match="no email address"):
        call_command("invite_administrator", "first", "Again")
