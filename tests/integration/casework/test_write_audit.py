"""Every write leaves its history: who, in which request, append-only, also past the models."""

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client

from casework.models import Pupil, School
from exclusions.models import Exclusion
from tests import notice_form as notice
from tests.cast import Cast
from tests.conftest import Place

PupilEvent = apps.get_model("casework", "PupilEvent")
ExclusionEvent = apps.get_model("exclusions", "ExclusionEvent")


def test_request_that_writes_is_named_in_the_history_of_its_rows(officer: Client, pupil: Pupil, cast: Cast) -> None:
    notice.log(officer, notice.typed(pupil))

    event = ExclusionEvent.objects.get()
    assert event.pgh_context.metadata["user"] == cast.asha.pk
    assert len(event.pgh_context.metadata["request"]) == 36
    assert "Zephyrine" not in str(event.pgh_context.metadata)


def test_update_of_a_query_set_leaves_an_event_with_user_and_request(pupil: Pupil, cast: Cast) -> None:
    PupilEvent.objects.count()
    with pghistory.context(user=cast.asha.pk, request="r-1"):
        Pupil.objects.filter(pk=pupil.pk).update(last_name="Otherwise")

    event = PupilEvent.objects.order_by("pgh_id").last()
    assert (event.pgh_label, event.last_name) == ("update", "Otherwise")
    assert event.pgh_context.metadata == {"user": cast.asha.pk, "request": "r-1"}


def test_bulk_and_raw_writes_leave_events_as_well(place: Place, cast: Cast) -> None:
    events = apps.get_model("casework", "SchoolEvent").objects
    before = events.count()

    School.objects.bulk_create(
        [
            School(
                urn=f"90010{n}", authority=place.authority, establishment_number=f"500{n}", name="S",
                phase="primary", kind="maintained", establishment_type="01", opened_on="2000-01-01",
            )
            for n in range(3)
        ]
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_school SET head = 'X' WHERE urn LIKE '90010%'")
        cursor.execute("DELETE FROM casework_school WHERE urn = '900102'")

    assert events.count() - before == 3 + 3 + 1


def event_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and model._meta.managed and not model._meta.proxy
    )


def test_there_are_event_tables_to_protect() -> None:
    assert len(event_tables()) >= 20


@pytest.mark.parametrize("change", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_history_can_be_neither_changed_nor_deleted(change: str, exclusion: Exclusion) -> None:
    filled = 0
    for table in event_tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            if not cursor.fetchone()[0]:
                continue
        filled += 1
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete rows"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(f'"{table}"'))

    assert filled >= 8


def test_every_event_table_has_its_guard(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE 'pgtrigger_append_only%'"
        )
        guarded = {row[0] for row in cursor.fetchall()}

    assert set(event_tables()) <= guarded
    assert "casework_reading" in guarded
