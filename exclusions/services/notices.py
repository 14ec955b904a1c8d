"""Logging a notice: the exclusion, its days, its reasons and the child's circumstances, kept together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from casework.models import Case, Pupil, ReferenceSeries, School, TimelineEvent, User
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import calendar_of
from casework.selectors.circumstances import AsAt, known_about
from casework.services.ownership import owner_for
from exclusions.models import Exclusion, ExclusionReason, ReasonCode, Step, StrategyTried, SuspendedDay
from exclusions.rules.rule_sets import rule_set_on
from exclusions.rules.steps import Step as StepKind
from exclusions.rules.terms import Kind, Session
from exclusions.rules.totals import SuspendedDay as Day
from exclusions.rules.totals import days_of
from exclusions.services import duties, receipts


class NotOnRoll(Exception):
    """The child is on no school's roll on the first day, so the year group is not known."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was given. Days are local dates; times are the clock on the wall."""

    pupil: Pupil
    school: School
    kind: str
    first_day: date
    first_session: str
    last_day: date | None
    last_session: str
    reasons: Sequence[ReasonCode]
    council_told_on: date
    council_told_time: time | None = None
    exam_missed: bool = False
    narrative: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    told_by: str = ""
    parents_told_on: date | None = None
    parents_told_time: time | None = None
    recorded_because: str = ""
    # By circumstance: what the notice says where it differs from what the council held.
    said_by_school: dict[str, str] = field(default_factory=dict)
    # What the school says it tried, each with what came of it, and its words.
    tried: Mapping[str, str] = field(default_factory=dict)
    tried_words: str = ""
    # Of a permanent exclusion of a child who lives elsewhere: when that authority was told, and by what means (R14).
    home_authority_told_on: date | None = None
    home_authority_told_how: str = ""
    # Where the receipt goes; else to the school's own contact.
    receipt_to: str = ""


def log(*, by: User, at: datetime, notice: Notice) -> Exclusion:
    """Log a notice: open the case, freeze the circumstances as at the first day, write the days and the reasons.

    Raises NotOnRoll, and NoTermDates where the school's calendar does not cover the days; nothing is saved then.
    """
    with transaction.atomic():
        as_at = known_about(notice.pupil, on=notice.first_day)
        if as_at.roll_spell is None:
            raise NotOnRoll
        case = Case.objects.create(
            reference=_next_reference(notice.first_day),
            pupil=notice.pupil,
            owner=owner_for(school=notice.school, logged_by=by, on=timezone.localtime(at).date()),
            opened_at=at,
        )
        exclusion = unsaved(notice, as_at)
        exclusion.case, exclusion.logged_at, exclusion.logged_by = case, at, by
        exclusion.save(force_insert=True)
        write_days(exclusion)
        write_reasons(exclusion, notice.reasons)
        write_tried(exclusion, notice.tried)
        TimelineEvent.objects.create(
            case=case,
            event="notice_logged",
            at=at,
            by=by,
            data={"kind": notice.kind, "first_day": notice.first_day.isoformat(), "told_by": notice.told_by},
        )
        _write_home_authority_told(exclusion, notice, by, at)
        duties.refresh(touched_by(exclusion), by=by, at=at, why={"cause": "notice_logged", "case": case.reference})
        receipts.send(by=by, at=at, exclusion=exclusion, to=notice.receipt_to)
    return exclusion


def touched_by(exclusion: Exclusion) -> list[int]:
    """Return the exclusion, where it stands, and the child's later ones of the school year, whose totals it changes."""
    year = AcademicYear.of(exclusion.first_day)
    later = Exclusion.objects.standing().filter(
        case__pupil=exclusion.case.pupil_id, first_day__range=(exclusion.first_day, year.last)
    )
    return list(later.values_list("pk", flat=True))


def unsaved(notice: Notice, as_at: AsAt) -> Exclusion:
    """Return the exclusion that a notice would make, with the circumstances of its first day, and save nothing.

    Raises NotOnRoll when no roll spell is known.
    """
    if as_at.roll_spell is None:
        raise NotOnRoll
    frozen, sources = {}, {}
    for kind, known in as_at.circumstances.items():
        said = notice.said_by_school.get(kind)
        frozen[kind] = said or known.value
        source = "The school's notice" if said and said != known.value else known.source
        known_on = notice.council_told_on if source == "The school's notice" else known.known_on
        sources[kind] = {"source": source, "known_on": known_on.isoformat() if known_on else None}
    if frozen["sen_need"] == "unknown":
        frozen["sen_need"] = ""
    return Exclusion(
        case=Case(pupil=notice.pupil),
        school=notice.school,
        kind=notice.kind,
        first_day=notice.first_day,
        first_session=notice.first_session,
        last_day=notice.last_day,
        last_session=notice.last_session,
        exam_missed=notice.exam_missed,
        narrative=notice.narrative,
        decided_on=notice.decided_on,
        decided_by=notice.decided_by,
        council_told_on=notice.council_told_on,
        council_told_time=notice.council_told_time,
        told_by=notice.told_by,
        parents_told_on=notice.parents_told_on,
        parents_told_time=notice.parents_told_time,
        recorded_because=notice.recorded_because,
        tried_words=notice.tried_words,
        rule_set=rule_set_on(notice.first_day).code,
        year_group=as_at.roll_spell.year_group,
        home_authority=notice.pupil.home_authority,
        circumstance_sources=sources,
        **frozen,
    )


def write_reasons(exclusion: Exclusion, reasons: Sequence[ReasonCode]) -> None:
    """Write the reasons of an exclusion that has none, in the order given."""
    ExclusionReason.objects.bulk_create(
        ExclusionReason(exclusion=exclusion, reason=reason, position=position)
        for position, reason in enumerate(reasons, start=1)
    )


def write_tried(exclusion: Exclusion, tried: Mapping[str, str]) -> None:
    """Write what the school tried, of an exclusion of which nothing is written yet."""
    StrategyTried.objects.bulk_create(
        StrategyTried(exclusion=exclusion, strategy=strategy, effect=effect) for strategy, effect in tried.items()
    )


def _write_home_authority_told(exclusion: Exclusion, notice: Notice, by: User, at: datetime) -> None:
    if notice.home_authority_told_on is None or notice.kind != Kind.PERMANENT:
        return
    step = Step.objects.create(
        exclusion=exclusion,
        step=StepKind.HOME_AUTHORITY_TOLD,
        on=notice.home_authority_told_on,
        evidence=notice.home_authority_told_how,
        recorded_at=at,
        recorded_by=by,
    )
    data = {"step": step.step, "on": step.on.isoformat()}
    TimelineEvent.objects.create(case=exclusion.case, event="step_recorded", at=at, by=by, data=data)


def days_out(notice: Notice | Exclusion) -> tuple[Day, ...]:
    """Return the school days that a notice takes away, none of a permanent exclusion.

    Raises NoTermDates where the school's calendar ends too soon.
    """
    if notice.kind == Kind.PERMANENT or notice.last_day is None:
        return ()
    first, last = Session(notice.first_session), Session(notice.last_session)
    return days_of(notice.first_day, first, notice.last_day, last, calendar_of(notice.school))


def write_days(exclusion: Exclusion) -> None:
    """Write each school day of a suspension that has none yet. Raises NoTermDates where the calendar ends too soon."""
    days = days_out(exclusion)
    SuspendedDay.objects.bulk_create(
        SuspendedDay(
            exclusion=exclusion, on=day.on, morning=day.morning, afternoon=day.afternoon, lunchtime=day.lunchtime
        )
        for day in days
    )


def _next_reference(first_day: date) -> str:
    """Return the next reference of the academic year, such as 26-0147, holding its series until the commit."""
    year = f"{AcademicYear.of(first_day).first.year % 100:02d}"
    ReferenceSeries.objects.get_or_create(year=year)
    series = ReferenceSeries.objects.select_for_update().get(year=year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    return f"{year}-{series.last_number:04d}"
