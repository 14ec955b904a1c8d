"""How a file names a row of a plan, and which layout its headings are."""

import pytest

from wsoa.rules import places
from wsoa.rules.layouts import action_fields, layout_of
from wsoa.rules.slips import ways_of
from wsoa.rules.terms import Layout


def test_place_names_what_it_was_made_of() -> None:
    assert places.positions(places.place(12)) == (12, 0)
    assert places.positions(places.place(2, places.ACTION, 17), places.ACTION) == (2, 17)
    assert places.positions(" p2a7 ", places.ACTION) == (2, 7)


@pytest.mark.parametrize("text", ["", "2.7", "P2", "P2M7", "P2A", "P٢A٧", "P2A7A8"])
def test_what_names_no_action_has_no_positions(text: str) -> None:
    assert places.positions(text, places.ACTION) is None


@pytest.mark.parametrize("layout", list(Layout))
def test_layout_is_known_by_its_headings_however_they_are_written(layout: Layout) -> None:
    assert layout_of(f" {each.heading.upper()} " for each in action_fields(layout)) is layout


def test_no_heading_stands_for_two_things_in_different_layouts() -> None:
    meant: dict[str, set[str]] = {}
    for layout in Layout:
        for each in action_fields(layout):
            meant.setdefault(each.heading.casefold(), set()).add(each.name)

    assert all(len(names) == 1 for names in meant.values())


@pytest.mark.parametrize(
    ("cell", "codes", "ways"),
    [
        ("EAS mgr/PACC", ["EAS M'ger", "PACC"], [("EAS M'ger", "EAS mgr")]),
        ("Head of QA/PI", ["Head of QA/PI"], []),
        ("EAS mgr, schools", ["EAS M'ger"], []),
        ("DPH/SM MPFT", ["DoPH", "BeeU SM"], [("DoPH", "DPH"), ("BeeU SM", "SM MPFT")]),
        ("", [], []),
    ],
)
def test_way_of_writing_a_role_is_told_where_it_is_certain(
    cell: str, codes: list[str], ways: list[tuple[str, str]]
) -> None:
    assert list(ways_of(cell, codes)) == ways
