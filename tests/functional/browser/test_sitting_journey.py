"""A sitting run by its chair: with the connection lost in the middle, by a function key, and without script."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casework.models import Contact, RollSpell, TimelineEvent
from panels.models import AgendaItem, DecisionLetter, ItemMinutes, ItemRecord, Referral
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from tests.cast import Cast
from tests.conftest import TODAY, Place
from tests.factories import casework as casework_rows
from tests.factories import exclusions as exclusion_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard

pytestmark = pytest.mark.django_db(transaction=True)
RUN = f"/panels/spp/sittings/{TODAY}/run/"


@pytest.fixture
def items(cast: Cast, place: Place) -> list[AgendaItem]:
    """Twelve items of a sitting today, before which the chair has declared."""
    panel = rows.panel("spp", name="Specialist Placement Panel", kind=PanelKind.SPECIALIST_PLACEMENT.value)
    rows.terms(
        panel, by=cast.administrator, routes=ROUTES_OF[PanelKind.SPECIALIST_PLACEMENT], quorum=(Need(1),),
        looked_after_placed_elsewhere=False, decision_model=DecisionModel.CHAIR, casting_vote=False,
    )  # fmt: skip
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    found = []
    for number in range(12):
        pupil = casework_rows.PupilFactory.create(upn=None, last_name=f"Oxtoby{'abcdefghijkl'[number]}")
        RollSpell.objects.create(pupil=pupil, school=place.school, year_group="9", first_day=date(2025, 9, 1))
        Contact.objects.create(
            pupil=pupil, name=f"Parent of {number + 1}", relationship="Mother", parental_responsibility="yes",
            first_day=date(2020, 1, 1),
        )  # fmt: skip
        exclusion_rows.exclusion(pupil=pupil, school=place.school, by=cast.asha)
        referral = referral_rows.referral(panel, pupil, by=cast.asha)
        found.append(sitting_rows.listed(sitting, referral, by=cast.asha))
    sitting_rows.declared(sitting, cast.chair)
    return found


def write(page: Any, reasons: str) -> None:
    page.check("text=Mainstream, through the Fair Access Panel")
    page.check("text=Not seen")
    page.fill("#id_reasons", reasons)


@pytest.mark.parametrize("seconds", [5, pytest.param(60, marks=pytest.mark.long)])
def test_chair_runs_twelve_items_and_loses_nothing_while_the_connection_is_lost(
    seconds: int, visit: Visit, cast: Cast, items: list[AgendaItem]
) -> None:
    page = visit(cast.chair, RUN)
    page.set_viewport_size({"width": 1024, "height": 768})
    page.check(f"#present-{cast.chair.pk}")
    for number, item in enumerate(items, start=1):
        expect(page.locator("h1")).to_contain_text(f"Item {number}:")
        write(page, f"Reasons of item {number}.")
        if number == 6:
            page.context.set_offline(True)
            page.fill("#id_dissent", "Typed while the connection was lost.")
            expect(page.locator("[data-saved]")).to_have_text("Not saved yet: keep this page open", timeout=10_000)
            page.keyboard.press("F8")
            page.wait_for_timeout(seconds * 1_000)
            assert page.input_value("#id_dissent") == "Typed while the connection was lost."
            assert not ItemRecord.objects.filter(item=item, recorded_at__isnull=False).exists()
            page.context.set_offline(False)
        else:
            page.keyboard.press("F8")
        page.wait_for_url(f"**/run/{items[number].pk}/" if number < len(items) else f"**/sittings/{TODAY}/")

    # That the connection was lost is told on the console, and was meant.
    told: list[str] = visit.wrong  # type: ignore[attr-defined]
    told[:] = [each for each in told if "ERR_INTERNET_DISCONNECTED" not in each]
    held = ItemRecord.objects.filter(recorded_at__isnull=False)
    assert held.count() == 12
    assert [each.reasons for each in held.order_by("item__position")] == [
        f"Reasons of item {number}." for number in range(1, 13)
    ]
    assert held.get(item=items[5]).dissent == "Typed while the connection was lost."
    assert Referral.objects.filter(outcome="mainstream").count() == 12
    _approve(page)
    assert ItemMinutes.objects.filter(approved_by=cast.chair, reasons__startswith="Reasons of item").count() == 12
    _send_letters(visit(cast.asha, f"/panels/spp/sittings/{TODAY}/"))
    assert DecisionLetter.objects.filter(sent_by=cast.asha, contact__isnull=False).count() == 12
    assert TimelineEvent.objects.filter(event="panel_letter_sent").count() == 12


def _approve(page: Page) -> None:
    """Approve the minutes of all twelve by keyboard."""
    keyboard = Keyboard(page)
    keyboard.tab_to("Minutes", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/minutes/")
    keyboard.tab_to("Approve minutes of 12 items", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/minutes/approve/")
    keyboard.tab_to("items", limit=60)
    keyboard.press("Alt+Enter")
    page.wait_for_selector("text=locked from now on")


def _send_letters(page: Page) -> None:
    """Send the letters of all twelve by keyboard."""
    keyboard = Keyboard(page)
    keyboard.tab_to("Letters", limit=60)
    keyboard.press("Enter")
    page.wait_for_url("**/letters/")
    keyboard.tab_to("letters", limit=80)
    keyboard.press("Alt+Enter")
    page.wait_for_selector("text=12 letters are sent")


def test_words_typed_are_saved_by_themselves(visit: Visit, cast: Cast, items: list[AgendaItem]) -> None:
    page = visit(cast.chair, RUN)
    page.fill("#id_discussion", "Room was checked this morning.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=10_000)

    assert ItemRecord.objects.get().discussion == "Room was checked this morning."
    assert page.evaluate("localStorage.length + sessionStorage.length") <= 2


def test_sitting_is_run_without_script_on_a_telephone(visit: Visit, cast: Cast, items: list[AgendaItem]) -> None:
    page = visit(cast.chair, RUN, script=False, width=360)
    page.check(f"#present-{cast.chair.pk}")
    write(page, "Small groups.")
    page.click("text=Record and go to item 2")

    assert "Item 2:" in page.inner_text("h1")
    assert ItemRecord.objects.get().recorded_at is not None
