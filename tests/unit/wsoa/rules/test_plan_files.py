"""A plan read from its file, and what cannot be right in it."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories.wsoa import FILE, ROLES
from wsoa.rules.plan_file import ActionLine, BadPlanFile, PriorityLine, Remark, UpdateLine, read_plan
from wsoa.rules.slips import named_roles, slips, spellings
from wsoa.rules.terms import Layout
from wsoa.rules.written_statuses import updates_of

GOOD: dict[str, Any] = {
    "code": "a-plan",
    "title": "A plan",
    "kind": "written statement",
    "layout": "written statement",
    "paper_on": "2020-11-30",
    "roles": [{"code": "NO", "title": "Nominated Officer", "also_written": ["N.O."]}],
    "priorities": [
        {
            "reference": "1",
            "title": "The first",
            "outcomes": [{"reference": "1.1", "title": "Better"}],
            "measures": [{"title": "Waits", "target": "14 weeks"}],
            "actions": [
                {
                    "reference": "1.1.1",
                    "title": "Begin",
                    "lead": "NO",
                    "updates": [{"on": "2020-11-30", "per_cent": 25}],
                }
            ],
        }
    ],
}


def test_plan_is_read_as_written() -> None:
    plan = read_plan(GOOD)

    assert plan.actions[0].lead == "NO"
    assert plan.actions[0].updates[0].per_cent == 25
    assert plan.priorities[0].outcomes[0].reference == "1.1"
    assert plan.layout is Layout.WRITTEN_STATEMENT


FIRST = ("priorities", 0, "actions", 0)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("code",), "", "the file, code"),
        (("kind",), "wish list", "the file, kind"),
        (("layout",), "comic", "the file, layout"),
        (("paper_on",), "Nov 20", "the file, paper_on"),
        (("priorities",), [], "the file, priorities"),
        (("priorities",), "all of them", "the file, priorities"),
        (("priorities", 0), "the first", "the file, priorities 1"),
        (("roles", 0, "also_written"), "N.O.", "the file, roles 1, also_written"),
        (("roles", 0, "explained"), "no", "the file, roles 1, explained"),
        ((*FIRST, "title"), " ", "the file, priorities 1, actions 1, title"),
        ((*FIRST, "lead"), 7, "the file, priorities 1, actions 1, lead"),
        ((*FIRST, "updates", 0, "on"), "", "the file, priorities 1, actions 1, updates 1, on"),
        ((*FIRST, "updates", 0, "per_cent"), "half", "the file, priorities 1, actions 1, updates 1, per_cent"),
        ((*FIRST, "updates", 0, "per_cent"), 101, "the file, priorities 1, actions 1, updates 1, per_cent"),
        ((*FIRST, "updates", 0, "per_cent"), True, "the file, priorities 1, actions 1, updates 1, per_cent"),
        ((*FIRST, "updates", 0, "behind"), "yes", "the file, priorities 1, actions 1, updates 1, behind"),
    ],
)
def test_fault_is_told_at_its_place(path: tuple[Any, ...], value: object, where: str) -> None:
    given = deepcopy(GOOD)
    part: Any = given
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value

    with pytest.raises(BadPlanFile) as raised:
        read_plan(given)

    assert raised.value.where == where


def test_document_that_is_no_object_is_no_plan() -> None:
    with pytest.raises(BadPlanFile, match="the file"):
        read_plan([GOOD])


def told(*actions: ActionLine, **changes: Any) -> list[tuple[str, str]]:
    plan = replace(FILE, priorities=(PriorityLine("1", "One", actions=actions),), **changes)
    return [(slip.where, slip.what) for slip in slips(plan)]


GOOD_ACTION = ActionLine("1.1.1", "Begin", dates="Dec 26", lead="PACC")


def test_nothing_is_found_in_a_good_plan() -> None:
    assert told(GOOD_ACTION) == []


@pytest.mark.parametrize(
    ("other", "slip"),
    [
        (replace(GOOD_ACTION, reference="1.1.1"), ("1.1.1", "This reference stands at 2 actions")),
        (replace(GOOD_ACTION, reference="1.1.3"), ("1.1.2", "This reference is left out")),
        (replace(GOOD_ACTION, reference="1.1.2", lead=""), ("1.1.2", "No lead is given")),
        (
            replace(GOOD_ACTION, reference="1.1.2", lead="The mayor"),
            ("1.1.2", "Lead “The mayor” is not among the roles that the paper explains"),
        ),
        (
            replace(GOOD_ACTION, reference="1.1.2", lead="SEN Adviser"),
            ("1.1.2", "Lead “SEN Adviser” is not among the roles that the paper explains"),
        ),
        (
            replace(GOOD_ACTION, reference="1.1.2", dates="Jan 21 to Dec 20"),
            ("1.1.2", "Date “Jan 21 to Dec 20”: it ends before it begins"),
        ),
        (
            replace(GOOD_ACTION, reference="1.1.2", lead="EAS mgr"),
            ("Education Access Service Manager", "Written 2 ways: EAS M’ger, EAS mgr"),
        ),
    ],
)
def test_slip_is_found(other: ActionLine, slip: tuple[str, str]) -> None:
    assert told(GOOD_ACTION, other) == [slip]


def test_statuses_are_looked_at_where_the_paper_gives_any() -> None:
    first, second, third = (replace(GOOD_ACTION, reference=f"1.1.{n}") for n in (1, 2, 3))
    written = told(replace(first, status="Amber"), second, replace(third, status="AMBER."))

    assert written == [
        ("1.1.2", "No status word: nothing is guessed"),
        ("Status", "Written 2 ways: “Amber”, “AMBER.”"),
    ]


def test_outcomes_numbered_as_another_prioritys_are_found_and_a_readers_remarks_kept() -> None:
    second = replace(FILE.priorities[0], reference="2", actions=())
    found = slips(replace(FILE, priorities=(second,), remarks=(Remark("Contents", "The page is wrong"),)))

    assert [(slip.where, slip.by_rule) for slip in found] == [("Priority 2", True), ("Contents", False)]


@pytest.mark.parametrize(
    ("cell", "codes", "unknown"),
    [
        ("", (), ()),
        ("PACC", ("PACC",), ()),
        ("eas MGR/PACC", ("EAS M’ger", "PACC"), ()),
        ("EAS mgr; EAS M’ger", ("EAS M’ger",), ()),
        ("PACC & the mayor", ("PACC",), ("the mayor",)),
    ],
)
def test_roles_that_a_cell_names(cell: str, codes: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    named = named_roles(cell, spellings(ROLES))

    assert (named.codes, named.unknown) == (codes, unknown)


def test_role_whose_own_name_holds_a_stroke_is_one_role() -> None:
    from wsoa.rules.plan_file import RoleLine

    ways = spellings([RoleLine("Health/Care", "Both"), RoleLine("AD A&A", "Access"), RoleLine("AD A&A/SEN", "Longer")])
    for cell, codes, unknown in (
        ("Health/Care", ("Health/Care",), ()),
        ("AD A&A; Head of SI", ("AD A&A",), ("Head of SI",)),
        ("Head of SI/ad a&a, health/care", ("AD A&A", "Health/Care"), ("Head of SI",)),
        ("AD A&A/SEN; AD A&A", ("AD A&A/SEN", "AD A&A"), ()),
        ("HEAD A&A", (), ("HEAD A", "A")),
    ):
        assert (named_roles(cell, ways).codes, named_roles(cell, ways).unknown) == (codes, unknown), cell


PAPERS = Path(__file__).parents[4] / "reporting" / "demonstration" / "plan_files"
# What readers of the four papers are known to have found, by the plan's file: where, and a word of what.
KNOWN = {
    "written_statement": (
        ("2.4.1", "2 actions"), ("2.4.2", "left out"), ("Priority 2", "1.1, 1.2, 1.3, 1.4"),
        ("2.4.4", "ends before it begins"), ("1.2.3", "No lead"), ("5.1.6", "No lead"),
        ("Director of Public Health", "DoPH, DPH"), ("Education Access Service Manager", "4 ways"),
        ("SEND Service Manager", "SEN services mg'r, SEND service mg'r"), ("1.3.6", "AD Early Help"),
        ("6.1.5", "SEN Advisor"), ("6.1.3", "SEND Service"), ("4.2.2", "LA PH commissioner"),
        ("4.1.6", "no resource"), ("Columns", "Resource"), ("Status", "colour"),
        ("Summary of progress", "priorities 3 and 4"), ("5.1.4 to 5.1.6", "merged"), ("Names", "Bee-U"),
        ("Contents", "33"),
    ),
    "send_action_plan": (("7", "several words"), ("11", "No status word"), ("7", "No lead"), ("Columns", "merged")),
    "improvement_plan": (("3.2", "month and the year"), ("Leads", "named people"), ("3.4", "twice")),
    "recommendations_tracker": (
        ("18a", "No status word"), ("18b", "No status word"), ("30", "No lead"), ("Status", "3 ways"),
        ("Status", "“Completed.”"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_slip_of_a_paper_is_listed(name: str) -> None:
    plan = read_plan(json.loads((PAPERS / f"{name}.json").read_text(encoding="utf-8")))
    found = slips(plan)

    for where, word in KNOWN[name]:
        assert any(slip.where == where and word in slip.what for slip in found), f"{where}: {word} is not listed"


PAPER_ON = date(2016, 11, 30)


@pytest.mark.parametrize(
    ("status", "layout", "updates", "said"),
    [
        ("Completed.", Layout.RECOMMENDATIONS, (), ((PAPER_ON, "", 100),)),
        ("Complete", Layout.IMPROVEMENT_PLAN, ((PAPER_ON, "Signed", None),), ((PAPER_ON, "Signed", 100),)),
        (
            "Complete",
            Layout.IMPROVEMENT_PLAN,
            ((date(2016, 1, 4), "Begun", None),),
            ((date(2016, 1, 4), "Begun", None), (PAPER_ON, "", 100)),
        ),
        ("Complete", Layout.IMPROVEMENT_PLAN, ((PAPER_ON, "Half", 50),), ((PAPER_ON, "Half", 50),)),
        ("Green", Layout.WRITTEN_STATEMENT, (), ()),
        ("In progress", Layout.RECOMMENDATIONS, (), ()),
        ("Completed/In progress", Layout.RECOMMENDATIONS, (), ()),
    ],
)
def test_what_a_paper_says_is_complete_was_done_on_its_day_and_nothing_else_is_guessed(
    status: str, layout: Layout, updates: tuple[Any, ...], said: tuple[Any, ...]
) -> None:
    line = ActionLine("1", "Begin", status=status, updates=tuple(UpdateLine(*each) for each in updates))

    found = updates_of(line, layout, PAPER_ON)

    assert tuple((each.on, each.text, each.per_cent) for each in found) == said


def test_paper_without_a_day_says_nothing_was_done() -> None:
    assert updates_of(ActionLine("1", "Begin", status="Completed"), Layout.RECOMMENDATIONS, None) == ()
