from datetime import date

import pytest

from exclusions.rules.board_arrangements import (
    Invited,
    enough_governors,
    invited,
    papers_out,
    remote_meeting,
    school_days_before,
    who_decides,
)
from exclusions.rules.terms import SchoolKind
from tests.tables.reader import calendar, rows


@pytest.mark.parametrize("row", rows("papers"), ids=lambda row: row["situation"])
def test_papers_go_out_five_school_days_before_the_meeting(row: dict[str, str]) -> None:
    papers = papers_out(date.fromisoformat(row["meeting_on"]), calendar=calendar(row["calendar"]))

    assert papers.due == date.fromisoformat(row["due"])
    assert [looked_at.count for looked_at in papers.count.working if looked_at.count] == [1, 2, 3, 4, 5]


def test_count_backwards_begins_at_one() -> None:
    with pytest.raises(ValueError, match="begins at 1"):
        school_days_before(date(2025, 9, 19), 0, calendar=calendar("A"))


@pytest.mark.parametrize("row", rows("remote_meetings"), ids=lambda row: row["situation"])
def test_meeting_is_remote_when_the_table_says(row: dict[str, str]) -> None:
    found = remote_meeting(
        date.fromisoformat(row["meeting_on"]),
        first_day=date.fromisoformat(row["first_day"]),
        parent_asks=row["parent_asks"] == "yes",
        conditions_met=row["conditions_met"] == "yes",
        unforeseen=row["unforeseen"] == "yes",
    )

    assert found.answer == row["answer"]
    assert found.source


@pytest.mark.parametrize("row", rows("board_deciders"), ids=lambda row: f"{row['school_kind']} {row['source']}")
def test_decider_before_an_examination_is_the_tables(row: dict[str, str]) -> None:
    kind = SchoolKind(row["school_kind"])

    found = who_decides(
        kind, exam_lost=row["exam_lost"] == "yes", quorum_before_exam=row["quorum_before_exam"] == "yes"
    )

    assert found.answer == row["decider"]
    assert (Invited.AUTHORITY in invited(kind, first_day=date(2025, 9, 8))) == (row["authority_invited"] == "yes")
    assert enough_governors(kind, 2) == (row["enough_with_two"] == "yes")


@pytest.mark.parametrize(("first_day", "number"), [(date(2022, 7, 20), 3), (date(2022, 9, 1), 5)])
def test_social_worker_and_virtual_school_head_are_asked_from_september_2022(first_day: date, number: int) -> None:
    found = invited(
        SchoolKind.ACADEMY,
        first_day=first_day,
        parent_asks_for_authority=True,
        social_worker=True,
        looked_after=True,
    )

    assert len(found) == number
