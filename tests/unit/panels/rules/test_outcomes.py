from datetime import date

import pytest

from panels.rules.outcomes import CONDITION_LABELS, COST_SEEN_LABELS, Condition, CostSeen, Decided, is_final, lacks
from panels.rules.terms import PanelKind
from tests.tables.reader import day, rows


@pytest.mark.parametrize("row", rows("panel_outcomes"), ids=lambda row: row["situation"])
def test_decision_of_each_situation_lacks_what_the_table_says(row: dict[str, str]) -> None:
    decided = Decided(
        outcome=row["outcome"],
        reasons="Small groups" if row["reasons"] else " ",
        school=row["school"],
        starts_on=day(row["starts_on"]),
        review_on=day(row["review_on"]),
        cost_seen=CostSeen(row["cost_seen"]) if row["cost_seen"] else None,
    )

    found = lacks(decided, PanelKind(row["panel"]), on=date.fromisoformat(row["on"]))

    assert " ".join(one.part for one in found) == row["lacks"]
    assert all(one.says for one in found)


def test_reason_for_leaving_the_turn_belongs_to_a_school_that_is_named() -> None:
    def found(outcome: str, school: str = "") -> list[tuple[str, str]]:
        on = date(2026, 11, 17)
        decided = Decided(outcome, "Nearer", school, on if school else None, departs_because="Siblings are there")
        return [(each.part, each.says) for each in lacks(decided, PanelKind.FAIR_ACCESS_SECONDARY, on=on)]

    assert found("school_named", "100001") == []
    assert found("other") == [("departs_because", "Leave this empty: “Other” names no school")]


def test_only_more_information_leaves_a_referral_open() -> None:
    outcomes = ("specialist_place", "mainstream", "school_named", "not_for_this_panel", "other", "more_information")

    assert [is_final(outcome) for outcome in outcomes] == [True, True, True, True, True, False]


def test_every_word_has_its_label() -> None:
    assert set(CONDITION_LABELS) == {each.value for each in Condition}
    assert set(COST_SEEN_LABELS) == {each.value for each in CostSeen}
