"""Who was at a sitting stays told of it, whatever becomes of the seat afterwards, and opens nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from panels.models import AgendaItem, Attendance, Membership, Panel, Sitting
from panels.rules.terms import MemberRole
from panels.selectors.sittings import expected
from panels.services import membership as service
from panels.services import panels as panel_service
from tests.cast import Cast
from tests.conftest import NOW, TODAY, ClientOf
from tests.factories import panels as rows
from tests.factories import referrals as referral_rows
from tests.factories import sittings as sitting_rows
from tests.page_form import errors, filled
from tests.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
HERE = f"/panels/spp/sittings/{TODAY}/"
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def panel(cast: Cast) -> Panel:
    panel = referral_rows.specialists(by=cast.administrator)
    rows.member(panel, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(panel, cast.member, by=cast.administrator, role=MemberRole.HEAD)
    rows.member(panel, cast.imran, by=cast.administrator, role=MemberRole.OFFICER)
    rows.member(panel, cast.asha, by=cast.administrator, role=MemberRole.CLERK)
    return panel


@pytest.fixture
def sitting(panel: Panel, cast: Cast) -> Sitting:
    """A sitting at which the chair and the head were, from which the officer stayed away."""
    found = sitting_rows.sitting(panel, by=cast.asha, on=TODAY)
    sitting_rows.business(found, "Turns of the year", by=cast.asha)
    sitting_rows.declared(found, cast.chair, cast.member)
    Attendance.objects.update(present=True)
    return found


def end(who: Any, cast: Cast, **changes: Any) -> None:
    held = Membership.objects.get(person=who)
    facts: dict[str, Any] = {
        "at": LATER,
        "on": TOMORROW,
        "last_day": YESTERDAY,
        "because": "Moved",
        "version": held.version,
    } | changes
    service.end(by=cast.administrator, membership=held, **facts)


def seen(sitting: Sitting) -> dict[int, tuple[bool, bool]]:
    return {one.person.pk: (one.present, one.apologies) for one in expected(sitting)}


def test_seat_that_was_ended_before_the_sitting_takes_nobody_out_of_its_minutes(
    sitting: Sitting, cast: Cast, clerk: Client
) -> None:
    pages = [f"{HERE}minutes/", f"{HERE}governance/", f"{HERE}minutes.pdf"]
    assert all(cast.member.name in text_of(clerk.get(page)) for page in pages)

    # As it was written before the service refused it, or when the panel was closed.
    Membership.objects.filter(person=cast.member).update(
        last_day=YESTERDAY, ended_at=LATER, ended_by=cast.administrator, ended_because="Moved"
    )

    assert all(cast.member.name in text_of(clerk.get(page)) for page in pages)
    assert seen(sitting)[cast.member.pk] == (True, False)


def test_whoever_was_there_and_has_no_seat_any_more_reads_nothing(
    sitting: Sitting, cast: Cast, client_of: ClientOf
) -> None:
    member = client_of(cast.member)
    assert member.get(f"{HERE}minutes/").status_code == 200

    Membership.objects.filter(person=cast.member).update(last_day=YESTERDAY)

    for page in ("", "minutes/", "minutes.pdf", "governance/", "pack/print.pdf"):
        assert member.get(f"{HERE}{page}").status_code == 404
    item = AgendaItem.objects.get()
    assert member.get(f"{HERE}run/{item.pk}/").status_code == 404


def test_seat_cannot_end_before_a_sitting_at_which_its_holder_was_and_the_form_says_which(
    sitting: Sitting, cast: Cast, administrator: Client
) -> None:
    held = Membership.objects.get(person=cast.member)
    address = f"/panels/spp/members/{held.pk}/end/"

    answer = administrator.post(address, filled(administrator, address, last_day="yesterday", because="Left"))

    assert errors(answer)["last_day"] == (
        f"{cast.member.name} was at the sitting of 4 November 2026: choose that day or a later one"
    )
    assert "Left" in answer.content.decode()
    held.refresh_from_db()
    assert held.last_day is None
    administrator.post(address, filled(administrator, address, last_day="today", because="Left"))
    held.refresh_from_db()
    assert held.last_day == TODAY


def test_whoever_stayed_away_stays_told_as_absent_once_the_sitting_has_begun(sitting: Sitting, cast: Cast) -> None:
    assert seen(sitting)[cast.imran.pk] == (False, False)

    end(cast.imran, cast)

    assert Membership.objects.get(person=cast.imran).last_day == YESTERDAY
    assert seen(sitting)[cast.imran.pk] == (False, False)


def test_apologies_stay_told_when_the_seat_is_ended_afterwards_and_not_when_it_was_ended_before(
    sitting: Sitting, cast: Cast
) -> None:
    Attendance.objects.create(sitting=sitting, person=cast.imran, apologies=True, said_at=NOW, said_by=cast.imran)
    end(cast.imran, cast, at=sitting.begins_at - timedelta(hours=2), on=TODAY)
    assert cast.imran.pk not in seen(sitting)

    Membership.objects.filter(person=cast.imran).update(ended_at=sitting.begins_at + timedelta(hours=2))

    assert seen(sitting)[cast.imran.pk] == (False, True)


def test_sitting_that_is_cancelled_or_to_come_holds_no_seat(sitting: Sitting, cast: Cast) -> None:
    Sitting.objects.update(cancelled_at=NOW, cancelled_by=cast.asha, cancelled_because="Snow")
    end(cast.member, cast)
    end(cast.imran, cast, last_day=TODAY)

    to_come = sitting_rows.sitting(sitting.panel, by=cast.asha, on=sitting_rows.SITS_ON)
    assert not {cast.member.pk, cast.imran.pk} & set(seen(to_come))


def test_panel_that_closes_before_a_sitting_leaves_who_was_there(sitting: Sitting, cast: Cast) -> None:
    panel = sitting.panel
    panel_service.close(by=cast.administrator, at=LATER, panel=panel, version=panel.version, closed_on=YESTERDAY)

    assert {cast.chair.pk, cast.member.pk} <= set(seen(sitting))


def test_seat_of_the_day_is_told_and_not_an_earlier_one(sitting: Sitting, cast: Cast) -> None:
    held = Membership.objects.get(person=cast.member)
    Membership.objects.filter(pk=held.pk).update(last_day=YESTERDAY)
    rows.member(
        sitting.panel,
        cast.member,
        by=cast.administrator,
        role=MemberRole.VICE_CHAIR,
        vice_chair_order=1,
        first_day=TODAY,
    )

    found = [one.membership.role for one in expected(sitting) if one.person == cast.member]

    assert found == [MemberRole.VICE_CHAIR.value]
