"""Children held already who may be the one described."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import OtherName, OtherUpn, Pupil
from casework.selectors.same_child import Perhaps, same_child_perhaps
from tests.cast import Cast
from tests.conftest import NOW, TODAY
from tests.factories import casework as rows
from tests.queries import asked


def perhaps(cast: Cast, **changes: Any) -> list[Perhaps]:
    described: dict[str, Any] = {
        "first_name": "Zephyrine", "last_name": "Quillfeather", "date_of_birth": date(2013, 2, 3), "sex": "F", "upn": "",
    } | changes  # fmt: skip
    return same_child_perhaps(by=cast.asha, on=TODAY, **described)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, "born on the same day, and their names are alike"),
        ({"first_name": "Zéphyrine", "last_name": "QUILL-FEATHER"}, "their names are alike"),
        ({"first_name": "Quillfeather", "last_name": "Zephyrine"}, "their names are alike"),
        ({"last_name": "Marsh"}, "share a name"),
        ({"date_of_birth": date(2013, 3, 2)}, "birthdays that may be one"),
    ],
)
def test_child_described_another_way_is_found_with_the_reason(
    changes: dict[str, Any], because: str, cast: Cast, pupil: Pupil
) -> None:
    found = perhaps(cast, **changes)

    assert [each.pupil for each in found] == [pupil]
    assert because in found[0].evidence.because
    assert found[0].school == "Marchbridge High School"


@pytest.mark.parametrize(
    "changes",
    [{"first_name": "Barnaby", "last_name": "Holt"}, {"date_of_birth": date(2009, 11, 20)},
     {"first_name": "Zephyra", "date_of_birth": date(2013, 3, 2)}],
)  # fmt: skip
def test_another_child_is_not_found(changes: dict[str, Any], cast: Cast, pupil: Pupil) -> None:
    assert perhaps(cast, **changes) == []


def test_child_is_found_by_a_upn_of_before_and_by_another_name(cast: Cast, pupil: Pupil) -> None:
    OtherUpn.objects.create(pupil=pupil, upn="C99912342400A", kind="temporary", source="School", recorded_at=NOW)
    OtherName.objects.create(
        pupil=pupil, kind="formerly", first_name="Zephyrine", last_name="Marlowe", source="School", recorded_at=NOW
    )

    by_upn = perhaps(cast, upn="C99912342400A", first_name="Barnaby", last_name="Holt", date_of_birth=date(2011, 1, 1))
    by_name = perhaps(cast, last_name="Marlow")

    assert by_upn[0].upns == (str(pupil.upn), "C99912342400A")
    assert by_name[0].evidence.name == "Alike" or by_name[0].evidence.name == "Same"
    assert by_name[0].other_names == ("Zephyrine Marlowe",)


def test_who_may_not_see_children_is_shown_none(cast: Cast, pupil: Pupil) -> None:
    found = same_child_perhaps(
        by=cast.chair, on=TODAY, first_name="Zephyrine", last_name="Quillfeather", sex="F", upn=pupil.upn or "",
        date_of_birth=date(2013, 2, 3),
    )  # fmt: skip

    assert found == []


def test_at_most_four_are_shown_in_as_many_queries_as_one(cast: Cast, pupil: Pupil) -> None:
    with CaptureQueriesContext(connection) as one:
        perhaps(cast)
    for _ in range(30):
        rows.RollSpellFactory.create()

    with CaptureQueriesContext(connection) as many:
        found = perhaps(cast)

    assert len(found) == 4
    assert len(asked(many)) == len(asked(one))
