"""Finding a child by what an officer types."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import OtherName, OtherUpn, Pupil
from casework.selectors import pupils
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.factories import casework as rows
from tests.misspelt import WAYS, crowd, hundred_names
from tests.queries import asked

BORN = date(2012, 5, 3)


def names(cast: Cast, typed: str, limit: int = 8) -> list[str]:
    return [each.pupil.name for each in pupils.find(by=cast.asha, typed=typed, on=TODAY, limit=limit)]


def add(place: Place, *people: tuple[str, str], born: date = BORN) -> list[Pupil]:
    return Pupil.objects.bulk_create(
        Pupil(first_name=first, last_name=last, date_of_birth=born, sex="F", home_authority=place.authority)
        for first, last in people
    )


def test_find_a_hundred_names_misspelt_in_ten_ways(
    cast: Cast, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    hundred = add(place, *hundred_names())
    add(place, *crowd(3000))
    chance = random.Random(5)
    found = {
        way: sum(
            pupil.pk in {each.pupil.pk for each in pupils.find(by=cast.asha, typed=change(pupil.name, chance), on=TODAY, limit=5)}
            for pupil in hundred
        )
        for way, change in WAYS.items()
    }  # fmt: skip

    with capsys.disabled():
        print("\nnames found in the first five, of 100, among 3,100 children:")
        for way, number in found.items():
            print(f"  {way:<40}{number:>4}")
    assert min(found.values()) >= 95, found


@pytest.mark.parametrize(
    "typed",
    ["zephyrine quillfeather", "Quillfeather, Zephyrine", "QUILLFEATHER", "zeph quill", "quillfether", "3/2/2013",
     "3 feb 2013", "2013-02-03", "quill 3/2/2013", "zephyrine 3 february 2013"],
)  # fmt: skip
def test_find_by_name_in_any_order_or_by_birthday_or_both(typed: str, cast: Cast, pupil: Pupil, place: Place) -> None:
    add(place, ("Barnaby", "Thistlewood"))

    assert names(cast, typed) == ["Zephyrine Quillfeather"]


def test_find_by_birthday_and_name_leaves_out_others_born_that_day(cast: Cast, place: Place) -> None:
    add(place, ("Barnaby", "Thistlewood"), ("Ottoline", "Marsh"))

    assert names(cast, "barnaby 3/5/2012") == ["Barnaby Thistlewood"]
    assert set(names(cast, "3/5/2012")) == {"Barnaby Thistlewood", "Ottoline Marsh"}


def test_find_by_upn_whole_or_as_far_as_it_is_typed(cast: Cast, pupil: Pupil) -> None:
    assert pupil.upn

    assert names(cast, pupil.upn.lower()) == [pupil.name]
    assert names(cast, pupil.upn[:9]) == [pupil.name]
    assert names(cast, f"{pupil.upn[:5]} {pupil.upn[5:]}") == [pupil.name]


def test_find_by_a_upn_of_before_until_it_is_taken_back(cast: Cast, pupil: Pupil) -> None:
    other = OtherUpn.objects.create(
        pupil=pupil, upn="C99912342400A", kind="temporary", source="School", recorded_at=NOW
    )

    assert names(cast, "C99912342400A") == [pupil.name]
    other.withdrawn_at, other.withdrawn_because = NOW, "of another child"
    other.save()
    assert names(cast, "C99912342400A") == []


def test_find_by_another_name_says_by_which(cast: Cast, pupil: Pupil) -> None:
    other = OtherName.objects.create(
        pupil=pupil, kind="formerly", first_name="Zephyrine", last_name="O’Brannigan", source="School", recorded_at=NOW
    )

    found = pupils.find(by=cast.asha, typed="obrannigan", on=TODAY)

    assert [(each.pupil, each.also) for each in found] == [(pupil, "Zephyrine O’Brannigan")]
    other.withdrawn_at, other.withdrawn_because = NOW, "never so"
    other.save()
    assert pupils.find(by=cast.asha, typed="obrannigan", on=TODAY) == []


def test_find_puts_the_child_in_school_before_one_of_the_same_name_who_has_left(cast: Cast, place: Place) -> None:
    left, here = add(place, ("Ottoline", "Marsh"), ("Ottoline", "Marsh"))
    rows.RollSpellFactory.create(pupil=left, school=place.school, last_day=date(2020, 7, 1))
    rows.RollSpellFactory.create(pupil=here, school=place.school)

    assert [each.pupil for each in pupils.find(by=cast.asha, typed="otoline marsh", on=TODAY)] == [here, left]


def test_find_refuses_two_letters_and_shows_nothing_for_what_is_no_name(cast: Cast, pupil: Pupil) -> None:
    with pytest.raises(pupils.TooShort):
        pupils.find(by=cast.asha, typed=" z  q ", on=TODAY)

    assert names(cast, "%%%") == []
    assert names(cast, "__'; --") == []


def test_find_shows_nothing_to_who_may_not_see_children(cast: Cast, pupil: Pupil) -> None:
    for typed in ("quillfeather", "3/2/2013", pupil.upn or ""):
        assert pupils.find(by=cast.chair, typed=typed, on=TODAY) == []


@pytest.mark.parametrize("typed", ["quillfether zeph", "3/2/2013", "K999", "26-01", "quill 3/2/2013"])
def test_find_asks_as_much_among_many_children_as_among_few(typed: str, cast: Cast, pupil: Pupil, place: Place) -> None:
    pupils.find(by=cast.asha, typed=typed, on=TODAY)
    with CaptureQueriesContext(connection) as few:
        pupils.find(by=cast.asha, typed=typed, on=TODAY)
    add(place, *crowd(500), *[("Zephyrine", "Quillfeather")] * 20)

    with CaptureQueriesContext(connection) as many:
        pupils.find(by=cast.asha, typed=typed, on=TODAY)

    assert len(asked(many)) <= max(len(asked(few)), 6)
    assert len(asked(few)) <= 6
