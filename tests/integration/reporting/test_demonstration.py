"""The demonstration says what was published, and nothing in it is what the product would refuse."""

import csv
import json
from collections import Counter
from datetime import date
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q, Sum

from casework.models import CensusHeadcount, Pupil, ReferenceSeries, RollSpell, School, TermSpell, User
from casework.roles import ROLES
from casework.rules import upn
from casework.rules.periods import Period
from casework.rules.terms import NcYear
from casework.selectors.calendars import calendars_of
from casework.selectors.circumstances import known_about
from exclusions.models import Exclusion, OutcomeEvent, ReasonCode, SuspendedDay
from exclusions.rules.reasons import DFE_REASONS, problems_with_reasons
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.terms import Session
from exclusions.rules.totals import days_of
from exclusions.selectors.standing import standings
from reporting.data.published import FOLDER
from reporting.demonstration.load import load_demonstration
from reporting.demonstration.totals import LAST_PUBLISHED, totals_of
from reporting.models import PublishedFigure
from reporting.published_area import PUBLISHED_AREA
from reporting.selectors.figures import figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

WATERFALL = {"notified": 75, "averted": 24, "rescinded": 7, "overturned": 1, "completed": 43, "open": 0}
# How the audit's words stand in the product's codes; two of its rows hold two codes each.
AUDIT_CODES = {
    ("reason", "Drug and alcohol related"): ("DA",),
    ("reason", "Physical assault (pupil/adult not split)"): ("PP", "PA"),
    ("reason", "Verbal abuse or threatening behaviour"): ("VP", "VA"),
    ("reason", "Persistent disruptive behaviour"): ("DB",),
    ("reason", "Use or threat of offensive weapon"): ("OW",),
    ("reason", "Sexual misconduct"): ("SM",),
    ("reason", "Inappropriate use of social media"): ("MT",),
    ("year_group", "Year 2"): ("2",),
    ("year_group", "Year 8"): ("8",),
    ("year_group", "Year 9"): ("9",),
    ("year_group", "Year 10"): ("10",),
    ("year_group", "Year 11"): ("11",),
    ("sex", "Male"): ("M",),
    ("sex", "Female"): ("F",),
    ("sen", "No SEN"): ("N",),
    ("sen", "SEN support (K)"): ("K",),
    ("sen", "EHC plan (E)"): ("E",),
    ("early_help", "Current involvement"): ("current",),
    ("early_help", "Previously known"): ("previous",),
    ("early_help", "Being triaged"): ("being triaged",),
    ("early_help", "Not known"): ("unknown",),
    ("social_care", "Child protection plan"): ("protection plan",),
    ("social_care", "Child in need plan"): ("child in need",),
    ("social_care", "Looked after"): ("looked after",),
    ("social_care", "Under social work assessment"): ("under assessment",),
    ("social_care", "Closed to social care"): ("closed",),
    ("social_care", "Current early help only"): ("early help only",),
    ("social_care", "Status unknown"): ("unknown",),
}


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open() as file:
        return list(csv.DictReader(file))


AUDIT = [row for row in rows_of("audit_autumn_2020.csv") if row["dimension"] not in ("ace", "total")]


def indicators(period: str, *, on: date, basis: str = "local") -> dict[str, Any]:
    found: dict[str, Any] = figures(Period.parse(period), as_at=on, basis=basis)["indicators"]
    return found


def test_the_waterfall_of_2020_21_is_the_papers(demonstration: date) -> None:
    found = indicators("2020/21", on=demonstration)

    assert {outcome: found[f"permanent_{outcome}"]["value"] for outcome in WATERFALL} == WATERFALL
    assert found["permanent_completed"]["by"]["key_stage"]["KS4"] == 19


def test_the_waterfall_of_2020_21_was_settled_by_the_end_of_that_august(demonstration: date) -> None:
    found = indicators("2020/21", on=date(2021, 8, 31))

    assert {outcome: found[f"permanent_{outcome}"]["value"] for outcome in WATERFALL} == WATERFALL


@pytest.mark.parametrize("row", rows_of("local_permanent_by_phase.csv"), ids=lambda row: row["academic_year"])
def test_completed_by_phase_is_the_papers(row: dict[str, str], demonstration: date) -> None:
    found = indicators(row["academic_year"], on=demonstration)
    by_phase = found["permanent_completed"]["by"]["phase"]

    assert {phase: by_phase[phase] for phase in ("primary", "secondary", "special")} == {
        phase: int(row[phase]) for phase in ("primary", "secondary", "special")
    }
    assert found["permanent_completed"]["value"] == found["permanent_notified"]["value"] == int(row["total"])


def test_what_2018_19_cost_is_the_papers(demonstration: date) -> None:
    cost = indicators("2018/19", on=demonstration)["provision_cost"]

    assert cost["value"] == 302473
    assert (cost["by"]["per_child"]["least"], cost["by"]["per_child"]["most"]) == (2200, 39200)
    assert cost["by"]["per_child"]["children"] == 90


def test_the_audit_is_of_twenty_four_children_and_twenty_six_reasons(demonstration: date) -> None:
    completed = indicators("2020/21-autumn", on=demonstration)["permanent_completed"]

    assert completed["value"] == 24
    assert sum(completed["by"]["reason"].values()) == 26


@pytest.mark.parametrize("row", AUDIT, ids=lambda row: f"{row['dimension']}: {row['category']}")
def test_every_row_of_the_audit_but_its_ace_rows_comes_out(row: dict[str, str], demonstration: date) -> None:
    found = indicators("2020/21-autumn", on=demonstration)["permanent_completed"]["by"][row["dimension"]]
    codes = AUDIT_CODES[row["dimension"], row["category"]]

    assert sum(found[code] for code in codes) == int(row["count"])


@pytest.mark.parametrize("dimension", ["year_group", "sex", "sen", "early_help", "social_care", "reason"])
def test_the_audit_has_no_other_categories(dimension: str, demonstration: date) -> None:
    found = indicators("2020/21-autumn", on=demonstration)["permanent_completed"]["by"][dimension]
    named = {code for (name, _), codes in AUDIT_CODES.items() if name == dimension for code in codes}

    assert {code for code, count in found.items() if count} == named


@pytest.mark.parametrize("year", range(2015, LAST_PUBLISHED + 1))
def test_headcounts_are_those_the_published_rates_divide_by(year: int) -> None:
    label = f"{year}/{(year + 1) % 100:02d}"
    rows = CensusHeadcount.objects.filter(year=year + 1).values("school__phase").annotate(pupils=Sum("headcount"))
    held = {row["school__phase"]: row["pupils"] for row in rows}
    published = {
        figure.phase: int(figure.value)
        for figure in PublishedFigure.objects.filter(area=PUBLISHED_AREA, academic_year=label, measure="headcount")
    }

    assert sum(held.values()) == published.pop("Total")
    assert {phase: held[phase] for phase in published} == published


@pytest.mark.parametrize("year", range(2015, LAST_PUBLISHED + 1))
def test_the_totals_to_reproduce_give_the_published_rates(year: int) -> None:
    label = f"{year}/{(year + 1) % 100:02d}"
    rates = {
        (figure.measure, figure.phase): float(figure.value)
        for figure in PublishedFigure.objects.filter(area=PUBLISHED_AREA, academic_year=label)
        if figure.measure in ("suspension_rate", "one_or_more_rate")
    }

    for phase, totals in totals_of(year).items():
        assert rates["suspension_rate", phase] == round(100 * totals.suspensions / totals.headcount, 5)
        assert rates["one_or_more_rate", phase] == round(100 * totals.one_or_more / totals.headcount, 5)


def test_the_dfe_basis_gives_the_published_year_and_never_the_cases(demonstration: date) -> None:
    found = indicators("2020/21", on=demonstration, basis="dfe")

    assert found["permanent_exclusions"]["value"] == 33
    assert found["permanent_rate"]["value"] == 0.08372
    assert (found["suspensions"]["value"], found["suspension_rate"]["value"]) == (1844, 4.67842)
    assert "permanent_completed" not in found


def test_every_outcome_adds_up_in_every_year(demonstration: date) -> None:
    for year in range(2015, 2027):
        found = indicators(f"{year}/{(year + 1) % 100:02d}", on=demonstration)
        parts = sum(found[f"permanent_{outcome}"]["value"] for outcome in WATERFALL if outcome != "notified")

        assert found["permanent_notified"]["value"] == parts


def test_no_past_year_has_an_exclusion_still_open(demonstration: date) -> None:
    settled = Exclusion.objects.permanent().with_outcome(as_at=demonstration).filter(first_day__lt=date(2026, 8, 1))

    assert not settled.filter(outcome="open").exists()


# What the product would have accepted


def test_what_is_frozen_is_what_was_known_on_the_first_day() -> None:
    for exclusion in Exclusion.objects.select_related("case__pupil", "school").order_by("pk")[::7]:
        known = known_about(exclusion.case.pupil, on=exclusion.first_day, known_by=exclusion.first_day)
        frozen = {kind: getattr(exclusion, kind) or "unknown" for kind in known.circumstances}

        assert frozen == {kind: fact.value for kind, fact in known.circumstances.items()}
        assert known.roll_spell is not None
        assert known.roll_spell.school_id == exclusion.school_id
        assert known.roll_spell.year_group == exclusion.year_group


def test_every_child_was_on_the_roll_of_the_school_on_the_first_day() -> None:
    roll = RollSpell.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=F("pupil__cases__exclusion__first_day")),
        first_day__lte=F("pupil__cases__exclusion__first_day"),
        school=F("pupil__cases__exclusion__school"),
    ).values("pupil__cases__exclusion")

    assert not Exclusion.objects.exclude(pk__in=roll).exists()


def test_year_groups_follow_from_birthdays() -> None:
    for spell in RollSpell.objects.select_related("pupil"):
        begun = spell.first_day.year if spell.first_day.month >= 9 else spell.first_day.year - 1
        born = spell.pupil.date_of_birth
        age = begun - born.year - (born.month >= 9)
        expected = NcYear.R if age == 4 else NcYear(str(age - 4))

        assert spell.year_group == expected


def test_first_days_are_school_days_and_nothing_lies_after_today(demonstration: date) -> None:
    calendars = calendars_of(list(School.objects.all()))
    for exclusion in Exclusion.objects.all():
        assert calendars[exclusion.school_id].is_school_day(exclusion.first_day)
        assert exclusion.first_day <= demonstration
        assert exclusion.decided_on is not None
        assert exclusion.decided_on <= exclusion.council_told_on <= demonstration
        assert exclusion.rule_set == rule_set_on(exclusion.first_day).code


def test_days_of_suspensions_are_those_that_the_rules_count() -> None:
    calendars = calendars_of(list(School.objects.all()))
    suspended = Exclusion.objects.exclude(kind="permanent").prefetch_related("suspended_days")
    for exclusion in suspended:
        assert exclusion.last_day is not None
        counted = days_of(
            exclusion.first_day, Session(exclusion.first_session), exclusion.last_day,
            Session(exclusion.last_session), calendars[exclusion.school_id],
        )  # fmt: skip
        held = sorted((day.on, day.morning, day.afternoon, day.lunchtime) for day in exclusion.suspended_days.all())

        assert held == [(day.on, day.morning, day.afternoon, day.lunchtime) for day in counted]


def test_reasons_are_as_many_and_as_valid_as_the_day_allows() -> None:
    by_code = {reason.code: reason for reason in DFE_REASONS}
    for exclusion in Exclusion.objects.prefetch_related("reasons"):
        chosen = [by_code[reason.code] for reason in exclusion.reasons.all()]

        assert problems_with_reasons(chosen, exclusion.first_day) == ()


def test_every_upn_is_valid_and_no_child_stands_beside_a_real_council() -> None:
    for pupil in Pupil.objects.select_related("home_authority"):
        assert pupil.upn is None or upn.validate(pupil.upn) is None
        assert pupil.home_authority.code in {"999", "997", "996"}


def test_references_follow_the_order_in_which_the_council_was_told() -> None:
    for series in ReferenceSeries.objects.all():
        numbered = Exclusion.objects.filter(case__reference__startswith=f"{series.year}-")
        # A notice logged twice has a number too, which it got when somebody logged it again.
        told = list(numbered.standing().order_by("case__reference").values_list("council_told_on", flat=True))

        assert numbered.count() == series.last_number
        assert all(before <= after for before, after in pairwise(told))


def test_the_running_term_has_work_to_do(demonstration: date) -> None:
    live = list(
        Exclusion.objects.permanent()
        .with_outcome(as_at=demonstration)
        .filter(first_day__gte=date(2026, 8, 1))
        .select_related("case__pupil", "case__owner", "school__authority", "home_authority")
        .annotate(arranged=Count("provisions"))
    )
    outcomes = Counter(exclusion.outcome for exclusion in live)
    waiting = [exclusion for exclusion in live if exclusion.outcome == "open" and not exclusion.arranged]
    late = [
        exclusion
        for exclusion, standing in ((exclusion, standings([exclusion])[exclusion.pk]) for exclusion in waiting)
        if standing.sixth_day and standing.sixth_day.due and standing.sixth_day.due < demonstration
    ]

    assert 25 <= len(live) <= 31
    assert set(outcomes) == {"open", "averted", "rescinded", "completed", "overturned"}
    assert 1 <= len(late) <= 2
    assert len(waiting) > len(late)
    assert sum(exclusion.social_care == "looked after" for exclusion in live) >= 3
    assert all(exclusion.case.owner for exclusion in live)


def test_some_suspensions_run_past_today(demonstration: date) -> None:
    running = SuspendedDay.objects.filter(on__gt=demonstration, exclusion__first_day__lte=demonstration)

    assert running.exists()


def test_every_role_has_an_account_that_can_sign_in() -> None:
    demonstrated = User.objects.filter(is_demonstration=True)

    assert set(demonstrated.values_list("role", flat=True)) == set(ROLES)
    assert EmailAddress.objects.filter(user__in=demonstrated, verified=True, primary=True).count() == len(demonstrated)
    assert Authenticator.objects.filter(user__in=demonstrated, type="totp").count() == len(demonstrated)
    assert demonstrated.get(email="asha.merriman@marchshire.example").check_password("sixth-day-demonstration")


def test_the_codes_of_may_2026_are_there_and_off() -> None:
    off = ReasonCode.objects.filter(in_use=False)

    assert (ReasonCode.objects.count(), off.count()) == (30, 13)
    assert not off.filter(valid_from__isnull=False).exists()


def test_term_dates_reach_the_end_of_next_year_and_own_up_to_being_invented(demonstration: date) -> None:
    default = TermSpell.objects.filter(school__isnull=True)

    assert default.filter(academic_year="2027/28", invented=True).exists()
    assert default.filter(academic_year="2024/25", invented=False).exists()
    assert not OutcomeEvent.objects.filter(on__gt=demonstration).exists()


# The commands


def test_a_second_load_changes_nothing(demonstration: date) -> None:
    before = Exclusion.objects.count()

    assert load_demonstration(today=demonstration, small=True) == {}
    assert Exclusion.objects.count() == before


def test_production_refuses_the_demonstration(settings: Any) -> None:
    settings.SIXTH_DAY_MODE = "production"

    with pytest.raises(CommandError, match="never loaded in production"):
        call_command("load_demonstration")


def test_figures_prints_json_with_sorted_keys(demonstration: date) -> None:
    out = StringIO()

    call_command("figures", "2020/21", "--as-at", demonstration.isoformat(), stdout=out)

    printed = json.loads(out.getvalue())
    assert printed["period"] == "2020/21"
    assert printed["indicators"]["permanent_notified"]["value"] == 75
    assert out.getvalue() == json.dumps(printed, indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["2020/22"], "the second year must follow the first"),
        (["2020/21-winter"], "is not a term"),
        (["2020/21", "--as-at", "31/8/2021"], "is not a day"),
        (["2020/21", "--basis", "census"], "is not a basis"),
        (["2020/21-autumn", "--basis", "dfe"], "whole academic years"),
        (["2031/32", "--basis", "dfe"], "No DfE figures are held"),
    ],
)
def test_figures_says_plainly_what_is_wrong(arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        call_command("figures", *arguments)
