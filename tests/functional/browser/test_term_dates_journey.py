"""A year's dates for a hundred and fifty schools: pasted once, checked and saved, by keyboard alone."""

import time
from datetime import date
from typing import Any

import pytest

from casework.models import School, TermSpell
from tests.cast import Cast
from tests.conftest import Place
from tests.factories.casework import SchoolFactory
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
PASTED = (
    "Autumn\t02/09/2027\t22/10/2027\nAutumn\t01/11/2027\t17/12/2027\n"
    "Spring\t04/01/2028\t11/02/2028\nSpring\t21/02/2028\t31/03/2028\n"
    "Summer\t24/04/2028\t26/05/2028\nSummer\t05/06/2028\t21/07/2028\nINSET\t02/09/2027\tTraining"
)


def test_one_paste_sets_the_dates_of_a_hundred_and_fifty_schools(
    visit: Visit, cast: Cast, place: Place, capsys: Any
) -> None:
    SchoolFactory.create_batch(150, authority=place.authority, phase="special")
    page = visit(cast.administrator, "/term-dates/2027-28/")
    keyboard = Keyboard(page)
    began = time.monotonic()

    keyboard.tab_to("Set dates", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/set/")
    keyboard.tab_to("lines", limit=60)
    keyboard.press("Control+a")
    # What Control and V do: the keyboard has no clipboard here.
    page.keyboard.insert_text(PASTED)
    keyboard.tab_to("whom")
    keyboard.press("ArrowDown", times=3)
    keyboard.tab_to("phase")
    keyboard.type("Spec")
    # The button's name: there is one, and after the check the first of two saves.
    keyboard.tab_to("step")
    keyboard.press("Enter")
    page.wait_for_selector("text=They concern 150 schools.")
    keyboard.tab_to("step", limit=80)
    keyboard.press("Enter")
    page.wait_for_selector("text=the dates are set")

    took = time.monotonic() - began
    spells = TermSpell.objects.filter(academic_year="2027/28", school__phase="special")
    assert spells.count() == 6 * 150
    assert set(spells.filter(term="autumn").values_list("first_day", flat=True)) == {
        date(2027, 9, 2),
        date(2027, 11, 1),
    }
    assert School.objects.filter(phase="special", closures__on=date(2027, 9, 2)).count() == 150
    with capsys.disabled():
        print(f"\nDates of 150 schools took {keyboard.pressed} keystrokes beside the paste, and {took:.1f} s.")
