"""A member's own actions of panels: which they may read, that they are done, and where the reminder leads."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Message, Reading
from exclusions.models import Exclusion
from panels.models import AgendaItem, Attendance, ItemAction, Membership, Referral, Sitting
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf
from tests.factories import panels as rows
from tests.factories import placements as placement_rows
from tests.factories import sittings as sitting_rows
from tests.integration.panels.views.test_run_pages import item, spp
from tests.integration.panels.words import words
from tests.page_form import errors, filled
from tests.queries import asked

__all__ = ["item", "spp"]

HERE = "/panels/my-actions/"


@pytest.fixture
def ring(item: AgendaItem, cast: Cast) -> ItemAction:
    """An action of a sitting of today that was given to a member, who has declared for it."""
    Attendance.objects.update_or_create(
        sitting=item.sitting, person=cast.member, defaults={"declared_at": NOW, "said_at": NOW, "said_by": cast.member}
    )
    return given(item, cast.member, "Ring the parents", due=date(2026, 11, 9))


def given(at: AgendaItem, owner: Any, text: str, **facts: Any) -> ItemAction:
    made: ItemAction = ItemAction.objects.create(item=at, owner=owner, text=text, set_at=NOW, **facts)
    return made


@pytest.fixture
def member(cast: Cast, client_of: ClientOf) -> Client:
    return client_of(cast.member)


def texts(client: Client, state: str = "") -> list[str]:
    return [row["cells"][0]["text"] for row in client.get(HERE, {"state": state}).context["rows"]]


def finish(client: Client, of: ItemAction, **typed: Any) -> Any:
    return client.post(f"{HERE}{of.pk}/", filled(client, f"{HERE}{of.pk}/", **typed))


def test_member_reads_their_own_actions_and_no_others_and_it_is_audited(
    ring: ItemAction, member: Client, cast: Cast
) -> None:
    given(ring.item, cast.chair, "Write to the school")

    page = words(member.get(HERE))

    assert texts(member) == ["Ring the parents"]
    assert ring.item.referral
    assert ring.item.referral.reference in page
    assert Reading.objects.filter(
        user=cast.member, surface="my actions of panels", pupil=ring.item.referral.pupil
    ).exists()  # fmt: skip


def test_page_is_reached_from_the_panels_and_the_panel_by_whoever_has_any(
    ring: ItemAction, member: Client, cast: Cast, client_of: ClientOf
) -> None:
    for here in ("/panels/", "/panels/spp/"):
        assert f'href="{HERE}"' in words(member.get(here))
        assert f'href="{HERE}"' not in words(client_of(cast.chair).get(here))
    ItemAction.objects.update(owner=cast.asha)
    assert "Actions that panels gave you" in words(client_of(cast.asha).get("/my-work/"))


def test_member_says_that_it_is_done_once_and_the_clerk_sees_what_came_of_it(
    ring: ItemAction, member: Client, cast: Cast, client_of: ClientOf
) -> None:
    sent = filled(member, f"{HERE}{ring.pk}/", done_on="today", came_of="They agree")

    answers = [member.post(f"{HERE}{ring.pk}/", sent) for _ in range(2)]

    assert [each.headers["Location"] for each in answers] == [HERE, HERE]
    ring.refresh_from_db()
    assert (ring.done_on, ring.came_of, ring.version, ring.owner) == (TODAY, "They agree", 2, cast.member)
    assert texts(member) == []
    assert texts(member, "done") == ["Ring the parents"]
    assert "They agree" in words(client_of(cast.asha).get("/panels/spp/actions/?state=done"))
    page = words(member.get(f"{HERE}{ring.pk}/"))
    assert "It is done:</b> Wednesday 4 November 2026. They agree." in page
    assert "It is done</button>" not in page


def test_action_that_somebody_else_finished_or_changed_meanwhile_is_not_written_over(
    ring: ItemAction, member: Client
) -> None:
    sent = filled(member, f"{HERE}{ring.pk}/", done_on="today", came_of="Mine")
    ItemAction.objects.update(version=2)
    assert "Somebody else changed this action" in words(member.post(f"{HERE}{ring.pk}/", sent))

    ItemAction.objects.update(done_on=TODAY, came_of="Theirs")
    assert member.post(f"{HERE}{ring.pk}/", sent).status_code == 200
    ring.refresh_from_db()
    assert ring.came_of == "Theirs"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("tomorrow", "today or a day before"), ("yesterday", "before the panel set it"), ("", "Enter")],
)
def test_wrong_day_is_said_at_its_field(ring: ItemAction, member: Client, typed: str, says: str) -> None:
    assert says in errors(finish(member, ring, done_on=typed))["done_on"]
    ring.refresh_from_db()
    assert ring.done_on is None


def test_action_of_an_item_that_the_member_is_out_of_is_nowhere(
    ring: ItemAction, member: Client, cast: Cast, exclusion: Exclusion
) -> None:
    sent = filled(member, f"{HERE}{ring.pk}/", done_on="today")
    rows.connection(cast.member, kind="works_at", school=exclusion.school)

    assert texts(member, "all") == []
    assert member.get(f"{HERE}{ring.pk}/").status_code == 404
    assert member.post(f"{HERE}{ring.pk}/", sent).status_code == 404
    assert f'href="{HERE}"' not in words(member.get("/panels/"))
    ring.refresh_from_db()
    assert ring.done_on is None


def test_action_of_a_sitting_that_the_member_has_not_declared_for_waits_for_the_declaration(
    ring: ItemAction, member: Client
) -> None:
    Attendance.objects.update(declared_at=None)

    page = words(member.get(HERE))

    assert "Ring the parents" not in page
    assert f"/panels/spp/sittings/{TODAY}/declare/" in page
    assert member.get(f"{HERE}{ring.pk}/").status_code == 404


def test_hidden_action_of_an_item_that_the_member_is_out_of_asks_for_no_declaration(
    ring: ItemAction, member: Client, cast: Cast, exclusion: Exclusion
) -> None:
    Attendance.objects.update(declared_at=None)
    rows.connection(cast.member, kind="works_at", school=exclusion.school)

    assert "gave you something to do" not in words(member.get(HERE))


def test_member_whose_seat_has_ended_reads_nothing(ring: ItemAction, member: Client, cast: Cast) -> None:
    Membership.objects.filter(person=cast.member).update(last_day=date(2026, 11, 3))

    assert texts(member, "all") == []
    assert member.get(f"{HERE}{ring.pk}/").status_code == 404


def test_action_of_business_concerns_no_child_and_is_shown(ring: ItemAction, member: Client, cast: Cast) -> None:
    business = AgendaItem.objects.create(
        sitting=ring.item.sitting, title="Terms of reference", position=9, listed_at=NOW, listed_by=cast.asha
    )  # fmt: skip
    given(business, cast.member, "Write the terms anew")

    assert texts(member) == ["Ring the parents", "Write the terms anew"]
    assert "Terms of reference, 4 November 2026" in words(member.get(HERE))


def test_somebody_else_s_action_is_not_found(ring: ItemAction, cast: Cast, client_of: ClientOf) -> None:
    for who in (cast.chair, cast.asha, cast.ruth):
        assert client_of(who).get(f"{HERE}{ring.pk}/").status_code == 404


def test_action_that_the_minutes_dropped_is_not_shown(ring: ItemAction, member: Client) -> None:
    ItemAction.objects.update(dropped_at=NOW)

    assert texts(member, "all") == []


def test_reminder_leads_to_the_page_and_goes_to_nobody_who_would_find_nothing_there(
    ring: ItemAction, cast: Cast, client_of: ClientOf
) -> None:
    ItemAction.objects.update(due="2026-11-03")
    clerk = client_of(cast.asha)
    chase = "/panels/spp/actions/chase/"
    Membership.objects.filter(person=cast.member).update(last_day=date(2026, 11, 3))
    assert "Nobody is to be reminded" in words(clerk.post(chase, filled(clerk, chase)))

    Membership.objects.filter(person=cast.member).update(last_day=None)
    assert clerk.post(chase, filled(clerk, chase)).status_code == 302

    assert re.search(r"http\S+/panels/my-actions/", Message.objects.get(kind="panel actions late").body)


def test_no_action_is_given_to_a_member_who_did_not_sit_then_and_could_not_read_it(
    ring: ItemAction, cast: Cast, client_of: ClientOf
) -> None:
    Sitting.objects.update(on=date(2026, 10, 7))
    Membership.objects.filter(person=cast.chair).update(first_day=date(2026, 11, 1))
    clerk, here = client_of(cast.asha), f"/panels/spp/actions/{ring.pk}/"

    answer = clerk.post(here, {k: v or "" for k, v in filled(clerk, here, owner=str(cast.chair.pk)).items()})

    assert "owner" in errors(answer)


def test_list_is_paged_and_asks_no_more_of_many_sittings_and_actions(
    ring: ItemAction, member: Client, cast: Cast, exclusion: Exclusion
) -> None:
    # Somebody of whom a connection is kept is checked against each item.
    rows.connection(cast.member, kind="works_at", school=sitting_rows.another_school("Elsewhere", exclusion.school))

    def counted() -> int:
        with CaptureQueriesContext(connection) as captured:
            member.get(HERE)
        return len(asked(captured))

    counted()
    few = counted()
    panel = ring.item.sitting.panel
    Membership.objects.update(first_day=date(2025, 1, 1))
    for number in range(1, 9):
        made = Referral.objects.create(
            reference=f"99BCD{number + 1}", panel=panel, pupil=exclusion.case.pupil, exclusion=exclusion,
            route="mid_year", referred_on=date(2026, 10, 1), referred_at=NOW, referred_by=cast.asha, decided_on=date(2026, 10, 1), outcome="other",
        )  # fmt: skip
        placement_rows.placed(made, exclusion.school, by=cast.asha, on=date(2026, 10, number), outcome="other")
        at = AgendaItem.objects.get(referral=made)
        sitting_rows.declared(at.sitting, cast.member)
        for each in range(8):
            given(at, cast.member, f"Action {number}.{each}")

    assert counted() == few
    assert "1 to 50 of 65" in words(member.get(HERE))
