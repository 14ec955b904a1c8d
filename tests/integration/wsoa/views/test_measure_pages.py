"""Measures: entered with evidence, or bound to the cases, which say what changed to those who may know."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf, Place
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.page_form import errors, filled
from tests.queries import asked
from wsoa.models import Measure, MeasureReading, Plan, ReadingWithdrawal
from wsoa.rules.indicators import PERMANENT_EHC
from wsoa.services import measures as service
from wsoa.services.measures import Understood

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def measure(plan: Plan) -> Measure:
    found: Measure = Measure.objects.get(priority__plan=plan)
    return found


def here(measure: Measure, tail: str = "") -> str:
    return f"/plans/written-statement/measures/{measure.pk}/{tail}"


def words(answer: Any) -> str:
    """Return the words of a page's main part, with one space between them."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(main.split())


def send(client: Client, address: str, **typed: str) -> Any:
    return client.post(address, filled(client, address) | typed)


def bound(measure: Measure, cast: Cast) -> Measure:
    understood = Understood(
        direction="down", target=Decimal(0), indicator=PERMANENT_EHC, since=date(2021, 9, 1), due=date(2027, 7, 31)
    )
    service.understand(by=cast.ruth, measure=measure, version=measure.version, facts=understood)
    measure.refresh_from_db()
    return measure


def with_a_plan(place: Place, cast: Cast) -> Exclusion:
    found = exclusion_rows.exclusion(pupil=rows.child_on_roll(place.school), school=place.school, by=cast.asha)
    Exclusion.objects.filter(pk=found.pk).update(sen="E")
    return found


def test_one_case_changes_the_reading_and_is_named_to_those_who_may_know(
    measure: Measure, cast: Cast, place: Place, officer: Client, client_of: ClientOf
) -> None:
    bound(measure, cast)
    first = with_a_plan(place, cast)
    assert service.keep_readings(at=NOW, on=TODAY) == 1
    assert service.keep_readings(at=NOW, on=TODAY) == 0
    same = words(officer.get(here(measure)))
    assert "<b>1</b>" in same
    assert "The same cases are counted." in same

    second = with_a_plan(place, cast)
    Exclusion.objects.filter(pk=first.pk).update(sen="K")
    third = with_a_plan(place, cast)

    page, lead = words(officer.get(here(measure))), words(client_of(cast.plan_lead).get(here(measure)))
    assert "<b>2</b>" in page
    for came in (second, third):
        assert page.count(came.case.reference) >= 2
    assert page.count("Counted now, and not when last kept") == 2
    assert page.count("Counted when last kept, and not now") == 1
    assert first.case.reference in page
    assert "<b>2</b>" in lead
    for each in (first, second, third):
        assert each.case.reference not in lead
        assert each.case.pupil.last_name not in lead
    seen = set(Reading.objects.filter(surface="cases behind a measure").values_list("user", "pupil"))
    assert {(cast.asha.pk, each.case.pupil_id) for each in (first, second, third)} == seen


def test_list_shows_baseline_reading_target_and_state(measure: Measure, cast: Cast, officer: Client) -> None:
    assert "Not held against a target" in words(officer.get("/plans/written-statement/measures/"))

    bound(measure, cast)

    page = words(officer.get("/plans/written-statement/measures/"))
    assert "From the cases, live" in page
    assert "Target met" in page


def test_reading_is_a_number_with_its_evidence(measure: Measure, manager: Client) -> None:
    prose = send(manager, here(measure, "read/"), value="about ten", evidence="Survey")
    assert errors(prose)["value"] == "Enter a number only, such as 14 or 18.4"
    assert "about ten" in prose.content.decode()
    assert "evidence" in errors(send(manager, here(measure, "read/"), value="10"))
    assert "on" in errors(send(manager, here(measure, "read/"), value="10", evidence="Survey", on="5/11"))

    assert send(manager, here(measure, "read/"), value="10.5", evidence="Survey, file 3").status_code == 302

    kept = MeasureReading.objects.get()
    assert (kept.value, kept.evidence, kept.on) == (Decimal("10.5"), "Survey, file 3", TODAY)
    assert "10.5" in words(manager.get(here(measure)))
    with pytest.raises(DatabaseError), transaction.atomic():
        MeasureReading.objects.update(value=0)


def test_nobody_enters_the_value_of_a_measure_that_reads_the_cases(
    measure: Measure, cast: Cast, manager: Client
) -> None:
    bound(measure, cast)

    assert manager.get(here(measure, "read/")).status_code == 404
    assert "Enter a reading" not in words(manager.get(here(measure)))
    with pytest.raises(service.Bound):
        service.read(by=cast.ruth, at=NOW, measure=measure, on=TODAY, value=Decimal(1), evidence="x")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"target": "70"}, "direction"),
        ({"baseline": "4", "direction": "down"}, "baseline_on"),
        ({"baseline": "10", "baseline_on": "1/9", "target": "20", "direction": "down"}, "target"),
        ({"baseline": "20", "baseline_on": "1/9", "target": "10", "direction": "up"}, "target"),
        ({"indicator": PERMANENT_EHC}, "since"),
        ({"since": "1/9/2021"}, "since"),
        ({"target": "many"}, "target"),
        (
            {"baseline": "4", "baseline_on": "1/9/2026", "due": "1/9/2026", "target": "0", "direction": "down"},
            "due",
        ),
    ],
)
def test_what_a_measure_asks_for_must_make_sense(
    measure: Measure, manager: Client, typed: dict[str, str], field: str
) -> None:
    answer = send(manager, here(measure, "change/"), **typed)

    assert answer.status_code == 200
    assert field in errors(answer)
    measure.refresh_from_db()
    assert measure.version == 1


def test_measure_is_changed_and_a_second_change_is_told(measure: Measure, manager: Client) -> None:
    stale = filled(manager, here(measure, "change/")) | {"target": "5", "direction": "down"}
    changed = send(
        manager, here(measure, "change/"), indicator=PERMANENT_EHC, since="1/9/2021", target="0", direction="down"
    )

    assert changed.status_code == 302
    again = manager.post(here(measure, "change/"), stale)
    assert "Somebody else changed this measure" in again.content.decode()
    measure.refresh_from_db()
    assert (measure.indicator, measure.since, measure.target) == (PERMANENT_EHC, date(2021, 9, 1), Decimal(0))


def test_measure_of_another_plan_is_not_found(measure: Measure, manager: Client) -> None:
    assert manager.get(f"/plans/none/measures/{measure.pk}/").status_code == 404
    assert manager.get("/plans/written-statement/measures/999999/").status_code == 404


def test_list_of_measures_asks_as_much_of_many_as_of_one(measure: Measure, officer: Client) -> None:
    counted = []
    for number in (0, 40):
        Measure.objects.bulk_create(
            Measure(priority=measure.priority, position=n + 2, title=f"Measure {n}") for n in range(number)
        )
        with CaptureQueriesContext(connection) as captured:
            officer.get("/plans/written-statement/measures/")
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]


def test_reading_entered_wrongly_is_withdrawn_with_a_reason_and_counts_no_more(
    measure: Measure, cast: Cast, manager: Client, officer: Client
) -> None:
    for on, value in (("1/10", "12"), ("1/11", "1,200")):
        assert send(manager, here(measure, "read/"), on=on, value=value, evidence="Survey").status_code == 302
    wrong = MeasureReading.objects.get(value=1200)
    page = here(measure, f"readings/{wrong.pk}/withdraw/")
    assert "because" in errors(send(manager, page, because=" "))
    form = filled(manager, page) | {"because": "A nought too many"}

    first, twice = (manager.post(page, form) for _ in range(2))

    assert (first.status_code, twice.status_code) == (302, 302)
    shown = words(officer.get(here(measure)))
    assert "<b>12</b>" in shown
    assert "Withdrawn 4 November 2026 by Ruth Penhale: A nought too many" in shown
    assert "readings/" not in shown
    assert manager.get(page).status_code == 302
    with pytest.raises(service.AlreadyWithdrawn):
        service.withdraw_reading(by=cast.ruth, at=NOW, reading=wrong, because="Again")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReadingWithdrawal.objects.update(because="Other")


def test_reading_kept_from_the_cases_or_of_another_measure_is_not_withdrawn(
    measure: Measure, cast: Cast, manager: Client
) -> None:
    entered = service.read(by=cast.ruth, at=NOW, measure=measure, on=TODAY, value=Decimal(4), evidence="Survey")
    bound(measure, cast)
    service.keep_readings(at=NOW, on=TODAY)
    kept = MeasureReading.objects.get(exclusions__isnull=False)
    other = Measure.objects.create(priority=measure.priority, position=9, title="Another")

    assert manager.get(here(measure, f"readings/{kept.pk}/withdraw/")).status_code == 404
    assert manager.get(here(other, f"readings/{entered.pk}/withdraw/")).status_code == 404
    with pytest.raises(service.Bound):
        service.withdraw_reading(by=cast.ruth, at=NOW, reading=kept, because="Wrong")


def test_trend_has_one_point_a_day_and_none_that_was_withdrawn(measure: Measure, cast: Cast, manager: Client) -> None:
    def kept(day: int, value: int) -> MeasureReading:
        return service.read(
            by=cast.ruth, at=NOW, measure=measure, on=date(2026, 10, day), value=Decimal(value), evidence="Survey"
        )

    kept(1, 30), kept(8, 25), kept(8, 24)
    wrong = kept(15, 99)
    assert "Readings: 30, 24, 99" in words(manager.get(here(measure)))

    service.withdraw_reading(by=cast.ruth, at=NOW, reading=wrong, because="Last year’s")

    assert "Readings: 30, 24&quot;" in words(manager.get(here(measure))).replace('"', "&quot;")


@pytest.mark.parametrize(
    ("typed", "value"), [("1,203", "1203"), (" 12,345,678.5 ", "12345678.5"), ("1,5", None), ("1,2034", None), ("1,203,", None), ("1e3", None), ("-4.5", "-4.5"), (".5", "0.5"), ("-", None)]
)  # fmt: skip
def test_number_takes_commas_between_thousands_alone(
    typed: str, value: str | None, measure: Measure, manager: Client
) -> None:
    answer = send(manager, here(measure, "read/"), value=typed, evidence="Survey")

    assert [each.value for each in MeasureReading.objects.all()] == ([Decimal(value)] if value else [])
    if value is None:
        assert errors(answer)["value"] == "Enter a number only, such as 14 or 18.4"
