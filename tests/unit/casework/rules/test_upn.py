import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.upn import (
    LETTERS,
    UpnFault,
    check_letter,
    has_unlisted_authority,
    is_temporary,
    make_upn,
    validate,
)
from tests.tables.reader import rows


@pytest.mark.parametrize("row", rows("upn"), ids=lambda row: row["upn"])
def test_upn_of_each_situation_has_its_fault(row: dict[str, str]) -> None:
    problem = validate(row["upn"])

    assert (problem.fault if problem else "") == row["fault"]
    assert is_temporary(row["upn"]) == (row["temporary"] == "yes") or problem


def test_wrong_check_letter_is_not_given_away() -> None:
    problem = validate("A801200005001")

    assert problem
    assert problem.message == (
        "The first letter does not match the rest of the UPN. Check it against the school's record"
    )


def test_check_letter_of_a_body_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is not the body of a UPN"):
        check_letter("123")


@pytest.mark.parametrize(
    ("upn", "is_unlisted"), [("B801200005001", False), ("R999123424001", False), ("A100200005001", True)]
)
def test_authority_on_no_list_is_told_apart(upn: str, is_unlisted: bool) -> None:
    assert has_unlisted_authority(upn) == is_unlisted


def test_upn_made_from_its_parts_is_the_worked_one() -> None:
    assert make_upn("999", "1234", 2024, 1) == "R999123424001"
    assert make_upn("999", "1234", 24, "00a") == "C99912342400A"


@given(st.integers(1, 99_999_999), st.integers(0, 99), st.integers(0, 999), st.sampled_from(LETTERS))
def test_upn_with_another_letter_is_never_valid(place: int, year: int, serial: int, letter: str) -> None:
    upn = make_upn("999", f"{place % 10000:04d}", year, serial)
    problem = validate(letter + upn[1:])

    assert (problem is None) == (letter == upn[0])
    assert problem is None or problem.fault is UpnFault.CHECK_LETTER
