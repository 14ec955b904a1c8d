"""The list's filters, its order, its ways in, and what it costs."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, SavedFilter, Trust
from exclusions.models import Exclusion, RecordsWhole
from exclusions.selectors import exclusion_list
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.page_form import errors
from tests.queries import asked

LIST = "/exclusions/"
Log = Callable[..., Exclusion]


@pytest.fixture
def log(cast: Cast, place: Place) -> Log:
    """Return what logs a suspension of a new child, with what the notice is to say."""

    def log(**changes: Any) -> Exclusion:
        school = changes.pop("school", place.primary)
        frozen = {
            name: changes.pop(name) for name in ("sen", "social_care", "early_help", "year_group") if name in changes
        }
        child = rows.RollSpellFactory.create(school=school).pupil
        made = exclusion_rows.exclusion(
            pupil=child, school=school, by=cast.asha, kind=changes.pop("kind", "suspension"), **changes
        )
        Exclusion.objects.filter(pk=made.pk).update(**frozen)
        return made

    return log


def found(client: Client, query: str) -> int:
    """Return how many notices the list says it found."""
    page = client.get(f"{LIST}?{query}").content.decode()
    number = re.search(r"([\d,]+) notices? about", page)
    assert number, page
    return int(number[1].replace(",", ""))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("sen=E", 1), ("sen=E&sen=K", 2), ("social_care=looked+after", 1), ("early_help=current", 1), ("year_group=11", 1),
        ("sex=F", 5), ("sex=M", 0), ("reason=PP&reason=DB", 5), ("reason=DB", 0), ("period=term", 4), ("period=year", 4),
        ("period=", 5), ("owner=mine", 5), ("owner=nobody", 0), ("told_from=2026-10-13", 0), ("logged_from=2026-10-12", 5),
        ("logged_from=2026-10-13", 0), ("school=999999", 0), ("owner=x", 0), ("owner=²", 0),
    ],
)  # fmt: skip
def test_filter_keeps_what_it_names(query: str, number: int, officer: Client, log: Log) -> None:
    log(sen="E")
    log(sen="K", social_care="looked after")
    log(early_help="current")
    log(year_group="11")
    log(first_day=date(2026, 6, 9), last_day=date(2026, 6, 10))

    assert found(officer, query) == number


def test_filter_by_trust_keeps_the_schools_of_the_trust(officer: Client, log: Log, place: Place) -> None:
    log()
    log(school=place.school)
    place.school.trust = Trust.objects.create(group_id="TR09999", name="Lantern Trust")
    place.school.save()

    page = officer.get(f"{LIST}?trust=TR09999").content.decode()

    assert "1 notice about 1 child" in page
    assert '<option value="TR09999" selected>Lantern Trust</option>' in page


@pytest.mark.parametrize(("query", "number"), [("education=none", 1), ("education=late", 1), ("open=yes", 1)])
def test_filter_keeps_those_without_education_and_those_with_something_to_do(
    query: str, number: int, officer: Client, exclusion: Exclusion, suspension: Exclusion
) -> None:
    assert found(officer, f"{query}&kind=permanent") == number


def test_bare_address_shows_this_term_and_says_so(officer: Client, log: Log) -> None:
    log()
    log(first_day=date(2026, 6, 9), last_day=date(2026, 6, 10))

    page = officer.get(LIST).content.decode()

    assert "1 notice about 1 child" in page
    assert '<span class="govuk-visually-hidden">Remove filter </span>This term' in page
    assert 'aria-current="page" href="?period=term"' in page
    assert "2 notices about" in officer.get(f"{LIST}?period=").content.decode()


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("child", "Aaron"),
        ("-child", "Zara"),
        ("first_day", "Zara"),
        ("-first_day", "Aaron"),
        ("", "Aaron"),
        ("nonsense", "Aaron"),
    ],
)
def test_list_is_sorted_as_the_address_asks(sort: str, first: str, officer: Client, log: Log) -> None:
    early = log(first_day=date(2026, 9, 14), last_day=date(2026, 9, 15))
    late = log()
    early.case.pupil.first_name, early.case.pupil.last_name = "Zara", "Zeal"
    late.case.pupil.first_name, late.case.pupil.last_name = "Aaron", "Abbot"
    early.case.pupil.save()
    late.case.pupil.save()

    page = officer.get(f"{LIST}?period=&sort={sort}").content.decode()

    other = "Zara Zeal" if first == "Aaron" else "Aaron Abbot"
    assert page.index({"Aaron": "Aaron Abbot", "Zara": "Zara Zeal"}[first]) < page.index(other)


def test_sort_link_turns_the_order_about_and_keeps_the_filters(officer: Client, log: Log) -> None:
    log()

    page = officer.get(f"{LIST}?kind=suspension&sort=-child").content.decode()

    assert 'aria-sort="descending"><a href="?kind=suspension&amp;sort=child">Child, school' in page


def test_more_than_can_be_counted_is_said_and_not_counted(
    officer: Client, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        log()
    monkeypatch.setattr(exclusion_list, "COUNTED", 3)
    monkeypatch.setattr("exclusions.views.exclusions.COUNTED", 3)

    page = officer.get(f"{LIST}?period=&sort=child").content.decode()

    assert "More than 3 notices" in page
    assert "1 to 3 of more than 3" in page
    assert "sort=-child" not in page


@pytest.mark.parametrize(
    "query", ["", "period=", "kind=suspension&sen=K&reason=PP", "owner=mine&open=yes", "education=none"]
)
def test_list_asks_at_most_twelve_times_and_as_often_for_five_hundred_as_for_five(
    query: str, officer: Client, cast: Cast, place: Place, log: Log
) -> None:
    for _ in range(5):
        log()
    officer.get(f"{LIST}?{query}")
    with CaptureQueriesContext(connection) as few:
        officer.get(f"{LIST}?{query}")
    _five_hundred(place, cast)

    with CaptureQueriesContext(connection) as many:
        officer.get(f"{LIST}?{query}")

    assert len(asked(many)) <= 12
    assert len(asked(many)) == len(asked(few)) or "education" in query or "open" in query


def _five_hundred(place: Place, cast: Cast) -> None:
    template = Exclusion.objects.select_related("case").first()
    assert template
    child = template.case.pupil
    cases = Case.objects.bulk_create(
        Case(reference=f"26-{number:05d}", pupil=child, owner=cast.asha, opened_at=NOW) for number in range(500)
    )
    Exclusion.objects.bulk_create(
        Exclusion(
            case=case, school=place.primary, kind="suspension", first_day=TODAY - timedelta(days=number % 40 + 1),
            last_day=TODAY, council_told_on=TODAY, rule_set="2026-07", year_group="9", sen="K",
            home_authority=place.authority, logged_at=NOW,
        )
        for number, case in enumerate(cases)
    )  # fmt: skip


# Saved filters


def save(client: Client, name: str, query: str, **typed: str) -> Any:
    once = typed.pop("token", "3b241101-e2bb-4255-8caf-4136c566a962")
    return client.post("/exclusions/saved-filters/", {"token": once, "name": name, "query": query, **typed})


def test_filter_is_saved_under_a_name_and_stands_above_the_list(officer: Client, log: Log, cast: Cast) -> None:
    log()

    answer = [save(officer, "Kept in mind", "kind=permanent&first_name=Zephyrine&page=3") for _ in range(2)]

    assert {each.headers["Location"] for each in answer} == {"/exclusions/?kind=permanent"}
    saved = SavedFilter.objects.get()
    assert (saved.user, saved.query) == (cast.asha, "kind=permanent")
    assert ">Kept in mind</a>" in officer.get(LIST).content.decode()


def test_saved_filter_is_one_persons_and_is_thrown_away_by_them_alone(
    officer: Client, cast: Cast, client_of: ClientOf
) -> None:
    save(officer, "Mine", "kind=permanent")
    number = SavedFilter.objects.get().pk

    assert client_of(cast.ruth).post(f"/exclusions/saved-filters/{number}/throw-away/").status_code == 404
    assert "Mine" not in client_of(cast.ruth).get("/exclusions/saved-filters/").content.decode()
    officer.post(f"/exclusions/saved-filters/{number}/throw-away/")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("name", "query", "message"),
    [("", "kind=permanent", "Enter name of the filter"), ("Any", "", "Choose filters in the list first"),
     ("Any", "q=Zephyrine", "Choose filters in the list first"), ("x" * 41, "kind=permanent", "Use 40 characters or fewer")],
)  # fmt: skip
def test_filter_without_a_name_or_without_filters_is_not_saved(
    name: str, query: str, message: str, officer: Client
) -> None:
    page = save(officer, name, query).content.decode()

    assert message in page
    assert not SavedFilter.objects.exists()


def test_filter_of_the_same_name_is_replaced_only_with_a_tick(officer: Client) -> None:
    again = "7c5f0a52-3d3f-4c39-9e6b-5a4f8f0f1e11"
    assert 'name="replace"' not in officer.get("/exclusions/saved-filters/?kind=permanent").content.decode()
    save(officer, "Mine", "kind=permanent")

    refused = save(officer, "Mine", "kind=suspension", token=again)

    assert errors(refused)["name"].startswith("You have another filter of this name")
    assert 'name="replace"' in refused.content.decode()
    assert SavedFilter.objects.get().query == "kind=permanent"
    save(officer, "Mine", "kind=suspension", token=again, replace="on")
    assert SavedFilter.objects.get().query == "kind=suspension"


def test_thirteenth_filter_is_refused(officer: Client, cast: Cast) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(user=cast.asha, page="exclusions", name=f"Number {n}", query="kind=permanent", saved_at=NOW)
        for n in range(12)
    )

    page = save(officer, "One more", "kind=permanent").content.decode()

    assert "throw one away first" in page
    assert SavedFilter.objects.count() == 12


def test_total_of_a_school_whose_records_begin_after_the_year_did_says_since_when(
    officer: Client, log: Log, place: Place, cast: Cast
) -> None:
    log()
    page = officer.get(LIST).content.decode()
    assert "since Mon 12 Oct" in page, "The first notice of all was logged on that day."

    RecordsWhole.objects.create(school=place.primary, whole_from=date(2026, 9, 1), said_at=NOW, said_by=cast.asha)

    assert "since Mon 12 Oct" not in officer.get(LIST).content.decode()


def test_second_click_on_a_long_filter_leads_to_all_of_it(officer: Client) -> None:
    once = str(uuid.uuid4())
    query = "&".join(f"year_group={group}" for group in (*range(1, 15), "N1", "N2", "R", "X"))

    first, second = (save(officer, "Every year", query, token=once) for _ in range(2))

    assert len(first.headers["Location"]) > 200
    assert first.headers["Location"] == second.headers["Location"]
