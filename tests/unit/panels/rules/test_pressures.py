"""The pressures of schools as they are pasted."""

from datetime import date
from fractions import Fraction

import pytest

from panels.rules.turns.ledger import TurnSchool
from panels.rules.turns.pressures import MOST_LINES, BadPressures, as_lines, read_pressures

FIRST = date(2026, 9, 1)
ALDER = TurnSchool(101, "Alder School", FIRST, roll=900)
BIRCH = TurnSchool(102, "Birch, Church School", FIRST, roll=600)
LINES = "101\tAlder School\t3.5\t20\t104.5\t5%\t2\t10.25\n102\tBirch, Church School\t4\t30\t101\t6\t3\t40"


def faults(text: str, *schools: TurnSchool) -> list[str]:
    with pytest.raises(BadPressures) as raised:
        read_pressures(text, schools=schools or (ALDER, BIRCH))
    return [str(fault) for fault in raised.value.faults]


def test_line_is_a_schools_profile_exactly() -> None:
    alder, birch = read_pressures(LINES, schools=(BIRCH, ALDER))

    assert (alder.urn, alder.roll, alder.plans, alder.free_meals) == (101, 900, Fraction(35, 1000), Fraction(1, 5))
    assert (alder.attainment, alder.additional_language) == (Fraction(209, 2), Fraction(1, 20))
    assert (alder.mobility, alder.deprivation) == (Fraction(1, 50), Fraction(1025, 10000))
    assert birch.urn == 102
    assert birch.attainment == Fraction(101)


@pytest.mark.parametrize(
    "text",
    [
        LINES.replace("\t", ";"),
        LINES.replace("Birch, Church School", "Birch").replace("\t", ","),
        LINES.replace("Birch, Church School", '"Birch, Church School"').replace("\t", ","),
        "urn\tSchool\ta\tb\tc\td\te\tf\n\n" + LINES + "\n",
    ],
)
def test_cells_are_apart_as_a_spreadsheet_gives_them(text: str) -> None:
    assert len(read_pressures(text, schools=(ALDER, BIRCH))) == 2


def test_lines_offered_are_read_again_as_they_were() -> None:
    profiles = read_pressures(LINES, schools=(ALDER, BIRCH))

    assert read_pressures(as_lines((ALDER, BIRCH), profiles), schools=(ALDER, BIRCH)) == profiles


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\t3.5\t", "\t\t", "Line 1: EHC plans: enter a number from 0 to 100 with at most two decimals, not ‘’"),
        ("\t3.5\t", "\tnan\t", "not ‘nan’"),
        ("\t3.5\t", "\t-1\t", "not ‘-1’"),
        ("\t3.5\t", "\t3.555\t", "not ‘3.555’"),
        ("\t20\t", "\t100.01\t", "Line 1: Free school meals"),
        ("\t5%\t", "\t5 per cent\t", "Line 1: Additional language"),
        ("\t104.5\t", "\t201\t", "Line 1: Attainment on entry: enter a number from 0 to 200"),
        ("\t10.25", "", "Line 1: 7 cells, where there are 8: URN, School, EHC plans %"),
        ("101\t", "999\t", "Line 1: No school of this panel has the URN ‘999’"),
        ("101\t", f"{'1' * 400}\t", "Line 1: No school of this panel has the URN ‘11111111111111111111’"),
        ("101\t", '"101\t' + 600 * "x", "Line 1: The line has more than 500 characters"),
        ("\t3.5\t", f"\t{'9' * 400}\t", "not ‘99999999999999999999’"),
        ("\t3.5\t", "\t1e999999\t", "not ‘1e999999’"),
        ("101\t", "¹\t", "No school of this panel has the URN ‘¹’"),
        ("102\tBirch, Church School", "101\tAlder", "Line 2: Alder School stands above already"),
    ],
)
def test_wrong_line_says_which_and_why(old: str, new: str, says: str) -> None:
    assert says in faults(LINES.replace(old, new, 1))[0]


def test_every_school_that_takes_its_turn_has_a_line() -> None:
    assert faults(LINES.splitlines()[0]) == [
        "Every school of the panel has a line. These have none: Birch, Church School"
    ]
    many = [TurnSchool(urn, f"School {urn}", FIRST, roll=1) for urn in range(1, 9)]
    assert faults("", *many)[0].endswith("School 1, School 2, School 3, School 4, School 5 and 3 more")


def test_school_without_a_headcount_has_no_score() -> None:
    says = faults(LINES, ALDER, TurnSchool(102, "Birch", FIRST))
    assert says == ["Line 2: No January headcount of Birch is held: a manager brings it in"]


def test_no_more_lines_are_read_than_a_council_has_schools() -> None:
    assert faults("\n" * (MOST_LINES + 2)) == [f"At most {MOST_LINES} lines are read"]
