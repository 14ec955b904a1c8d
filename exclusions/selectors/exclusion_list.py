"""The list of exclusions: one page of rows and the counts above it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from casework.models import SavedFilter, School, Trust, User
from casework.rules.calendar import NoTermDates
from casework.rules.periods import AcademicYear
from casework.rules.terms import PHASE_LABELS
from casework.selectors.people import NEVER_OPENED
from exclusions.models import Exclusion, ExclusionReason, Provision, ReasonCode, RecordsWhole
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

BY_INDEX = frozenset({"first_day", "logged"})
NEWEST_FIRST = "-first_day"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notices, about how many children, of each kind and phase.

    Where there are more than COUNTED, `more` is true, `notices` is COUNTED and the other numbers are not known.
    """

    notices: int
    more: bool
    children: int
    kinds: Mapping[str, int]
    phases: Mapping[str, int]


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


def listed(*, by: User, on: date) -> QuerySet[Exclusion]:
    """Return every exclusion that the person may see and nobody has voided, with `outcome` on the day, newest first."""
    return Exclusion.objects.visible_to(by).standing().with_outcome(as_at=on).order_by("-first_day", "-pk")


def counts(exclusions: QuerySet[Exclusion]) -> Counts:
    """Return the counts of a filtered list, in one query over COUNTED rows at most."""
    some = exclusions.order_by().values(
        found=F("pk"), of=F("case__pupil"), of_kind=F("kind"), of_phase=F("school__phase")
    )
    kinds = {f"kind_{number}": kind for number, kind in enumerate(KIND_LABELS)}
    phases = {f"phase_{number}": phase for number, phase in enumerate(PHASE_LABELS)}
    wanted: dict[str, Any] = {"notices": Count("found"), "children": Count("of", distinct=True)}
    wanted |= {name: Count("found", filter=Q(of_kind=kind)) for name, kind in kinds.items()}
    wanted |= {name: Count("found", filter=Q(of_phase=phase)) for name, phase in phases.items()}
    found = some[: COUNTED + 1].aggregate(**wanted)
    if found["notices"] > COUNTED:
        return Counts(COUNTED, True, 0, {}, {})
    return Counts(
        notices=found["notices"],
        more=False,
        children=found["children"],
        kinds={kind: found[name] for name, kind in kinds.items()},
        phases={phase: found[name] for name, phase in phases.items()},
    )


def in_order(exclusions: QuerySet[Exclusion], sort: str, counted: Counts) -> QuerySet[Exclusion]:
    """Sort a filtered list as asked ("school", "-first_day"); as newest first when it may not be sorted so."""
    name = sort.removeprefix("-")
    if name not in SORTS or (counted.more and name not in BY_INDEX):
        sort, name = NEWEST_FIRST, "first_day"
    fields = SORTS[name]
    if sort.startswith("-"):
        fields = tuple(field[1:] if field.startswith("-") else f"-{field}" for field in fields)
    return exclusions.order_by(*fields)


def rows(exclusions: QuerySet[Exclusion], *, on: date, options: "Options") -> list[Row]:
    """Return the rows of one page, a slice of the list, in six queries however many rows it has."""
    # The page is found first and read then: what a row shows would else be worked out for every row before it too.
    keys = list(exclusions.values_list("pk", flat=True))
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
    """Return the exclusions with what an export or a page reads of them."""
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


def options(*, by: User, council: str) -> Options:
    """Return what the filters offer, in one query: the council's own schools and their trusts, officers, reasons."""
    schools = School.objects.filter(authority__code=council)
    owners = User.objects.filter(is_active=True, role__in=OWNING).exclude(NEVER_OPENED)
    parts = (
        _part("schools", schools, "urn", F("name")),
        _part("trusts", Trust.objects.filter(schools__in=schools).distinct(), "group_id", F("name")),
        _part("owners", owners, "pk", F("name")),
        _part("reasons", ReasonCode.objects.all(), "code", F("label"), "pk"),
        _part("whole", RecordsWhole.objects.all(), "school", F("whole_from")),
        _part("began", Exclusion.objects.standing().filter(pk__in=_first_logged()), "pk", F("logged_at")),
        _part("saved", SavedFilter.objects.filter(user=by, page="exclusions"), "pk", F("name"), "query"),
    )
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, code, words, more in parts[0].union(*parts[1:], all=True):
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
        records_began=min((date.fromisoformat(moment[:10]) for _, moment, _ in found["began"]), default=None),
        saved=tuple((int(code), words, more) for code, words, more in sorted(found["saved"], key=lambda one: one[1])),
    )


def _first_logged() -> QuerySet[Any]:
    """Return the key of the first notice of all: by its key, which an index has, since notices are logged in order."""
    return Exclusion.objects.standing().order_by("pk").values("pk")[:1]


def _part(kind: str, rows_of: QuerySet[Any], code: Any, words: Any, more: str = "") -> QuerySet[Any]:
    """Return rows of kind, code, words and more, all as text, so that unlike tables can be asked in one query."""
    return rows_of.order_by().values_list(
        Value(kind, output_field=TextField()),
        Cast(code, TextField()),
        Cast(words, TextField()),
        Cast(F(more), TextField()) if more else Value("", output_field=TextField()),
    )
