"""My work: what is due, by when, whose, and who has no education today."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Duty, Pupil, Reading
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.queries import asked

PAGE = "/my-work/"
Log = Callable[..., Exclusion]


@pytest.fixture
def log(cast: Cast, place: Place) -> Log:
    """Log a notice about another child of the secondary school."""

    def log(**changes: object) -> Exclusion:
        child: Pupil = rows.PupilFactory.create(home_authority=place.authority)
        rows.RollSpellFactory.create(pupil=child, school=place.school)
        facts = {"by": cast.asha, "first_day": date(2026, 10, 12)} | changes
        return exclusion_rows.exclusion(pupil=child, school=place.school, **facts)  # type: ignore[arg-type]

    return log


def names(response: object, group: str) -> list[str]:
    """Return the children of one group of the page."""
    found = next(each for each in response.context["groups"] if each["name"] == group)  # type: ignore[attr-defined]
    return [row["child"]["name"] for row in found["rows"] if row["child"]]


def test_duty_stands_under_overdue_today_or_this_week(officer: Client, log: Log) -> None:
    late, soon = log(first_day=date(2026, 10, 12)), log(first_day=date(2026, 10, 22))

    page = officer.get(PAGE)

    assert late.case.pupil.name in names(page, "overdue")
    assert "school days late" in page.content.decode()
    assert soon.case.pupil.name in names(page, "week")


def test_day_between_the_two_readings_is_today_and_not_late(officer: Client, log: Log) -> None:
    # Day six is Tuesday 3 November, or today, Wednesday 4 November, on the other reading.
    log(first_day=date(2026, 10, 20))

    page = officer.get(f"{PAGE}?duty=sixth_day")

    assert [group["total"] for group in page.context["groups"]] == ["0", "1", "0"]
    assert "on the first reading" in page.content.decode()


def test_only_my_cases_unless_i_ask_for_everybodys(officer: Client, cast: Cast, log: Log) -> None:
    mine, hers = log(), log()
    Case.objects.filter(pk=hers.case_id).update(owner=cast.imran)

    assert hers.case.pupil.name not in officer.get(PAGE).content.decode()
    assert hers.case.pupil.name in officer.get(f"{PAGE}?whose=everybody").content.decode()
    theirs = officer.get(f"{PAGE}?whose={cast.imran.pk}").content.decode()
    assert hers.case.pupil.name in theirs
    assert mine.case.pupil.name not in theirs
    Case.objects.update(owner=None)
    assert mine.case.pupil.name in officer.get(f"{PAGE}?whose=nobody").content.decode()


def test_phase_and_duty_filters_narrow_the_list(officer: Client, log: Log) -> None:
    log()

    assert not names(officer.get(f"{PAGE}?phase=primary"), "overdue")
    assert names(officer.get(f"{PAGE}?phase=secondary"), "overdue")
    assert len(officer.get(f"{PAGE}?duty=sixth_day").context["groups"][0]["rows"]) == 1


@pytest.mark.parametrize("query", ["whose=9999999999999", "whose=x", "duty=nothing", "phase=no", "show=odd", "page=-3"])
def test_filter_that_is_none_is_passed_over(officer: Client, log: Log, query: str) -> None:
    log()

    assert officer.get(f"{PAGE}?{query}").status_code == 200


def test_one_group_alone_is_paged(officer: Client, log: Log) -> None:
    case = log()
    Duty.objects.bulk_create(
        Duty(
            case_id=case.case_id, key="review_hearing", opened_by=f"step {number}", holder="board", rule="R38", opened_on=date(2026, 10, 12),
            due=date(2026, 10, 30), other_due=date(2026, 10, 30),
        )
        for number in range(60)
    )  # fmt: skip

    first, second = officer.get(f"{PAGE}?show=overdue"), officer.get(f"{PAGE}?show=overdue&page=2")

    assert len(first.context["groups"][0]["rows"]) == 50
    assert len(second.context["groups"][0]["rows"]) >= 10
    assert "All 6" in officer.get(PAGE).content.decode()


def test_child_without_education_is_named_until_it_starts(officer: Client, log: Log, cast: Cast) -> None:
    case = log()
    assert [row["name"] for row in officer.get(PAGE).context["no_education"]] == [case.case.pupil.name]
    Duty.objects.filter(case=case.case_id, key="sixth_day").update(met_on=date(2026, 11, 4))

    assert officer.get(PAGE).context["no_education"] == []


def test_every_child_shown_is_recorded_as_read(officer: Client, log: Log) -> None:
    case = log()

    officer.get(PAGE)

    assert Reading.objects.filter(pupil=case.case.pupil_id, surface="my work").count() == 1


def test_number_of_queries_does_not_grow(officer: Client, log: Log) -> None:
    for _ in range(3):
        log()
    officer.get(PAGE)

    with CaptureQueriesContext(
        connection,
    ) as few:
        officer.get(f"{PAGE}?whose=everybody")
    for _ in range(8):
        log(first_day=date(2026, 10, 30))
    with CaptureQueriesContext(connection) as many:
        officer.get(f"{PAGE}?whose=everybody")

    assert len(asked(many)) == len(asked(few)) <= 12


def test_nobody_who_may_not_see_exclusions_comes_here(client_of: ClientOf, cast: Cast) -> None:
    assert client_of(cast.administrator).get(PAGE).status_code == 404


def test_nothing_to_do_says_what_will_stand_here(officer: Client) -> None:
    assert "Duties open when a notice is logged" in officer.get(PAGE).content.decode()


def test_first_page_is_my_work(officer: Client) -> None:
    assert officer.get("/").headers["Location"] == PAGE


def test_new_notices_of_seven_days_stand_beside_the_work_and_lead_to_the_list(officer: Client, log: Log) -> None:
    new = log(first_day=date(2026, 11, 2))
    old = log()
    Exclusion.objects.filter(pk=new.pk).update(logged_at=datetime(2026, 10, 28, 9, tzinfo=UTC))
    Exclusion.objects.filter(pk=old.pk).update(logged_at=datetime(2026, 10, 27, 9, tzinfo=UTC))

    page = officer.get(PAGE)

    assert [row["text"] for row in page.context["new_notices"]] == [
        f"Permanent exclusion, Year 9, {new.case.reference}"
    ]
    href = page.context["new_href"]
    assert href == "/exclusions/?period=&logged_from=2026-10-28&sort=-logged&owner=mine"
    listed = officer.get(href).content.decode()
    assert "1 notice about 1 child" in listed
    assert new.case.reference in listed


def test_new_notices_panel_names_no_child(officer: Client, log: Log) -> None:
    case = log(first_day=date(2026, 11, 2))
    Exclusion.objects.update(logged_at=datetime(2026, 11, 2, 9, tzinfo=UTC))

    page = officer.get(PAGE).content.decode()

    panel = page[page.index('id="new-notices"') : page.index('id="drafts"')]
    assert case.school.name in panel
    assert case.case.pupil.last_name not in panel


def test_open_cases_are_counted_once_each_and_lead_to_them(officer: Client, log: Log, cast: Cast) -> None:
    log()
    other = log()
    Case.objects.filter(exclusion=other).update(owner=cast.imran)

    for query, text, number in (("", "my open cases", "1"), ("?whose=everybody", "open cases", "2")):
        page = officer.get(f"{PAGE}{query}")
        found = {each["text"]: each for each in page.context["counts"]}
        assert found[text]["value"] == number
        assert f"{number} notice" in officer.get(found[text]["href"]).content.decode()
