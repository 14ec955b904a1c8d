"""January census headcounts from a file."""

from typing import Any

import pytest

from casework.imports import CannotUndo
from casework.models import CensusHeadcount, HeadcountPart, Import, School
from casework.services import imports
from tests.cast import Cast
from tests.conftest import NOW
from tests.factories.casework import SchoolFactory
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db
ROWS: list[list[Any]] = [
    ["URN", "Year", "Year group", "SEN", "Headcount"],
    ["800100", 2026, "7", "N", 100],
    ["800100", 2026, "Year 7", "K", 15],
    ["800100", 2026, "8", "E", 5],
    ["800101", 2026, None, None, 210],
]


@pytest.fixture
def schools(cast: Cast) -> list[School]:
    return [SchoolFactory.create(urn="800100"), SchoolFactory.create(urn="800101", phase="primary")]


def brought(cast: Cast, data: bytes, name: str = "census.xlsx") -> Import:
    row = imports.bring(by=cast.administrator, at=NOW, kind="headcounts", file_name=name, content=data, options={})
    imports.check(at=NOW, row=row)
    return row


def totals() -> dict[str, int]:
    return dict(CensusHeadcount.objects.filter(year=2026).values_list("school__urn", "headcount"))


def test_parts_add_up_to_the_headcount_that_rates_divide_by(cast: Cast, schools: list[School]) -> None:
    row = brought(cast, workbook(ROWS))
    assert row.counts["New headcounts"] == 2

    imports.apply(by=cast.administrator, at=NOW, row=row)

    assert totals() == {"800100": 120, "800101": 210}
    assert set(HeadcountPart.objects.values_list("year_group", "sen", "headcount")) == {
        ("7", "N", 100), ("7", "K", 15), ("8", "E", 5),
    }  # fmt: skip


def test_a_second_file_replaces_the_parts_of_the_schools_it_names_and_undo_brings_them_back(
    cast: Cast, schools: list[School]
) -> None:
    imports.apply(by=cast.administrator, at=NOW, row=brought(cast, workbook(ROWS)))
    row = brought(cast, b"URN,Year,Year group,SEN,Headcount\n800100,2026,7,N,101\n", "census.csv")
    lists = {each["heading"]: each["rows"] for each in row.plan["lists"]}
    assert [each[2:] for each in lists["Changed headcounts"]] == [["120", "101"]]

    imports.apply(by=cast.administrator, at=NOW, row=row)
    assert totals() == {"800100": 101, "800101": 210}
    assert list(HeadcountPart.objects.values_list("year_group", "sen", "headcount")) == [("7", "N", 101)]

    imports.undo(by=cast.administrator, at=NOW, row=row)
    assert totals() == {"800100": 120, "800101": 210}
    assert HeadcountPart.objects.count() == 3


def test_undo_is_refused_after_a_later_file_changed_the_same_headcount(cast: Cast, schools: list[School]) -> None:
    first = brought(cast, workbook(ROWS))
    imports.apply(by=cast.administrator, at=NOW, row=first)
    imports.apply(
        by=cast.administrator, at=NOW, row=brought(cast, b"URN,Year,Headcount\n800101,2026,211\n", "census.csv")
    )

    with pytest.raises(CannotUndo, match="800101 2026"):
        imports.undo(by=cast.administrator, at=NOW, row=first)


def test_a_total_and_its_parts_may_stand_in_one_file_when_they_agree(cast: Cast, schools: list[School]) -> None:
    data = b"URN,Year,Year group,SEN,Headcount\n800100,2026,,,120\n800100,2026,7,N,100\n800100,2026,8,,20\n"

    row = brought(cast, data, "census.csv")

    assert (row.state, row.counts["New headcounts"]) == ("checked", 1)
