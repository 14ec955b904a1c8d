"""What somebody began and has not sent, as a list may show it: no child is named."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from casework.models import Draft, Pupil, RollSpell, School, User
from exclusions.rules.terms import KIND_LABELS

NEEDED = {
    "pupil": "child",
    "kind": "kind",
    "first_day": "first day",
    "last_day": "last day",
    "reason_1": "reason",
    "council_told": "when the council was told",
}


NOTE_ON = "note-"
"""What the form of a note is called before the reference of its case: each case keeps one draft for each person."""

_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of a notice, or of a note on the case of `reference`; what is not said yet is "" or stands in `missing`."""

    draft: Draft
    kind: str
    school: str
    missing: tuple[str, ...]
    reference: str = ""


def drafts(*, of: User, on: date) -> list[DraftLine]:
    """Return the person's drafts of notices and notes, newest first, in three queries however many they are."""
    ours = Q(form="log-a-notice") | Q(form__startswith=NOTE_ON)
    held = list(Draft.objects.filter(ours, user=of).order_by("-kept_at", "-pk"))
    schools = _schools({_said(each, "school") for each in held})
    rolls = _rolls({_said(each, "pupil") for each in held}, of, on)
    return [
        DraftLine(each, "", "", (), each.form.removeprefix(NOTE_ON))
        if each.form.startswith(NOTE_ON)
        else DraftLine(
            draft=each,
            kind=KIND_LABELS.get(_said(each, "kind"), ""),
            school=schools.get(_said(each, "school")) or rolls.get(_said(each, "pupil"), ""),
            missing=tuple(label for name, label in NEEDED.items() if _wanted(each, name) and not _said(each, name)),
        )
        for each in held
    ]


def of_a_note(*, by: User, reference: str) -> Draft | None:
    """Return the person's draft of a note on the case, if there is one."""
    return Draft.objects.filter(user=by, form=f"{NOTE_ON}{reference}").first()


def _wanted(draft: Draft, name: str) -> bool:
    return name != "last_day" or _said(draft, "kind") != "permanent"


def _said(draft: Draft, name: str) -> str:
    values = draft.typed.get(name) or [""]
    return str(values[-1]).strip()


def _schools(typed: set[str]) -> dict[str, str]:
    urns = {each for each in typed if each.isascii() and each.isdigit() and len(each) <= 6}
    return dict(School.objects.filter(urn__in=urns).values_list("urn", "name"))


def _rolls(typed: set[str], of: User, on: date) -> dict[str, str]:
    """Return the school of each child that the person may see, by the number that a form holds."""
    children = Pupil.objects.visible_to(of).filter(public_id__in={each for each in typed if _NUMBER.fullmatch(each)})
    spells = (
        RollSpell.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), pupil__in=children, first_day__lte=on)
        .order_by("first_day", "pk")
        .values_list("pupil__public_id", "school__name")
    )
    return {str(public_id): name for public_id, name in spells}
