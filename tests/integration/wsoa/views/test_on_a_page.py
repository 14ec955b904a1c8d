"""A plan on a page: the same words on the screen and in print."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories.wsoa import held, place, plan_there, with_actions, with_rounds
from tests.integration.wsoa.views.test_plan_pages import HERE, words
from tests.pdf_tags import check_tagged, pages_of
from tests.queries import asked
from wsoa.models import Action, Measure, Plan
from wsoa.services import action_edits, actions, measures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = f"{HERE}on-a-page/"
PDF = f"{PAGE}pdf/"
NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


def test_page_counts_each_priority_by_state_in_words_with_the_share_that_is_done(officer: Client, plan: Plan) -> None:
    page = words(officer.get(PAGE))

    assert "<b>1</b> <span>of 4 actions done</span>" in page
    assert f'<a href="{HERE}actions/?state=overdue"><b>1</b> <span>overdue</span></a>' in page
    for tag in ("1 complete", "1 on track", "1 overdue"):
        assert f">{tag}</strong>" in page
    assert "33%, 1 of 3" in page
    assert f'href="{HERE}actions/?priority=1"' in page
    assert "No round has been held: none is due." in page
    assert "1 measure has no target as a number, and so no state." in page
    assert f'href="{PAGE}"' in words(officer.get(HERE))


def test_page_says_what_changed_since_the_last_round_and_when_the_next_is(
    officer: Client, plan: Plan, cast: Cast
) -> None:
    held(plan, by=cast.ruth, approved_by=cast.plan_lead, on=date(2026, 9, 14), closed_on=date(2026, 9, 28))
    assert "Next round: 26 October 2026 (Partnership board, every six weeks)." in words(officer.get(PAGE))
    actions.say(by=cast.ruth, at=NOW, action=place(plan, "2.1.1").action, on=TODAY, per_cent=100)
    first = place(plan, "1.1.1").action
    actions.move_date(by=cast.ruth, at=NOW, action=first, version=first.version, now="Mar 27", reason="Later")
    third = place(plan, "1.1.3").action
    action_edits.retire_action(by=cast.ruth, on=TODAY, action=third, version=third.version, because="Merged")
    before = held(plan_there(with_actions(1)), by=cast.ruth, approved_by=cast.plan_lead, on=TODAY, closed_on=TODAY)

    page = words(officer.get(PAGE))

    assert before.plan != plan
    assert "Since round 1, closed 28 September 2026" in page
    assert "<b>Done: 1.</b> 2.1.1 Map the waits." in page
    assert "<b>Now overdue: 1.</b> 1.1.2 Review alternative provision." in page
    assert "<b>Date moved: 1.</b> 1.1.1 Agree the data to report." in page
    assert "<b>Set aside: 1.</b>" in page
    assert "<b>1</b> <span>slipped: the date has moved to a later day</span>" in page


def test_page_says_that_nothing_changed_and_that_a_round_is_open(officer: Client, plan: Plan, cast: Cast) -> None:
    Action.objects.filter(due=date(2026, 9, 30)).update(due=date(2027, 9, 30))
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)

    page = words(officer.get(PAGE))

    assert "Nothing has changed." in page
    assert "Round 2 is open: answers by 6 November 2026." in page


def test_measure_stands_with_its_latest_reading_against_its_target(officer: Client, plan: Plan, cast: Cast) -> None:
    measure = Measure.objects.get()
    facts = measures.Understood(
        direction="down", baseline=Decimal(40), baseline_on=date(2026, 1, 1), target=Decimal(10), due=date(2026, 12, 31)
    )
    measures.understand(by=cast.ruth, measure=measure, version=measure.version, facts=facts)
    measures.read(
        by=cast.ruth, at=NOW, measure=measure, on=date(2026, 11, 1), value=Decimal("38.50"), evidence="Return"
    )

    page = words(officer.get(PAGE))

    assert "38.5" in page
    assert "by 31 December 2026" in page
    assert ">1 at risk</strong>" in page
    assert "no target as a number" not in page


def test_pdf_is_one_tagged_landscape_page_with_the_same_words(
    officer: Client, plan: Plan, cast: Cast, tmp_path: Path
) -> None:
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)
    answer = officer.get(PDF)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert check_tagged(answer.content, title="Written Statement of Action on a page")["/Table"] == 1
    (said,) = pages_of(answer.content, tmp_path)
    for each in ("1 complete", "33%, 1 of 3", "Now overdue: 1. 1.1.2 Review alternative provision", "Round 2 is open"):
        assert each in said
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        left, bottom, right, top = (float(edge) for edge in opened.pages[0].mediabox)
    assert right - left > top - bottom
    assert Reading.objects.filter(user=cast.asha, surface="export of a plan, on a page").count() == 1


def test_plan_without_a_priority_or_a_round_is_on_a_page_too(officer: Client, tmp_path: Path) -> None:
    Plan.objects.create(code="empty", title="Empty plan", kind="improvement plan", layout="improvement plan")

    assert "This plan has no priority yet" in words(officer.get("/plans/empty/on-a-page/"))
    assert "This plan has no priority yet" in pages_of(officer.get("/plans/empty/on-a-page/pdf/").content, tmp_path)[0]


def test_what_people_wrote_is_never_markup(officer: Client, plan: Plan, tmp_path: Path) -> None:
    plan.priorities.filter(position=1).update(title="*not bold* #panic() <script>")

    assert "*not bold* #panic() <script>" in pages_of(officer.get(PDF).content, tmp_path)[0]
    assert "&lt;script&gt;" in words(officer.get(PAGE))


@pytest.mark.parametrize("tail", ["", "pdf/"])
def test_same_number_of_queries_at_5_and_60_actions(officer: Client, cast: Cast, tail: str) -> None:
    counted = []
    for number, code in ((5, "short"), (60, "long")):
        plan = plan_there(with_actions(number, code=code))
        with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"/plans/{code}/on-a-page/{tail}").status_code == 200
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]
    assert counted[0] <= 14


def test_long_change_names_the_first_and_counts_the_others(officer: Client, cast: Cast, tmp_path: Path) -> None:
    plan = plan_there(with_actions(60))
    with_rounds(plan, by=cast.ruth, approved_by=cast.plan_lead)
    for each in Action.objects.filter(places__priority__plan=plan):
        actions.say(by=cast.ruth, at=NOW, action=each, on=TODAY, text="Under way")

    page = words(officer.get("/plans/long-plan/on-a-page/"))

    assert "<b>Changed otherwise: 60.</b> 1.1.1 Action 1, no update to on track;" in page
    assert "1.1.6 Action 6, no update to on track; and 54 more." in page
    assert "Action 7," not in page
    assert len(pages_of(officer.get("/plans/long-plan/on-a-page/pdf/").content, tmp_path)) == 1
