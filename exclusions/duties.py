"""How the duties of an exclusion are named, told and worked off elsewhere on the site."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from casework.models import CalendarChange, Job
from casework.registry import DutyKind, calendar_watchers, register_duty, register_job, register_sentence
from casework.rules.dates import short
from exclusions.rules.duty_kinds import DUTY_LABELS, DutyKey
from exclusions.rules.steps import STEP_LABELS, Step
from exclusions.rules.terms import OUTCOME_EVENT_LABELS

RECALCULATE = "duties_after_calendar_change"
AFTER_READING_CHOICE = "duties_after_reading_choice"
TERM_DATES_LABEL = "Add the school’s term dates"
LABELS: Mapping[str, str] = {**DUTY_LABELS, "term_dates": TERM_DATES_LABEL}

STEP_OF: Mapping[DutyKey, Step] = {
    DutyKey.PARENT_LETTER: Step.PARENT_LETTER,
    DutyKey.TELL_HOME_AUTHORITY: Step.HOME_AUTHORITY_TOLD,
    DutyKey.TELL_SOCIAL_WORKER: Step.SOCIAL_WORKER_TOLD,
    DutyKey.TELL_VIRTUAL_SCHOOL_HEAD: Step.VIRTUAL_SCHOOL_HEAD_TOLD,
    DutyKey.TELL_GOVERNORS: Step.GOVERNORS_TOLD,
    DutyKey.FIRST_FIVE_DAYS: Step.WORK_SET,
    DutyKey.BOARD_MEETING: Step.GOVERNORS_MET,
    DutyKey.BOARD_MEETING_BEFORE_EXAM: Step.GOVERNORS_MET,
    DutyKey.DECISION_LETTER: Step.DECISION_LETTER,
    DutyKey.REVIEW_APPLICATION: Step.REVIEW_APPLICATION,
    DutyKey.REVIEW_HEARING: Step.REVIEW_HELD,
    DutyKey.BOARD_RECONSIDERATION: Step.RECONSIDERED,
    DutyKey.ROLL_REMOVAL_EARLIEST: Step.REMOVED_FROM_ROLL,
}
"""The step that meets each duty which is met by recording one."""


def register() -> None:
    """Hand the kinds of duty, their sentences and the work after a change of calendar to the pages below."""
    for order, key in enumerate(DutyKey):
        chased = key is not DutyKey.FIRST_FIVE_DAYS
        register_duty(key, DutyKind(DUTY_LABELS[key], order, _next_step(key), _page, chased))
    register_duty("term_dates", DutyKind(TERM_DATES_LABEL, 99, _open_case("Open the case"), _page))
    register_sentence("step_recorded", lambda data: f"{STEP_LABELS[data['step']]} on {_day(data['on'])}.")
    register_sentence(
        "step_withdrawn", lambda data: f"Taken back: {STEP_LABELS[data['step']].lower()} on {_day(data['on'])}."
    )
    register_sentence("duty_moved", _moved)
    register_sentence("duty_ended", _ended)
    register_sentence("duty_open_again", _open_again)
    register_job(RECALCULATE, _recalculate)
    register_job(AFTER_READING_CHOICE, _after_reading_choice)
    calendar_watchers.append(_calendar_changed)


def _next_step(key: DutyKey) -> Callable[[str], tuple[str, str]]:
    if key in (DutyKey.SIXTH_DAY, DutyKey.LOOKED_AFTER_FIRST_DAY):
        return lambda reference: ("Arrange a place", reverse("exclusions:arrange-provision", args=[reference]))
    if step := STEP_OF.get(key):
        address = step.replace("_", "-")
        return lambda reference: ("Record it", reverse("exclusions:record-step", args=[reference, address]))
    return _open_case("Open the case")


def _open_case(text: str) -> Callable[[str], tuple[str, str]]:
    return lambda reference: (text, _page(reference))


def _page(reference: str) -> str:
    return reverse("exclusions:exclusion", args=[reference])


def _calendar_changed(change: CalendarChange) -> Job:
    from casework.services.jobs import ask_for

    return ask_for(
        by=change.by, at=change.at, kind=RECALCULATE, subject=change.pk, natural_key=f"{RECALCULATE} {change.pk}"
    )


def _recalculate(progress: Any, change_id: int) -> None:
    from exclusions.services.duties import after_calendar_change

    after_calendar_change(progress=progress, change_id=change_id)


def _after_reading_choice(progress: Any, choice_id: int) -> None:
    from exclusions.services.duties import after_reading_choice

    after_reading_choice(progress=progress, choice_id=choice_id)


def _moved(data: Mapping[str, Any]) -> str:
    label = LABELS.get(data["key"], data["key"])
    before, after = (" or ".join(short(date.fromisoformat(day)) for day in data[when]) for when in ("before", "after"))
    return f"{label}: now {after}, was {before}.{_cause(data['why'])}"


def _ended(data: Mapping[str, Any]) -> str:
    return f"{LABELS.get(data['key'], data['key'])}: no longer due. {data['because']}."


def _open_again(data: Mapping[str, Any]) -> str:
    label = LABELS.get(data["key"], data["key"])
    return f"{label}: open again, was met on {_day(data['met_on'])}.{_cause(data['why'])}"


def _cause(why: Mapping[str, Any]) -> str:
    sentence = CAUSES.get(why.get("cause", ""))
    return f" {sentence(why)}." if sentence else ""


def _calendar_cause(why: Mapping[str, Any]) -> str:
    days = " to ".join(dict.fromkeys(_day(why[end]) for end in ("first", "last")))
    reason = f", {why['reason'][:1].lower()}{why['reason'][1:]}" if why.get("reason") else ""
    return f"{why['what']}: {days}{reason}"


CAUSES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "calendar": _calendar_cause,
    "step_recorded": lambda why: STEP_LABELS[why["step"]],
    "step_withdrawn": lambda why: f"Taken back: {STEP_LABELS[why['step']].lower()}",
    "notice_logged": lambda why: f"Notice {why['case']} was logged",
    "carried_over": lambda why: "Notices were carried over",
    "carry_over_undone": lambda why: "Notices carried over were taken away again",
    "notice_corrected": lambda why: f"Notice {why['case']} was corrected",
    "notice_voided": lambda why: f"Notice {why['case']} was voided",
    "notice_restored": lambda why: f"Notice {why['case']} was restored",
    "outcome_recorded": lambda why: OUTCOME_EVENT_LABELS[why["event"]],
    "outcome_withdrawn": lambda why: f"Taken back: {OUTCOME_EVENT_LABELS[why['event']].lower()}",
    "provision_arranged": lambda why: "Education was arranged",
    "readings": lambda why: "The readings in force were changed",
}
"""How the timeline tells why a date moved, by the cause that the service gave."""


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%A} {day.day} {day:%B %Y}"
