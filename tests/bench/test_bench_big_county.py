"""Finding among 100,000 children, and the list at 250,000 exclusions."""

import gc
import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from casework.models import Pupil, User
from tests.bench import big_county
from tests.bench.test_bench import measured, server
from tests.cast import signed_in
from tests.misspelt import WAYS

pytestmark = [pytest.mark.bench, pytest.mark.django_db]


@pytest.fixture(scope="module")
def officer(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """Give an officer of a county that stands in a database of its own, committed and vacuumed as one in use is."""
    with django_db_blocker.unblock():
        own = {**connection.settings_dict, "NAME": f"{connection.settings_dict['NAME']}_county"}
        connection.close()
        connection.creation.clone_test_db("county", autoclobber=True, verbosity=0)
        before, connection.settings_dict = connection.settings_dict, own
        began = time.perf_counter()
        with transaction.atomic():
            officers = big_county.write(exclusions=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        print(
            f"\nwrite {big_county.PUPILS:,} pupils, {big_county.EXCLUSIONS:,} exclusions: {time.perf_counter() - began:.1f} s"
        )
        yield officers[0]
        connection.close()
        connection.settings_dict = before
        connection.creation.destroy_test_db(suffix="county", verbosity=0, keepdb=False)


FILTERS = (
    "", "?kind=permanent", "?kind=lunchtime", "?outcome=open", "?outcome=overturned", "?outcome=averted", "?phase=primary",
    "?phase=special", "?reason=DB", "?reason=TH", "?year_group=11", "?year_group=1", "?sen=E", "?social_care=looked+after",
    "?sex=F", "?trust=TR00002", "?school=150001", "?school=150170", "?open=yes", "?education=late", "?sen=unknown", "?logged_from=2026-10-01",
    "?told_from=2026-09-01&told_to=2026-10-01", "?kind=permanent&outcome=open&owner=mine", "?trust=TR00002&sex=F&reason=DB",
    "?early_help=current", "?owner=mine", "?owner=nobody", "?education=none", "?period=term", "?period=year",
    "?first_from=2020-01-01&first_to=2020-12-31", "?page=300", "?sen=E&year_group=1&kind=permanent",
    "?reason=TH&phase=special&sen=E", "?sort=school", "?sort=-school", "?sort=first_day", "?sort=child",
)  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_bench_list_at_250_000(officer: User, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: big_county.NOW)
    ask = server(officer)

    measured(f"list {query or 'unfiltered'}", lambda: ask(f"/exclusions/{query}"), times=15)


def test_bench_find_among_100_000(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: big_county.NOW)
    cookie = f"session={signed_in(Client(), officer).cookies['session'].value}"
    handler = ClientHandler(enforce_csrf_checks=False)
    chance = random.Random(9)
    names = [pupil.name for pupil in Pupil.objects.order_by("?")[:40]]
    words = [change(name, chance) for name in names for change in WAYS.values()]
    words += [name.split()[1] for name in names] + [name[:4] for name in names] + ["3/5/2012"] * 20
    gc.collect()
    gc.freeze()
    taken = []
    for typed in words:
        request = RequestFactory().post("/exclusions/log-a-notice/find/", {"q": typed}, headers={"cookie": cookie})
        began = time.perf_counter()
        response = handler(request.environ)
        taken.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200
    high = statistics.quantiles(taken, n=20)[-1]
    print(
        f"find as you type among {big_county.PUPILS:,} children, {len(words)} searches: "
        f"median {statistics.median(taken):.1f} ms, 95th {high:.1f} ms"
    )
