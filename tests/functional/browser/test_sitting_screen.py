"""The screen of a sitting on a small laptop: the chair decides and records without scrolling."""

import pytest

from exclusions.models import Exclusion
from tests.cast import Cast
from tests.conftest import Place
from tests.functional.browser.conftest import Visit
from tests.policy.panel_objects import item_there

pytestmark = pytest.mark.django_db(transaction=True)


def test_decision_and_reasons_of_a_fair_access_item_fit_a_screen_of_1024_by_768(
    visit: Visit, cast: Cast, place: Place, exclusion: Exclusion
) -> None:
    item = item_there(exclusion.case.pupil)
    page = visit(cast.chair, f"/panels/fap-secondary/sittings/{item.sitting.on}/run/{item.pk}/", width=1024)
    page.set_viewport_size({"width": 1024, "height": 768})

    assert page.evaluate("document.documentElement.scrollHeight <= 768 && document.documentElement.scrollWidth <= 1024")
    column = page.locator(".app-sit__decision")
    assert column.evaluate("each => each.scrollHeight <= each.clientHeight && each.scrollWidth <= each.clientWidth")
    for wanted in (
        "#id_reasons",
        "#id_dissent",
        "#id_actions",
        "[name=agreed] >> nth=0",
        "#id_abstained",
        "[data-record]",
    ):
        box = page.locator(wanted).bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 768, wanted
        assert box["x"] + box["width"] <= 1024, wanted
