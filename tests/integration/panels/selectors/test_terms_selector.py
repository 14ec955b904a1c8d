"""The versions of a panel's terms, and the one in force on a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels.models import Panel, QuorumNeed, TermsOfReference
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole
from panels.selectors.terms import versions
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows
from tests.queries import asked


def test_version_in_force_is_the_latest_that_has_begun(cast: Cast, fap: Panel) -> None:
    rows.terms(fap, by=cast.administrator)
    rows.terms(fap, by=cast.administrator, from_=TODAY)

    def days(on: date) -> list[tuple[date, date | None, bool]]:
        return [(each.row.in_force_from, each.last_day, each.in_force) for each in versions(fap, on=on)]

    yesterday = TODAY - timedelta(days=1)
    assert days(TODAY) == [(TODAY, None, True), (rows.OPENED_ON, yesterday, False)]
    assert days(yesterday) == [(TODAY, None, False), (rows.OPENED_ON, yesterday, True)]
    assert not any(each.in_force for each in versions(fap, on=date(2021, 8, 31)))


def test_rules_read_what_was_laid_down_and_who_stands_in_on_the_day(cast: Cast, fap: Panel) -> None:
    by = cast.administrator
    rows.terms(fap, by=by, former_years=3, credit_weeks=8, looked_after_placed_elsewhere=False)
    rows.member(fap, cast.member, by=by, vice_chair_order=2)
    rows.member(fap, cast.chair, by=by, vice_chair_order=1, last_day=TODAY - timedelta(days=1))

    (found,) = versions(fap, on=TODAY)

    rule = found.rule
    assert (rule.decision_model, rule.casting_vote) == (DecisionModel.MAJORITY, True)
    assert (rule.fairness, rule.credit_weeks, rule.former_years) == (FairnessModel.ROTATION, 8, 3)
    assert rule.quorum == (Need(3, MemberRole.HEAD), Need(5))
    assert rule.vice_chairs == (str(cast.member.pk),)
    assert not rule.looked_after_placed_elsewhere
    assert found.quorum == "At least 3 heads and 5 members."
    assert found.fairness.startswith("Schools take turns.")


@pytest.mark.parametrize("number", [5, 500])
def test_versions_ask_as_much_for_many_as_for_few(number: int, cast: Cast, fap: Panel) -> None:
    made = TermsOfReference.objects.bulk_create(
        TermsOfReference(
            panel=fap, in_force_from=rows.OPENED_ON + timedelta(days=each), decision_model="chair",
            fairness_model="none", routes=["other"], added_at=NOW, added_by=cast.administrator,
        )
        for each in range(number)
    )  # fmt: skip
    QuorumNeed.objects.bulk_create(QuorumNeed(terms=row, number=3) for row in made)

    with CaptureQueriesContext(connection) as captured:
        assert len(versions(fap, on=TODAY)) == number

    assert len(asked(captured)) == 3
