"""The page on plans in a committee report: what the last approved round says, and nothing before there is one."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.models import Exclusion
from reporting.services import committee_report
from tests.cast import Cast
from tests.conftest import NOW
from tests.factories.wsoa import held, place, plan_there, with_actions
from tests.pdf_tags import check_tagged, pages_of
from tests.queries import asked
from tests.report_rows import built, file_of
from wsoa.models import Plan
from wsoa.rules.states import Proposed
from wsoa.rules.terms import State
from wsoa.selectors.highlights import highlights
from wsoa.services import actions

FIRST, SECOND = (date(2026, 9, 1), date(2026, 9, 8)), (date(2026, 10, 1), date(2026, 10, 8))


def with_two_rounds(cast: Cast) -> Plan:
    """Return a plan of which, from its first round to its second, one action came to be done, one late and one was decided."""
    plan = plan_there()
    at = datetime(2026, 10, 2, 9, tzinfo=UTC)
    held(plan, by=cast.ruth, approved_by=cast.plan_lead, on=FIRST[0], closed_on=FIRST[1])
    actions.say(by=cast.ruth, at=at, action=place(plan, "1.1.1").action, on=at.date(), per_cent=100)
    rule = Proposed(State.NO_UPDATE, "No answer since")
    actions.set_state(
        by=cast.ruth, at=at, action=place(plan, "2.1.1").action, seen=0, rule=rule, state=State.ON_TRACK, reason="Mapped by hand"
    )  # fmt: skip
    held(plan, by=cast.ruth, approved_by=cast.plan_lead, on=SECOND[0], closed_on=SECOND[1])
    return plan


def test_report_tells_where_each_priority_stood_what_moved_and_what_was_decided(
    cast: Cast, exclusion: Exclusion, tmp_path: Path
) -> None:
    with_two_rounds(cast)

    report = built(by=cast.ruth, at=NOW)

    for access in ("public", "restricted"):
        made = file_of(report, access)
        check_tagged(made, title="School exclusions")
        words = " ".join(pages_of(made, tmp_path))
        assert (
            "2 of 4 actions of the Written Statement of Action are done and 1 is past its date, as of round 2." in words
        )
        assert "1 Exclusion with SEND Overdue 1 of 3 late" in words
        assert "Done since the round before: • 1.1.1 Agree the data to report" in words
        assert "Late since the round before: • 1.1.2 Review alternative provision" in words
        assert "2.1.1 Map the waits On track No update Mapped by hand" in words
        assert cast.ruth.name not in words
        assert b"Mapped by hand" in file_of(report, access, "html")


def test_report_without_an_approved_round_has_no_page_on_plans(cast: Cast, exclusion: Exclusion) -> None:
    plan_there()

    report = built(by=cast.ruth, at=NOW)

    assert report.figures
    assert report.figures["plans"] == []
    parts = [each["title"] for each in committee_report.composed(report, "public").document["sections"]]
    assert "Plans" not in parts
    assert "Costs" in parts


def test_figures_frozen_before_plans_had_rounds_still_make_a_report(cast: Cast, exclusion: Exclusion) -> None:
    report = built(by=cast.ruth, at=NOW)
    assert report.figures
    del report.figures["plans"]

    assert committee_report.composed(report, "restricted").document["sections"]


def test_a_round_locked_later_and_a_plan_that_has_closed_are_not_told(cast: Cast) -> None:
    plan = with_two_rounds(cast)

    assert [each.round.number for each in highlights(on=SECOND[1])] == [2]
    assert [each.round.number for each in highlights(on=FIRST[1])] == [1]
    assert highlights(on=FIRST[0]) == []
    plan.closed_on = date(2026, 10, 9)
    plan.save()
    assert highlights(on=date(2026, 10, 9)) == []


def test_first_round_has_nothing_that_is_new(cast: Cast) -> None:
    with_two_rounds(cast)

    (found,) = highlights(on=FIRST[1])

    assert (found.newly_done, found.newly_late) == ([], [])
    assert found.priorities[0].before is None


def test_same_two_queries_however_many_plans_and_actions(cast: Cast) -> None:
    counted = []
    for number, code in ((3, "short"), (60, "long")):
        held(
            plan_there(with_actions(number, code=code)),
            by=cast.ruth,
            approved_by=cast.plan_lead,
            on=FIRST[0],
            closed_on=FIRST[1],
        )
        with CaptureQueriesContext(connection) as captured:
            highlights(on=date(2026, 10, 19))
        counted.append(len(asked(captured)))

    assert counted == [2, 2]
