"""Files of a plan in the three layouts that councils print."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading
from tests.cast import Cast
from tests.factories.wsoa import AT, place, plan_there, with_actions
from tests.queries import asked
from wsoa.models import Plan
from wsoa.rules.states import Proposed
from wsoa.rules.terms import State
from wsoa.services import actions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = "/plans/written-statement/paper/"


def workbook(client: Client, layout: str) -> Any:
    answer = client.get(f"{HERE}{layout}/xlsx/")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def cells(book: Any, sheet: str = "Actions") -> list[dict[str, Any]]:
    head, *rows = book[sheet].iter_rows()
    return [{name.value: cell for name, cell in zip(head, row, strict=True)} for row in rows]


def test_page_offers_each_layout_and_says_which_is_the_plans_own(officer: Client, plan: Plan) -> None:
    page = officer.get(HERE).content.decode()

    assert all(f'href="{HERE}{layout}/xlsx/"' in page for layout in ("written-statement", "improvement-plan"))
    assert page.count("The plan’s own") == 1


@pytest.mark.parametrize(
    ("layout", "head", "late", "done"),
    [
        ("written-statement", ("Outcome Ref", "Actions", "Completion Date", "Lead"), "Red", "Green"),
        ("improvement-plan", ("Ref", "Action", "Success Measure", "Lead(s)"), "Overdue", "Complete"),
        ("recommendations", ("No.", "Recommendation", "Lead agency", "By when?"), "In progress", "Completed"),
    ],
)
def test_workbook_has_the_layouts_columns_in_order_and_its_words(
    officer: Client, plan: Plan, layout: str, head: tuple[str, ...], late: str, done: str
) -> None:
    book = workbook(officer, layout)

    rows = cells(book)
    assert [name for name in rows[0] if name in head] == list(head)
    status = "RAG rating" if layout == "written-statement" else "Status"
    assert [rows[1][status].value, rows[2][status].value] == [late, done]
    assert [each.title for each in book.worksheets] == [
        "Actions",
        "Priorities",
        "Outcomes",
        "Measures",
        "Roles",
        "Plan",
    ]


def test_dates_as_written_stay_text_and_per_cents_and_days_are_what_they_are(officer: Client, plan: Plan) -> None:
    row = cells(workbook(officer, "improvement-plan"))[2]

    assert (row["Date Due"].value, row["Date Due"].number_format) == ("Jan 26", "@")
    assert (row["Per cent complete"].value, row["Per cent complete"].number_format) == (1, "0%")
    assert row["Progress as at"].value.date() == date(2026, 7, 1)


def test_decided_status_keeps_the_rules_beside_it_with_the_reason(officer: Client, plan: Plan, cast: Cast) -> None:
    rule = Proposed(State.OVERDUE, "Its date has passed")
    actions.set_state(
        by=cast.ruth, at=AT, action=place(plan).action, seen=0, rule=rule, state=State.BEHIND, reason="Report drafted"
    )

    row = cells(workbook(officer, "written-statement"))[1]

    assert [row[name].value for name in ("RAG rating", "RAG rating by rule", "Decided because")] == [
        "Amber", "Red", "Report drafted",
    ]  # fmt: skip


def test_nothing_in_a_plan_acts_as_a_formula(officer: Client, plan: Plan) -> None:
    action = place(plan).action
    action.title = "=cmd|' /C calc'!A0"
    action.save()

    cell = cells(workbook(officer, "recommendations"))[1]["Recommendation"]

    assert (cell.data_type, cell.value) == ("s", "'=cmd|' /C calc'!A0")


def test_export_is_audited_before_it_leaves(officer: Client, plan: Plan, cast: Cast) -> None:
    workbook(officer, "recommendations")

    assert Reading.objects.filter(user=cast.asha, surface="export of a plan, xlsx").count() == 1


def test_nonsense_in_the_address_is_not_there(officer: Client, plan: Plan) -> None:
    assert officer.get(f"{HERE}comic/xlsx/").status_code == 404
    assert officer.get(f"{HERE}recommendations/exe/").status_code == 404


def test_same_number_of_queries_at_5_and_500_actions(officer: Client) -> None:
    counted = []
    for number, code in ((5, "short"), (500, "long")):
        plan_there(with_actions(number, code=code))
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"/plans/{code}/paper/written-statement/xlsx/").status_code == 200
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]
