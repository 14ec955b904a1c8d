"""Threshold watch: who is near or past 5, 15 and 45 days, across schools."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Pupil, Reading, RollSpell
from exclusions.models import Exclusion
from exclusions.rules.thresholds import half_days_to_next
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.queries import asked

PAGE = "/exclusions/thresholds/"
Suspend = Callable[..., Exclusion]


@pytest.fixture
def child(place: Place) -> Callable[[], Pupil]:
    """Write another child of the secondary school."""

    def child() -> Pupil:
        found: Pupil = rows.PupilFactory.create(home_authority=place.authority)
        rows.RollSpellFactory.create(pupil=found, school=place.school)
        return found

    return child


@pytest.fixture
def suspend(cast: Cast, place: Place) -> Suspend:
    """Log a suspension of whole days unless told otherwise."""

    def suspend(pupil: Pupil, first: date, last: date, **changes: Any) -> Exclusion:
        facts: dict[str, Any] = {
            "school": place.school,
            "kind": "suspension",
            "first_day": first,
            "last_day": last,
        } | changes
        return exclusion_rows.exclusion(pupil=pupil, by=cast.asha, **facts)

    return suspend


def shown(response: Any) -> list[tuple[str, ...]]:
    """Return the name, the limit, the term's and the year's days of each row."""
    return [tuple(str(cell["text"]) for cell in row["cells"][:4]) for row in response.context["rows"]]


def test_days_are_added_across_schools_in_half_days_and_each_once(
    officer: Client, place: Place, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    pupil = child()
    suspend(pupil, date(2026, 9, 7), date(2026, 9, 9))
    # Another school holds the 9th too, which counts once; and the morning of the 10th.
    suspend(pupil, date(2026, 9, 9), date(2026, 9, 10), school=place.primary, last_session="AM")
    suspend(pupil, date(2026, 9, 14), date(2026, 9, 14))

    page = officer.get(PAGE)

    assert shown(page) == [(pupil.name, "Near 5 this term", "4.5", "4.5")]
    assert "40.5 left of 45" in page.content.decode()
    assert f"/pupils/{pupil.public_id}/" in page.content.decode()


def test_four_days_are_not_near_and_another_term_does_not_count_in_this_one(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    suspend(child(), date(2026, 9, 7), date(2026, 9, 10))
    summer = child()
    suspend(summer, date(2026, 6, 8), date(2026, 6, 12))
    suspend(summer, date(2026, 9, 7), date(2026, 9, 7))

    assert "No child is near or past a limit" in officer.get(PAGE).content.decode()


def test_year_counts_terms_before_this_one(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.views.thresholds.timezone.localdate", lambda: date(2027, 1, 20))
    pupil = child()
    suspend(pupil, date(2026, 9, 7), date(2026, 10, 16))
    suspend(pupil, date(2027, 1, 11), date(2027, 1, 11), last_session="AM")

    page = officer.get(f"{PAGE}?limit=45")

    assert shown(page) == [(pupil.name, "Past 30 this year", "0.5", "30.5")]
    assert not shown(officer.get(f"{PAGE}?limit=5"))


def test_exam_and_repeated_short_suspensions_are_watched(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    exam, often = child(), child()
    suspend(exam, date(2026, 9, 7), date(2026, 9, 7), exam_missed=True)
    for day in (7, 14, 21):
        suspend(often, date(2026, 9, day), date(2026, 9, day))

    assert shown(officer.get(f"{PAGE}?limit=exam"))[0][:2] == (exam.name, "Exam or test lost")
    assert shown(officer.get(f"{PAGE}?limit=repeated"))[0][:2] == (often.name, "3 short suspensions")
    assert [count["value"] for count in officer.get(PAGE).context["counts"]] == ["2", "0", "0", "0", "1", "1"]


def test_those_nearest_to_their_next_limit_stand_first(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    past, near, at = child(), child(), child()
    suspend(past, date(2026, 9, 7), date(2026, 9, 14))
    suspend(near, date(2026, 9, 7), date(2026, 9, 11), last_session="AM")
    suspend(at, date(2026, 9, 7), date(2026, 9, 11))

    found = shown(officer.get(PAGE))

    assert [row[0] for row in found] == [at.name, near.name, past.name]
    left = [half_days_to_next(term=int(float(row[2]) * 2), year=int(float(row[3]) * 2)) for row in found]
    assert left == [0, 1, 18]


def test_school_is_where_the_child_is_on_roll_now(
    officer: Client, place: Place, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    pupil = child()
    suspend(pupil, date(2026, 9, 7), date(2026, 9, 11))
    RollSpell.objects.filter(pupil=pupil).update(last_day=date(2026, 10, 1))
    rows.RollSpellFactory.create(pupil=pupil, school=place.primary, first_day=date(2026, 10, 2))

    assert shown(officer.get(f"{PAGE}?school={place.primary.urn}"))
    assert shown(officer.get(f"{PAGE}?phase=primary"))
    assert not shown(officer.get(f"{PAGE}?school={place.school.urn}"))
    assert not shown(officer.get(f"{PAGE}?phase=secondary"))


@pytest.mark.parametrize("query", ["limit=6", "phase=no", "school=x", "page=-4", "page=x"])
def test_filter_that_is_none_is_passed_over(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend, query: str
) -> None:
    suspend(child(), date(2026, 9, 7), date(2026, 9, 11))

    assert len(shown(officer.get(f"{PAGE}?{query}"))) == 1


def test_every_child_shown_is_recorded_as_read_and_none_is_red(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    pupil, other = child(), child()
    suspend(pupil, date(2026, 9, 7), date(2026, 9, 14))
    suspend(other, date(2026, 9, 7), date(2026, 9, 7))

    page = officer.get(PAGE).content.decode()

    assert list(Reading.objects.filter(surface="threshold watch").values_list("pupil", flat=True)) == [pupil.pk]
    assert "app-late" not in page
    assert "govuk-tag--red" not in page
    assert "app-counts__late" not in page


def test_number_of_queries_does_not_grow_and_pages_hold_50(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    suspend(child(), date(2026, 9, 7), date(2026, 9, 11))
    officer.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        officer.get(PAGE)
    for _ in range(52):
        suspend(child(), date(2026, 9, 7), date(2026, 9, 11))
    with CaptureQueriesContext(connection) as many:
        first = officer.get(PAGE)

    assert len(asked(many)) == len(asked(few)) <= 15
    assert len(shown(first)) == 50
    assert len(shown(officer.get(f"{PAGE}?page=2"))) == 3


def test_nobody_who_may_not_see_exclusions_comes_here_and_nothing_is_posted(
    officer: Client, client_of: ClientOf, cast: Cast
) -> None:
    assert client_of(cast.administrator).get(PAGE).status_code == 404
    assert officer.post(PAGE).status_code == 405


def test_school_page_counts_its_children_for_those_who_may_see_exclusions(
    officer: Client, client_of: ClientOf, cast: Cast, place: Place, child: Callable[[], Pupil], suspend: Suspend
) -> None:
    suspend(child(), date(2026, 9, 7), date(2026, 9, 11))
    address = f"/schools/{place.school.urn}/"

    page = officer.get(address).content.decode()

    assert "1 near or past 5 days this term" in page
    assert f"{PAGE}?limit=5&amp;school={place.school.urn}" in page
    assert "Children near a limit of suspension" not in client_of(cast.administrator).get(address).content.decode()


def test_list_and_case_lead_here(officer: Client, suspension: Exclusion) -> None:
    assert PAGE in officer.get("/exclusions/").content.decode()
    assert PAGE in officer.get(f"/exclusions/{suspension.case.reference}/").content.decode()


def test_schools_without_term_dates_are_said_and_never_read_as_no_child(
    officer: Client, child: Callable[[], Pupil], suspend: Suspend, monkeypatch: pytest.MonkeyPatch
) -> None:
    suspend(child(), date(2026, 9, 7), date(2026, 9, 11))
    assert "No term dates are held" not in officer.get(PAGE).content.decode()
    monkeypatch.setattr("exclusions.views.thresholds.timezone.localdate", lambda: date(2029, 9, 20))

    assert "No term dates are held for today at 2 schools" in officer.get(PAGE).content.decode()
