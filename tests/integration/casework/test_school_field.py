"""A school, typed by its name or its URN."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.forms.school_field import SchoolField, SchoolInput
from tests.conftest import Place
from tests.factories import casework as rows


@pytest.mark.parametrize(
    "typed",
    ["Marchbridge High School", "marchbridge high school", "{urn}", "Marchbridge High School ({urn})", " {urn} "],
)
def test_school_is_read_by_its_name_its_urn_or_both(typed: str, place: Place) -> None:
    assert SchoolField().clean(typed.format(urn=place.school.urn)) == place.school


@pytest.mark.parametrize("typed", ["Marchbridge", "000000", "Nowhere School (000000)"])
def test_school_that_is_not_held_is_refused_with_what_was_typed(typed: str, place: Place) -> None:
    with pytest.raises(ValidationError, match="Choose one from the list, or type the URN: no school held is"):
        SchoolField().clean(typed)


def test_two_schools_of_one_name_are_told_apart_by_urn_and_a_closed_one_gives_way(place: Place) -> None:
    closed = rows.SchoolFactory.create(name="St Anselm’s", closed_on=date(2024, 8, 31))
    open_ = rows.SchoolFactory.create(name="St Anselm’s")

    assert SchoolField().clean("St Anselm’s") == open_
    assert SchoolField().clean(closed.urn) == closed
    with pytest.raises(ValidationError, match="closed on 31 August 2024"):
        SchoolField(open_only=True).clean(closed.urn)
    rows.SchoolFactory.create(name="St Anselm’s")
    with pytest.raises(ValidationError, match="2 schools are called St Anselm’s"):
        SchoolField().clean("St Anselm’s")


def test_nothing_typed_is_no_school_where_none_is_required(place: Place) -> None:
    assert SchoolField(required=False).clean("") is None


def test_field_offers_the_councils_open_schools_alone_in_one_query(place: Place) -> None:
    rows.SchoolFactory.create(authority=place.neighbour, name="Over The Border School")
    rows.SchoolFactory.create(authority=place.authority, name="Gone School", closed_on=date(2024, 8, 31))

    with CaptureQueriesContext(connection) as captured:
        drawn = SchoolInput().render("school", "", {"id": "id_school"})

    assert f'<option value="Underhill Primary School ({place.primary.urn})">' in drawn
    assert 'list="id_school-schools"' in drawn
    assert "Over The Border" not in drawn
    assert "Gone School" not in drawn
    assert len(captured) == 1
