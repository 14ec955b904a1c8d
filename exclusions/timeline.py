"""How the timeline tells what happened to an exclusion."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from casework.models import Pupil
from casework.models.note import DOCUMENT_TYPES, NOTE_KINDS
from casework.registry import CaseLine, register_case_lines, register_sentence
from exclusions.rules.notice_fields import FIELD_LABELS
from exclusions.rules.terms import KIND_LABELS, OUTCOME_EVENT_LABELS, TOLD_BY_LABELS


def register() -> None:
    """Give each event of this app its sentence."""
    register_sentence("notice_logged", _notice_logged)
    register_sentence("notice_carried_over", lambda data: f"Carried over from row {data['row']} of a file.")
    register_sentence("outcome_recorded", _outcome_recorded)
    register_sentence("outcome_withdrawn", lambda data: f"Taken back: {_outcome_recorded(data)}")
    register_sentence("note_written", lambda data: f"{NOTE_KINDS[data['kind']]} of {_day(data['on'])} written down.")
    register_sentence("note_corrected", lambda data: f"{NOTE_KINDS[data['kind']]} of {_day(data['on'])} corrected.")
    register_sentence("document_added", lambda data: f"{DOCUMENT_TYPES[data['type']]} added: {data['title']}.")
    register_sentence("document_withdrawn", lambda data: f"Document withdrawn: {data['title']}. {data['because']}")
    register_sentence("notice_voided", lambda data: f"Notice voided: {data['because']}")
    register_sentence("notice_restored", lambda data: f"Notice restored: {data['because']}")
    register_sentence("notice_corrected", _notice_corrected)
    register_sentence("provision_arranged", _provision_arranged)
    register_case_lines(exclusions_of)


def exclusions_of(pupil: Pupil) -> list[CaseLine]:
    """Return a line for each exclusion of the child, at most 100, in one query."""
    from exclusions.models import Exclusion

    rows = Exclusion.objects.filter(case__pupil=pupil).select_related("case", "school").order_by("-first_day")[:100]
    return [
        CaseLine(
            reference=row.case.reference,
            text=f"{'Voided: ' if row.voided_at else ''}{KIND_LABELS[row.kind]}, {row.school.name}",
            href=reverse("exclusions:exclusion", args=[row.case.reference]),
            on=row.first_day,
        )
        for row in rows
    ]


def _notice_logged(data: Mapping[str, Any]) -> str:
    told = TOLD_BY_LABELS.get(data.get("told_by", ""), "")
    by = f" Told by: {told.lower()}." if told else ""
    return f"Notice logged: {KIND_LABELS[data['kind']].lower()} from {_day(data['first_day'])}.{by}"


def _notice_corrected(data: Mapping[str, Any]) -> str:
    labels = [FIELD_LABELS[name] for name in data["fields"]]
    return f"Notice corrected: {', '.join(each if each[:2].isupper() else each[:1].lower() + each[1:] for each in labels)}."


def _outcome_recorded(data: Mapping[str, Any]) -> str:
    event = OUTCOME_EVENT_LABELS[data["event"]]
    said = data.get("said", "")
    return f"{said or event} on {_day(data['on'])}." + (f" It counts as: {event.lower()}." if said else "")


def _provision_arranged(data: Mapping[str, Any]) -> str:
    return f"Education arranged with {data['provider']} from {_day(data['starts_on'])}."


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day:%A} {day.day} {day:%B %Y}"
