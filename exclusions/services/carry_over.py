"""Carrying over notices that were logged elsewhere: the good rows are taken, the others named, and nothing comes twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, models, transaction
from django.utils import timezone

from casework.imports import CannotUndo, Change, Listed, Plan
from casework.models import (
    Case,
    Duty,
    Import,
    ImportChange,
    Pupil,
    ReferenceSeries,
    RollSpell,
    TimelineEvent,
)
from casework.rules.periods import AcademicYear
from casework.services.ownership import owner_for
from casework.uploads import Fault, Limits, Unreadable, read_table
from casework.uploads.table import MOST_FAULTS
from exclusions.models import (
    Exclusion,
    ExclusionReason,
    OutcomeEvent,
    ReasonCode,
    RecordsWhole,
    SuspendedDay,
)
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.terms import KIND_LABELS
from exclusions.services import duties
from exclusions.services.carry_over_children import Children, InFile
from exclusions.services.carry_over_rows import Reader, Said, Wrong

KIND = "notices"
LIMITS = Limits(bytes=10 * 1024**2, rows=20_000, columns=120, cell=2_000)
SOURCE = "Carried over"
NOTICE, CHILD = "notice", "child"
CAUSE, CAUSE_UNDONE = "carried_over", "carry_over_undone"


@dataclass(slots=True)
class CarryOver(Plan):
    """What a file of notices would add: each row that is taken, with the child held, None for a new one."""

    taken: list[tuple[Said, int | None, str]] = field(default_factory=list)


def plan(row: Import, data: bytes) -> CarryOver:
    """Return what a file of notices would add; the rows to mend are listed and left out.

    Raises Unreadable for a file that is no table, that lacks a column, or of which no row can be taken.
    """
    table = read_table(data, name=row.file_name, limits=LIMITS)
    today = timezone.localtime(row.uploaded_at).date()
    options = row.options
    reader = Reader(table, columns=options.get("columns", ""), words=options.get("words", ""), today=today)
    wanted = _numbers(options.get("rows", ""))
    read = [reader.read(each) for each in table.rows if wanted is None or each.number in wanted]
    faults = [fault for each in read if isinstance(each, list) for fault in each]
    said = [each for each in read if isinstance(each, Said)]
    children = Children(said)
    known = _Known(children, said)
    taken: list[tuple[Said, int | None, str]] = []
    already = 0
    for each in said:
        try:
            who = known.who(each)
            if known.holds(each, who):
                already += 1
                continue
            known.take(each, who)
            taken.append((each, who if isinstance(who, int) else None, str(who)))
        except Wrong as wrong:
            faults.append(reader.fault(each.row, wrong.column, wrong.message))
    faults.sort(key=lambda fault: fault.row or 0)
    if faults and not taken and not already:
        raise Unreadable(*faults[:MOST_FAULTS])
    return CarryOver(
        changes=[_change(each, pupil, key) for each, pupil, key in taken],
        lists=_lists(taken, faults),
        counts=_counts(taken, faults, already, len(table.rows) - len(read)),
        notes=table.notes,
        taken=taken,
    )


class _Known:
    """What is held, and what earlier rows of the file say, of the children of a file."""

    def __init__(self, children: Children, said: Iterable[Said]) -> None:
        self.found: dict[int, int | str | Wrong] = {}
        in_file = InFile(children.folded)
        new = []
        for each in said:
            try:
                held = children.find(each)
                if held is None:
                    new.append(each)
                else:
                    self.found[each.row.number] = in_file.take(each, held)
            except Wrong as wrong:
                self.found[each.row.number] = wrong
        # After all that are held, since those are certain wherever they stand in the file.
        for each in new:
            try:
                self.found[each.row.number] = in_file.take(each, None)
            except Wrong as wrong:
                self.found[each.row.number] = wrong
        pupils = {pk for pk in self.found.values() if isinstance(pk, int)}
        standing = Exclusion.objects.standing().filter(case__pupil__in=pupils)
        self.notices = set(standing.values_list("case__pupil", "school", "kind", "first_day"))
        self.out: dict[int | str, set[tuple[date, str]]] = defaultdict(set)
        days = SuspendedDay.objects.standing().filter(exclusion__case__pupil__in=pupils)
        for pupil, on, *parts in days.values_list("exclusion__case__pupil", "on", "morning", "afternoon", "lunchtime"):
            self.out[pupil] |= {(on, part) for part, gone in zip(("a", "p", "l"), parts, strict=True) if gone}
        self.seen: set[tuple[int | str, int, str, date]] = set()

    def who(self, said: Said) -> int | str:
        """Return the child's primary key, or what a new one is known by. Raises Wrong where that is not certain."""
        found = self.found[said.row.number]
        if isinstance(found, Wrong):
            raise found
        return found

    def holds(self, said: Said, who: int | str) -> bool:
        """Tell whether the notice is held already. Raises Wrong when an earlier row of the file says it."""
        key = (who, said.school.pk, said.kind, said.first_day)
        if key in self.seen:
            raise Wrong("First day", "An earlier row has this notice: the same child, school, kind and first day.")
        return key in self.notices

    def take(self, said: Said, who: int | str) -> None:
        """Remember the row. Raises Wrong when another notice has the child out already on one of the days."""
        own = {
            (day.on, part)
            for day in said.days
            for part, gone in (("a", day.morning), ("p", day.afternoon), ("l", day.lunchtime))
            if gone
        }
        if own & self.out[who]:
            raise Wrong("First day", "Another notice has the child out already on one of these days: check the days.")
        self.out[who] |= own
        self.seen.add((who, said.school.pk, said.kind, said.first_day))


def apply(row: Import, plan: Plan) -> None:
    """Add the notices, and the children that are new, as the plan says. Within the caller's transaction."""
    if not isinstance(plan, CarryOver):
        raise TypeError("Only the plan of a carry-over can be carried out.")
    at, by = row.checked_at or row.uploaded_at, row.uploaded_by
    with connection.cursor() as cursor:
        # Else every row's history waits for the commit, and a large file takes time with its square.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    added = _add_children(plan.taken)
    schools = {each.school.pk: each.school for each, _, _ in plan.taken}
    today = timezone.localtime(at).date()
    owners = {pk: owner_for(school=school, logged_by=by, on=today) for pk, school in schools.items()} if by else {}
    references = _references(each.first_day for each, _, _ in plan.taken)
    cases = Case.objects.bulk_create(
        Case(
            reference=reference, pupil_id=pupil or added[key], owner=owners.get(each.school.pk), opened_at=at
        )
        for (each, pupil, key), reference in zip(plan.taken, references, strict=True)
    )  # fmt: skip
    saved = Exclusion.objects.bulk_create(
        _exclusion(each, case, row) for (each, _, _), case in zip(plan.taken, cases, strict=True)
    )
    pairs = list(zip(saved, (each for each, _, _ in plan.taken), strict=True))
    _write_parts(pairs, row)
    _write_down(row, cases, added.values())
    running = [
        exclusion.pk
        for exclusion, said in pairs
        if (said.kind == "permanent" and not said.outcome) or (said.last_day and said.last_day >= today)
    ]
    touched = _touched_by(Exclusion.objects.standing().filter(pk__in=[exclusion.pk for exclusion in saved]))
    duties.refresh([*running, *touched], by=by, at=at, why={"cause": CAUSE})
    if whole_from := row.options.get("whole_from"):
        RecordsWhole.objects.bulk_create(
            RecordsWhole(school_id=school, whole_from=whole_from, of=row, said_at=at, said_by=by)
            for school in sorted(schools)
        )


def undo(row: Import) -> None:
    """Take the notices away again, and the children that it added where nothing else belongs to them.

    Raises CannotUndo where somebody has worked on one of the notices since.
    """
    references = list(row.changes.filter(table=NOTICE).values_list("key", flat=True))
    notices = Exclusion.objects.filter(case__reference__in=references)
    worked_on = notices.exclude(version=1, voided_at__isnull=True)
    told = TimelineEvent.objects.filter(case__reference__in=references).exclude(event="notice_carried_over")
    # What another file moved is nobody's work.
    told = told.exclude(pk__in=told.filter(data__why__cause__in=(CAUSE, CAUSE_UNDONE)).values("pk"))
    first = (
        worked_on.values_list("case__reference", flat=True).first()
        or told.values_list("case__reference", flat=True).first()
    )
    if first:
        raise CannotUndo(f"Somebody has worked on a notice since, such as {first}. Void what is wrong there instead.")
    touched = _touched_by(notices)
    try:
        with transaction.atomic():
            _delete(notices, references)
    except models.ProtectedError:
        raise CannotUndo(
            "Notes, documents or other work belong to a notice by now. Void what is wrong instead."
        ) from None
    duties.refresh(touched, by=row.undone_by, at=row.undone_at or row.uploaded_at, why={"cause": CAUSE_UNDONE})
    RecordsWhole.objects.filter(of=row).delete()
    for pupil in Pupil.objects.filter(
        pk__in=[int(key) for key in row.changes.filter(table=CHILD).values_list("key", flat=True)]
    ):
        _forget(pupil)


def _touched_by(notices: models.QuerySet[Exclusion]) -> list[int]:
    """Return the children's other notices, later in the same school year, whose totals these change. Two queries.

    One that was itself carried over when it had ended has no duties, and gets none.
    """
    first: dict[tuple[int, date], date] = {}
    own = set()
    for pk, pupil, day in notices.values_list("pk", "case__pupil", "first_day"):
        own.add(pk)
        key = (pupil, AcademicYear.of(day).first)
        first[key] = min(day, first.get(key, day))
    without = ~models.Exists(Duty.objects.filter(case=models.OuterRef("case")))
    carried = models.Exists(TimelineEvent.objects.filter(case=models.OuterRef("case"), event="notice_carried_over"))
    others = (
        Exclusion.objects.standing().filter(case__pupil__in={pupil for pupil, _ in first}).exclude(carried & without)
    )
    return [
        pk
        for pk, pupil, day in others.values_list("pk", "case__pupil", "first_day")
        if pk not in own and day >= first.get((pupil, AcademicYear.of(day).first), date.max)
    ]


def _delete(notices: models.QuerySet[Exclusion], references: list[str]) -> None:
    keys = list(notices.values_list("pk", flat=True))
    for model in (SuspendedDay, ExclusionReason, OutcomeEvent):
        model.objects.filter(exclusion__in=keys).delete()
    cases = Case.objects.filter(reference__in=references)
    TimelineEvent.objects.filter(case__in=cases).delete()
    Duty.objects.filter(case__in=cases).delete()
    Exclusion.objects.filter(pk__in=keys).delete()
    cases.delete()


def _forget(pupil: Pupil) -> None:
    try:
        with transaction.atomic():
            pupil.roll_spells.all().delete()
            pupil.delete()
    except models.ProtectedError:
        return  # somebody has read the record, or added to it: it stays


def _add_children(taken: list[tuple[Said, int | None, str]]) -> dict[str, int]:
    new: dict[str, Said] = {}
    upns: dict[str, str] = {}
    for each, pupil, key in taken:
        if pupil is None:
            first = new.get(key)
            new[key] = each if first is None or each.first_day < first.first_day else first
            if each.upn:
                upns.setdefault(key, each.upn)
    rows = Pupil.objects.bulk_create(
        Pupil(
            upn=upns.get(key), first_name=each.first_name, last_name=each.last_name, date_of_birth=each.born,
            sex=each.sex, home_authority=each.home_authority,
        )
        for key, each in new.items()
    )  # fmt: skip
    RollSpell.objects.bulk_create(
        RollSpell(
            pupil=pupil, school=each.school, year_group=each.year_group,
            first_day=max(AcademicYear.of(each.first_day).first, each.school.opened_on),
        )
        for pupil, each in zip(rows, new.values(), strict=True)
    )  # fmt: skip
    return {key: pupil.pk for key, pupil in zip(new, rows, strict=True)}


def _exclusion(said: Said, case: Case, row: Import) -> Exclusion:
    known_on = timezone.localtime(row.uploaded_at).date().isoformat()
    return Exclusion(
        case=case,
        school=said.school,
        kind=said.kind,
        first_day=said.first_day,
        first_session=said.first_session,
        last_day=said.last_day,
        last_session=said.last_session if said.last_day else "",
        council_told_on=said.told_on,
        rule_set=rule_set_on(said.first_day).code,
        year_group=said.year_group,
        home_authority=said.home_authority,
        circumstance_sources={
            name: {"source": SOURCE, "known_on": known_on}
            for name, value in said.frozen.items()
            if value not in ("", "unknown")
        },
        logged_at=row.checked_at or row.uploaded_at,
        logged_by=row.uploaded_by,
        **said.frozen,
    )


def _write_parts(pairs: list[tuple[Exclusion, Said]], row: Import) -> None:
    at, by = row.checked_at or row.uploaded_at, row.uploaded_by
    reasons = {code.code: code for code in ReasonCode.objects.all()}
    ExclusionReason.objects.bulk_create(
        ExclusionReason(exclusion=exclusion, reason=reasons[code], position=position)
        for exclusion, said in pairs
        for position, code in enumerate(said.reasons, start=1)
    )
    SuspendedDay.objects.bulk_create(
        SuspendedDay(
            exclusion=exclusion, on=day.on, morning=day.morning, afternoon=day.afternoon, lunchtime=day.lunchtime
        )
        for exclusion, said in pairs
        for day in said.days
    )
    OutcomeEvent.objects.bulk_create(
        OutcomeEvent(
            exclusion=exclusion, event=said.outcome, on=said.outcome_on, note=SOURCE, recorded_at=at, recorded_by=by
        )
        for exclusion, said in pairs
        if said.outcome and said.outcome_on
    )
    TimelineEvent.objects.bulk_create(
        TimelineEvent(
            case_id=exclusion.case_id, event="notice_carried_over", at=at, by=by, data={"row": said.row.number}
        )
        for exclusion, said in pairs
    )


def _write_down(row: Import, cases: Iterable[Case], children: Iterable[int]) -> None:
    ImportChange.objects.bulk_create(
        [ImportChange(of=row, table=NOTICE, key=case.reference, after={}) for case in cases]
        + [ImportChange(of=row, table=CHILD, key=str(pk), after={}) for pk in children]
    )


def _references(first_days: Iterable[date]) -> list[str]:
    """Return the next reference of each notice's academic year, holding the series until the commit."""
    years = [f"{AcademicYear.of(day).first.year % 100:02d}" for day in first_days]
    last: dict[str, int] = {}
    for year, count in sorted(Counter(years).items()):
        ReferenceSeries.objects.get_or_create(year=year)
        series = ReferenceSeries.objects.select_for_update().get(year=year)
        last[year] = series.last_number
        series.last_number += count
        series.save(update_fields=["last_number"])
    found = []
    for year in years:
        last[year] += 1
        found.append(f"{year}-{last[year]:04d}")
    return found


def _change(said: Said, pupil: int | None, key: str) -> Change:
    after = {
        "child": pupil or "new", "school": said.school.urn, "kind": said.kind, "days": len(said.days),
        "outcome": said.outcome, "reasons": list(said.reasons),
    }  # fmt: skip
    return Change(NOTICE, f"{said.row.number} {said.first_day.isoformat()}", None, after)


def _lists(taken: list[tuple[Said, int | None, str]], faults: list[Fault]) -> list[Listed]:
    mend = Listed("Rows to mend: they are left out", ("Row", "Column", "What to do"))
    mend.rows = [(str(fault.row or ""), fault.column, fault.message) for fault in faults]
    notices = Listed("Notices that come in", ("Row", "School", "Kind", "First day", "School days", "Child"))
    notices.rows = [
        (
            str(said.row.number), said.school.name, KIND_LABELS[said.kind], f"{said.first_day.day} {said.first_day:%B %Y}",
            f"{sum(day.half_days for day in said.days) / 2:g}", "Held already" if pupil else "New",
        )
        for said, pupil, _ in taken
    ]  # fmt: skip
    return [mend, notices]


def _counts(
    taken: list[tuple[Said, int | None, str]], faults: list[Fault], already: int, left_out: int
) -> dict[str, int]:
    return {
        "Notices that come in": len(taken),
        "Permanent exclusions among them that are open": sum(
            1 for said, _, _ in taken if said.kind == "permanent" and not said.outcome
        ),
        "Notices that do not say when the council was told: their first day stands for it": sum(
            1 for said, _, _ in taken if not said.told_said
        ),
        "Children that are added": len({key for _, pupil, key in taken if pupil is None}),
        "Rows to mend": len({fault.row for fault in faults}),
        "Held already": already,
        "Rows left out by choice": left_out,
    }


def _numbers(text: str) -> set[int] | None:
    """Return the rows that were asked for, such as "2-40, 55"; None for all."""
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    if not parts:
        return None
    found: set[int] = set()
    for part in parts:
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
