"""The list of exclusions: one page of rows and the counts above it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from casework.models import User
from casework.rules.calendar import NoTermDates
from casework.rules.periods import AcademicYear
from casework.rules.terms import PHASE_LABELS
from exclusions.models import Exclusion, ExclusionReason, Provision
from exclusions.models.querysets import ExclusionQuerySet
from exclusions.rules.terms import KIND_LABELS
from exclusions.selectors.standing import Standing, standings

COUNTED = 2_000
"""Notices are counted and paged up to here. Counting every one of a county's years would keep each page waiting."""

# What a list may be sorted by; all but the first day and the reference only when all its notices are counted.
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "first_day": ("first_day", "pk"),
        "logged": ("logged_at", "pk"),
        "child": ("case__pupil__last_name", "case__pupil__first_name", "pk"),
        "school": ("school__name", "-first_day", "pk"),
        "owner": ("case__owner__name", "-first_day", "pk"),
    }
)
OWNING = ("eas_officer", "inclusion_officer", "manager")
"""The roles whose people may own a case."""

# Children and phases are looked up only when few enough were found to count them: a list too long to count would
# otherwise look up two thousand children in vain. The ORM has no common table expressions.
WHOLE, BY_KIND, BY_PHASE = 3, 1, 2
COUNT_SQL = """
WITH found (case_id, school_id, kind, id, first_day) AS MATERIALIZED ({found}),
     few AS (SELECT * FROM found WHERE (SELECT count(*) FROM found) <= %s)
SELECT (SELECT count(*) FROM found), GROUPING(few.kind, school.phase), coalesce(few.kind, school.phase), count(few.case_id),
       count(DISTINCT pupil_id),
       CASE GROUPING(few.kind, school.phase) WHEN 3 THEN array_agg(few.id ORDER BY few.first_day DESC, few.id DESC) END
FROM few JOIN casework_case ON casework_case.id = few.case_id JOIN casework_school school ON school.id = few.school_id
GROUP BY GROUPING SETS ((), (few.kind), (school.phase))
"""

BY_INDEX = frozenset({"first_day", "logged"})
NEWEST_FIRST = "-first_day"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices, about how many children, of each kind and phase.

    Where there are more than COUNTED, `more` is true, `notices` is COUNTED and the rest is not known. `newest_first` has
    their keys in the list's own order, so that a page of it is not looked for a second time.
    """

    notices: int
    more: bool
    children: int
    kinds: Mapping[str, int]
    phases: Mapping[str, int]
    newest_first: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One exclusion with where it stands on the day the list is shown."""

    exclusion: Exclusion
    outcome: str
    reasons: tuple[str, ...]
    education_from: date | None
    standing: Standing
    # The day on which the school's records begin, where that is later than the school year whose days are totalled.
    records_begin: date | None


def listed(*, by: User) -> ExclusionQuerySet:
    """Return every exclusion that the person may see and nobody has voided, newest first."""
    return Exclusion.objects.visible_to(by).standing().order_by("-first_day", "-pk")


def counts(exclusions: QuerySet[Exclusion]) -> Counts:
    """Return the counts of a filtered list, in one query over COUNTED rows at most."""
    some = exclusions.order_by().values_list("case_id", "school_id", "kind", "pk", "first_day")[: COUNTED + 1]
    rows = _counted(some)
    whole = next((row for row in rows if row[1] == WHOLE), None)
    if whole is None:
        return Counts(0, False, 0, dict.fromkeys(KIND_LABELS, 0), dict.fromkeys(PHASE_LABELS, 0))
    notices, _, _, _, children, newest_first = whole
    if notices > COUNTED:
        return Counts(COUNTED, True, 0, {}, {})
    kinds = {row[2]: row[3] for row in rows if row[1] == BY_KIND}
    phases = {row[2]: row[3] for row in rows if row[1] == BY_PHASE}
    return Counts(
        notices=notices,
        more=False,
        children=children,
        kinds={kind: kinds.get(kind, 0) for kind in KIND_LABELS},
        phases={phase: phases.get(phase, 0) for phase in PHASE_LABELS},
        newest_first=newest_first or (),
    )


def _counted(some: QuerySet[Exclusion, Any]) -> list[tuple[int, int, str, int, int, list[int] | None]]:
    try:
        found, values = some.query.sql_with_params()
    except EmptyResultSet:
        # A filter that no row can fit.
        return []
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL.format(found=found), [*values, COUNTED])
        rows: list[tuple[int, int, str, int, int, list[int] | None]] = cursor.fetchall()
    return rows


def keys_in_order(exclusions: QuerySet[Exclusion], sort: str, counted: Counts) -> Sequence[int] | QuerySet[Any, int]:
    """Return the keys of a filtered list, sorted as asked ("school", "-first_day"), to take a page from.

    They are the newest first when the list may not be sorted so.
    """
    name = sort.removeprefix("-")
    if name not in SORTS or (counted.more and name not in BY_INDEX):
        sort, name = NEWEST_FIRST, "first_day"
    if sort == NEWEST_FIRST and not counted.more:
        return counted.newest_first
    fields = SORTS[name]
    if sort.startswith("-"):
        fields = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
    return exclusions.order_by(*fields).values_list("pk", flat=True)


def rows(keys: Iterable[int], *, on: date, options: "Options") -> list[Row]:
    """Return the rows of one page, in the order of their keys, in four queries however many rows it has."""
    # The page is found first and read then: what a row shows would else be worked out for every row before it too.
    keys = list(keys)
    reasons = ExclusionReason.objects.filter(exclusion=OuterRef("pk")).order_by("position").values("reason__code")
    started = Provision.objects.filter(exclusion=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1]
    found_rows = (
        Exclusion.objects.filter(pk__in=keys)
        .with_outcome(as_at=on)
        .annotate(reason_codes=ArraySubquery(reasons), education_from=Subquery(started))
        .select_related("case__pupil", "case__owner", "school__authority", "home_authority")
        # No more than a row shows and its days hang on.
        .only(
            "kind",
            "first_day",
            "last_day",
            "year_group",
            "exam_missed",
            "social_care",
            "voided_at",
            "case__reference",
            "case__pupil__first_name",
            "case__pupil__last_name",
            "case__pupil__date_of_birth",
            "case__owner__name",
            "school__name",
            "school__kind",
            "school__terms_in_year",
            "school__authority__code",
            "home_authority__code",
            "home_authority__nation",
        )
    )
    page = sorted(found_rows, key=lambda row: keys.index(row.pk))
    found = standings(page)
    return [
        Row(
            exclusion=exclusion,
            outcome=exclusion.outcome,
            reasons=tuple(exclusion.reason_codes),
            education_from=exclusion.education_from,
            standing=found[exclusion.pk],
            records_begin=_records_begin(exclusion, found[exclusion.pk], options),
        )
        for exclusion in page
    ]


def _records_begin(exclusion: Exclusion, standing: Standing, options: "Options") -> date | None:
    begin = options.whole_from.get(exclusion.school_id, options.records_began)
    if begin is None or begin <= AcademicYear.of(exclusion.first_day).first:
        return None
    try:
        calendar = standing.calendar
        year = calendar.next_school_day(calendar.school_year_of(exclusion.first_day).first)
    except NoTermDates:
        return None
    return begin if begin > year else None


def loaded(exclusions: QuerySet[Exclusion]) -> QuerySet[Exclusion]:
    """Return the exclusions with what an export or a page reads of them, but for `outcome`, which has a day."""
    in_order = ExclusionReason.objects.select_related("reason").order_by("position")
    return exclusions.select_related(
        "case__pupil", "case__owner", "school__authority", "school__trust", "home_authority"
    ).prefetch_related(Prefetch("exclusion_reasons", queryset=in_order), "provisions__provider")


@dataclass(frozen=True, slots=True)
class Options:
    """What the filters offer, each a code and its words, and the person's own saved filters."""

    schools: Mapping[str, str]
    trusts: Mapping[str, str]
    owners: Mapping[str, str]
    reasons: Mapping[str, str]
    # By code: the keys of the reasons, since the database plans better for a key than for a code to be looked up.
    reason_keys: Mapping[str, int]
    saved: tuple[tuple[int, str, str], ...]
    # From when every notice is held: by the key of a school where somebody said so, else since the first was logged.
    whole_from: Mapping[int, date]
    records_began: date | None


# Unlike tables in one answer, so all of it text. Written out: the ORM takes longer to put such a union together than the
# database to answer it. A password that begins with "!" is that of somebody who was invited and has not come yet.
OPTIONS_SQL = """
WITH council AS (SELECT id FROM casework_localauthority WHERE code = %(council)s),
     theirs AS (SELECT urn, name, trust_id FROM casework_school WHERE authority_id IN (SELECT id FROM council))
SELECT 'schools', urn, name, '' FROM theirs
UNION ALL SELECT 'trusts', group_id, name, '' FROM casework_trust WHERE id IN (SELECT trust_id FROM theirs)
UNION ALL SELECT 'owners', id::text, name, '' FROM casework_user
          WHERE is_active AND role = ANY(%(owning)s) AND NOT starts_with(password, '!')
UNION ALL SELECT 'reasons', code, label, id::text FROM exclusions_reasoncode
UNION ALL SELECT 'whole', school_id::text, whole_from::text, '' FROM exclusions_recordswhole
UNION ALL (SELECT 'began', '', to_char(logged_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '' FROM exclusions_exclusion
           WHERE voided_at IS NULL ORDER BY id LIMIT 1)
UNION ALL SELECT 'saved', id::text, name, query FROM casework_savedfilter
          WHERE user_id = %(user)s AND page = 'exclusions'
"""


def options(*, by: User, council: str) -> Options:
    """Return what the filters offer, in one query: the council's own schools and their trusts, officers, reasons."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(OPTIONS_SQL, {"council": council, "owning": list(OWNING), "user": by.pk})
        for kind, code, words, more in cursor.fetchall():
            found[kind].append((code, words, more))
    by_words = {
        kind: {code: words for code, words, _ in sorted(some, key=lambda one: one[1])} for kind, some in found.items()
    }
    return Options(
        schools=by_words.get("schools", {}),
        trusts=by_words.get("trusts", {}),
        owners=by_words.get("owners", {}),
        reasons={code: f"{code} {words}" for code, words, _ in sorted(found["reasons"])},
        reason_keys={code: int(key) for code, _, key in found["reasons"]},
        whole_from={
            int(school): date.fromisoformat(min(day for each, day, _ in found["whole"] if each == school))
            for school, _, _ in found["whole"]
        },
        records_began=min((date.fromisoformat(day) for _, day, _ in found["began"]), default=None),
        saved=tuple((int(code), words, more) for code, words, more in sorted(found["saved"], key=lambda one: one[1])),
    )
