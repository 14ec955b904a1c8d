"""Appointing members and ending memberships."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casework.models import User
from panels.models import Membership, Panel
from panels.rules.terms import MemberRole
from panels.services import membership as service
from tests.cast import Cast, person
from tests.conftest import NOW, TODAY
from tests.factories import panels as rows

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def appoint(cast: Cast, panel: Panel, who: User, **changes: Any) -> Membership:
    return rows.member(panel, who, by=cast.administrator, **({"first_day": TODAY} | changes))


def test_member_is_appointed_by_somebody_else(cast: Cast, fap: Panel) -> None:
    held = appoint(cast, fap, cast.member, vice_chair_order=1, last_day=date(2027, 8, 31))

    assert (held.role, held.vice_chair_order, held.first_day) == ("head", 1, TODAY)
    assert (held.last_day, held.appointed_by) == (date(2027, 8, 31), cast.administrator)
    with pytest.raises(service.OwnMembership):
        rows.member(fap, cast.chair, by=cast.chair)
    with pytest.raises(IntegrityError, match="nobody_appoints_themselves"), transaction.atomic():
        Membership.objects.update(appointed_by=cast.member)


@pytest.mark.parametrize(
    ("who", "changes", "error"),
    [
        ("administrator", {"role": MemberRole.OFFICER}, service.OwnMembership),
        ("member", {"role": MemberRole.PSYCHOLOGIST}, service.NoSuchSeat),
        ("member", {"role": MemberRole.CLERK}, service.MayNotSit),
        ("asha", {"role": MemberRole.CHAIR}, service.MayNotSit),
        ("plan_lead", {}, service.MayNotSit),
        ("stranger", {}, service.MayNotSit),
        ("disabled", {"role": MemberRole.OFFICER}, service.MayNotSit),
        ("leaver", {"role": MemberRole.OFFICER}, service.MayNotSit),
        ("member", {"role": MemberRole.VICE_CHAIR}, service.CannotStandIn),
        ("member", {"role": MemberRole.CHAIR, "vice_chair_order": 1}, service.CannotStandIn),
        ("member", {"vice_chair_order": 0}, service.CannotStandIn),
        ("member", {"first_day": date(2021, 8, 31)}, service.PanelNotOpen),
        ("member", {"last_day": YESTERDAY}, service.EndsBeforeItBegins),
    ],
)  # fmt: skip
def test_appointment_that_cannot_be_is_refused(
    who: str, changes: dict[str, Any], error: type[Exception], cast: Cast, fap: Panel
) -> None:
    with pytest.raises(error):
        appoint(cast, fap, cast.everybody()[who], **changes)
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("who", "role"),
    [("asha", MemberRole.CLERK), ("imran", MemberRole.OFFICER), ("ruth", MemberRole.ADVISER), ("chair", MemberRole.CHAIR)],
)  # fmt: skip
def test_seat_goes_with_the_role_in_the_service(who: str, role: MemberRole, cast: Cast, fap: Panel) -> None:
    assert appoint(cast, fap, cast.everybody()[who], role=role).role == role.value


def test_closed_panel_appoints_nobody(cast: Cast, fap: Panel) -> None:
    Panel.objects.update(closed_on=TOMORROW)

    with pytest.raises(service.PanelNotOpen):
        appoint(cast, fap, cast.member)


def test_nobody_has_two_seats_on_a_panel_on_one_day(cast: Cast, fap: Panel) -> None:
    appoint(cast, fap, cast.member, last_day=TOMORROW)

    for first, last in ((TOMORROW, None), (date(2025, 1, 1), None), (date(2025, 1, 1), TODAY)):
        with pytest.raises(service.Overlaps):
            appoint(cast, fap, cast.member, first_day=first, last_day=last, role=MemberRole.OTHER)
    appoint(cast, fap, cast.member, first_day=TOMORROW + timedelta(days=1))
    appoint(cast, fap, cast.member, first_day=date(2025, 1, 1), last_day=YESTERDAY)
    appoint(cast, rows.panel("another"), cast.member)

    with pytest.raises(IntegrityError, match="one_seat_a_person_at_a_time"), transaction.atomic():
        Membership.objects.filter(panel=fap, first_day=TODAY).update(last_day=TOMORROW + timedelta(days=5))


def test_panel_has_one_chair_at_a_time(cast: Cast, fap: Panel) -> None:
    appoint(cast, fap, cast.chair, role=MemberRole.CHAIR, last_day=TOMORROW)
    other = person("other", role="panel_chair")

    with pytest.raises(service.AlreadyHasAChair) as has:
        appoint(cast, fap, other, role=MemberRole.CHAIR, first_day=TOMORROW)
    appoint(cast, fap, other, role=MemberRole.CHAIR, first_day=TOMORROW + timedelta(days=1))

    assert has.value.person == cast.chair
    with pytest.raises(IntegrityError, match="one_chair_at_a_time"), transaction.atomic():
        Membership.objects.filter(person=other).update(first_day=TODAY)


def test_vice_chairs_have_each_their_place(cast: Cast, fap: Panel) -> None:
    other = person("other", role="panel_member")
    appoint(cast, fap, cast.member, vice_chair_order=1)

    with pytest.raises(service.PlaceTaken) as taken:
        appoint(cast, fap, other, vice_chair_order=1)
    appoint(cast, fap, other, vice_chair_order=2)

    assert taken.value.person == cast.member
    with pytest.raises(IntegrityError, match="one_vice_chair_a_place_at_a_time"), transaction.atomic():
        Membership.objects.update(vice_chair_order=1)


def end(cast: Cast, held: Membership, last_day: date, version: int = 1) -> None:
    service.end(
        by=cast.administrator, at=NOW, on=TODAY, membership=held, version=version, last_day=last_day, because="Left"
    )  # fmt: skip


def test_membership_is_ended_early_by_somebody_who_says_why(cast: Cast, fap: Panel) -> None:
    held = appoint(cast, fap, cast.member, first_day=date(2025, 9, 1), last_day=date(2027, 8, 31))

    end(cast, held, YESTERDAY)

    held.refresh_from_db()
    assert (held.last_day, held.ended_by, held.ended_because) == (YESTERDAY, cast.administrator, "Left")
    for later in (YESTERDAY, TODAY):
        with pytest.raises(service.NotEarlier):
            end(cast, held, later, version=2)
    with pytest.raises(service.Stale):
        end(cast, held, date(2026, 1, 1))
    with pytest.raises(service.EndsBeforeItBegins):
        # The day before its first: too late to say that it never began.
        end(cast, held, date(2025, 8, 31), version=2)


def test_membership_that_never_began_stands_on_no_day_and_in_nobodys_way(cast: Cast, fap: Panel) -> None:
    held = appoint(cast, fap, cast.member, role=MemberRole.HEAD)

    end(cast, held, YESTERDAY)
    appoint(cast, fap, cast.member)

    assert [each.pk for each in Membership.objects.standing(on=TODAY)] != [held.pk]
    assert not Membership.objects.standing(on=YESTERDAY).exists()


def test_membership_is_taken_back_until_its_first_day_has_gone_by(cast: Cast, fap: Panel) -> None:
    to_come = appoint(cast, fap, cast.member, first_day=TOMORROW + timedelta(days=5))
    begun = appoint(cast, fap, cast.chair, first_day=YESTERDAY)

    end(cast, to_come, TOMORROW + timedelta(days=4))
    with pytest.raises(service.EndsBeforeItBegins):
        end(cast, begun, YESTERDAY - timedelta(days=1))
    end(cast, begun, YESTERDAY)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"ended_because": "Left"}, "membership_ended_at_and_by"),
        ({"ended_at": NOW}, "membership_ended_at_and_by"),
        ({"last_day": date(2021, 8, 30)}, "never_began"),
        ({"role": "vice_chair"}, "vice_chair_has_a_place"),
        ({"role": "clerk", "vice_chair_order": 1}, "vice_chair_has_a_place"),
    ],
)
def test_table_itself_refuses_what_cannot_be(changes: dict[str, Any], constraint: str, cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.member, by=cast.administrator)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Membership.objects.update(**changes)
