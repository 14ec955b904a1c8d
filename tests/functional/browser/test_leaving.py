"""What was typed is kept when the page is left at once, and not when it was sent or thrown away."""

import pytest
from playwright.sync_api import Page

from casework.models import Draft, Note, Pupil
from exclusions.models import Exclusion
from tests.cast import Cast
from tests.functional.browser.conftest import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for_drafts(page: Page, many: int) -> None:
    for _ in range(50):
        if Draft.objects.count() == many:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{Draft.objects.count()} drafts")


def come_back_to_half_a_note(visit: Visit, cast: Cast, exclusion: Exclusion) -> Page:
    """Type half a note, go away at once, and open the form anew, so that only what was kept can stand in it."""
    page = visit(cast.asha, f"/exclusions/{exclusion.case.reference}/notes/write/")
    address = page.url
    page.fill("#id_text", "Half a sentence")
    page.goto("about:blank")
    wait_for_drafts(page, 1)
    page.goto(address)
    return page


def test_notice_left_at_once_is_kept(visit: Visit, cast: Cast, pupil: Pupil) -> None:
    page = visit(cast.asha, f"/exclusions/log-a-notice/?pupil={pupil.public_id}")
    page.fill("#id_narrative", "Half a sentence")

    page.goto("about:blank")

    wait_for_drafts(page, 1)
    assert Draft.objects.get().typed["narrative"] == ["Half a sentence"]


def test_note_left_at_once_is_there_again_and_sent_leaves_no_draft(
    visit: Visit, cast: Cast, exclusion: Exclusion
) -> None:
    page = come_back_to_half_a_note(visit, cast, exclusion)

    assert page.input_value("#id_text") == "Half a sentence"
    page.fill("#id_text", "A whole sentence.")
    page.click("button:has-text('Keep the note')")
    page.wait_for_selector("text=The note is kept")
    page.wait_for_timeout(500)
    assert Note.objects.get().text == "A whole sentence."
    assert not Draft.objects.exists()


def test_draft_thrown_away_does_not_come_back(visit: Visit, cast: Cast, exclusion: Exclusion) -> None:
    page = come_back_to_half_a_note(visit, cast, exclusion)
    page.fill("#id_text", "More than half a sentence")

    page.click("button:has-text('Throw this draft away')")

    page.wait_for_selector("text=The draft is thrown away")
    page.wait_for_timeout(500)
    assert not Draft.objects.exists()


def test_second_window_of_a_note_does_not_write_over_the_first(visit: Visit, cast: Cast, exclusion: Exclusion) -> None:
    first = visit(cast.asha, f"/exclusions/{exclusion.case.reference}/notes/write/")
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("#id_text", "Written in the first window")
    wait_for_drafts(first, 1)

    second.fill("#id_text", "Written in the second")
    second.wait_for_selector("text=another window has gone on with this draft")

    assert Draft.objects.get().typed["text"] == ["Written in the first window"]
    # What the first goes on to type is kept.
    first.fill("#id_text", "Written in the first window, and more")
    first.wait_for_timeout(3000)
    assert Draft.objects.get().typed["text"] == ["Written in the first window, and more"]
