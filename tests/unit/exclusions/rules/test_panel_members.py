from datetime import date

import pytest

from exclusions.rules.panel_members import Category, Member, Service, member_faults, panel_faults, sen_expert
from tests.tables.reader import day, rows


def service(row: dict[str, str], what: str) -> Service | None:
    since = day(row[f"{what}_from"])
    return Service(since, day(row[f"{what}_until"])) if since else None


@pytest.mark.parametrize("row", rows("panel_members"), ids=lambda row: row["situation"])
def test_member_may_sit_unless_the_table_names_a_fault(row: dict[str, str]) -> None:
    governor = service(row, "governor")
    member = Member(
        Category(row["category"]),
        day(row["trained_on"]),
        head=service(row, "head"),
        governor=(governor,) if governor else (),
        taught_until=day(row["taught_until"]),
        headed_this_school_until=day(row["headed_this_until"]),
        is_connected=row["connected"] == "yes",
    )

    assert "; ".join(member_faults(member, review_on=date.fromisoformat(row["review_on"])).faults) == row["faults"]


@pytest.mark.parametrize("row", rows("panels"), ids=lambda row: row["members"])
def test_panel_has_the_mix_of_the_table(row: dict[str, str]) -> None:
    assert "; ".join(panel_faults([Category(one) for one in row["members"].split()]).faults) == row["faults"]


@pytest.mark.parametrize("row", rows("sen_experts"), ids=lambda row: row["situation"])
def test_sen_expert_is_arranged_when_the_table_says(row: dict[str, str]) -> None:
    found = sen_expert(
        review_on=date.fromisoformat(row["review_on"]),
        applied_on=date.fromisoformat(row["applied_on"]),
        asked_on=day(row["asked_on"]),
        in_writing=row["in_writing"] == "yes",
    )

    assert (found.must_be_arranged, found.because) == (row["must_be_arranged"] == "yes", row["because"])
