"""A request that changes nothing of a session moves its end, and never brings an ended one back."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.sessions import SessionStore

pytestmark = pytest.mark.django_db


def opened() -> SessionStore:
    first = SessionStore()
    first["typed"] = "kept"
    first.save()
    store = SessionStore(first.session_key)
    assert store["typed"] == "kept"
    return store


def test_an_untouched_session_only_moves_its_end() -> None:
    store = opened()
    Session.objects.update(expire_date=store.get_expiry_date().replace(year=2020))
    before = Session.objects.get()

    with CaptureQueriesContext(connection) as asked:
        store.save()

    after = Session.objects.get()
    assert len(asked) == 1
    assert after.expire_date > before.expire_date
    assert after.session_data == before.session_data


def test_what_changed_is_saved() -> None:
    store = opened()
    store["typed"] = "again"

    store.save()

    assert SessionStore(store.session_key)["typed"] == "again"


def test_a_session_that_was_ended_is_not_brought_back() -> None:
    store = opened()
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        store.save()

    assert not Session.objects.exists()
