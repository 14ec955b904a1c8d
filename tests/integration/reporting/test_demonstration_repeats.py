"""The demonstration is repeatable: two loads of the same day give the same rows."""

from datetime import date

import pytest
from django.db import connection, transaction

from reporting.demonstration.load import load_demonstration

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)

# Keys of schools and accounts come from sequences, which no rollback turns back: natural ones stand for them. A
# referral's reference is drawn by lot, and so is different in every load.
CHECKSUM = """
    SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
        SELECT concat_ws(',', c.reference, p.public_id, p.upn, p.first_name, p.last_name, p.date_of_birth, s.urn,
            e.kind, e.first_day, e.last_day, e.first_session, e.last_session, e.council_told_on, e.council_told_time,
            e.sen, e.early_help, e.social_care, e.circumstance_sources, u.email,
            (SELECT string_agg(r.code, '+' ORDER BY x.position) FROM exclusions_exclusionreason x
                JOIN exclusions_reasoncode r ON r.id = x.reason_id WHERE x.exclusion_id = e.id),
            (SELECT string_agg(o.event || o.on, '+' ORDER BY o.id) FROM exclusions_outcomeevent o
                WHERE o.exclusion_id = e.id),
            (SELECT string_agg(v.agreed_cost || '/' || v.starts_on, '+' ORDER BY v.id) FROM exclusions_provision v
                WHERE v.exclusion_id = e.id),
            (SELECT string_agg(d.on || '/' || d.morning, '+' ORDER BY d.on) FROM exclusions_suspendedday d
                WHERE d.exclusion_id = e.id),
            (SELECT string_agg(t.event || t.at || (t.data - 'document' - 'referral'), '+' ORDER BY t.id) FROM casework_timelineevent t
                WHERE t.case_id = c.id)) AS line
        FROM exclusions_exclusion e
        JOIN casework_case c ON c.id = e.case_id
        JOIN casework_pupil p ON p.id = c.pupil_id
        JOIN casework_school s ON s.id = e.school_id
        LEFT JOIN casework_user u ON u.id = c.owner_id
    ) AS lines
"""


def test_two_small_loads_are_the_same() -> None:
    assert _loaded(small=True) == _loaded(small=True)


@pytest.mark.long
def test_two_whole_loads_are_the_same() -> None:
    assert _loaded(small=False) == _loaded(small=False)


@pytest.mark.parametrize("today", [date(2021, 9, 1), date(2026, 9, 3), date(2026, 8, 12), date(2027, 7, 20)])
def test_a_load_on_an_awkward_day_goes_through(today: date) -> None:
    with transaction.atomic():
        rows = load_demonstration(today=today, small=True)
        transaction.set_rollback(True)

    # Those of 2015/16 to 2020/21 are always there.
    assert rows["Exclusion"] >= 44 + 50 + 73 + 90 + 44 + 75


def _loaded(*, small: bool) -> str:
    with transaction.atomic():
        load_demonstration(today=TODAY, small=small)
        found = _checksum()
        transaction.set_rollback(True)
    return found


def _checksum() -> str:
    with connection.cursor() as cursor:
        cursor.execute(CHECKSUM)
        (found,) = cursor.fetchone()
    return str(found)
