"""How long things take on the whole demonstration: prints figures and judges nothing."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext

from casework.models import User
from casework.rules.periods import Period
from casework.selectors import pupils
from reporting.demonstration.load import load_demonstration
from reporting.services import committee_report
from tests.cast import signed_in
from tests.queries import asked

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    with django_db_blocker.unblock(), transaction.atomic():
        began = time.perf_counter()
        load_demonstration(today=TODAY)
        print(f"\nload the demonstration: {time.perf_counter() - began:.1f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield User.objects.get(email="asha.merriman@marchshire.example")
        transaction.set_rollback(True)


def yardstick() -> float:
    """Return how many milliseconds a fixed piece of work takes just now: a shared machine is not always as fast."""
    taken = []
    for _ in range(9):
        began = time.perf_counter()
        sum(number * number for number in range(200_000))
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def measured(name: str, work: Callable[[], Any], *, times: int = 20) -> None:
    """Print the median and the 95th percentile in milliseconds of wall time, and the queries of one run.

    Beside them stands the yardstick, by which figures of two runs can be held against each other.
    """
    with CaptureQueriesContext(connection) as captured:
        work()
    # As the server does once it has loaded the site (config/wsgi.py): what is there is not looked through again.
    gc.collect()
    gc.freeze()
    # Counted now: the next request forgets what was captured.
    queries = len(asked(captured))
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    high = statistics.quantiles(taken, n=20)[-1]
    print(
        f"{name}: median {statistics.median(taken):.1f} ms, 95th {high:.1f} ms, {queries} queries (yardstick {yardstick():.1f} ms)"
    )


def server(user: User) -> Callable[[str], Any]:
    """Return what asks the whole site for an address as a person: its middleware too, but not the test client's notes."""
    cookie = f"session={signed_in(Client(), user).cookies['session'].value}"
    handler = ClientHandler(enforce_csrf_checks=False)

    def ask(address: str) -> Any:
        response = handler(RequestFactory().get(address, headers={"cookie": cookie}).environ)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        return response

    return ask


@pytest.mark.parametrize(
    "filters", ["", "?kind=permanent", "?kind=permanent&outcome=open", "?phase=primary", "?page=400", "?reason=DB"]
)
def test_bench_list_of_exclusions(county: User, filters: str) -> None:
    ask = server(county)

    measured(f"list of 36,000 exclusions {filters or 'unfiltered'}", lambda: ask(f"/exclusions/{filters}"))


@pytest.mark.parametrize("typed", ["penhalow", "smith jo", "3/5/2012", "26-0007"])
def test_bench_find_as_you_type(county: User, typed: str) -> None:
    measured(f"find {typed!r}", lambda: pupils.find(by=county, typed=typed, on=TODAY))


def test_bench_exclusion_page(county: User) -> None:
    ask = server(county)

    measured("an exclusion", lambda: ask("/exclusions/26-0007/"))


def test_bench_committee_report(county: User) -> None:
    period = Period.parse("2020/21")

    measured("figures of a report", lambda: committee_report.gather(period, as_at=TODAY), times=3)
    measured(
        "public document of a report",
        lambda: committee_report.document_for(period, access="public", on=TODAY),
        times=3,
    )
