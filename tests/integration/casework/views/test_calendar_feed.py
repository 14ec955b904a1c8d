"""A person's calendar feed: what is due, by reference only, to whoever holds the address while the account lasts."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from casework.models import Case, Duty, Pupil, Reading, User
from casework.services import calendar_feeds
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import NOW
from tests.integration.casework.test_logs import lines  # noqa: F401 - fixture
from tests.queries import asked

Write = Callable[..., Duty]


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/calendar/{calendar_feeds.make(by=cast.asha, at=NOW)}.ics"


@pytest.fixture
def duty(exclusion: Exclusion) -> Write:
    """Write one duty of the case in place of its own."""
    Duty.objects.all().delete()

    def duty(due: date, other_due: date | None = None, **changes: Any) -> Duty:
        facts = {"key": "sixth_day", "holder": "authority", "rule": "R17", "opened_on": date(2026, 10, 12)} | changes
        return Duty.objects.create(case=exclusion.case, due=due, other_due=other_due or due, **facts)

    return duty


def events(client: Client, address: str) -> list[Any]:
    """Return the events of a feed."""
    return list(Calendar.from_ical(client.get(address).content).walk("VEVENT"))


def test_duty_is_an_all_day_event_that_names_its_case_by_reference(
    client: Client, address: str, exclusion: Exclusion, duty: Write
) -> None:
    held = duty(date(2026, 11, 10), date(2026, 11, 11))

    (event,) = events(client, address)

    reference = exclusion.case.reference
    assert event["summary"] == f"Day-six education, {reference}"
    assert event.decoded("dtstart") == date(2026, 11, 10)
    assert event.decoded("dtend") == date(2026, 11, 11)
    assert event["uid"] == f"duty-{held.pk}@999.sixth-day"
    assert f"http://testserver/exclusions/{reference}/" in event["description"]
    assert "or Wednesday 11 November 2026 on the other reading" in event["description"]
    assert events(client, address)[0]["uid"] == event["uid"]


def test_late_duty_stands_on_today_and_one_after_60_days_does_not_stand(
    client: Client, address: str, duty: Write
) -> None:
    duty(date(2026, 10, 19))
    duty(date(2026, 11, 3), date(2026, 11, 5), key="review_hearing")
    duty(date(2027, 1, 3), key="board_meeting")
    duty(date(2027, 1, 4), key="decision_letter")

    found = [(event["summary"].split(",")[0], event.decoded("dtstart")) for event in events(client, address)]

    assert found == [
        ("Late: Day-six education", date(2026, 11, 4)),
        ("Review panel’s hearing", date(2026, 11, 4)),
        ("Governors’ meeting", date(2027, 1, 3)),
    ]


def test_met_ended_unchased_and_others_duties_are_left_out(
    client: Client, address: str, cast: Cast, exclusion: Exclusion, duty: Write
) -> None:
    duty(date(2026, 11, 10), met_on=date(2026, 11, 2))
    duty(date(2026, 11, 10), key="review_hearing", ended_because="Withdrawn")
    duty(date(2026, 11, 10), key="first_five_days")
    assert events(client, address) == []

    duty(date(2026, 11, 10), key="board_meeting")
    assert len(events(client, address)) == 1
    Case.objects.filter(pk=exclusion.case_id).update(owner=cast.imran)
    assert events(client, address) == []


def test_nothing_names_the_child_or_the_school(
    client: Client, address: str, exclusion: Exclusion, pupil: Pupil
) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(upn="A999400122001", date_of_birth=date(2013, 2, 3))

    text = client.get(address).content.decode().replace("\r\n ", "")

    assert text.count("BEGIN:VEVENT") > 3
    for word in ("Zephyrine", "Quillfeather", "A999400122001", "2013", "20130203", "3 February", str(pupil.public_id)):
        assert word not in text
    for word in ("Marchbridge", exclusion.school.urn, "PP", "suspen"):
        assert word not in text


def test_answer_is_a_calendar_that_no_cache_keeps_and_needs_no_session(address: str, exclusion: Exclusion) -> None:
    answer = Client().get(address)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 405


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"access_ends_on": date(2026, 11, 3)}, {"role": "administrator"}, {"role": "caretaker"}],
)
def test_account_that_has_ended_or_may_no_longer_see_exclusions_has_no_feed(
    change: dict[str, Any], client: Client, address: str, cast: Cast, exclusion: Exclusion
) -> None:
    assert client.get(address).status_code == 200

    User.objects.filter(pk=cast.asha.pk).update(**change)

    assert client.get(address).status_code == 404


def test_demonstration_account_has_no_feed_in_production(
    client: Client, address: str, cast: Cast, settings: Any
) -> None:
    User.objects.filter(pk=cast.asha.pk).update(is_demonstration=True)
    settings.SIXTH_DAY_MODE = "production"

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("secret", ["A" * 43, "A" * 42, "A" * 44, "", "%00" * 43])
def test_secret_that_opens_nothing_is_not_there(secret: str, client: Client, address: str) -> None:
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_children_of_the_cases_listed_are_recorded_as_read_by_the_owner(
    client: Client, address: str, cast: Cast, exclusion: Exclusion
) -> None:
    client.get(address)

    (reading,) = Reading.objects.filter(surface="calendar feed")
    assert (reading.user, reading.pupil) == (cast.asha, exclusion.case.pupil)


def test_secret_is_not_logged(
    client: Client, address: str, exclusion: Exclusion, lines: io.StringIO  # noqa: F811
) -> None:  # fmt: skip
    secret = address.split("/")[2].removesuffix(".ics")
    client.get(address)
    client.post(address)
    client.get(address.replace(".ics", ".icz"))
    calendar_feeds.end(by=exclusion.logged_by, at=NOW)  # type: ignore[arg-type]
    client.get(address)

    assert len(lines.getvalue().splitlines()) >= 4
    assert secret not in lines.getvalue()
    assert secret[:20] not in lines.getvalue()


def test_number_of_queries_does_not_grow_and_500_events_are_the_most(
    client: Client, address: str, exclusion: Exclusion, duty: Write
) -> None:
    duty(date(2026, 11, 10))
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    Duty.objects.bulk_create(
        Duty(
            case=exclusion.case, key="review_hearing", opened_by=f"step {number}", holder="board", rule="R38",
            opened_on=date(2026, 10, 12), due=date(2026, 11, 11), other_due=date(2026, 11, 11),
        )
        for number in range(520)
    )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        found = events(client, address)

    assert len(found) == 500
    assert len(asked(many)) == len(asked(few)) <= 4
