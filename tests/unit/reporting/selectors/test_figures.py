"""Figures over a handful of cases, each worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import CensusHeadcount, Pupil, School
from casework.rules.periods import Period
from exclusions.models import Exclusion, OutcomeEvent, Provision
from reporting.models import PublishedFigure
from reporting.selectors.figures import NotPublished, figures
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows

pytestmark = pytest.mark.django_db

AS_AT = date(2026, 12, 1)
WHEN = datetime(2026, 10, 20, 12, tzinfo=UTC)


@pytest.fixture
def secondary() -> School:
    authority = rows.LocalAuthorityFactory.create()
    rows.default_calendar(authority)
    school: School = rows.SchoolFactory.create(authority=authority)
    return school


@pytest.fixture
def primary(secondary: School) -> School:
    school: School = rows.SchoolFactory.create(authority=secondary.authority, phase="primary")
    return school


def child(school: School, year_group: str = "9", **facts: Any) -> Pupil:
    pupil: Pupil = rows.PupilFactory.create(home_authority=school.authority, **facts)
    rows.RollSpellFactory.create(pupil=pupil, school=school, year_group=year_group)
    return pupil


def permanent(school: School, pupil: Pupil | None = None, **facts: Any) -> Exclusion:
    return exclusion_rows.exclusion(pupil=pupil or child(school), school=school, by=None, **facts)


def suspended(school: School, pupil: Pupil, **facts: Any) -> Exclusion:
    return exclusion_rows.exclusion(pupil=pupil, school=school, by=None, kind="suspension", **facts)


def ended(exclusion: Exclusion, event: str, on: date = date(2026, 10, 20)) -> None:
    OutcomeEvent.objects.create(exclusion=exclusion, event=event, on=on, recorded_at=WHEN)


def found(period: str = "2026/27", *, as_at: date = AS_AT) -> dict[str, Any]:
    indicators: dict[str, Any] = figures(Period.parse(period), as_at=as_at)["indicators"]
    return indicators


def test_notified_is_the_sum_of_the_five_outcomes(secondary: School) -> None:
    for event in ("averted", "cancelled", "upheld by governors", "reinstated by governors"):
        ended(permanent(secondary), event)
    permanent(secondary)

    indicators = found()

    assert indicators["permanent_notified"]["value"] == 5
    for outcome in ("averted", "rescinded", "completed", "overturned", "open"):
        assert indicators[f"permanent_{outcome}"]["value"] == 1


def test_the_last_event_up_to_the_day_gives_the_outcome(secondary: School) -> None:
    exclusion = permanent(secondary)
    ended(exclusion, "upheld by governors", date(2026, 10, 30))
    ended(exclusion, "reinstated after review", date(2026, 11, 25))

    assert found(as_at=date(2026, 10, 29))["permanent_open"]["value"] == 1
    assert found(as_at=date(2026, 11, 24))["permanent_completed"]["value"] == 1
    assert found(as_at=date(2026, 11, 25))["permanent_overturned"]["value"] == 1


def test_what_the_council_was_told_later_is_not_counted_yet(secondary: School) -> None:
    permanent(secondary, council_told_on=date(2026, 10, 14))

    assert found(as_at=date(2026, 10, 13))["permanent_notified"]["value"] == 0
    assert found(as_at=date(2026, 10, 14))["permanent_notified"]["value"] == 1


def test_an_exclusion_belongs_to_the_term_of_its_first_day(secondary: School) -> None:
    permanent(secondary)

    assert found("2026/27-autumn")["permanent_notified"]["value"] == 1
    assert found("2026/27-spring")["permanent_notified"]["value"] == 0


def test_a_school_of_another_authority_is_not_the_councils(secondary: School) -> None:
    neighbour = rows.LocalAuthorityFactory.create(code="894", name="Elsewhere")
    rows.default_calendar(neighbour)
    permanent(rows.SchoolFactory.create(authority=neighbour))

    assert found()["permanent_notified"]["value"] == 0


def test_breakdowns_count_exclusions_and_reasons_count_every_reason(secondary: School, primary: School) -> None:
    codes = exclusion_rows.reason_codes()
    permanent(secondary, child(secondary, "10", sex="M"), reasons=[codes["PP"], codes["DB"]])
    permanent(secondary, child(secondary, "11", sex="F"))
    permanent(primary, child(primary, "R", sex="M"))

    by = found()["permanent_notified"]["by"]

    assert by["phase"] == {
        "primary": 1, "secondary": 2, "special": 0, "alternative provision": 0, "all-through": 0,
    }  # fmt: skip
    assert by["key_stage"] == {"EYFS": 1, "KS1": 0, "KS2": 0, "KS3": 0, "KS4": 2, "KS5": 0, "unknown": 0}
    assert by["year_group"] == {"10": 1, "11": 1, "R": 1}
    assert by["sex"] == {"M": 2, "F": 1}
    assert by["sen"] == {"N": 0, "K": 0, "E": 0, "unknown": 3}
    assert by["reason"] == {"PP": 3, "DB": 1}
    assert by["early_help"] == by["social_care"] == {"unknown": 3}


def test_rates_divide_by_the_january_headcount_of_the_year(secondary: School, primary: School) -> None:
    CensusHeadcount.objects.create(school=secondary, year=2027, headcount=600)
    CensusHeadcount.objects.create(school=primary, year=2027, headcount=300)
    CensusHeadcount.objects.create(school=primary, year=2026, headcount=999)
    ended(permanent(secondary), "upheld by governors")
    permanent(primary, child(primary, "4"))

    rate = found()["permanent_rate"]

    assert (rate["numerator"], rate["denominator"]) == (1, 900)
    assert rate["value"] == 0.11111
    assert rate["by"]["phase"] == {"secondary": 0.16667, "primary": 0.0}


def test_without_a_headcount_there_is_no_rate(secondary: School) -> None:
    permanent(secondary)

    rate = found()["permanent_rate"]

    assert (rate["value"], rate["denominator"], rate["by"]["phase"]) == (None, None, {})


def test_a_pupil_suspended_twice_at_a_school_is_one_and_at_two_schools_is_two(
    secondary: School, primary: School
) -> None:
    CensusHeadcount.objects.create(school=secondary, year=2027, headcount=100)
    often, once = child(secondary), child(secondary)
    suspended(secondary, often)
    suspended(secondary, often, first_day=date(2026, 9, 14), last_day=date(2026, 9, 14))
    suspended(primary, often, first_day=date(2026, 9, 21), last_day=date(2026, 9, 21))
    suspended(secondary, once)
    exclusion_rows.exclusion(pupil=once, school=secondary, by=None, kind="lunchtime", first_day=date(2026, 9, 7),
                             last_day=date(2026, 9, 8))  # fmt: skip

    indicators = found()

    assert indicators["suspensions"]["value"] == 4
    assert indicators["suspension_rate"]["value"] == 4.0
    assert indicators["one_or_more_rate"]["numerator"] == 3


def test_cost_is_of_permanent_exclusions_of_the_period_and_by_child(secondary: School) -> None:
    provider = exclusion_rows.ProviderFactory.create()
    twice, once, elsewhen = child(secondary), child(secondary), child(secondary)
    for exclusion, cost in (
        (permanent(secondary, twice), "3000.00"),
        (permanent(secondary, once), "2200.50"),
        (suspended(secondary, twice, first_day=date(2026, 9, 7), last_day=date(2026, 9, 8)), "500"),
        (permanent(secondary, elsewhen, first_day=date(2025, 10, 13), council_told_on=date(2025, 10, 13)), "900"),
    ):
        _arrange(exclusion, provider, cost)
    _arrange(Exclusion.objects.permanent().get(case__pupil=twice), provider, "1000")

    cost = found()["provision_cost"]

    assert cost["value"] == 6200.5
    assert cost["by"]["per_child"] == {"least": 2200.5, "middle": 3100.25, "most": 4000, "children": 2}


def test_the_number_of_queries_does_not_grow_with_the_cases(secondary: School) -> None:
    ended(permanent(secondary), "averted")
    few = _queries()
    for event in ("averted", "cancelled", "upheld by governors"):
        ended(permanent(secondary), event)
        suspended(secondary, child(secondary))

    assert _queries() == few == 7


def test_the_dfe_basis_never_looks_at_the_cases(secondary: School) -> None:
    permanent(secondary)
    for measure, phase, value in (
        ("headcount", "Total", "40000"), ("permanent_exclusions", "Total", "30"), ("permanent_rate", "Total", "0.075"),
        ("permanent_rate", "primary", "0.01"),
    ):  # fmt: skip
        PublishedFigure.objects.create(
            area="Shropshire", academic_year="2026/27", phase=phase, measure=measure, value=Decimal(value),
            status="sourced", source="A test",
        )  # fmt: skip

    indicators = figures(Period.parse("2026/27"), as_at=AS_AT, basis="dfe")["indicators"]

    assert indicators["permanent_exclusions"]["value"] == 30
    assert indicators["permanent_rate"] == {
        "value": 0.075, "numerator": 30, "denominator": 40000, "by": {"phase": {"primary": 0.01}},
        "definition": indicators["permanent_rate"]["definition"],
    }  # fmt: skip


@pytest.mark.parametrize("period", ["2026/27-autumn", "2030/31"])
def test_the_dfe_basis_says_when_nothing_is_published(period: str) -> None:
    with pytest.raises(NotPublished):
        figures(Period.parse(period), as_at=AS_AT, basis="dfe")


def test_another_basis_is_refused() -> None:
    with pytest.raises(ValueError, match="not a basis"):
        figures(Period.parse("2026/27"), as_at=AS_AT, basis="census")


def _queries() -> int:
    with CaptureQueriesContext(
        connection,
    ) as context:
        found()
    return len(context)


def _arrange(exclusion: Exclusion, provider: Any, cost: str) -> None:
    Provision.objects.create(
        exclusion=exclusion, provider=provider, starts_on=exclusion.first_day, hours_a_week=Decimal(25),
        agreed_cost=Decimal(cost), arranged_at=WHEN,
    )  # fmt: skip
