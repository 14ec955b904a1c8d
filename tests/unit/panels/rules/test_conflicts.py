import re
from dataclasses import replace
from datetime import date

import pytest

from panels.rules.conflicts import FINDERS, Finder, Force, Tie, ties
from panels.rules.links import Address, ItemLinks, Link, MemberLinks, School
from panels.rules.standing_ties import (
    CannotBeDismissed,
    OwnTie,
    ReasonNeeded,
    TieAnswer,
    answer_tie,
    item_conflicts,
    may_dismiss,
)
from panels.rules.tie_terms import Ground, Relation, TieKind, TieState, Towards
from tests.tables.reader import day, rows

ON = date(2025, 11, 17)
LINK = re.compile(
    r"(?P<relation>\w+):(#(?P<item>[\w-]+)|~(?P<family>\w+)|(?P<urn>\d*)(/(?P<trust>\w+))?)"
    r"(@(?P<first>[\d-]*)(\.\.(?P<last>[\d-]+))?)?"
)
TABLE = rows("conflicts")


def schools(cell: str) -> tuple[School, ...]:
    return tuple(School(urn, trust or None) for urn, _, trust in (one.partition("/") for one in cell.split()))


def links(cell: str) -> tuple[Link, ...]:
    """Return the links of a cell: 'works_at:100/T1@2020-09-01..2025-11-16', a family after ~ and an item after #."""
    found = [LINK.fullmatch(one) for one in cell.split()]
    return tuple(
        Link(
            Relation(one["relation"]),
            one["urn"] or None,
            one["trust"],
            day(one["first"] or ""),
            day(one["last"] or ""),
            one["family"] or "",
            one["item"],
        )
        for one in found
        if one
    )


def addresses(cell: str) -> frozenset[Address]:
    return frozenset({Address(*cell.split("|"))} if cell else ())


def names(cell: str) -> frozenset[str]:
    return frozenset({cell.replace("_", " ")} if cell else ())


def member(row: dict[str, str], who: str = "member") -> MemberLinks:
    return MemberLinks(who, links(row["links"]), names(row["names"]), addresses(row["addresses"]))


def item(row: dict[str, str]) -> ItemLinks:
    return ItemLinks(
        "FA-047",
        schools(row["excluding"]),
        schools(row["candidates"]),
        schools(row["previous"]),
        names(row["item_names"]),
        addresses(row["item_addresses"]),
    )


def found_with(row: dict[str, str], finders: tuple[Finder, ...]) -> tuple[Tie, ...]:
    years = int(row["former_years"]) if row["former_years"] else None
    return ties(member(row), item(row), on=ON, former_years=years, finders=finders)


def as_written(found: tuple[Tie, ...]) -> str:
    return " ".join(f"{one.kind}>{one.towards}={one.hangs_on}:{one.force}" for one in found)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["situation"])
def test_ties_of_each_situation_are_those_of_the_table(row: dict[str, str]) -> None:
    found = found_with(row, FINDERS)
    years = int(row["former_years"]) if row["former_years"] else None
    conflicts = item_conflicts([member(row)], item(row), (), on=ON, former_years=years)

    assert as_written(found) == row["ties"]
    assert all(one.says and one.source[0].instrument == "Panels' terms" for one in found)
    assert (conflicts.number_out == 1) == (row["out"] == "yes")
    assert conflicts.out == ({"member"} if row["out"] == "yes" else set())
    assert len(conflicts.why) == (1 if found else 0)


@pytest.mark.parametrize("finder", FINDERS, ids=lambda one: f"{one.kind}>{one.towards}")
def test_table_notices_each_finder_that_is_switched_off(finder: Finder) -> None:
    rest = tuple(one for one in FINDERS if one is not finder)

    broken = [row["situation"] for row in TABLE if as_written(found_with(row, rest)) != row["ties"]]

    assert broken


def test_every_kind_of_tie_has_a_finder_and_each_is_there_once() -> None:
    assert {one.kind for one in FINDERS} == set(TieKind)
    assert {one.towards for one in FINDERS} == set(Towards)
    assert len({(one.kind, one.towards) for one in FINDERS}) == len(FINDERS)


BARRING = Tie(TieKind.WORKS_AT, Towards.EXCLUDING, "100", Force.BARS, "Works at the excluding school")
PROMPT = Tie(TieKind.FAMILY_NAME, Towards.FAMILY, "Pellow", Force.PROMPTS, "Family name matches")
PELLOW = MemberLinks("pellow", family_names=frozenset({"Pellow"}))
HEAD = MemberLinks("head", (Link(Relation.WORKS_AT, "100"),))
ITEM = ItemLinks("FA-047", (School("100"),), family_names=frozenset({"Pellow"}))


def answered(tie: Tie, who: str, ground: Ground | None, reason: str = "Asked by phone.") -> TieAnswer:
    return answer_tie(tie, member=who, item="FA-047", ground=ground, reason=reason, by="clerk", on=ON)


@pytest.mark.parametrize(
    ("tie", "ground", "may"),
    [
        (BARRING, Ground.WRONG_PERSON, True),
        (BARRING, Ground.WRONG_SCHOOL, True),
        (BARRING, Ground.DOES_NOT_MATTER, False),
        (PROMPT, Ground.WRONG_PERSON, True),
        (PROMPT, Ground.WRONG_SCHOOL, True),
        (PROMPT, Ground.DOES_NOT_MATTER, True),
    ],
)
def test_tie_that_bars_is_dismissed_only_as_false(tie: Tie, ground: Ground, may: bool) -> None:
    assert may_dismiss(tie, ground) is may
    if may:
        assert answered(tie, "head", ground).ground is ground
    else:
        with pytest.raises(CannotBeDismissed):
            answered(tie, "head", ground)


def test_dismissal_needs_a_reason_and_a_standing_tie_none() -> None:
    with pytest.raises(ReasonNeeded):
        answered(PROMPT, "pellow", Ground.WRONG_PERSON, " ")
    assert answered(PROMPT, "pellow", None, "").ground is None
    assert answered(PROMPT, "pellow", Ground.WRONG_PERSON, " Asked. ").reason == "Asked."


def test_nobody_answers_a_tie_of_their_own() -> None:
    with pytest.raises(OwnTie):
        answer_tie(PROMPT, member="a", item="FA-047", ground=Ground.WRONG_PERSON, reason="No.", by="a", on=ON)


def test_prompt_stands_until_it_is_answered() -> None:
    unanswered = item_conflicts([PELLOW, HEAD], ITEM, (), on=ON)
    dismissed = item_conflicts([PELLOW, HEAD], ITEM, [answered(PROMPT, "pellow", Ground.WRONG_PERSON)], on=ON)
    confirmed = item_conflicts([PELLOW, HEAD], ITEM, [answered(PROMPT, "pellow", None)], on=ON)

    assert unanswered.out == {"pellow", "head"}
    assert unanswered.needs_answer == 1
    assert dismissed.out == {"head"}
    assert dismissed.needs_answer == 0
    assert confirmed.out == {"pellow", "head"}
    assert confirmed.needs_answer == 0
    assert [one.ties[0].state for one in confirmed.why] == [TieState.STANDS, TieState.STANDS]
    assert dismissed.why[0].ties[0].answer
    assert not dismissed.why[0].is_out


def test_last_answer_counts() -> None:
    given = [answered(PROMPT, "pellow", Ground.WRONG_PERSON), answered(PROMPT, "pellow", None)]

    assert item_conflicts([PELLOW], ITEM, given, on=ON).out == {"pellow"}
    assert item_conflicts([PELLOW], ITEM, given[::-1], on=ON).out == set()


@pytest.mark.parametrize(
    "other",
    [
        {"member": "head"},
        {"item": "FA-048"},
        {"kind": TieKind.ADDRESS},
        {"towards": Towards.PREVIOUS},
        {"hangs_on": "Tobin"},
        {"reason": " "},
        {"by": "pellow"},
    ],
)
def test_answer_counts_only_for_its_own_tie_and_if_it_could_be_given(other: dict[str, str]) -> None:
    given = replace(answered(PROMPT, "pellow", Ground.WRONG_PERSON), **other)  # type: ignore[arg-type]

    assert item_conflicts([PELLOW], ITEM, [given], on=ON).out == {"pellow"}


def test_kept_answer_that_calls_a_barring_tie_slight_counts_for_nothing() -> None:
    given = replace(answered(BARRING, "head", Ground.WRONG_SCHOOL), ground=Ground.DOES_NOT_MATTER)

    assert item_conflicts([HEAD], ITEM, [given], on=ON).out == {"head"}
    assert item_conflicts([HEAD], ITEM, [replace(given, ground=Ground.WRONG_SCHOOL)], on=ON).out == set()


def test_one_tie_dismissed_leaves_another_standing() -> None:
    both = replace(HEAD, family_names=frozenset({"Pellow"}))

    assert item_conflicts([both], ITEM, [answered(PROMPT, "head", Ground.WRONG_PERSON)], on=ON).out == {"head"}
