"""One child on several rows of a file, with and without a UPN or misspelt, is asked about and comes in once."""

from datetime import date, timedelta
from typing import Any

import pytest

from casework.models import Pupil
from exclusions.models import Exclusion
from exclusions.services import carry_over_children
from tests.cast import Cast
from tests.conftest import Place
from tests.integration.exclusions.services.test_carry_over import carry, check
from tests.notice_files import as_csv, row

UPN, OTHER_UPN = "H801200001001", "X801200001002"


def rows_of(place: Place, *children: dict[str, str]) -> bytes:
    """Return a file with a suspension of each child, a week after the one before."""
    days = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(len(children))]
    return as_csv(
        [
            row(school=place.school.urn, first_day=day.isoformat(), last_day=day.isoformat(), **child)
            for day, child in zip(days, children, strict=True)
        ]
    )


def to_mend(checked: Any) -> list[list[str]]:
    found: list[list[str]] = next(
        (each["rows"] for each in checked.plan["lists"] if each["heading"].startswith("Rows to mend")), []
    )
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"upn": UPN}, {}),
        ({}, {"upn": UPN}),
        ({}, {"first_name": "Ferdinnand"}),
        ({}, {"first_name": "Ferdinnand", "upn": UPN}),
    ],
)
def test_row_like_an_earlier_one_is_asked_about_and_left_out(
    cast: Cast, place: Place, first: dict[str, str], second: dict[str, str]
) -> None:
    data = rows_of(place, first, second)

    asked = to_mend(check(cast, data))

    assert [each[0] for each in asked] == ["3"]
    assert "Last name" in asked[0][1]
    assert asked[0][2] == (
        "Row 2 looks like the same child, born that day: write the UPN in both rows, or SAME or NEW in a column Child."
    )
    assert not Pupil.objects.exists()
    carry(cast, data)
    assert (Pupil.objects.count(), Exclusion.objects.count()) == (1, 1)


def test_every_row_of_the_child_that_is_asked_about_is_asked_about(cast: Cast, place: Place) -> None:
    checked = check(cast, rows_of(place, {}, {"upn": UPN}, {"upn": UPN}, {}))

    assert [each[0] for each in to_mend(checked)] == ["3", "4"]


@pytest.mark.parametrize(
    ("first", "second"),
    [({"upn": UPN}, {"child": "SAME"}), ({}, {"upn": UPN, "first_name": "Ferdinnand", "child": "SAME"})],
)
def test_same_joins_the_child_of_the_earlier_row_which_keeps_the_upn(
    cast: Cast, place: Place, first: dict[str, str], second: dict[str, str]
) -> None:
    settled = {name: cell for name, cell in second.items() if name != "child"}
    data = rows_of(place, first, second, settled)
    assert check(cast, data).counts["Children that are added"] == 1

    carry(cast, data)

    child = Pupil.objects.get()
    assert (child.upn, child.cases.count()) == (UPN, 3)
    again = check(cast, rows_of(place, first, second))
    assert again.counts["Held already"] == 2, "A file that comes again doubles nothing."


def test_new_keeps_the_two_apart_and_is_written_once(cast: Cast, place: Place) -> None:
    twin = {"first_name": "Ferdinanda", "sex": "F"}
    data = rows_of(place, {}, twin | {"child": "NEW"}, {}, twin)
    assert to_mend(check(cast, data)) == []

    carry(cast, data)

    assert sorted(child.cases.count() for child in Pupil.objects.all()) == [2, 2]


def test_two_children_of_one_name_are_asked_about_again_where_a_row_may_mean_either(cast: Cast, place: Place) -> None:
    asked = to_mend(check(cast, rows_of(place, {"upn": UPN}, {"child": "NEW"}, {}, {"child": "SAME"})))

    assert [each[0] for each in asked] == ["4", "5"]
    assert "more than one such child" in asked[1][2]


def test_two_upns_are_two_children_and_not_asked_about(cast: Cast, place: Place) -> None:
    data = rows_of(place, {"upn": UPN}, {"upn": OTHER_UPN})
    assert to_mend(check(cast, data)) == []

    carry(cast, data)

    assert set(Pupil.objects.values_list("upn", flat=True)) == {UPN, OTHER_UPN}


def test_another_birthday_is_another_child(cast: Cast, place: Place) -> None:
    checked = check(cast, rows_of(place, {"upn": UPN}, {"date_of_birth": "04/05/2012"}))

    assert to_mend(checked) == []
    assert checked.counts["Children that are added"] == 2


def test_row_like_one_of_a_child_held_under_another_name_is_asked_about(cast: Cast, place: Place, pupil: Pupil) -> None:
    born = {"date_of_birth": pupil.date_of_birth.isoformat()}
    by_upn = {"upn": pupil.upn or "", "child": "SAME", **born}
    data = rows_of(place, born, by_upn)

    asked = to_mend(check(cast, data))

    assert [each[0] for each in asked] == ["2"]
    carry(cast, rows_of(place, born | {"child": "SAME"}, by_upn))
    assert list(Pupil.objects.all()) == [pupil]
    assert pupil.cases.count() == 2


def test_birthday_of_more_children_than_there_can_be_is_asked_about(
    cast: Cast, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry_over_children, "MOST_OF_A_DAY", 2)
    names = (
        {"first_name": first, "last_name": last} for first, last in (("Ann", "Bo"), ("Cy", "Dell"), ("Eve", "Fry"))
    )

    asked = to_mend(check(cast, rows_of(place, *names)))

    assert [(each[0], each[2]) for each in asked] == [
        ("4", "Too many children of this file are born that day: check the dates of birth.")
    ]


def test_row_that_says_new_is_not_of_the_child_that_its_name_was_said_to_be(cast: Cast, place: Place) -> None:
    carry(cast, rows_of(place, {"upn": UPN}, {"child": "SAME"}, {"child": "NEW"}))

    assert sorted(child.cases.count() for child in Pupil.objects.all()) == [1, 2]
