"""Files of a plan in the three layouts that councils print."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Reading
from tests.cast import Cast
from tests.factories.wsoa import AT, place, plan_there, with_actions
from tests.pdf_tags import check_tagged, pages_of
from tests.queries import asked
from wsoa.models import Plan
from wsoa.rules.layouts import LAYOUT_OF_SLUG
from wsoa.rules.states import Proposed
from wsoa.rules.terms import PRINTED, State
from wsoa.selectors.plan_document import plan_document
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


def pdf(client: Client, layout: str, code: str = "written-statement") -> bytes:
    answer = client.get(f"/plans/{code}/paper/{layout}/pdf/")
    assert answer.status_code == 200
    return bytes(answer.content)


@pytest.mark.parametrize(
    ("layout", "heads", "status"),
    [
        ("written-statement", ("Actions", "Lead", "RAG rating"), ("Red", "Green")),
        ("improvement-plan", ("Action", "Success Measure", "Per cent"), ("Overdue", "Complete")),
        ("recommendations", ("Recommendation", "Lead agency", "By when?"), ("In progress", "Completed")),
    ],
)
def test_pdf_is_tagged_and_landscape_and_says_each_status_by_its_word(
    officer: Client, plan: Plan, tmp_path: Path, layout: str, heads: tuple[str, ...], status: tuple[str, ...]
) -> None:
    made = pdf(officer, layout)

    tags = check_tagged(made, title="Written Statement of Action")
    assert tags["/Table"] == 4
    words = " ".join(pages_of(made, tmp_path))
    assert all(each in words for each in (*heads, *status, "Sept 26", "Review alternative provision"))
    with pikepdf.open(io.BytesIO(made)) as opened:
        left, bottom, right, top = (float(edge) for edge in opened.pages[0].mediabox)
    assert right - left > top - bottom


def test_pdf_repeats_its_headings_on_every_page_of_a_table(officer: Client, tmp_path: Path) -> None:
    plan_there(with_actions(60))

    pages = pages_of(pdf(officer, "improvement-plan", "long-plan"), tmp_path)

    assert len(pages) > 2
    assert all("Success Measure" in page and "Date Due" in page for page in pages)


@pytest.mark.parametrize("layout", ["written-statement", "improvement-plan", "recommendations"])
def test_pdf_says_what_was_decided_and_what_the_rule_says_with_the_reason_and_nobodys_name(
    officer: Client, plan: Plan, cast: Cast, tmp_path: Path, layout: str
) -> None:
    rule = Proposed(State.OVERDUE, "Its date has passed")
    actions.set_state(
        by=cast.ruth, at=AT, action=place(plan).action, seen=0, rule=rule, state=State.BEHIND, reason="Report drafted"
    )

    document = plan_document(plan, layout=LAYOUT_OF_SLUG[layout], on=date(2026, 10, 19), council="Marchshire")

    told = document["priorities"][0]["rows"][1][-1]
    printed = PRINTED[LAYOUT_OF_SLUG[layout]]
    assert told["text"] == printed[State.BEHIND]
    assert told["small"].startswith(f"Decided: Report drafted. The rule says {printed[State.OVERDUE]}: its date, 30")
    words = " ".join(pages_of(pdf(officer, layout), tmp_path))
    assert "Report drafted" in words
    assert cast.ruth.name not in words


def word(client: Client, layout: str) -> Any:
    answer = client.get(f"{HERE}{layout}/docx/")
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


@pytest.mark.parametrize(
    ("layout", "heads", "status"),
    [
        ("written-statement", ("Outcome Ref", "Actions", "RAG rating"), "Red"),
        ("improvement-plan", ("Ref", "Action", "Status"), "Overdue"),
        ("recommendations", ("No.", "Recommendation", "Status"), "In progress"),
    ],
)
def test_word_file_has_the_layouts_tables_with_headings_that_repeat(
    officer: Client, plan: Plan, layout: str, heads: tuple[str, ...], status: str
) -> None:
    file = word(officer, layout)

    table = file.tables[2]
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert [said[0][0], said[0][1], said[0][-1]] == list(heads)
    assert said[2][1] == "Review alternative provision"
    assert said[2][-1] == status
    assert all(each.rows[0]._tr.trPr.xpath("w:tblHeader") for each in file.tables)
    assert file.sections[0].page_width > file.sections[0].page_height
    assert [each.text for each in file.paragraphs if each.style.name == "Heading 1"] == [
        "Where its actions stand", "1 Exclusion with SEND", "2 Waits for therapy",
    ]  # fmt: skip
    assert file.core_properties.title == "Written Statement of Action"


def test_word_file_keeps_what_people_wrote_and_drops_what_xml_cannot_write(officer: Client, plan: Plan) -> None:
    action = place(plan).action
    action.title = "<b>&\x07 {{ x }}"
    action.save()

    assert word(officer, "recommendations").tables[2].rows[2].cells[1].text == "<b>& {{ x }}"


def test_what_people_wrote_is_never_markup(officer: Client, plan: Plan, tmp_path: Path) -> None:
    action = place(plan).action
    action.title = "*not bold* #panic() $x$ <script>"
    action.save()

    assert "*not bold* #panic()" in " ".join(pages_of(pdf(officer, "recommendations"), tmp_path))


def test_word_longer_than_its_column_breaks_in_it(officer: Client, plan: Plan, tmp_path: Path) -> None:
    action = place(plan).action
    action.lead_as_written = f"Lead{'x' * 60}End"
    action.save()

    words = " ".join(pages_of(pdf(officer, "written-statement"), tmp_path)).split()

    assert not any("x" * 40 in word for word in words), "It stands in one line, and so over the next column."
    assert "".join(words).replace("\u200b", "").count("x") >= 60


def test_nonsense_in_the_address_is_not_there(officer: Client, plan: Plan) -> None:
    assert officer.get(f"{HERE}comic/xlsx/").status_code == 404
    assert officer.get(f"{HERE}recommendations/exe/").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "pdf", "docx"])
def test_same_number_of_queries_at_5_and_500_actions(officer: Client, form: str) -> None:
    counted = []
    for number, code in ((5, "short"), (500, "long")):
        plan_there(with_actions(number, code=code))
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(f"/plans/{code}/paper/written-statement/{form}/").status_code == 200
        counted.append(len(asked(captured)))

    assert counted[0] == counted[1]
