"""A person's connections, and what the check of conflicts reads of them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Trust, User
from panels.models import Connection, Panel
from panels.rules.conflicts import FINDERS, ties
from panels.rules.links import ItemLinks, MemberLinks, School
from panels.rules.tie_terms import TieKind
from panels.selectors import connections as selectors
from tests.cast import Cast
from tests.conftest import TODAY, Place
from tests.factories import panels as rows
from tests.queries import asked

YESTERDAY = TODAY - timedelta(days=1)


def test_connections_that_hold_or_will_stand_before_those_that_ended(cast: Cast, place: Place) -> None:
    ended = rows.connection(cast.member, kind="works_at", school=place.primary, last_day=YESTERDAY)
    holds = rows.connection(cast.member, last_day=TODAY)
    to_come = rows.connection(cast.member, kind="works_at", school=place.school, first_day=date(2027, 1, 1))
    rows.connection(cast.chair)

    found = selectors.of_person(cast.member, on=TODAY)

    assert (found.now, found.ended) == ([holds, to_come], [ended])


def test_every_kind_of_connection_ties_its_member_as_the_rules_say(cast: Cast, place: Place) -> None:
    trust = Trust.objects.create(group_id="TR90001", name="Wyrelake Learning Trust")
    place.school.trust = trust
    place.school.save()
    member, urn = cast.member, place.school.urn
    for kind in ("works_at", "governs", "child_at", "declared"):
        rows.connection(member, kind=kind, school=place.school)
    rows.connection(member, kind="serves_trust", trust=trust)
    rows.connection(member, kind="works_at", school=place.school, last_day=YESTERDAY)
    rows.connection(member, kind="family_name", family_name="Quillfeather")
    rows.connection(member, kind="address", postcode="ZX1 1AA", street="Long Street")
    item = ItemLinks(
        "26-0001",
        excluding=(School(urn, trust.group_id),),
        family_names=frozenset({"Quillfeather"}),
        addresses=frozenset({next(iter(_links(member).addresses))}),
    )

    found = ties(_links(member), item, on=TODAY, finders=FINDERS)

    assert {tie.kind for tie in found} == set(TieKind)


def test_prompt_that_has_ended_is_compared_no_more(cast: Cast) -> None:
    rows.connection(cast.member, last_day=YESTERDAY)
    rows.connection(cast.member, kind="address", postcode="ZX1 1AA", first_day=TODAY + timedelta(days=1))

    assert _links(cast.member).family_names == frozenset()
    assert _links(cast.member).addresses == frozenset()


def _links(person: User) -> MemberLinks:
    (found,) = selectors.member_links([person], on=TODAY)
    return found


@pytest.mark.parametrize("number", [5, 500])
def test_connections_ask_as_much_for_many_as_for_few(number: int, cast: Cast, fap: Panel) -> None:
    people = [each.person for each in rows.crowd(fap, number)]
    Connection.objects.bulk_create(
        Connection(person=cast.member, kind="family_name", family_name="M", said_at=rows.AT, said_by=cast.member)
        for _ in range(number)
    )

    with CaptureQueriesContext(connection) as of_all:
        assert len(selectors.member_links(people, on=TODAY)) == number
    with CaptureQueriesContext(connection) as of_one:
        assert len(selectors.of_person(cast.member, on=TODAY).now) == number

    assert len(asked(of_all)) == 1
    assert len(asked(of_one)) == 1
