"""A permanent exclusion, from the notice through both panels to the roll of another school: by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page

from casework.models import Pupil, RollSpell, TimelineEvent
from panels.models import DecisionLetter, ItemMinutes, Panel, Referral
from panels.rules.papers import Paper
from panels.rules.quorum import Need
from panels.rules.terms import DecisionModel, FairnessModel, MemberRole, PanelKind
from panels.rules.versions import ROUTES_OF
from tests.cast import Cast
from tests.conftest import TODAY, Place
from tests.factories import casework as casework_rows
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.functional.browser.conftest import Visit
from tests.functional.browser.journeys import Keyboard, log_permanent_exclusion

pytestmark = pytest.mark.django_db(transaction=True)
FAP = "Fair Access Panel, secondary"
SPP = "Specialist Placement Panel"
SITTING = f"{TODAY:%A} {TODAY.day} {TODAY:%B %Y}"


@pytest.fixture
def child(place: Place) -> Pupil:
    """A child on a roll, without a plan."""
    pupil: Pupil = casework_rows.PupilFactory.create(first_name="Balthazar", home_authority=place.authority)
    casework_rows.RollSpellFactory.create(pupil=pupil, school=place.school)
    referral_rows.no_plan(pupil)
    return pupil


@pytest.fixture
def panels(cast: Cast) -> None:
    """Both panels, each of which sits today under one chair."""
    spp = rows.panel("spp", name=SPP, kind=PanelKind.SPECIALIST_PLACEMENT.value)
    for panel, kind in ((spp, PanelKind.SPECIALIST_PLACEMENT), (rows.panel(name=FAP), PanelKind.FAIR_ACCESS_SECONDARY)):
        rows.terms(
            panel, by=cast.administrator, routes=ROUTES_OF[kind], quorum=(Need(1),), casting_vote=False,
            decision_model=DecisionModel.CHAIR, fairness=FairnessModel.NONE,
        )  # fmt: skip
        rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
        sitting_rows.declared(sitting_rows.sitting(panel, by=cast.asha, on=TODAY), cast.chair)


def test_excluded_child_comes_through_both_panels_to_a_roll_by_keyboard_alone(
    visit: Visit, cast: Cast, child: Pupil, panels: None, place: Place
) -> None:
    officer, chair = visit(cast.asha, "/exclusions/"), visit(cast.chair, "/calculator/")
    log_permanent_exclusion(officer, find="balthazar", first_day="2/11", told="2/11 8:42")

    refer(Keyboard(officer), SPP)
    write_papers(Keyboard(officer))
    put_on_agenda(Keyboard(officer), SPP)
    decide_mainstream(Keyboard(chair))
    find_child(Keyboard(officer))
    refer(Keyboard(officer), FAP, tried="Two schools were asked.")
    write_papers(Keyboard(officer))
    consider(Keyboard(officer), place.primary.urn)
    put_on_agenda(Keyboard(officer), FAP)
    name_school(Keyboard(chair), place.primary.urn)
    approve_minutes(Keyboard(chair))
    send_letters(Keyboard(officer))
    find_child(Keyboard(officer))
    add_to_roll(Keyboard(officer), place.primary.urn)

    assert list(Referral.objects.order_by("pk").values_list("panel__code", "outcome")) == [
        ("spp", "mainstream"), (Panel.objects.get(name=FAP).code, "school_named")
    ]  # fmt: skip
    assert ItemMinutes.objects.get().approved_by == cast.chair
    assert DecisionLetter.objects.get().school == place.primary
    assert RollSpell.objects.get(pupil=child, last_day=None).school == place.primary
    told = TimelineEvent.objects.filter(case__pupil=child, event__startswith="panel_").order_by("at", "pk")
    assert [each.event for each in told] == [
        "panel_decided", "panel_decided", "panel_minutes_approved", "panel_letter_sent"
    ]  # fmt: skip


def follow(keyboard: Keyboard, *links: str) -> None:
    for link in links:
        before = keyboard.page.url
        keyboard.tab_to(link, limit=90)
        keyboard.press("Enter")
        keyboard.page.wait_for_url(re.compile(f"^(?!{re.escape(before)}$)"))


def send(keyboard: Keyboard, leads_to: str) -> None:
    keyboard.press("Alt+Enter")
    keyboard.page.wait_for_url(re.compile(leads_to))


def fill(keyboard: Keyboard, **fields: str) -> None:
    for name, typed in fields.items():
        keyboard.tab_to(name, limit=90)
        keyboard.type(typed)


def refer(keyboard: Keyboard, panel: str, *, tried: str = "") -> None:
    follow(keyboard, "Refer to a panel")
    fill(keyboard, panel=panel, in_year_tried=tried)
    send(keyboard, r"/referrals/\w{6}/$")


def write_papers(keyboard: Keyboard) -> None:
    follow(keyboard, "Write the papers")
    fill(keyboard, **{paper.value: f"What is said of {paper.value}." for paper in Paper})
    send(keyboard, r"/referrals/\w{6}/$")


def consider(keyboard: Keyboard, urn: str) -> None:
    follow(keyboard, "Consider a school")
    fill(keyboard, school=urn, miles="2.1")
    send(keyboard, r"/referrals/\w{6}/$")


def put_on_agenda(keyboard: Keyboard, panel: str) -> None:
    reference = Referral.objects.latest("pk").reference
    follow(keyboard, "Panels", panel, "Sittings", SITTING, "List a referral")
    fill(keyboard, referral=reference)
    send(keyboard, r"/sittings/[\d-]+/$")


def run(keyboard: Keyboard, panel: str) -> Page:
    follow(keyboard, "Panels", panel, "Sittings", SITTING, "Run the sitting")
    keyboard.tab_to("present", limit=60)
    keyboard.press("Space")
    return keyboard.page


def decide_mainstream(keyboard: Keyboard) -> None:
    page = run(keyboard, SPP)
    keyboard.tab_to("outcome", limit=60)
    keyboard.press("ArrowDown")
    keyboard.tab_to("cost_seen")
    keyboard.press("Space")
    fill(keyboard, reasons="Works well in small groups.")
    keyboard.press("F8")
    page.wait_for_url(re.compile(r"/sittings/[\d-]+/$"))


def name_school(keyboard: Keyboard, urn: str) -> None:
    page = run(keyboard, FAP)
    keyboard.tab_to("outcome", limit=60)
    keyboard.press("Space")
    fill(keyboard, school=urn, starts_on="4/11", reasons="Nearest with room.")
    keyboard.press("F8")
    page.wait_for_url(re.compile(r"/sittings/[\d-]+/$"))


def approve_minutes(keyboard: Keyboard) -> None:
    follow(keyboard, "Minutes", "Approve minutes of 1 item")
    keyboard.tab_to("items")
    send(keyboard, "/minutes/$")


def send_letters(keyboard: Keyboard) -> None:
    follow(keyboard, "Letters")
    keyboard.tab_to("letters", limit=60)
    keyboard.press("Alt+Enter")
    keyboard.page.wait_for_selector("text=1 letter is sent")


def find_child(keyboard: Keyboard) -> None:
    keyboard.press("/")
    keyboard.type("balthazar")
    keyboard.press("Enter")
    keyboard.page.wait_for_selector("text=1 child")
    follow(keyboard, Pupil.objects.get(first_name="Balthazar").name)


def add_to_roll(keyboard: Keyboard, urn: str) -> None:
    follow(keyboard, "Add to a roll")
    fill(keyboard, school=urn, year_group="Year 9", first_day="4/11")
    send(keyboard, r"/pupils/[0-9a-f-]{36}/$")
