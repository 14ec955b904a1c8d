"""Declaring, recording and ending what connects a member."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casework.models import Trust
from panels.models import Connection
from panels.services import connections as service
from panels.services.connections import Facts
from tests.cast import Cast
from tests.conftest import NOW, TODAY, Place
from tests.factories import panels as rows


def test_member_declares_and_clerk_records(cast: Cast, place: Place) -> None:
    own = rows.connection(cast.member, kind="governs", school=place.primary, first_day=date(2020, 9, 1))
    told = rows.connection(cast.member, by=cast.asha, kind="works_at", school=place.school)

    assert (own.said_by, own.school, own.first_day) == (cast.member, place.primary, date(2020, 9, 1))
    assert (told.said_by, told.person) == (cast.asha, cast.member)


@pytest.mark.parametrize("who", ["chair", "imran", "ruth", "administrator", "stranger"])
def test_nobody_else_says_or_ends_a_connection_of_a_member(who: str, cast: Cast) -> None:
    held = rows.connection(cast.member)
    other = cast.everybody()[who]

    with pytest.raises(service.NotTheirs):
        rows.connection(cast.member, by=other)
    with pytest.raises(service.NotTheirs):
        service.end(by=other, at=NOW, connection=held, version=1, last_day=TODAY, because="No")


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "works_at"},
        {"kind": "works_at", "family_name": "Thistlewood"},
        {"kind": "declared"},
        {"kind": "family_name", "postcode": "ZX1 1AA"},
        {"kind": "family_name", "family_name": "Thistlewood", "street": "Long Street"},
    ],
)
def test_connection_that_names_something_else_is_refused_by_service_and_table(
    facts: dict[str, Any], cast: Cast
) -> None:
    with pytest.raises(service.NamesSomethingElse):
        rows.connection(cast.member, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.create(person=cast.member, said_by=cast.member, said_at=NOW, **facts)


def test_declaration_names_one_thing_of_three(cast: Cast, place: Place) -> None:
    trust = Trust.objects.create(group_id="TR90001", name="Wyrelake Learning Trust")
    for facts in ({"school": place.school}, {"trust": trust}, {"family_name": "Thistlewood"}):
        rows.connection(cast.member, kind="declared", **facts)

    with pytest.raises(service.NamesSomethingElse):
        rows.connection(cast.member, kind="declared", school=place.school, trust=trust)
    assert Connection.objects.count() == 3


def test_connection_is_ended_by_its_member_or_a_clerk_and_kept(cast: Cast) -> None:
    for by in (cast.member, cast.asha):
        held = rows.connection(cast.member)
        service.end(by=by, at=NOW, connection=held, version=1, last_day=TODAY, because="Moved away")

        held.refresh_from_db()
        assert (held.last_day, held.ended_by, held.ended_because, held.version) == (TODAY, by, "Moved away", 2)
    assert Connection.objects.count() == 2


def test_end_before_the_beginning_later_than_the_end_or_out_of_date_is_refused(cast: Cast) -> None:
    held = rows.connection(cast.member, first_day=date(2026, 1, 1), last_day=date(2026, 10, 1))
    facts: dict[str, Any] = {"by": cast.member, "at": NOW, "connection": held, "because": "Left"}

    with pytest.raises(service.EndsBeforeItBegins):
        service.end(version=1, last_day=date(2025, 12, 31), **facts)
    with pytest.raises(service.AlreadyEnded):
        service.end(version=1, last_day=date(2026, 10, 1), **facts)
    with pytest.raises(service.Stale):
        service.end(version=2, last_day=date(2026, 9, 1), **facts)
    with pytest.raises(service.EndsBeforeItBegins):
        service.say(
            by=cast.member, at=NOW, person=cast.member,
            facts=Facts("family_name", family_name="Marsh", first_day=TODAY, last_day=TODAY - timedelta(days=1)),
        )  # fmt: skip
    for changes in ({"ended_because": "Left"}, {"last_day": date(2025, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Connection.objects.update(**changes)
