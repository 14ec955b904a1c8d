"""Bringing a plan in, whole or not at all, and the command that does it."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from tests.factories.wsoa import ACTIONS, AT, FILE, place, plan_there
from wsoa.models import Action, ActionPlace, ActionRole, ActionUpdate, Plan, Role
from wsoa.services.plans import CodeTaken, bring_plan_in

pytestmark = pytest.mark.django_db


def test_plan_stands_as_its_paper_has_it() -> None:
    brought = bring_plan_in(by=None, at=AT, file=FILE)
    first = ActionPlace.objects.get(reference="1.1.1")

    assert (brought.priorities, brought.outcomes, brought.measures, brought.actions) == (2, 1, 1, 4)
    assert first.action.due == date(2026, 12, 31)
    assert first.action.partners_as_written == "PACC; schools"
    assert first.outcome is not None
    assert first.outcome.reference == "1.1"
    roles = ActionRole.objects.filter(action__title=ACTIONS[1].title).order_by("position")
    assert [each.role.code for each in roles] == ["EAS M’ger", "SEN Adviser"]
    assert ActionUpdate.objects.get().per_cent == 100


def test_role_that_is_there_keeps_its_title() -> None:
    Role.objects.create(code="PACC", title="Parents together")

    plan_there()

    assert Role.objects.get(code="PACC").title == "Parents together"


def test_same_code_or_title_twice_changes_nothing() -> None:
    plan_there()
    before = (Plan.objects.count(), Action.objects.count())

    for twice in (FILE, replace(FILE, code="other"), replace(FILE, title="Other", code="roles")):
        with pytest.raises(CodeTaken):
            bring_plan_in(by=None, at=AT, file=twice)

    assert (Plan.objects.count(), Action.objects.count()) == before


def test_what_was_said_is_never_changed() -> None:
    plan_there()

    with pytest.raises(DatabaseError), transaction.atomic():
        ActionUpdate.objects.update(text="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        ActionUpdate.objects.all().delete()


def test_action_stands_once_in_a_priority() -> None:
    here = place(plan_there())

    with pytest.raises(DatabaseError), transaction.atomic():
        ActionPlace.objects.create(action=here.action, priority=here.priority, position=99)


FILES = Path(__file__).parents[4] / "reporting" / "demonstration" / "plan_files"


def test_command_brings_a_plan_in_and_lists_its_slips() -> None:
    said = StringIO()

    call_command("import_plan", str(FILES / "written_statement.json"), "--dry-run", stdout=said)

    assert "2.4.1: This reference stands at 2 actions" in said.getvalue()
    assert "Nothing was changed." in said.getvalue()
    assert not Plan.objects.exists()

    call_command("import_plan", str(FILES / "written_statement.json"), stdout=said)

    assert "6 priorities, 15 outcomes, 41 measures, 66 actions" in said.getvalue()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("import_plan", str(FILES / "written_statement.json"), stdout=said)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON: line 1"),
        (b"\xff\xfe", "is not text in UTF-8"),
        (b"[]", "an object of names and values is wanted"),
        (json.dumps({"code": "x"}).encode(), "the file, title: it is missing"),
    ],
)
def test_command_tells_what_is_wrong_with_a_file(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=message):
        call_command("import_plan", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_plan", str(tmp_path / "none.json"))
    assert not Plan.objects.exists()
