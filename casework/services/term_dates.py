"""Term dates of a school year: set for the authority or for many schools at once, and undone while nothing came after.

Each change is kept as an import of the kind "term dates", with every row as it was and as it became.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from casework.council import council
from casework.imports import CannotUndo, Change
from casework.models import CalendarChange, Closure, Import, Job, LocalAuthority, School, TermSpell, User
from casework.registry import calendar_watchers
from casework.rules.periods import AcademicYear
from casework.rules.term_dates import BadDates, LineFault, YearDates, check_dates
from casework.selectors.term_dates import KIND, edges, held_rows
from casework.services import import_tables


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom dates are set: the authority's default, or these schools' own.

    With `everybody`, the default is set and the own dates of these schools are taken away, so that they follow it.
    `label` says it in words, and is kept. With `insets_said`, all INSET days of the scope stand in the dates, so that
    one which does not is taken away; without it, dates without INSET days leave those held as they are.
    """

    label: str
    schools: tuple[School, ...] = ()
    everybody: bool = False
    insets_said: bool = False

    @property
    def default(self) -> bool:
        """Whether the authority's own dates are set."""
        return self.everybody or not self.schools

    @property
    def terms_in_year(self) -> int:
        """How many terms the dates should name: two where every school of the scope has two."""
        return 3 if self.default or any(school.terms_in_year != 2 for school in self.schools) else 2

    def replaces_insets(self, dates: YearDates, *, own: bool) -> bool:
        """Tell whether the dates stand in place of the INSET days held: a school's own, or the authority's."""
        return bool(dates.insets) or (self.insets_said and not (own and self.default))


@dataclass(frozen=True, slots=True)
class HeldInsets:
    """Days held without pupils that the dates do not name: those taken away, and those that stay as they are."""

    taken: tuple[date, ...]
    kept: tuple[date, ...]


def held_insets(*, authority: LocalAuthority, year: AcademicYear, dates: YearDates, scope: Scope) -> HeldInsets:
    """Return what becomes of the INSET days held for anybody in the scope, each day once."""
    keys = [*([None] if scope.default else []), *(school.pk for school in scope.schools)]
    named = {each.on for each in dates.insets}
    taken: set[date] = set()
    kept: set[date] = set()
    for row in held_rows(authority, year, keys)["closures"]:
        if row.kind == "closed" and row.on not in named:
            (taken if scope.replaces_insets(dates, own=row.school_id is not None) else kept).add(row.on)
    return HeldInsets(tuple(sorted(taken)), tuple(sorted(kept)))


def check(*, authority: LocalAuthority, year: AcademicYear, dates: YearDates, scope: Scope) -> None:
    """Raise BadDates where the dates contradict themselves or the years round them, for anybody in the scope."""
    round_it = edges(authority, year, () if scope.default else scope.schools)
    keys: list[int | None] = [None] if scope.default else [school.pk for school in scope.schools]
    for edge in {round_it[key] for key in keys}:
        check_dates(dates, year=year, ends_before=edge.ends_before, begins_after=edge.begins_after)
    two_terms = [school.name for school in scope.schools if school.terms_in_year == 2]
    if two_terms and not scope.everybody and len({each.term for each in dates.spells}) > 2:
        raise BadDates([LineFault(0, f"{two_terms[0]} has two terms in a year, and these are three.")])


def set_year(
    *, by: User, at: datetime, authority: LocalAuthority, year: AcademicYear, dates: YearDates, scope: Scope
) -> list[Job]:
    """Set a year's dates for everybody in the scope, in place of those held, and ask for open duties to be reckoned.

    INSET days replace the planned closures held where any are given, or where the scope says that none is meant;
    closures on the day stay. Returns the work that follows; nothing where nothing changes. Raises BadDates; nothing is
    saved then.
    """
    with transaction.atomic():
        # One change at a time: two at once would each keep rows that the other took away.
        LocalAuthority.objects.select_for_update().get(pk=authority.pk)
        check(authority=authority, year=year, dates=dates, scope=scope)
        changes = list(_changes(by, at, authority, year, dates, scope))
        if not changes:
            return []
        row = Import.objects.create(
            kind=KIND,
            file_name=scope.label[:200],
            options={"year": year.label, "authority": authority.code},
            uploaded_at=at,
            uploaded_by=by,
            checked_at=at,
            applied_at=at,
            applied_by=by,
            counts={"rows": len(changes)},
        )
        import_tables.write(row, changes)
        return _told(by, at, authority, year, changes, scope.label)


def undo(*, by: User, at: datetime, row: Import) -> list[Job]:
    """Bring back the dates as they were before a change. Returns the work that follows.

    Raises CannotUndo where the same dates were changed since, or it is undone already.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=row.pk, kind=KIND)
        if held.undone_at:
            raise CannotUndo("This change is undone already.")
        authority = LocalAuthority.objects.select_for_update().get(code=held.options["authority"])
        import_tables.put_back(held)
        held.undone_at, held.undone_by = at, by
        held.save(update_fields=["undone_at", "undone_by"])
        changes = [Change(each.table, each.key, each.after, each.before) for each in held.changes.order_by("pk")]
        year = AcademicYear.parse(held.options["year"])
        return _told(by, at, authority, year, changes, f"Undone: {held.file_name}")


def _changes(
    by: User, at: datetime, authority: LocalAuthority, year: AcademicYear, dates: YearDates, scope: Scope
) -> Iterator[Change]:
    targets: list[School | None] = [None] if scope.default else list(scope.schools)
    cleared: Sequence[School] = scope.schools if scope.everybody else ()
    keys = [None if each is None else each.pk for each in [*targets, *cleared]]
    held = held_rows(authority, year, keys)
    wanted: dict[str, tuple[str, dict[str, Any]]] = {}
    for target in targets:
        place: dict[str, Any] = {"authority": authority.code, "urn": target.urn if target else None}
        for spell in dates.spells:
            fields = place | {
                "academic_year": year.label,
                "term": spell.term.value,
                "first_day": spell.first.isoformat(),
                "last_day": spell.last.isoformat(),
                "invented": False,
            }
            wanted[_key("t", place["urn"], spell.first)] = ("term spell", fields)
        for inset in dates.insets:
            fields = place | {
                "on": inset.on.isoformat(),
                "kind": "closed",
                "reason": inset.reason,
                "declared_by": by.name if target else council().name,
                "declared_at": at.isoformat(),
            }
            wanted[_key("c", place["urn"], inset.on)] = ("closure", fields)
    before = {_key("t", _urn(each), each.first_day): ("term spell", _spell(authority, each)) for each in held["spells"]}
    before |= _closures(authority, held["closures"], wanted, dates, scope)
    for key in sorted(before.keys() | wanted.keys()):
        table, was = before.get(key, ("", None))
        becomes_table, becomes = wanted.get(key, ("", None))
        if was is None or becomes is None or not _same(was, becomes):
            yield Change(table or becomes_table, key, was, becomes)


def _closures(
    authority: LocalAuthority,
    held: Sequence[Closure],
    wanted: dict[str, tuple[str, dict[str, Any]]],
    dates: YearDates,
    scope: Scope,
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the planned closures that INSET days replace. A closure on the day stays, and its day needs no other."""
    found = {}
    for each in held:
        key = _key("c", _urn(each), each.on)
        if each.kind == "closed" and scope.replaces_insets(dates, own=each.school_id is not None):
            found[key] = ("closure", _closure(authority, each))
        else:
            wanted.pop(key, None)
    return found


def _told(
    by: User, at: datetime, authority: LocalAuthority, year: AcademicYear, changes: Sequence[Change], why: str
) -> list[Job]:
    """Write one change of calendar for each whose dates moved, and ask for the work that follows."""
    touched = {(each.after or each.before or {})["urn"] for each in changes}
    urns = sorted(str(urn) for urn in touched if urn)
    schools = {school.urn: school for school in School.objects.filter(urn__in=urns)}
    rows = CalendarChange.objects.bulk_create(
        CalendarChange(
            authority=authority,
            school=school,
            what="term dates",
            first=year.first,
            last=year.last,
            reason=why[:100],
            at=at,
            by=by,
        )
        # The authority's own concerns every school, those with dates of their own too.
        for school in ([None] if None in touched else [schools[urn] for urn in urns])
    )
    return [watcher(row) for row in rows for watcher in calendar_watchers]


def _key(kind: str, urn: Any, on: Any) -> str:
    return f"{kind} {urn or 'authority'} {on}"


def _urn(row: TermSpell | Closure) -> str | None:
    return row.school.urn if row.school else None


def _spell(authority: LocalAuthority, row: TermSpell) -> dict[str, Any]:
    return {
        "authority": authority.code,
        "urn": _urn(row),
        "academic_year": row.academic_year,
        "term": row.term,
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "invented": row.invented,
    }


def _closure(authority: LocalAuthority, row: Closure) -> dict[str, Any]:
    return {
        "authority": authority.code,
        "urn": _urn(row),
        "on": row.on.isoformat(),
        "kind": row.kind,
        "reason": row.reason,
        "declared_by": row.declared_by,
        "declared_at": row.declared_at.isoformat(),
    }


def _same(was: dict[str, Any], becomes: dict[str, Any]) -> bool:
    """Tell whether nothing would change but who said so and when."""
    left_out = {"declared_by", "declared_at"}
    return all(was[name] == becomes[name] for name in was if name not in left_out)
