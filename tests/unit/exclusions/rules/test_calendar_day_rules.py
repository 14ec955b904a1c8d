"""Rules that count calendar days, or choose by date: plans, reviews off site, codes, fair access, changes."""

from datetime import date

import pytest

from exclusions.rules import calendar_days, plans
from exclusions.rules.attendance import Whereabouts, attendance_code
from exclusions.rules.changes import CHANGES, changes_in_force
from exclusions.rules.directions import adjudicator_referral
from exclusions.rules.fair_access_categories import (
    FairAccessCategory,
    FairAccessFacts,
    NoCommonList,
    fair_access_categories,
)
from exclusions.rules.off_site_reviews import Asker, review_demanded
from tests.tables.reader import day, rows


@pytest.mark.parametrize("row", rows("calendar_days"), ids=lambda row: row["situation"])
def test_calendar_days_are_counted_as_the_table_says(row: dict[str, str]) -> None:
    count = getattr(calendar_days, row["question"].replace(" ", "_"))

    assert count(date.fromisoformat(row["from"]), int(row["n"])).isoformat() == row["answer"]


@pytest.mark.parametrize("row", rows("adjudicator_referrals"), ids=lambda row: row["situation"])
def test_referral_to_the_adjudicator_is_due_when_the_table_says(row: dict[str, str]) -> None:
    found = adjudicator_referral(date.fromisoformat(row["told_on"]), looked_after=row["looked_after"] == "yes")

    assert found.due.isoformat() == row["due"]


@pytest.mark.parametrize("row", rows("plans"), ids=lambda row: row["situation"])
def test_limit_of_a_plan_falls_where_the_table_says(row: dict[str, str]) -> None:
    on, meeting_on = date.fromisoformat(row["on"]), day(row["meeting_on"])

    def asked() -> plans.PlanLimit:
        if row["limit"] == "final_plan":
            return plans.final_plan(amendment_notice_on=on, meeting_on=meeting_on)
        found: plans.PlanLimit = getattr(plans, row["limit"])(on)
        return found

    if row["due"] == "error":
        with pytest.raises(plans.BeforePlans):
            asked()
    else:
        assert (asked().key, asked().due.isoformat()) == (row["limit"], row["due"])


def test_notice_of_amendment_cannot_come_before_the_meeting() -> None:
    with pytest.raises(ValueError, match="before the review meeting"):
        plans.final_plan(amendment_notice_on=date(2026, 1, 11), meeting_on=date(2026, 1, 12))


@pytest.mark.parametrize("row", rows("off_site_reviews"), ids=lambda row: row["situation"])
def test_demanded_review_is_held_when_the_table_says(row: dict[str, str]) -> None:
    found = review_demanded(
        date.fromisoformat(row["demanded_on"]),
        by=Asker(row["by"]),
        in_writing=row["in_writing"] == "yes",
        has_plan=row["has_plan"] == "yes",
        last_review_on=day(row["last_review_on"]),
    )

    assert (found.must_be_held, found.because) == (row["must_be_held"] == "yes", row["because"])
    assert found.obliges_from == day(row["obliges_from"])


def test_review_cannot_lie_after_the_demand() -> None:
    with pytest.raises(ValueError, match="after the demand"):
        review_demanded(
            date(2025, 11, 10), by=Asker.PARENT, in_writing=True, has_plan=False, last_review_on=date(2025, 11, 11)
        )


@pytest.mark.parametrize("row", rows("attendance"), ids=lambda row: f"{row['on']} {row['whereabouts']}")
def test_attendance_code_on_each_day_is_the_tables(row: dict[str, str]) -> None:
    found = attendance_code(date.fromisoformat(row["on"]), Whereabouts(row["whereabouts"]))

    assert " ".join(found.codes) == row["codes"]


@pytest.mark.parametrize("row", rows("fair_access_categories"), ids=lambda row: row["situation"])
def test_fair_access_categories_are_those_of_the_table(row: dict[str, str]) -> None:
    facts = FairAccessFacts(
        frozenset(FairAccessCategory(letter) for letter in row["others"].split()),
        in_social_care=row["social_care"] == "yes",
        social_care_ended_on=day(row["social_care_ended_on"]),
        permanently_excluded=row["permanently_excluded"] == "yes",
        in_alternative_provision=row["in_alternative_provision"] == "yes",
        ready_for_mainstream=row["ready_for_mainstream"] == "yes",
        out_of_education_since=day(row["out_of_education_since"]),
        place_within_reach=row["place_within_reach"] == "yes",
        suitable_offer_refused=row["offer_refused"] == "yes",
        has_plan=row["has_plan"] == "yes",
    )
    referred_on = date.fromisoformat(row["referred_on"])

    if row["categories"] == "error":
        with pytest.raises(NoCommonList):
            fair_access_categories(facts, referred_on=referred_on)
    else:
        assert " ".join(fair_access_categories(facts, referred_on=referred_on).categories) == row["categories"]


@pytest.mark.parametrize("row", rows("changes"), ids=lambda row: row["on"])
def test_changes_in_force_on_each_day_are_those_of_the_table(row: dict[str, str]) -> None:
    assert "; ".join(change.code for change in changes_in_force(date.fromisoformat(row["on"]))) == row["changes"]


def test_changes_stand_oldest_first() -> None:
    assert [change.since for change in CHANGES] == sorted(change.since for change in CHANGES)
