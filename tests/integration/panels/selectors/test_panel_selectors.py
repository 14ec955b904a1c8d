"""Which panels are listed for whom, with what; and who sits on one on a day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panels.models import Panel
from panels.rules.terms import MemberRole
from panels.selectors import panels as selectors
from tests.cast import Cast
from tests.conftest import TODAY
from tests.factories import panels as rows
from tests.queries import asked

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def codes(cast: Cast, who: str, on: date = TODAY, state: str = "") -> list[str]:
    return [panel.code for panel in selectors.listed(cast.everybody()[who], on=on, state=state)]


@pytest.mark.parametrize("who", ["asha", "imran", "ruth", "administrator"])
def test_staff_whose_work_panels_are_see_every_one(who: str, cast: Cast, fap: Panel) -> None:
    rows.panel("gone", closed_on=YESTERDAY)

    assert codes(cast, who) == ["fap-secondary"]
    assert codes(cast, who, state="closed") == ["gone"]
    assert codes(cast, who, state="all") == ["fap-secondary", "gone"]


@pytest.mark.parametrize("who", ["plan_lead", "school_user", "data_protection", "stranger", "disabled"])
def test_everybody_else_sees_none(who: str, cast: Cast, fap: Panel) -> None:
    assert codes(cast, who, state="all") == []


def test_member_sees_a_panel_on_the_days_of_the_membership_alone(cast: Cast, fap: Panel) -> None:
    rows.panel("another")
    rows.member(fap, cast.member, by=cast.administrator, first_day=YESTERDAY, last_day=TODAY)

    seen = {day: codes(cast, "member", on=day, state="all") for day in
            (YESTERDAY - timedelta(days=1), YESTERDAY, TODAY, TOMORROW)}  # fmt: skip

    assert list(seen.values()) == [[], ["fap-secondary"], ["fap-secondary"], []]


def test_member_sees_nothing_of_a_panel_that_has_closed_whatever_the_membership_says(cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.member, by=cast.administrator)
    Panel.objects.update(closed_on=YESTERDAY)

    assert codes(cast, "member", state="all") == []


def test_member_who_lost_the_role_sees_nothing(cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.member, by=cast.administrator)
    cast.member.role = "plan_lead"
    cast.member.save()

    assert codes(cast, "member") == []


def test_list_says_who_is_chair_today_since_when_terms_stand_and_how_many_sit(cast: Cast, fap: Panel) -> None:
    rows.terms(fap, by=cast.administrator)
    rows.terms(fap, by=cast.administrator, from_=TODAY)
    rows.terms(fap, by=cast.administrator, from_=TOMORROW)
    rows.member(fap, cast.chair, by=cast.administrator, role=MemberRole.CHAIR)
    rows.member(fap, cast.member, by=cast.administrator, last_day=YESTERDAY)
    rows.panel("spp")

    first, second = selectors.listed(cast.asha, on=TODAY)

    assert (first.chair, first.terms_from, first.members) == ("Panel chair", TODAY, 1)  # type: ignore[attr-defined]
    assert (second.chair, second.terms_from, second.members) == (None, None, 0)  # type: ignore[attr-defined]


def test_members_are_those_of_today_to_come_and_of_before(cast: Cast, fap: Panel) -> None:
    by = cast.administrator
    head = rows.member(fap, cast.member, by=by)
    chair = rows.member(fap, cast.chair, by=by, role=MemberRole.CHAIR)
    clerk = rows.member(fap, cast.asha, by=by, role=MemberRole.CLERK, first_day=TOMORROW)
    officer = rows.member(fap, cast.imran, by=by, role=MemberRole.OFFICER, last_day=YESTERDAY)
    rows.connection(cast.member)
    rows.connection(cast.member, last_day=YESTERDAY)

    found = selectors.members(fap, on=TODAY)

    assert (found.today, found.to_come, found.past) == ([chair, head], [clerk], [officer])
    assert [each.connections for each in found.today] == [0, 1]


@pytest.mark.parametrize(("last_day", "has"), [(None, True), (TODAY, True), (YESTERDAY, False)])
def test_seat_is_had_until_its_last_day(last_day: date | None, has: bool, cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.member, by=cast.administrator, last_day=last_day)

    assert selectors.has_a_seat(cast.member, on=TODAY) is has
    assert not selectors.has_a_seat(cast.chair, on=TODAY)


def test_seat_that_begins_later_is_had_already_so_that_connections_are_said_in_time(cast: Cast, fap: Panel) -> None:
    rows.member(fap, cast.member, by=cast.administrator, first_day=TOMORROW)

    assert selectors.has_a_seat(cast.member, on=TODAY)


@pytest.mark.parametrize("number", [5, 500])
def test_members_and_list_ask_as_much_for_many_as_for_few(number: int, cast: Cast, fap: Panel) -> None:
    rows.crowd(fap, number)
    Panel.objects.bulk_create(
        Panel(code=f"p{each}", name=f"P {each}", kind="other", opened_on=rows.OPENED_ON) for each in range(number)
    )

    with CaptureQueriesContext(connection) as of_members:
        assert len(selectors.members(fap, on=TODAY).today) == number
    with CaptureQueriesContext(connection) as of_list:
        assert len(list(selectors.listed(cast.asha, on=TODAY))) == number + 1

    assert len(asked(of_members)) == 1
    assert len(asked(of_list)) == 1
