"""Files of plans that come in: what they change, what is wrong with them by row and column, and taking it back."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casework.imports import CannotUndo
from casework.services import imports
from tests.cast import Cast
from tests.factories.wsoa import ACTIONS, FILE, place, plan_there, with_actions
from tests.plan_workbooks import AT, TODAY, bring, changed, check, everything, put, written
from wsoa.models import Action, ActionPlace, ActionUpdate, DateMove, Measure, Plan, Priority, StateChoice
from wsoa.rules.plan_file import PriorityLine
from wsoa.rules.terms import Layout, State
from wsoa.selectors.standing import stood
from wsoa.services import action_edits, actions, evidence
from wsoa.services.action_edits import Words

pytestmark = pytest.mark.django_db
WS = Layout.WRITTEN_STATEMENT
WITH_PRIORITY = "Outcome Ref,Actions,Completion Date,Lead,Priority Ref"


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return plan_there()


def table(*rows: Sequence[str], header: str = "Outcome Ref,Actions,Completion Date,Lead") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return f"{header}\r\n{out.getvalue()}".encode()


def test_changed_cells_are_told_by_row_and_column_and_change_the_plan(cast: Cast, plan: Plan) -> None:
    action = place(plan).action

    def work(book: Any) -> None:
        put("Actions", 3, "Lead", "PACC")(book)
        put("Actions", 3, "Completion Date", "Mar 27")(book)
        put("Measures", 2, "Target", 5)(book)
        put("Measures", 2, "Direction", "Lower is better")(book)

    row = bring(cast, changed(written(plan, WS), work), plan=plan.code)

    told = row.plan["lists"][0]["rows"]
    assert ["3", "Actions", "Lead", "EAS mgr/SEN Adviser", "PACC"] in told
    assert ["3", "Actions", "Completion Date", "Sept 26", "Mar 27"] in told
    assert ["2", "Measures", "Target", "Nothing", "5.00"] in told
    action.refresh_from_db()
    assert (action.lead_as_written, action.due) == ("PACC", date(2027, 3, 31))
    assert [each.role.code for each in action.roles.filter(part="lead")] == ["PACC"]
    assert DateMove.objects.get().reason == "As the file brought on 19 October 2026 has it"
    assert Measure.objects.get().target == 5


def test_rows_of_the_plan_and_its_roles_that_say_something_else_are_told_and_not_taken(cast: Cast, plan: Plan) -> None:
    def work(book: Any) -> None:
        put("Plan", 2, "As it is", "Another title")(book)
        put("Roles", 2, "Title", "Another role")(book)
        put("Actions", 3, "Progress against actions/impact", "Two visits")(book)
        put("Actions", 3, "Progress as at", date(2026, 10, 12))(book)
        put("Actions", 3, "Schedule", "Behind")(book)

    row = bring(cast, changed(written(plan, WS), work), plan=plan.code)

    assert any("“Plan” and “Roles”" in note and "not taken: 2." in note for note in row.plan["notes"])
    assert row.plan["lists"][0]["rows"][0][-1] == "Behind"
    untouched = bring(cast, written(plan, WS), plan=plan.code)
    assert not any("“Plan” and “Roles”" in note for note in untouched.plan["notes"])


def test_progress_in_a_file_is_an_update_and_a_status_with_a_reason_a_decision(cast: Cast, plan: Plan) -> None:
    def work(book: Any) -> None:
        put("Actions", 3, "Progress against actions/impact", "Two visits made")(book)
        put("Actions", 3, "Progress as at", date(2026, 10, 12))(book)
        put("Actions", 3, "Per cent done", 0.5)(book)
        put("Actions", 3, "RAG rating", "Amber")(book)
        put("Actions", 3, "Decided because", "The report is in draft")(book)

    bring(cast, changed(written(plan, WS), work), plan=plan.code)

    said, decided = ActionUpdate.objects.get(action=place(plan).action), StateChoice.objects.get()
    assert (said.text, said.per_cent, said.on, said.by) == ("Two visits made", 50, date(2026, 10, 12), cast.ruth)
    assert (decided.proposed, decided.state, decided.reason) == ("overdue", "behind", "The report is in draft")


def test_row_without_a_place_is_a_new_action_at_the_end_of_its_priority(cast: Cast, plan: Plan) -> None:
    def work(book: Any) -> None:
        values = {"Priority": "Waits for therapy", "Outcome Ref": "2.1.2", "Actions": "Hire two", "Lead": "PACC"}
        for heading, value in values.items():
            put("Actions", 6, heading, value)(book)

    row = bring(cast, changed(written(plan, WS), work), plan=plan.code)

    added = ActionPlace.objects.get(action__title="Hire two")
    assert (added.priority.reference, added.position, added.reference) == ("2", 2, "2.1.2")
    assert added.action.roles.get().role.code == "PACC"
    assert added.added_on == TODAY
    assert row.counts["Actions that are added"] == 1


def test_councils_own_table_comes_in_as_a_new_plan_by_its_own_columns_which_are_remembered(cast: Cast) -> None:
    data = table(["1.1", "Train staff", "Dec 26", "HR"], header="Our ref,What we will do,When,Who")
    columns = "Our ref = Outcome Ref\nWhat we will do = Actions\nWhen = Completion Date\nWho = Lead"

    row = bring(cast, data, "plan.csv", columns=columns, title="Our plan", code="our-plan", kind="send action plan")

    action = Action.objects.get()
    assert (action.title, action.dates_as_written, action.lead_as_written) == ("Train staff", "Dec 26", "HR")
    assert Plan.objects.get().kind == "send action plan"
    assert row.options["columns"] == columns


def test_workbook_holds_the_last_word_on_the_schedule_beside_later_words(cast: Cast, plan: Plan) -> None:
    action = place(plan, "1.1.1").action
    actions.say(by=cast.ruth, at=AT, action=action, on=date(2026, 10, 1), behind=True)
    actions.say(by=cast.ruth, at=AT, action=action, on=TODAY, text="Two visits made")
    older = written(plan, WS)

    assert not any(check(cast, older, plan=plan.code).counts.values())
    bring(cast, older, title="Anew", code="anew")
    anew = ActionPlace.objects.get(priority__plan__code="anew", reference="1.1.1")
    assert stood(ActionPlace.objects.filter(pk=anew.pk), on=TODAY)[0].standing.state is State.BEHIND

    actions.say(by=cast.ruth, at=AT, action=action, on=TODAY, text="Three visits made", behind=False)
    assert any("said before" in note for note in check(cast, older, plan=plan.code).plan["notes"])


def test_table_without_a_column_of_priorities_makes_one_priority_of_all_its_rows(cast: Cast) -> None:
    data = table(["1", "Train staff", "Dec 26", "HR"], ["2", "Hire two", "Dec 26", "HR"], ["3", "Tell all", "", "HR"])

    bring(cast, data, "plan.csv", title="Our plan", code="our-plan", kind="send action plan")

    assert Priority.objects.get().title == "Actions"
    assert list(ActionPlace.objects.order_by("position").values_list("position", "action__title")) == [
        (1, "Train staff"), (2, "Hire two"), (3, "Tell all"),
    ]  # fmt: skip


def test_row_of_a_table_without_places_is_known_by_reference_and_words(cast: Cast, plan: Plan) -> None:
    row = check(cast, table(["1.1.2", "Review alternative provision", "Sept 26", "PACC"]), "p.csv", plan=plan.code)

    assert row.counts["Cells that change"] == 1
    assert row.counts["Actions of the plan that the file does not name: they stay"] == 3


def test_what_the_plan_decides_meanwhile_is_not_taken_away_by_an_older_file(cast: Cast, plan: Plan) -> None:
    older = written(plan, WS)
    (now,) = stood(ActionPlace.objects.filter(pk=place(plan).pk), on=TODAY)
    actions.set_state(
        by=cast.ruth,
        at=AT,
        action=now.action,
        seen=0,
        rule=now.standing.proposed,
        state=State.BEHIND,
        reason="In draft",
    )

    row = check(cast, older, plan=plan.code)

    assert not any(row.counts.values())


def test_what_an_older_file_would_put_back_is_told_before_anything_is_done(cast: Cast, plan: Plan) -> None:
    older = written(plan, WS)
    Action.objects.filter(pk=place(plan).action_id).update(title="Review every provider", lead_as_written="PACC")
    Measure.objects.update(title="Waits for therapy, in weeks")
    also_typed = changed(older, put("Actions", 2, "Lead", "PACC"))

    row = check(cast, also_typed, plan=plan.code)

    back, cells = row.plan["lists"][:2]
    assert back["heading"] == "Cells that go back to what stood there before"
    told = {tuple(cells[:4]) for cells in back["rows"]}
    assert ("3", "Actions", "Actions", "Review every provider") in told
    assert ("3", "Actions", "Lead", "PACC") in told
    assert ("2", "Measures", "Measure", "Waits for therapy, in weeks") in told
    assert len(told) == 3, "What was typed into the file is no older word."
    assert len(cells["rows"]) == 4
    assert any("older than the plan" in note for note in row.plan["notes"])


def test_words_on_progress_that_others_followed_are_not_said_again(cast: Cast, plan: Plan) -> None:
    action, day = place(plan).action, date(2026, 10, 1)
    actions.say(by=cast.ruth, at=AT, action=action, on=day, text="Begun", per_cent=25)
    actions.say(by=cast.ruth, at=AT, action=action, on=day, text="Two visits")
    older = written(plan, WS)
    actions.say(by=cast.ruth, at=AT, action=action, on=date(2026, 10, 9), text="Three visits", per_cent=50)

    row = check(cast, older, plan=plan.code)
    counted = check(cast, changed(older, put("Actions", 3, "Per cent done", 0.75)), plan=plan.code)

    assert not any(row.counts.values()), row.plan["lists"]
    assert "Words on progress that were said before, and are not said again: 1." in row.plan["notes"]
    assert counted.counts["What is said of progress"] == 1, "A count that nobody gave is new."


def test_decision_that_others_followed_is_told_as_going_back(cast: Cast, plan: Plan) -> None:
    decide(cast, plan, State.BEHIND, "In draft")
    older = written(plan, WS)
    decide(cast, plan, State.ON_TRACK, "The board agreed the new day")

    row = check(cast, older, plan=plan.code)

    assert row.plan["lists"][0]["rows"][0][:4] == ["3", "Actions", "RAG rating", "The board agreed the new day"]


@pytest.mark.parametrize("state", [State.COMPLETE, State.ON_TRACK, State.NO_UPDATE, State.BEHIND])
def test_mended_reason_keeps_the_state_whose_word_stands_for_two(cast: Cast, plan: Plan, state: State) -> None:
    decide(cast, plan, state, "As the bord said")

    bring(
        cast, changed(written(plan, WS), put("Actions", 3, "Decided because", "As the board said")), plan=plan.code
    )  # fmt: skip

    last = StateChoice.objects.latest("pk")
    assert (last.state, last.reason) == (state, "As the board said")


def test_one_in_a_text_file_is_one_per_cent_and_in_a_workbook_a_whole(cast: Cast, plan: Plan) -> None:
    header = "Outcome Ref,Actions,Per cent done,Progress as at"
    rows = table(["1.1.2", "Review alternative provision", "1", "12/10/2026"], header=header)
    half = table(["1.1.2", "Review alternative provision", "0.5", "12/10/2026"], header=header)

    refused = check(cast, half, "half.csv", plan=plan.code)
    bring(cast, rows, "one.csv", plan=plan.code)

    assert refused.faults[0]["column"] == "C (Per cent done)"
    assert ActionUpdate.objects.get(action=place(plan).action).per_cent == 1


def decide(cast: Cast, plan: Plan, state: State, reason: str) -> None:
    (now,) = stood(ActionPlace.objects.filter(pk=place(plan).pk), on=TODAY)
    seen = StateChoice.objects.filter(action=now.action).count()
    actions.set_state(
        by=cast.ruth, at=AT, action=now.action, seen=seen, rule=now.standing.proposed, state=state, reason=reason
    )  # fmt: skip


@pytest.mark.parametrize("new", [False, True])
def test_undone_file_leaves_all_as_it_was(cast: Cast, plan: Plan, new: bool) -> None:
    def work(book: Any) -> None:
        put("Actions", 3, "Lead", "PACC")(book)
        put("Priorities", 2, "Theme", "Exclusion")(book)
        put("Measures", 2, "Direction", "Lower is better")(book)
        put("Measures", 2, "Target", 5)(book)

    before = everything()
    data = changed(written(plan, WS), work)
    row = bring(cast, data, title="Anew", code="anew") if new else bring(cast, data, plan=plan.code)
    assert everything() != before

    imports.undo(by=cast.ruth, at=AT, row=row)

    assert without_versions(everything()) == without_versions(before)


def without_versions(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    # A row that was put back counts its changes; an action's tie is a new row with the same words.
    left_out = {"version"}
    found: dict[str, list[Any]] = {
        name: [{key: value for key, value in row.items() if key not in left_out} for row in each]
        for name, each in rows.items()
    }
    found["ActionRole"] = sorted(
        ([row["action_id"], row["role_id"], row["part"], row["position"]] for row in rows["ActionRole"]), key=str
    )
    return found


def test_moved_date_is_moved_back_and_both_moves_stay_told(cast: Cast, plan: Plan) -> None:
    row = bring(cast, changed(written(plan, WS), put("Actions", 3, "Completion Date", "Mar 27")), plan=plan.code)

    imports.undo(by=cast.ruth, at=AT, row=row)

    assert place(plan).action.dates_as_written == "Sept 26"
    assert DateMove.objects.count() == 2


def test_what_was_said_or_worked_on_since_is_not_undone(cast: Cast, plan: Plan) -> None:
    changes = changed(written(plan, WS), put("Actions", 3, "Lead", "PACC"))
    worked_on = bring(cast, changes, plan=plan.code)
    Action.objects.filter(pk=place(plan).action_id).update(lead_as_written="NO")

    def work(book: Any) -> None:
        put("Actions", 2, "Progress against actions/impact", "Begun")(book)
        put("Actions", 2, "Progress as at", date(2026, 10, 12))(book)

    said = bring(cast, changed(written(plan, WS), work), plan=plan.code)

    for row, why in ((worked_on, "changed after the file"), (said, "is not taken back")):
        with pytest.raises(CannotUndo, match=why):
            imports.undo(by=cast.ruth, at=AT, row=row)


def test_new_plan_with_a_round_stays(cast: Cast, plan: Plan) -> None:
    row = bring(cast, written(plan, WS), title="Anew", code="anew")
    Plan.objects.get(code="anew").rounds.create(number=1, opened_on=TODAY, due=TODAY, opened_by=cast.ruth)

    with pytest.raises(CannotUndo, match="worked on the plan"):
        imports.undo(by=cast.ruth, at=AT, row=row)


def test_file_of_another_plan_is_not_taken_for_the_chosen_one(cast: Cast, plan: Plan) -> None:
    bring(cast, written(plan, WS), title="Anew", code="anew")
    before = everything()

    row = check(cast, written(Plan.objects.get(code="anew"), WS), plan=plan.code)

    assert "The file is of another plan" in row.faults[0]["message"]
    assert row.faults[0]["column"] == "B (As it is), sheet “Plan”"
    assert everything() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["changed", "added", "shown"])
def test_new_plan_on_which_somebody_worked_by_hand_stays(cast: Cast, plan: Plan, how: str) -> None:
    row = bring(cast, written(plan, WS), title="Anew", code="anew")
    anew = Plan.objects.get(code="anew")
    action = place(anew).action
    words = Words(title="Words of somebody else")
    if how == "changed":
        action_edits.change_action(by=cast.plan_lead, plan=anew, action=action, version=action.version, words=words)
    elif how == "added":
        first = anew.priorities.get(position=1)
        action_edits.add_action(
            by=cast.plan_lead, on=TODAY, priority=first, reference="1.1.9", words=words, dates="Mar 27"
        )
    else:
        evidence.add(by=cast.plan_lead, at=AT, action=action, title="Notes", data=b"Two providers were visited.")

    with pytest.raises(CannotUndo, match="worked on the plan"):
        imports.undo(by=cast.ruth, at=AT, row=row)

    assert Plan.objects.filter(code="anew").exists()


@pytest.mark.django_db(transaction=True)
def test_new_plan_on_which_nobody_worked_is_taken_away(cast: Cast, plan: Plan) -> None:
    row = bring(cast, written(plan, WS), title="Anew", code="anew")

    imports.undo(by=cast.ruth, at=AT, row=row)

    assert not Plan.objects.filter(code="anew").exists()


@pytest.mark.parametrize("how", ["changed", "shared"])
def test_action_that_a_file_added_and_somebody_worked_on_stays(cast: Cast, plan: Plan, how: str) -> None:
    data = table(["1.1.9", "Brought by a file", "Mar 27", "PACC", "1"], header=WITH_PRIORITY)
    row = bring(cast, data, "plan.csv", plan=plan.code)
    added = Action.objects.get(title="Brought by a file")
    if how == "changed":
        words = Words(title="Words of somebody else")
        action_edits.change_action(by=cast.plan_lead, plan=plan, action=added, version=1, words=words)
    else:
        other = plan_there(with_actions(1, code="other-plan")).priorities.get()
        action_edits.stand_in(by=cast.plan_lead, on=TODAY, action=added, priority=other, reference="")

    with pytest.raises(CannotUndo, match="set it aside instead"):
        imports.undo(by=cast.ruth, at=AT, row=row)

    assert Action.objects.filter(pk=added.pk).exists()


def test_apply_is_refused_when_the_plan_has_moved_since_the_check(cast: Cast, plan: Plan) -> None:
    row = check(cast, changed(written(plan, WS), put("Actions", 3, "Lead", "PACC")), plan=plan.code)
    Action.objects.filter(pk=place(plan).action_id).update(lead_as_written="Somebody else")

    with pytest.raises(imports.Moved):
        imports.apply(by=cast.ruth, at=AT, row=row)


def test_two_actions_of_the_same_words_are_told_apart_by_their_place(cast: Cast) -> None:
    twice = replace(
        FILE, code="twice", title="Twice", priorities=(PriorityLine("1", "The only", actions=(ACTIONS[0], ACTIONS[0])),)
    )
    plan = plan_there(twice)

    bring(cast, changed(written(plan, WS), put("Actions", 3, "Lead", "PACC")), plan=plan.code)

    leads = ActionPlace.objects.order_by("position").values_list("action__lead_as_written", flat=True)
    assert list(leads) == ["EAS M’ger", "PACC"]
