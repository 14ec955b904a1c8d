"""The calculator: dates from facts, for anybody; nothing is saved."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.limits import LARGEST_BODY
from exclusions.rules.readings import Ambiguity, Setting
from exclusions.rules.rule_sets import rule_set_on
from exclusions.services import readings
from tests.architecture.snapshot import changed, snapshot
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.notice_form import errors

PAGE = "/calculator/"
CALENDAR_A = """3/9/2025 to 24/10/2025
4/11/2025 to 19/12/2025
6/1/2026 to 13/2/2026
23/2/2026 to 27/3/2026
13/4/2026 to 22/5/2026
1/6/2026 to 20/7/2026"""


@pytest.fixture(autouse=True)
def _place(place: Place) -> None:
    cache.clear()


def typed(**facts: str) -> dict[str, str]:
    """Return the facts of a permanent exclusion on calendar A, changed as told."""
    return {
        "calendar": "own",
        "terms": CALENDAR_A,
        "kind": "permanent",
        "first_day": "14/10/2025",
        "looked_after": "no",
        "lives_here": "yes",
    } | facts


def found(client: Client, **facts: str) -> dict[str, Any]:
    """Return what the page found, or fail with what is wrong."""
    response = client.post(PAGE, typed(**facts))
    assert response.context["found"], response.context["form"].errors
    result: dict[str, Any] = response.context["found"]
    return result


def dates(client: Client, **facts: str) -> dict[str, str]:
    """Return the date of each row by what must be done, with the second line behind it."""
    rows = found(client, **facts)["rows"]
    return {row["what"]: "; ".join([row.get("due") or row["because"], *row.get("second", [])]) for row in rows}


def test_page_opens_without_an_account_and_asks_for_facts(client: Client) -> None:
    response = client.get(PAGE)

    assert response.status_code == 200
    assert b"Sign in" in response.content
    assert b"Each date will stand here" in response.content


def test_permanent_exclusion_shows_both_readings_and_the_governors(client: Client) -> None:
    rows = dates(client, governors_told="14/10/2025", closed="3/11/2025")

    assert rows == {
        "Day-six education running": "Tuesday 21 October; or Wednesday 22 October, on the other reading",
        "Governors meet": "Wednesday 12 November; 15 school days after Tuesday 14 October",
        "First-day education": "Does not apply: not looked after",
    }


def test_heading_working_and_sources_stand_on_the_page(client: Client) -> None:
    page = client.post(PAGE, typed(governors_told="14/10/2025")).content.decode()

    assert "Permanent exclusion from Tuesday 14 October 2025" in page
    assert "Day 6: must have started" in page
    assert "Day 15: last day to meet" in page
    assert "Governors told: not counted" in page
    assert "R21. Education Act 1996 s19(3A); guidance para 90." in page
    assert "The law leaves two readings of day six: work to the earlier." in page


def test_suspension_shows_its_last_day_the_way_back_and_its_totals(client: Client) -> None:
    result = found(client, kind="suspension", first_day="8/9/2025", days="8", earlier="3/9/2025, 1.5")

    assert result["totals"] == (
        "Last day Wednesday 17 September, back on Thursday 18 September, "
        "9.5 school days in the term, 9.5 in the year, 35.5 left. "
        "Governors must meet if the parents make representations."
    )
    assert dates(client, kind="suspension", first_day="8/9/2025", days="8")["Day-six education running"] == (
        "Monday 15 September"
    )


def test_suspension_of_five_days_needs_no_education(client: Client) -> None:
    rows = dates(client, kind="suspension", first_day="8/9/2025", days="5")

    assert rows["Day-six education running"].startswith("Does not apply: not more than five")


def test_whole_chain_to_the_panel(client: Client) -> None:
    rows = dates(
        client,
        first_day="10/11/2025",
        governors_told="10/11/2025",
        governors_met="28/11/2025",
        letter_on="28/11/2025",
        applied_on="18/12/2025",
        panel_notice_on="26/1/2026",
        closed="5/1/2026",
    )

    assert rows["Governors meet"].startswith("Monday 1 December")
    assert "met on Friday 28 November, in time" in rows["Governors meet"]
    assert rows["Review applied for"].startswith("Friday 19 December")
    assert rows["Review panel meets"].startswith("Friday 23 January")
    assert rows["Governors reconsider"].startswith("Monday 9 February")


def test_letter_by_post_counts_from_the_second_working_day(client: Client, place: Place) -> None:
    rows = dates(client, first_day="10/11/2025", letter_on="24/11/2025", letter_method="first_class")

    assert rows["Review applied for"].startswith("Wednesday 17 December")
    assert rows["Off the roll, not before"].startswith("Thursday 18 December")


def test_other_clocks_run_beside_the_exclusion(client: Client) -> None:
    rows = dates(client, fair_access_on="5/2/2026", in_year_on="5/2/2026", off_site_on="8/6/2026", second="on")

    assert rows["Place allocated under fair access"].startswith("Thursday 12 March")
    assert rows["Notice of the off-site direction"].startswith("Thursday 4 June")
    assert rows["Preference need not be met until"].startswith("Wednesday 13 October 2027")


def test_snow_moves_the_date_and_is_said(client: Client) -> None:
    page = client.post(PAGE, typed(first_day="18/11/2025", closures="20/11/2025, 21/11/2025")).content.decode()

    assert "Thursday 27 November" in page
    assert "Not counted: closed" in page


def test_council_pattern_is_offered_where_term_dates_are_held(client: Client) -> None:
    labels = [str(label) for _, label in client.get(PAGE).context["form"].fields["calendar"].choices]

    assert labels[0].startswith("Marchshire pattern, ")
    assert labels[1] == "Type my own"


def test_council_pattern_counts(client: Client) -> None:
    answer = client.post(
        PAGE, typed(calendar="authority", terms="", first_day=f"{TODAY.day}/{TODAY.month}/{TODAY.year}")
    )

    assert answer.context["found"]["rows"]


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"first_day": ""}, "first_day", "Enter first day out"),
        ({"first_day": "soon"}, "first_day", "is not a day"),
        ({"first_day": "20/8/2027"}, "first_day", "No term dates are held for 20 August 2027"),
        ({"kind": "suspension"}, "days", "Enter how many school days the suspension lasts"),
        ({"kind": "suspension", "days": "1.3"}, "days", "Enter school days in halves"),
        ({"kind": "suspension", "days": "lots"}, "days", "Enter school days in halves"),
        ({"kind": "suspension", "days": "900"}, "first_day", "No term dates are held"),
        ({"terms": ""}, "terms", "Enter the term dates"),
        ({"terms": "3/9/2025"}, "terms", "like 3/9/2026 to 23/10/2026"),
        ({"terms": "24/10/2025 to 3/9/2025"}, "terms", "ends before it"),
        ({"terms": "3/9/2025 to 24/10/2025", "terms_in_year": "2"}, "terms", "must name the term"),
        ({"closed": "never"}, "closed", "is not a day"),
        ({"closures": "31/6/2026"}, "closures", "does not exist"),
        ({"governors_told": "1/9/2024"}, "governors_told", "No term dates are held for 1 September 2024"),
        ({"letter_on": "13/10/2025"}, "letter_on", "13 October 2025 is before the first day"),
        ({"sent_home_on": "15/10/2025"}, "sent_home_on", "15 October 2025 is after the first day"),
        ({"earlier": "8/9/2025"}, "earlier", "as first day and school days"),
        ({"earlier": "8/9/2027, 2"}, "earlier", "No term dates are held for 8 September 2027"),
        ({"first_day": "8/9/2006"}, "first_day", "No term dates are held"),
        ({"kind": "expelled"}, "kind", "Choose one from the list"),
    ],
)
def test_mistake_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, facts: dict[str, str], field: str, said: str
) -> None:
    response = client.post(PAGE, typed(**facts))

    assert said in errors(response)[field]
    assert response.context["found"] is None
    assert b"There is a problem" in response.content
    assert all(value.split("\n")[0] in response.content.decode() for value in facts.values() if value != "expelled")


def open_groups(response: Any) -> list[str]:
    return [group["title"] for group in response.context["form"].groups if group["open"]]


def test_facts_that_are_used_stay_open(client: Client) -> None:
    plain = typed(calendar="authority", terms="", terms_in_year="3", school_kind="maintained", compulsory_age="yes")

    assert open_groups(client.get(PAGE)) == []
    assert open_groups(client.post(PAGE, plain)) == []
    assert open_groups(client.post(PAGE, plain | {"closures": "20/11/2025"})) == ["Term dates and closures"]
    assert open_groups(client.post(PAGE, plain | {"letter_on": "soon"})) == ["What came after"]
    assert open_groups(client.post(PAGE, typed())) == ["Term dates and closures"]


def test_chosen_reading_is_used(client: Client, cast: Cast) -> None:
    ambiguity = Ambiguity.SIXTH_DAY_OF_PERMANENT
    readings.choose(
        by=cast.administrator,
        at=NOW,
        ambiguity=ambiguity,
        version=0,
        setting=Setting.READING_1,
        in_force_from=TODAY.replace(year=2025, month=9, day=1),
        why="Advice",
    )

    assert dates(client)["Day-six education running"] == "Tuesday 21 October"


def test_unchecked_rules_are_warned_of_until_somebody_has_checked_them(client: Client, cast: Cast) -> None:
    facts = typed(terms="3/9/2026 to 23/10/2026\n3/11/2026 to 18/12/2026", first_day="21/10/2026")
    assert b"not yet checked against the published guidance" in client.post(PAGE, facts).content

    readings.say_checked(
        by=cast.administrator,
        at=NOW,
        on=TODAY,
        rules=rule_set_on(TODAY),
        version=0,
        is_checked=True,
        checked_by="Mira Thorne",
        checked_on=TODAY,
    )

    assert b"not yet checked against the published guidance" not in client.post(PAGE, facts).content


def test_nothing_is_saved_and_no_child_is_asked_for(client: Client) -> None:
    before = snapshot()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.post(PAGE, typed(governors_told="14/10/2025"))

    assert changed(before, snapshot()) == set()
    tables = " ".join(query["sql"] for query in queries)
    assert not any(f'"{name}"' in tables for name in ("casework_pupil", "casework_case", "exclusions_exclusion"))
    assert "session" not in client.cookies


def test_somebody_without_an_account_may_ask_so_often_an_hour(client: Client, settings: Any) -> None:
    settings.OPEN_REQUESTS_AN_HOUR = 2

    answers = [client.get(PAGE) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 3600
    other = client.get(PAGE, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_somebody_signed_in_may_ask_as_often_as_needed(officer: Client, settings: Any) -> None:
    settings.OPEN_REQUESTS_AN_HOUR = 1

    assert [officer.get(PAGE).status_code for _ in range(3)] == [200, 200, 200]


def test_too_large_a_body_is_refused(client: Client) -> None:
    response = client.post(PAGE, typed(earlier="x" * LARGEST_BODY))

    assert response.status_code == 413
