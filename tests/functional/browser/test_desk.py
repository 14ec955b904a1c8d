"""The everyday desk by keyboard: finding a child as one types, and giving ticked notices to a colleague."""

import pytest
from playwright.sync_api import expect

from casework.models import Case, Pupil, Reading
from exclusions.models import Exclusion
from tests import cast as people
from tests.cast import Cast
from tests.functional.browser.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_child_is_found_as_the_name_is_typed_and_opened_without_a_mouse(visit: Visit, cast: Cast, pupil: Pupil) -> None:
    page = visit(cast.asha, "/search/")
    expect(page.locator("#id_q")).to_be_focused()

    page.keyboard.type("quilfether")
    page.wait_for_selector("[data-results] table")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/pupils/{pupil.public_id}/")
    assert Reading.objects.filter(pupil=pupil, surface="search").exists()
    assert "quilfether" not in page.url


def test_search_works_without_script(visit: Visit, cast: Cast, pupil: Pupil) -> None:
    page = visit(cast.asha, "/search/", script=False)

    page.fill("#id_q", "Quillfeather")
    page.click("main button[type=submit]")

    assert page.locator("main table tbody tr").count() == 1


@pytest.mark.parametrize("script", [True, False])
def test_notices_ticked_are_given_to_a_colleague_from_the_list(
    script: bool, visit: Visit, cast: Cast, exclusion: Exclusion, suspension: Exclusion
) -> None:
    tom = people.person("tom", role="eas_officer")
    page = visit(cast.asha, "/exclusions/?period=", script=script)
    assert not page.is_visible("#bulk")

    if script:
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.inner_text("[data-bulk-words]") == "1 selected"
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.inner_text("[data-bulk-words]") == "2 selected"
    else:
        for box in page.locator("tbody input[type=checkbox]").all():
            box.check()
    page.select_option("#bulk-to", str(tom.pk))
    page.click("#bulk button[type=submit]")

    page.wait_for_selector("text=2 notices are given to")
    assert set(Case.objects.values_list("owner", flat=True)) == {tom.pk}
    assert page.url.endswith("/exclusions/?period=")
