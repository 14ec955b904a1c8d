import pytest

from panels.rules.agenda import NotChecked, agenda_for
from panels.rules.standing_ties import ItemConflicts

ITEMS = ["FA-041", "FA-043", "FA-047"]
CONFLICTS = {
    "FA-041": ItemConflicts("FA-041", frozenset(), 0, ()),
    "FA-043": ItemConflicts("FA-043", frozenset({"chair", "rana"}), 0, ()),
    "FA-047": ItemConflicts("FA-047", frozenset({"rana"}), 1, ()),
}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("tobin", [(1, "FA-041"), (2, "FA-043"), (3, "FA-047")]),
        ("chair", [(1, "FA-041"), (2, "FA-047")]),
        ("rana", [(1, "FA-041")]),
    ],
)
def test_agenda_leaves_no_gap_where_a_member_is_out(who: str, seen: list[tuple[int, str]]) -> None:
    assert [(one.number, one.reference) for one in agenda_for(who, ITEMS, CONFLICTS)] == seen


def test_item_that_was_never_checked_is_shown_to_nobody() -> None:
    with pytest.raises(NotChecked) as raised:
        agenda_for("tobin", [*ITEMS, "FA-048"], CONFLICTS)
    assert raised.value.item == "FA-048"
