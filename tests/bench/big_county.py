"""A county far larger than any: written by the database itself, without its triggers, since nothing is audited here."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection, models

from casework.models import Closure, LocalAuthority, School, Trust, User
from casework.rules.terms import PHASE_LABELS
from exclusions.models import Exclusion
from tests import cast as people
from tests.factories import casework as rows
from tests.factories import exclusions as exclusion_rows
from tests.misspelt import CROWD_FIRST, CROWD_LAST, FIRST, LAST

PUPILS, EXCLUSIONS = 100_000, 250_000
TODAY = date(2026, 11, 4)
NOW = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)

# Names are put together from parts, so that the crowd has thousands of family names, as a county has.
PUPILS_SQL = """
INSERT INTO casework_pupil (public_id, upn, first_name, last_name, date_of_birth, sex, ethnicity, home_authority_id,
                            created_at, version)
SELECT gen_random_uuid(), NULL,
       (%(first)s::text[])[1 + (random() * %(firsts)s)::int %% %(firsts)s],
       (%(last)s::text[])[1 + (random() * random() * %(lasts)s)::int %% %(lasts)s] ||
       (ARRAY['', 's', 'son', 'by', 'ley', 'well', 'wood', 'ham', 'ton', 'er'])[1 + (random() * 10)::int %% 10],
       DATE '2008-09-01' + (random() * 5500)::int, (ARRAY['F', 'M'])[1 + (random() * 2)::int %% 2], 'WBRI',
       %(authority)s, now(), 1
FROM generate_series(1, %(pupils)s);
INSERT INTO casework_rollspell (pupil_id, school_id, year_group, enrolment_status, first_day)
SELECT id, (%(schools)s::bigint[])[1 + id %% %(how_many)s], 1 + id %% 11, 'C', DATE '2024-09-01' FROM casework_pupil;
"""
# Most notices are of a few children, a hundredth is permanent, and each year has more than the one before. Logging and
# carrying over give every case an owner, so that nobody has only what a leaver left: one in 500.
EXCLUSIONS_SQL = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT number, DATE '2026-11-03' - (power(random(), 1.3) * 2950)::int AS first_day,
       (SELECT min(id) FROM casework_pupil) + floor(power(random(), 2) * %(pupils)s)::int AS pupil,
       (%(schools)s::bigint[])[1 + floor(power(random(), 1.5) * %(how_many)s)::int] AS school,
       random() AS kind, random() AS year, random() AS sen, random() AS care, random() AS help
FROM generate_series(1, %(exclusions)s) AS number;
INSERT INTO casework_case (reference, pupil_id, owner_id, opened_at, version)
SELECT lpad((number / 9999)::text, 2, '0') || '-' || lpad((number %% 9999)::text, 6, '0'), pupil,
       CASE WHEN number %% 500 > 0 THEN (%(owners)s::bigint[])[1 + number %% 10] END,
       first_day + TIME '10:00', 1 FROM made ORDER BY number;
INSERT INTO exclusions_exclusion (case_id, school_id, kind, first_day, first_session, last_day, last_session, exam_missed,
  narrative, decided_by, council_told_on, told_by, rule_set, recorded_because, year_group, home_authority_id, sen, sen_need,
  early_help, social_care, social_worker, free_school_meals, circumstance_sources, logged_at, version {columns})
SELECT c.id, school, k.kind, first_day, 'AM', CASE WHEN k.kind <> 'permanent' THEN first_day + 1 END,
  CASE WHEN k.kind <> 'permanent' THEN 'PM' ELSE '' END, false, '', '', first_day, 'email', '2026-07', '',
  (1 + floor(sqrt(year) * 11))::int::text, %(authority)s,
  CASE WHEN sen < 0.5 THEN 'N' WHEN sen < 0.85 THEN 'K' WHEN sen < 0.95 THEN 'E' ELSE 'unknown' END, '',
  CASE WHEN help < 0.1 THEN 'current' WHEN help < 0.2 THEN 'previous' ELSE 'none' END,
  CASE WHEN care < 0.01 THEN 'looked after' WHEN care < 0.05 THEN 'child in need' ELSE 'none' END, 'unknown', 'unknown',
  '{{}}', first_day + TIME '10:00', 1 {values}
FROM made JOIN casework_case c
  ON c.reference = lpad((number / 9999)::text, 2, '0') || '-' || lpad((number %% 9999)::text, 6, '0'),
LATERAL (SELECT CASE WHEN made.kind < 0.01 THEN 'permanent' WHEN made.kind < 0.98 THEN 'suspension' ELSE 'lunchtime' END
  AS kind) k ORDER BY number;
INSERT INTO exclusions_exclusionreason (exclusion_id, reason_id, position)
SELECT id, (%(reasons)s::bigint[])[1 + floor(power(random(), 3) * %(how_many_reasons)s)::int], 1 FROM exclusions_exclusion;
INSERT INTO exclusions_suspendedday (exclusion_id, "on", morning, afternoon, lunchtime)
SELECT id, first_day + days, true, true, false FROM exclusions_exclusion, generate_series(0, 1) AS days
WHERE kind <> 'permanent';
INSERT INTO exclusions_outcomeevent (exclusion_id, event, wording, withdrawn_because, "on", note, recorded_at)
SELECT id, CASE id %% 5 WHEN 0 THEN 'averted' WHEN 1 THEN 'cancelled' ELSE 'upheld by governors' END, '', '', first_day + 12, '',
  first_day + 12 + TIME '10:00' FROM exclusions_exclusion WHERE kind = 'permanent' AND first_day < DATE '2026-10-15';
INSERT INTO casework_duty (case_id, key, opened_by, holder, rule, opened_on, due, other_due, evidence, ended_because, met_on)
SELECT case_id, 'sixth_day', '', 'home_authority', 'R21', first_day, first_day + 7, first_day + 8, '', '',
  CASE WHEN first_day < DATE '2026-10-20' THEN first_day + 7 END FROM exclusions_exclusion WHERE kind = 'permanent';
"""


def _left_empty(model: type[models.Model], sql: str) -> list[str]:
    """Return the columns of words that the statement above says nothing of: they stand empty."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.null
    ]
    return [column for column in columns if column and column not in sql]


def write(*, exclusions: bool) -> list[User]:
    """Write the county, with or without its exclusions; return its ten officers."""
    authority = rows.LocalAuthorityFactory.create()
    rows.default_calendar(authority)
    reasons = exclusion_rows.reason_codes()
    schools = _schools(authority)
    _own_training_days(schools)
    owners = [people.person(f"officer{number}", role="eas_officer") for number in range(10)]
    first, last = FIRST + CROWD_FIRST, LAST + CROWD_LAST
    values = {
        "first": first, "firsts": len(first), "last": last, "lasts": len(last), "authority": authority.pk,
        "pupils": PUPILS, "exclusions": EXCLUSIONS, "schools": [school.pk for school in schools],
        "how_many": len(schools), "owners": [owner.pk for owner in owners],
        "reasons": [reason.pk for reason in reasons.values() if reason.in_use],
        "how_many_reasons": sum(reason.in_use for reason in reasons.values()),
    }  # fmt: skip
    empty = _left_empty(Exclusion, EXCLUSIONS_SQL)
    columns, each = "".join(f", {name}" for name in empty), ", ''" * len(empty)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(PUPILS_SQL, values)
        cursor.execute("ANALYZE")
        if exclusions:
            cursor.execute(EXCLUSIONS_SQL.format(columns=columns, values=each), values)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")
    return owners


def _own_training_days(schools: list[School]) -> None:
    """Close each school on five days a year of its own, so that no two have quite the same calendar."""
    Closure.objects.bulk_create(
        Closure(
            authority_id=school.authority_id, school=school, on=date(year, 9, 7) + timedelta(days=number % 20 + 30 * spell),
            kind="closed", reason="INSET", declared_by="", declared_at=NOW,
        )
        for number, school in enumerate(schools) for year in range(2018, 2027) for spell in range(5)
    )  # fmt: skip


def _schools(authority: LocalAuthority) -> list[School]:
    """Write 180 schools under URNs of their own, two in three of them in one of eight trusts."""
    phases = list(PHASE_LABELS)
    trusts = [Trust.objects.create(group_id=f"TR{number:05}", name=f"Trust {number}") for number in range(8)]
    return [
        rows.SchoolFactory.create(
            authority=authority, urn=str(150_001 + number), phase=phases[min(number // 60, len(phases) - 1)],
            trust=trusts[number % 8] if number % 3 else None,
        )
        for number in range(180)
    ]  # fmt: skip
