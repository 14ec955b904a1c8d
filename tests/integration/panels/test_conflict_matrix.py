"""Every kind of tie on every surface: nothing of the item is seen; and with the tie's finder off, everything is.

A surface that comes later adds a line to SURFACES.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from casework.models import Address, Message, RollSpell, School, SchoolContact, Trust, User
from exclusions.models import Exclusion
from panels.models import AgendaItem, ItemAction, ItemRecord, OfficerDecision, Panel, Referral, Sitting
from panels.rules.conflicts import FINDERS, Finder
from panels.rules.terms import MemberRole
from panels.rules.tie_terms import TieKind, Towards
from panels.selectors import closed
from panels.services import letters, ties
from tests.cast import Cast, person, signed_in
from tests.conftest import NOW, TODAY, Place
from tests.factories import casework as casework_rows
from tests.factories import exclusions as exclusion_rows
from tests.factories import minutes as minutes_rows
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.words import words
from tests.pdf_text import text_of


@dataclass(frozen=True)
class Scene:
    """A sitting of two items, of which the first is closed to whoever is tied to it."""

    panel: Panel
    sitting: Sitting
    closed: Referral
    open: Referral
    exclusion: Exclusion
    candidate: School
    previous: School
    cast: Cast
    second_clerk: User

    @property
    def here(self) -> str:
        return f"/panels/{self.panel.code}/sittings/{self.sitting.on}/"


def letter_sent(item: AgendaItem, school: School, *, by: User) -> None:
    """Have a school named and told by letter and by mail."""
    SchoolContact.objects.create(
        school=school, role="head", name="Head", email="head@school.example", first_day=date(2024, 9, 1)
    )
    ItemRecord.objects.filter(item=item).update(outcome="school_named", school=school)
    to_send = letters.ToSend(item.pk, 1, f"school-{school.urn}")
    letters.send(by=by, at=NOW, on=TODAY, sitting=item.sitting, letters=[to_send])


Tied = Callable[[Scene, User], None]


@pytest.fixture
def scene(cast: Cast, exclusion: Exclusion, place: Place) -> Scene:
    panel = referral_rows.specialists(by=cast.administrator)
    pupil = exclusion.case.pupil
    candidate = sitting_rows.another_school("Candidate School", place.school)
    previous = sitting_rows.another_school("Previous School", place.school)
    trust = Trust.objects.create(group_id="TR00001", name="Trust of all three")
    School.objects.filter(pk__in=[place.school.pk, candidate.pk, previous.pk]).update(trust=trust)
    RollSpell.objects.create(
        pupil=pupil, school=previous, year_group="7", first_day=date(2024, 9, 1), last_day=date(2025, 7, 20)
    )
    casework_rows.AddressFactory.create(pupil=pupil)
    first = referral_rows.referral(panel, pupil, by=cast.asha)
    referral_rows.candidate(first, candidate, by=cast.asha)
    other = casework_rows.PupilFactory.create(upn=None, first_name="Barnaby", last_name="Oxtoby")
    elsewhere = sitting_rows.another_school("School of the other", place.school)
    RollSpell.objects.create(pupil=other, school=elsewhere, year_group="9", first_day=date(2025, 9, 1))
    exclusion_rows.exclusion(pupil=other, school=elsewhere, by=cast.asha)
    second = referral_rows.referral(panel, other, by=cast.asha)
    sitting = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    for each in (first, second):
        item = sitting_rows.listed(sitting, each, by=cast.asha)
        minutes_rows.recorded(item, by=cast.chair)
        late = {"owner": cast.asha, "due": date(2026, 11, 3), "set_at": NOW}
        ItemAction.objects.create(item=item, text=f"Ask about {each.pupil.first_name}", **late)
    seats = {"chair": MemberRole.CHAIR, "member": MemberRole.HEAD, "imran": MemberRole.OFFICER}
    for name, role in seats.items():
        rows.member(panel, cast.everybody()[name], by=cast.administrator, role=role)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    letter_sent(sitting.items.get(referral=first), candidate, by=cast.asha)
    Referral.objects.filter(pk=first.pk).update(decided_on=TODAY, outcome="school_named")
    placement_rows.step(first, candidate, "asked", TODAY, by=cast.asha)
    placement_rows.follow_up(first, candidate, 6, "there", TODAY, by=cast.asha)
    sitting_rows.declared(sitting, cast.chair, cast.member, cast.imran)
    clerk = person("second_clerk", role="eas_officer")
    exclusion.refresh_from_db()
    return Scene(panel, sitting, first, second, exclusion, candidate, previous, cast, clerk)


def connection(**facts: Any) -> Tied:
    return lambda scene, who: void(rows.connection(who, **facts))


def void(_: Any) -> None:
    return None


def to_school(kind: str, **days: Any) -> dict[Towards, Tied]:
    def tied(which: Towards) -> Tied:
        return lambda scene, who: void(rows.connection(who, kind=kind, school=school_of(scene, which), **days))

    return {which: tied(which) for which in (Towards.EXCLUDING, Towards.CANDIDATE, Towards.PREVIOUS)}


def school_of(scene: Scene, which: Towards) -> School:
    schools = {Towards.EXCLUDING: scene.exclusion.school, Towards.CANDIDATE: scene.candidate}
    return schools.get(which, scene.previous)


def alone(which: Towards) -> Tied:
    """Serve the trust of one of the schools alone."""

    def tied(scene: Scene, who: User) -> None:
        trust = Trust.objects.create(group_id="TR00009", name="Trust of one")
        School.objects.filter(pk=school_of(scene, which).pk).update(trust=trust)
        rows.connection(who, kind="serves_trust", trust=trust)

    return tied


def school_without_trust(tie: Tied) -> Tied:
    """Tie by the school itself: with the trusts taken away, no second tie hides that the first is off."""

    def tied(scene: Scene, who: User) -> None:
        School.objects.update(trust=None)
        item = scene.sitting.items.get(referral=scene.closed)
        scene.sitting.items.filter(pk=item.pk).update(links=without_trusts(item.links))
        tie(scene, who)

    return tied


def without_trusts(links: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    schools = ("excluding", "candidates", "previous")
    return {name: [[urn, ""] for urn, _ in kept] if name in schools else kept for name, kept in links.items()}


TIES: dict[tuple[TieKind, Towards], Tied] = {
    **{
        (kind, which): school_without_trust(tie)
        for kind, relation, days in (
            (TieKind.WORKS_AT, "works_at", {}),
            (TieKind.GOVERNS, "governs", {}),
            (TieKind.CHILD_AT, "child_at", {}),
            (TieKind.FORMERLY, "works_at", {"last_day": date(2026, 7, 31)}),
            (TieKind.DECLARED, "declared", {}),
        )
        for which, tie in to_school(relation, **days).items()
    },
    **{(TieKind.TRUST, which): alone(which) for which in (Towards.EXCLUDING, Towards.CANDIDATE, Towards.PREVIOUS)},
    (TieKind.DECLARED, Towards.FAMILY): connection(kind="declared", family_name="Quillfeather"),
    (TieKind.DECLARED, Towards.ITEM): lambda scene, who: ties.declare(
        by=who, at=NOW, referral=scene.closed, member=who
    ),
    (TieKind.FAMILY_NAME, Towards.FAMILY): connection(kind="family_name", family_name="Quillfeather"),
    (TieKind.ADDRESS, Towards.FAMILY): connection(kind="address", postcode="ZZ99 3WZ"),
}


@dataclass(frozen=True)
class Surface:
    """A page on which one person would see the item, and what shows it there."""

    who: str
    address: Callable[[Scene], str]
    opens: bool = True
    # Of an item that is not decided: of one that is, the page leads back to the referral.
    undecided: bool = False


def of_item(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"{scene.here}items/{scene.closed.reference}/{tail}"


def of_referral(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"/panels/spp/referrals/{scene.closed.reference}/{tail}"


def at_sitting(tail: str = "") -> Callable[[Scene], str]:
    return lambda scene: scene.here + tail


def take_off(scene: Scene) -> str:
    return f"{scene.here}agenda/{scene.sitting.items.get(referral=scene.closed).pk}/take-off/"


def run_of(tail: str = "") -> Callable[[Scene], str]:
    return lambda scene: f"{scene.here}run/{scene.sitting.items.get(referral=scene.closed).pk}/{tail}"


def minutes(tail: str = "") -> Callable[[Scene], str]:
    return lambda scene: f"{scene.here}minutes/{tail}"


def minutes_of(tail: str) -> Callable[[Scene], str]:
    return lambda scene: f"{scene.here}minutes/{scene.sitting.items.get(referral=scene.closed).pk}/{tail}"


def deciding(scene: Scene) -> str:
    """The page on which an officer decides, of advice that waits: the manager's only surface, since it changes the item."""
    ItemRecord.objects.filter(item__referral=scene.closed).update(is_advice=True)
    Referral.objects.filter(pk=scene.closed.pk).update(decided_on=None, outcome="")
    return of_referral("decide/")(scene)


def taking_back(scene: Scene) -> str:
    """The page on which an officer takes a decision back, of advice that was decided on."""
    item = scene.sitting.items.get(referral=scene.closed)
    ItemRecord.objects.filter(item=item).update(is_advice=True)
    row = OfficerDecision.objects.create(
        item=item, record_version=1, follows=True, advised_outcome="mainstream", decided_on=TODAY, decided_at=NOW,
        decided_by=scene.cast.ruth,
    )  # fmt: skip
    return of_referral(f"decisions/{row.pk}/take-back/")(scene)


def letter_to_school(scene: Scene) -> str:
    item = scene.sitting.items.get(referral=scene.closed)
    return f"{scene.here}letters/{item.pk}/school-{scene.candidate.urn}/"


def mail_again(scene: Scene) -> str:
    return f"/messages/{Message.objects.get(kind='panel_decision').pk}/send-again/"


def step_taken_back(scene: Scene) -> str:
    return f"/panels/spp/referrals/{scene.closed.reference}/placement/steps/{scene.closed.placement_steps.get().pk}/take-back/"


def follow_up_taken_back(scene: Scene) -> str:
    number = scene.closed.placement_follow_ups.get().pk
    return f"/panels/spp/referrals/{scene.closed.reference}/placement/follow-ups/{number}/take-back/"


def next_item(scene: Scene) -> str:
    """The screen of the other item, whose agenda stands beside it."""
    return f"{scene.here}run/{scene.sitting.items.get(referral=scene.open).pk}/"


def action(scene: Scene) -> str:
    return f"/panels/spp/actions/{ItemAction.objects.get(item__referral=scene.closed).pk}/"


def timeline(scene: Scene) -> str:
    return f"/exclusions/{scene.exclusion.case.reference}/"


def turns(tail: str = "") -> Callable[[Scene], str]:
    """The turns, had the panel placed the child against them for a reason that names it: a surface of its own person,
    since it makes the panel one that keeps turns.
    """

    def address(scene: Scene) -> str:
        Panel.objects.filter(pk=scene.panel.pk).update(kind="fair_access_secondary")
        School.objects.filter(pk__in=[scene.candidate.pk, scene.previous.pk]).update(
            phase="secondary", kind="maintained"
        )
        facts = {"suggested": scene.previous, "departs_because": "Zephyrine lives next door"}
        ItemRecord.objects.filter(item__referral=scene.closed).update(**facts)
        return f"/panels/spp/turns/{tail}"

    return address


# By what it is: whether the page itself opens to somebody who is out of the item, without it.
SURFACES: dict[str, Surface] = {
    "agenda, a member's": Surface("member", at_sitting()),
    "agenda, the chair's": Surface("chair", at_sitting()),
    "agenda, an officer's": Surface("imran", at_sitting()),
    "agenda, a clerk's": Surface("second_clerk", at_sitting()),
    "papers, a member's": Surface("member", of_item(""), opens=False),
    "papers, the chair's": Surface("chair", of_item(""), opens=False),
    "papers, an officer's": Surface("imran", of_item(""), opens=False),
    "declaring a tie": Surface("member", of_item("declare/"), opens=False),
    "order, a clerk's": Surface("second_clerk", at_sitting("agenda/order/")),
    "taking off, a clerk's": Surface("second_clerk", take_off, opens=False, undecided=True),
    "referrals, an officer's": Surface("imran", lambda scene: "/panels/spp/referrals/?state=all"),
    "referral, an officer's": Surface("imran", of_referral(""), opens=False),
    "writing the papers, a clerk's": Surface("second_clerk", of_referral("papers/"), opens=False, undecided=True),
    "withdrawing, a clerk's": Surface("second_clerk", of_referral("withdraw/"), opens=False, undecided=True),
    "deciding on advice, a manager's": Surface("ruth", deciding, opens=False),
    "taking a decision back, a manager's": Surface("ruth", taking_back, opens=False),
    "considering a school, a clerk's": Surface(
        "second_clerk", of_referral("schools/add/"), opens=False, undecided=True
    ),
    "placements, an officer's": Surface("imran", lambda scene: "/panels/spp/placements/"),
    "step of a placement, a clerk's": Surface("second_clerk", of_referral("placement/started/"), opens=False),
    "step taken back, a clerk's": Surface("second_clerk", step_taken_back, opens=False),
    "follow-up, a clerk's": Surface("second_clerk", of_referral("placement/follow-ups/12/"), opens=False),
    "follow-up taken back, a clerk's": Surface("second_clerk", follow_up_taken_back, opens=False),
    "timeline, an officer's": Surface("imran", timeline),
    "screen of the item, the chair's": Surface("chair", run_of(), opens=False),
    "screen of the item, a clerk's": Surface("second_clerk", run_of(), opens=False),
    "reopening, the chair's": Surface("chair", run_of("reopen/"), opens=False),
    "screen of another item, the chair's": Surface("chair", next_item),
    "screen of another item, a clerk's": Surface("second_clerk", next_item),
    "pack, a member's": Surface("member", at_sitting("pack/print.pdf")),
    "pack, the chair's": Surface("chair", at_sitting("pack/tablet.pdf")),
    "pack, an officer's": Surface("imran", at_sitting("pack/print.pdf")),
    "copies that a clerk prints": Surface("second_clerk", at_sitting("packs.zip")),
    "minutes, a member's": Surface("member", minutes()),
    "minutes, the chair's": Surface("chair", minutes()),
    "minutes, an officer's": Surface("imran", minutes()),
    "minutes, a clerk's": Surface("second_clerk", minutes()),
    "minutes as a PDF, a member's": Surface("member", at_sitting("minutes.pdf")),
    "minutes as a PDF, the chair's": Surface("chair", at_sitting("minutes.pdf")),
    "minutes as a PDF, an officer's": Surface("imran", at_sitting("minutes.pdf")),
    "minutes as a PDF, a clerk's": Surface("second_clerk", at_sitting("minutes.pdf")),
    "approving minutes, the chair's": Surface("chair", minutes("approve/")),
    "letters, a clerk's": Surface("second_clerk", at_sitting("letters/")),
    "letter, a clerk's": Surface("second_clerk", letter_to_school, opens=False),
    "mail, a clerk's": Surface("second_clerk", lambda scene: "/messages/"),
    "mail sent again, a clerk's": Surface("second_clerk", mail_again, opens=False),
    "timeline, a clerk's": Surface("second_clerk", timeline),
    "correcting minutes, a clerk's": Surface("second_clerk", minutes_of("correct/"), opens=False),
    "actions, an officer's": Surface("imran", lambda scene: "/panels/spp/actions/"),
    "actions, a clerk's": Surface("second_clerk", lambda scene: "/panels/spp/actions/?state=all"),
    "action, a clerk's": Surface("second_clerk", action, opens=False),
    "late actions, a clerk's": Surface("second_clerk", lambda scene: "/panels/spp/actions/chase/"),
    "versions of minutes, a member's": Surface("member", minutes_of("versions/"), opens=False),
    "versions of minutes, the chair's": Surface("chair", minutes_of("versions/"), opens=False),
    "turns, a clerk's with a seat": Surface("asha", turns()),
    "yearly statement of turns, a clerk's with a seat": Surface("asha", turns("2026-27/")),
}
# Where the child is seen by another right than the panel's: only what the panel does is kept from them there.
OWN_RIGHT = {"timeline, an officer's", "timeline, a clerk's"}


def named(tie: tuple[TieKind, Towards]) -> str:
    return f"{tie[0].value}-{tie[1].value}"


def browser(scene: Scene, who: str) -> tuple[Client, User]:
    user = scene.second_clerk if who == "second_clerk" else scene.cast.everybody()[who]
    return signed_in(Client(), user), user


def shown(scene: Scene, client: Client, surface: Surface, *, child: bool) -> tuple[int, bool]:
    """Return the status of a page, and whether it shows the item's reference, or its child."""
    with transaction.atomic():
        if surface.undecided:
            ItemRecord.objects.filter(item__referral=scene.closed).update(recorded_at=None, recorded_by=None)
            Referral.objects.filter(pk=scene.closed.pk).update(decided_on=None, outcome="")
        answer = client.get(surface.address(scene), follow=True)
        # What a page of another state needs is written for it alone.
        transaction.set_rollback(True)
    text = text_of(answer)
    seen = scene.closed.reference in text if answer.status_code == 200 else False
    return answer.status_code, seen or (child and "Zephyrine" in text)


def test_every_finder_has_its_tie_here() -> None:
    assert {(finder.kind, finder.towards) for finder in FINDERS} == set(TIES)


@pytest.mark.parametrize("who", sorted({surface.who for surface in SURFACES.values()}))
@pytest.mark.parametrize("tie", TIES, ids=named)
def test_nothing_of_the_item_is_seen_and_all_of_it_with_the_finder_off(
    tie: tuple[TieKind, Towards], who: str, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = {name: surface for name, surface in SURFACES.items() if surface.who == who}
    client, user = browser(scene, who)
    TIES[tie](scene, user)

    def found() -> dict[str, tuple[int, bool]]:
        return {name: shown(scene, client, each, child=name not in OWN_RIGHT) for name, each in theirs.items()}

    assert found() == {name: (200 if each.opens else 404, False) for name, each in theirs.items()}

    monkeypatch.setattr(closed, "FINDERS", without(tie))
    assert found() == dict.fromkeys(theirs, (200, True)), "The test would pass without the tie: it proves nothing."


def without(tie: tuple[TieKind, Towards]) -> tuple[Finder, ...]:
    return tuple(finder for finder in FINDERS if (finder.kind, finder.towards) != tie)


@pytest.mark.parametrize("who", ["member", "chair", "imran"])
def test_no_number_and_no_count_tells_of_a_gap(who: str, scene: Scene) -> None:
    client, user = browser(scene, who)
    assert f"2. {scene.open.reference}" in words(client.get(scene.here))

    rows.connection(user, kind="works_at", school=scene.exclusion.school)

    page = words(client.get(scene.here))
    assert f"1. {scene.open.reference}" in page
    assert "2. " not in page


@pytest.mark.parametrize("who", ["member", "chair", "imran", "second_clerk"])
def test_minutes_tell_neither_by_a_number_nor_by_a_count_of_an_item_that_is_closed(who: str, scene: Scene) -> None:
    client, user = browser(scene, who)
    counted = "Approve minutes of 2 items"
    before = words(client.get(minutes()(scene)))
    assert f"2. {scene.open.reference}" in before
    assert (counted in before) == (who == "chair")

    rows.connection(user, kind="works_at", school=scene.exclusion.school)

    page = words(client.get(minutes()(scene)))
    assert f"1. {scene.open.reference}" in page
    assert "2. " not in page
    assert "2 items" not in page
    assert ("Approve minutes of 1 item" in page) == (who == "chair")


@pytest.mark.parametrize("who", ["member", "chair", "imran", "second_clerk"])
def test_page_of_how_a_sitting_was_governed_counts_no_item_that_is_closed(who: str, scene: Scene) -> None:
    client, user = browser(scene, who)
    address = f"{scene.here}governance/"
    assert len(client.get(address).context["item_rows"]) == 2

    rows.connection(user, kind="works_at", school=scene.exclusion.school)

    page = client.get(address)
    assert [row["cells"][0]["text"] for row in page.context["item_rows"]] == ["1"]
    assert "School named" not in words(page)


@pytest.mark.parametrize("who", ["member", "chair", "imran"])
def test_how_placements_last_counts_no_item_that_is_closed(who: str, scene: Scene) -> None:
    client, user = browser(scene, who)
    placement_rows.step(scene.closed, scene.candidate, "started", date(2026, 9, 15), by=scene.cast.asha)
    open_item = f"{scene.here}items/{scene.open.reference}/"
    assert "1 of 1" in words(client.get(open_item))

    rows.connection(user, kind="works_at", school=scene.exclusion.school)

    assert "1 of 1" not in words(client.get(open_item))


def test_kept_links_close_the_item_when_the_file_has_changed_since(scene: Scene) -> None:
    client, user = browser(scene, "member")
    rows.connection(user, kind="address", postcode="ZZ99 3WZ")
    Address.objects.update(withdrawn_at=NOW, withdrawn_because="Wrong house")

    assert client.get(of_item("")(scene)).status_code == 404


def test_what_is_kept_and_cannot_be_read_closes_the_item_to_whoever_is_checked(scene: Scene) -> None:
    client, user = browser(scene, "member")
    rows.connection(user, kind="family_name", family_name="Nobody")
    assert client.get(of_item("")(scene)).status_code == 200

    scene.sitting.items.filter(referral=scene.closed).update(links={"excluding": []})

    assert client.get(of_item("")(scene)).status_code == 404
    assert scene.closed.reference not in words(client.get(scene.here))


def test_post_given_up_before_the_sitting_and_one_taken_up_since_close_it_both(scene: Scene) -> None:
    School.objects.update(trust=None)
    Sitting.objects.update(on=sitting_rows.SITS_ON)
    scene.sitting.refresh_from_db()
    cases: tuple[tuple[str, dict[str, Any]], ...] = (
        ("member", {"last_day": date(2026, 11, 10)}),
        ("chair", {"first_day": date(2026, 11, 12)}),
    )
    for name, days in cases:
        client, user = browser(scene, name)
        rows.connection(user, kind="works_at", school=scene.exclusion.school, **days)
        assert client.get(of_item("")(scene)).status_code == 404
