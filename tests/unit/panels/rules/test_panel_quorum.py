from datetime import date

import pytest

from panels.rules.presiding import may_change_stand_in, may_touch_item, presiding
from panels.rules.quorum import Need, NoQuorumInTerms, Present, quorum
from panels.rules.sources import terms_of_reference
from panels.rules.terms import MemberRole
from tests.tables.reader import rows

SOURCE = terms_of_reference(date(2025, 9, 1), "quorum")


def need(text: str) -> Need:
    number, _, role = text.partition(" ")
    return Need(int(number), MemberRole(role) if role else None)


def present(text: str) -> Present:
    who, roles = text.split("=")
    return Present(who, frozenset(MemberRole(role) for role in roles.split("+")))


@pytest.mark.parametrize("row", rows("quorum"), ids=lambda row: row["situation"])
def test_quorum_of_each_item_is_as_the_table_says(row: dict[str, str]) -> None:
    found = quorum(
        [need(one) for one in row["needs"].split("|")],
        [present(one) for one in row["room"].split()],
        out=row["out"].split(),
        source=SOURCE,
    )

    assert (found.is_met, found.says) == (row["met"] == "yes", row["says"])
    assert all(not one.missing for one in found.working) is found.is_met
    assert found.source == (SOURCE,)


@pytest.mark.parametrize("needs", [[], [Need(0)], [Need(3), Need(-1, MemberRole.HEAD)]])
def test_terms_without_a_quorum_are_an_error(needs: list[Need]) -> None:
    with pytest.raises(NoQuorumInTerms, match="must say how many"):
        quorum(needs, [], out=(), source=SOURCE)


@pytest.mark.parametrize("row", rows("presiding"), ids=lambda row: row["situation"])
def test_whoever_presides_is_the_one_of_the_table(row: dict[str, str]) -> None:
    found = presiding(
        row["chair"],
        row["vice_chairs"].split(),
        out=row["out"].split(),
        in_the_room=row["room"].split(),
        source=SOURCE,
    )

    assert (found.member or "", found.is_stand_in) == (row["presides"], row["stand_in"] == "yes")
    assert "; ".join(" ".join(one) for one in found.working) == row["working"]
    assert found.can_be_heard is bool(row["presides"])
    assert not any(who in found.says for who in ("marwood", "tobin", "rana"))


@pytest.mark.parametrize(
    ("by", "out", "may"),
    [("chair", (), False), ("chair", ("chair",), False), ("clerk", ("chair",), True), ("head", ("head",), False)],
)
def test_chair_cannot_change_who_stands_in(by: str, out: tuple[str, ...], may: bool) -> None:
    assert may_change_stand_in(by, chair="chair", out=out) is may


def test_nobody_touches_an_item_that_they_are_out_of() -> None:
    assert may_touch_item("chair", out=("head",))
    assert not may_touch_item("chair", out=("head", "chair"))
