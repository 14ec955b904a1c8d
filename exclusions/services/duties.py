"""Keeping the rows of duties in step with the facts of their cases: what moved is told on the case, with the cause."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from casework.models import CalendarChange, Case, Duty, TimelineEvent, User
from casework.selectors.calendars import calendars_of
from casework.services.jobs import Progress
from exclusions.models import Exclusion, ReadingChoice
from exclusions.rules import duties as rules
from exclusions.selectors.duty_facts import facts_of
from exclusions.selectors.readings import chosen_readings

TERM_DATES = "term_dates"
"""The key of the task that a calendar which ends too soon opens: nothing is guessed."""

VOIDED = "The notice was voided"
KEPT = ("holder", "rule", "opened_on", "due", "other_due", "lapses_on", "met_on", "evidence", "ended_because")
AT_A_TIME = 1000


def refresh(exclusions: Iterable[int], *, by: User | None, at: datetime, why: Mapping[str, Any]) -> int:
    """Reckon the duties of exclusions again, by primary key, and write the rows that changed; return how many.

    `why` is told on the timeline of each case whose open duties move: codes and dates only. A duty that no longer
    applies is ended; one that was met stays met unless what met it was taken back, and then the timeline says so. Where
    the school's calendar ends too soon the case gets a task instead of a date. Call within the transaction that changed
    the facts.
    """
    ids = list(exclusions)
    with transaction.atomic():
        return sum(_refresh(ids[start : start + AT_A_TIME], by, at, why) for start in range(0, len(ids), AT_A_TIME))


def after_calendar_change(*, progress: Progress, change_id: int) -> None:
    """Reckon the open cases of the schools whose calendar changed, and tell each what moved and why.

    Cases of other schools are not touched. A worker that dies leaves whole batches behind, and the next goes on from
    there: a case that was reckoned has nothing left to change.
    """
    change = CalendarChange.objects.get(pk=change_id)
    affected = Exclusion.objects.standing().filter(school__authority=change.authority_id)
    if change.school_id:
        affected = affected.filter(school=change.school_id)
    open_cases = Duty.objects.open_on(progress.at.date()).values("case")
    ids = list(affected.filter(case__in=open_cases).order_by("pk").values_list("pk", flat=True))
    why = {
        "cause": "calendar",
        "what": change.get_what_display(),
        "first": change.first.isoformat(),
        "last": change.last.isoformat(),
        "reason": change.reason,
    }
    _reckon_again(ids, change.by, why, progress)


def after_reading_choice(*, progress: Progress, choice_id: int) -> None:
    """Reckon the open cases that a choice between readings of the law bears on, and tell each what moved.

    They are those whose exclusion began on or after its day. A worker that dies is followed as after a change of
    calendar.
    """
    choice = ReadingChoice.objects.get(pk=choice_id)
    open_cases = Duty.objects.open_on(progress.at.date()).values("case")
    affected = Exclusion.objects.standing().filter(first_day__gte=choice.in_force_from, case__in=open_cases)
    ids = list(affected.order_by("pk").values_list("pk", flat=True))
    _reckon_again(ids, choice.chosen_by, {"cause": "readings", "ambiguity": choice.ambiguity}, progress)


def _reckon_again(ids: list[int], by: User | None, why: Mapping[str, Any], progress: Progress) -> None:
    for start in range(0, len(ids), AT_A_TIME):
        batch = ids[start : start + AT_A_TIME]
        with transaction.atomic():
            _refresh(batch, by, progress.at, why)
            progress.show(done=start + len(batch), total=len(ids), message="Reckoning dates")
    with progress.keeping():
        pass


def _refresh(ids: list[int], by: User | None, at: datetime, why: Mapping[str, Any]) -> int:
    found = list(
        Exclusion.objects.filter(pk__in=ids)
        .select_related("case__pupil", "school__authority", "home_authority")
        .order_by("pk")
    )
    # One at a time for a case, so that dates reckoned from older facts never come after newer ones.
    list(Case.objects.select_for_update().filter(pk__in=[each.case_id for each in found]).order_by("pk").values("pk"))
    calendars = calendars_of(list({each.school_id: each.school for each in found}.values()))
    facts = facts_of(found)
    chosen = chosen_readings()
    held: dict[int, dict[tuple[str, str], Duty]] = defaultdict(dict)
    for duty in Duty.objects.filter(case__in=[each.case_id for each in found]).order_by("pk"):
        held[duty.case_id][duty.key, duty.opened_by] = duty
    today = timezone.localtime(at).date()
    changed: list[Duty] = []
    told: list[TimelineEvent] = []
    for exclusion in found:
        if exclusion.voided_at:
            wanted = _none_of(held[exclusion.case_id])
        else:
            reckoned = rules.duties_of(
                facts[exclusion.pk],
                calendar=calendars[exclusion.school_id],
                settings=chosen.on(exclusion.first_day),
            )
            wanted = _wanted(exclusion, reckoned, held[exclusion.case_id], today)
        for key, duty in wanted.items():
            before = held[exclusion.case_id].get(key)
            if before is None or any(getattr(before, name) != getattr(duty, name) for name in KEPT):
                changed.append(duty)
                told += _events(before, duty, by, at, why) if before else []
    _write(changed, told)
    return len(changed)


def _wanted(
    exclusion: Exclusion, reckoned: rules.Duties, held: Mapping[tuple[str, str], Duty], today: date
) -> dict[tuple[str, str], Duty]:
    """Return the rows that a case should have, those it had and that no longer apply among them, ended."""
    wanted: dict[tuple[str, str], Duty] = {}
    why_not: dict[tuple[str, str], str] = {}
    for duty in reckoned.duties:
        if (
            duty.due is None
            or duty.other_due is None
            or (duty.because and not duty.met_on and (duty.key, duty.opened_by) not in held)
        ):
            why_not[duty.key, duty.opened_by] = duty.because
            continue
        wanted[duty.key, duty.opened_by] = Duty(
            case_id=exclusion.case_id,
            key=duty.key,
            opened_by=duty.opened_by,
            holder=duty.holder,
            rule=duty.rule,
            opened_on=duty.opened_on or exclusion.first_day,
            due=duty.due,
            other_due=duty.other_due,
            lapses_on=duty.lapses_on,
            met_on=duty.met_on,
            evidence=duty.evidence,
            ended_because=duty.because,
        )
    for key, before in held.items():
        if key in wanted or before.key == TERM_DATES:
            continue
        left = _copy(before)
        if not reckoned.beyond_calendar and not before.met_on and before.ended_because in ("", VOIDED):
            left.ended_because = why_not.get(key) or why_not.get((before.key, "")) or "No longer applies"
        wanted[key] = left
    task = held.get((TERM_DATES, ""))
    if reckoned.beyond_calendar and (task is None or task.met_on or task.ended_because):
        wanted[TERM_DATES, ""] = Duty(
            case_id=exclusion.case_id,
            key=TERM_DATES,
            holder="administrator",
            rule="D2",
            opened_on=today,
            due=today,
            other_due=today,
        )
    elif task and not task.met_on and not reckoned.beyond_calendar:
        done = _copy(task)
        done.met_on = today
        wanted[TERM_DATES, ""] = done
    return wanted


def _none_of(held: Mapping[tuple[str, str], Duty]) -> dict[tuple[str, str], Duty]:
    """Return the rows of a voided notice, each ended: what was met of it counts no more than what was not."""
    ended = {key: _copy(duty) for key, duty in held.items()}
    for duty in ended.values():
        duty.ended_because = VOIDED
    return ended


def _copy(duty: Duty) -> Duty:
    return Duty(
        case_id=duty.case_id, key=duty.key, opened_by=duty.opened_by, **{name: getattr(duty, name) for name in KEPT}
    )


def _events(
    before: Duty, after: Duty, by: User | None, at: datetime, why: Mapping[str, Any]
) -> Iterable[TimelineEvent]:
    """Return what the timeline says of a duty that changed: moved, open again, or ended."""
    if before.key == TERM_DATES:
        return []
    event = ""
    data: dict[str, Any] = {"key": after.key, "why": dict(why)}
    if before.met_on and not after.met_on and not after.ended_because:
        event, data["met_on"] = "duty_open_again", before.met_on.isoformat()
    elif (before.due, before.other_due) != (after.due, after.other_due):
        event = "duty_moved"
        data |= {"before": _dates(before), "after": _dates(after)}
    elif after.ended_because and not before.ended_because:
        event, data["because"] = "duty_ended", after.ended_because
    return [TimelineEvent(case=Case(pk=after.case_id), event=event, at=at, by=by, data=data)] if event else []


def _dates(duty: Duty) -> list[str]:
    return [day.isoformat() for day in dict.fromkeys((duty.due, duty.other_due))]


def _write(changed: list[Duty], told: list[TimelineEvent]) -> None:
    if not changed:
        return
    with connection.cursor() as cursor:
        # Else every row's history waits for the commit, and a large batch takes time with its square.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Duty.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["case", "key", "opened_by"],
        update_fields=list(KEPT),
        batch_size=AT_A_TIME,
    )
    TimelineEvent.objects.bulk_create(told, batch_size=AT_A_TIME)
