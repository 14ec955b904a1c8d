"""A plan's workbook goes out, comes in and goes out again: the same values, formats and order, in all three layouts."""

import json
from decimal import Decimal
from typing import Any

import pytest

from reporting.demonstration.plans import FILES, NAMES
from tests.cast import Cast
from tests.factories.wsoa import plan_there, with_actions
from tests.plan_workbooks import AT, TODAY, bring, check, every_cell, written
from wsoa.models import Action, ActionPlace, Measure, Plan
from wsoa.rules.plan_file import read_plan
from wsoa.rules.terms import Layout, State
from wsoa.selectors.plans import plan_now
from wsoa.services import actions, measures
from wsoa.services.plans import bring_plan_in

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("layout", list(Layout), ids=lambda layout: layout.value.replace(" ", "-"))
EACH_PLAN = pytest.mark.parametrize("name", NAMES)
# The columns that an importer may change without a day or a reason, and so those that may be spoilt and put right.
WORDS = {
    Layout.WRITTEN_STATEMENT: ("title", "lead_as_written", "partners_as_written", "resource", "how_known"),
    Layout.IMPROVEMENT_PLAN: ("title", "lead_as_written", "how_known"),
    Layout.RECOMMENDATIONS: ("title", "lead_as_written"),
}


def demonstrated(name: str, cast: Cast) -> Plan:
    """Return a plan of the demonstration in which something is behind, half done, decided, and asked of a measure."""
    file = read_plan(json.loads((FILES / f"{name}.json").read_text(encoding="utf-8")))
    bring_plan_in(by=cast.ruth, at=AT, file=file)
    plan = Plan.objects.get(code=file.code)
    first, second, *_ = plan_now(plan, on=TODAY).actions
    actions.say(by=cast.ruth, at=AT, action=first.action, on=TODAY, text="+ 2 of 8 met", per_cent=25, behind=True)
    actions.set_state(
        by=cast.ruth, at=AT, action=second.action, seen=0, rule=second.standing.proposed, state=State.BEHIND,
        reason="=The board decided so\r\non 12 October",
    )  # fmt: skip
    if measure := Measure.objects.filter(priority__plan=plan).first():
        asked = measures.Understood(
            "down", Decimal(212), TODAY.replace(year=2025), Decimal("148.4"), "England", TODAY.replace(year=2027)
        )
        measures.understand(by=cast.ruth, measure=measure, version=measure.version, facts=asked)
    return plan


@EVERY
@EACH_PLAN
def test_workbook_held_against_its_own_plan_changes_nothing(cast: Cast, name: str, layout: Layout) -> None:
    plan = demonstrated(name, cast)
    first = written(plan, layout)

    row = check(cast, first, plan=plan.code)

    assert not row.faults
    assert not any(row.counts.values()), row.counts
    assert "lists" not in row.plan or not row.plan["lists"]


@EVERY
@EACH_PLAN
def test_workbook_puts_right_what_was_spoilt_and_goes_out_as_it_went(cast: Cast, name: str, layout: Layout) -> None:
    plan = demonstrated(name, cast)
    first = written(plan, layout)
    Action.objects.filter(places__priority__plan=plan).update(**dict.fromkeys(WORDS[layout], "spoilt"))
    Measure.objects.filter(priority__plan=plan).update(title="spoilt", unit="spoilt", target=None)
    plan.priorities.update(title="spoilt")
    assert every_cell(written(plan, layout)) != every_cell(first)

    bring(cast, first, plan=plan.code)

    assert every_cell(written(plan, layout)) == every_cell(first)


@EVERY
@EACH_PLAN
def test_workbook_brought_as_a_new_plan_goes_out_as_it_went(cast: Cast, name: str, layout: Layout) -> None:
    plan = demonstrated(name, cast)
    first = written(plan, layout)

    bring(cast, first, title="Brought anew", code="brought-anew")

    anew = Plan.objects.get(code="brought-anew")
    again = every_cell(written(anew, layout))
    assert named_as(plan, again) == every_cell(first)
    assert list(again) == list(every_cell(first))


def named_as(plan: Plan, cells: dict[str, Any]) -> dict[str, Any]:
    """Return the cells with the title and short name of another plan, which are the only ones to differ."""
    for row, said in zip(cells["Plan"][1:3], (plan.title, plan.code), strict=True):
        row[1] = (said, *row[1][1:])
    return cells


# What a spreadsheet program, a reader of files or a browser would each make something else of.
AWKWARD = (
    "=1+1", "+15% average a year", "-", "@SUM(A1)", "'quoted", "''", "Dec 20", "1.10", "1/2", "25%", "TRUE", "<b>&amp;",
    "first line\r\nsecond line", "two\nlines", "in  between", "P2A7", "0012", "1e5", "2026-11-30", "＝1+1", "_x0041_", "None",
)  # fmt: skip


def test_awkward_words_come_back_as_they_went_and_change_nothing(cast: Cast) -> None:
    plan = plan_there(with_actions(len(AWKWARD)))
    places = ActionPlace.objects.filter(priority__plan=plan).order_by("position").select_related("action")
    for place, words in zip(places, AWKWARD, strict=True):
        Action.objects.filter(pk=place.action_id).update(title=words, lead_as_written=words, resource=words)
        actions.say(by=cast.ruth, at=AT, action=place.action, on=TODAY, text=words)
    first = written(plan, Layout.WRITTEN_STATEMENT)

    same = check(cast, first, plan=plan.code)
    Action.objects.filter(places__priority__plan=plan).update(title="spoilt", resource="spoilt")
    bring(cast, first, plan=plan.code)

    assert not any(same.counts.values()), same.plan["lists"]
    kept = places.all().values_list("action__title", flat=True)
    assert list(kept) == [words.replace("\r\n", "\n") for words in AWKWARD]
    assert every_cell(written(plan, Layout.WRITTEN_STATEMENT)) == every_cell(first)
