"""Which draft of a notice a request goes on with, and what becomes of it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from casework.http import StaffRequest
from casework.models import Draft
from casework.policy import requires
from casework.roles import Permission
from casework.services import drafts as service
from exclusions.forms.notice import NoticeForm

FORM = "log-a-notice"
TOO_MANY = (
    f"You keep {service.MOST} drafts, the most there may be. Finish or throw away one of them under My drafts in another "
    "window, then go on here: what you typed is still below."
)


@dataclass(slots=True)
class OwnDraft:
    """The draft of one window: its number, its row once it is kept, and what is typed in it."""

    public_id: uuid.UUID
    row: Draft | None
    typed: QueryDict
    # It was asked for by its number and is not there, or is somebody else's.
    gone: bool = False

    def address_of(self, page: str, *, draft: bool = True) -> str:
        """Return the address of a page that goes on with this draft; without `draft`, of one that begins with its child."""
        name, value = ("draft", str(self.public_id)) if draft else ("pupil", self.typed.get("pupil", ""))
        return f"{reverse(page)}?{urlencode({name: value})}" if value else reverse(page)


def of(request: StaffRequest) -> OwnDraft:
    """Return the draft that a request names, or a new one, with what is typed: as sent, else as it was kept.

    A child chosen by the request stands in place of the one before.
    """
    asked = _number(request.POST.get("draft") or request.GET.get("draft"))
    row = Draft.objects.filter(user=request.user, form=FORM, public_id=asked).first() if asked else None
    if request.method == "POST":
        typed = request.POST.copy()
        _choose(typed, request.POST.get("choose"))
        return OwnDraft(asked or uuid.uuid4(), row, typed)
    typed = as_sent(row.typed) if row else QueryDict(mutable=True)
    _choose(typed, request.GET.get("pupil"))
    return OwnDraft(asked or uuid.uuid4(), row, typed, gone="draft" in request.GET and row is None)


def as_sent(typed: dict[str, list[str]]) -> QueryDict:
    """Return what was kept as a form would send it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def keep(request: StaffRequest, own: OwnDraft) -> bool:
    """Keep what is typed; where that cannot be, say why on the page and return False."""
    typed = {name: own.typed.getlist(name) for name in NoticeForm.base_fields if name in own.typed}
    try:
        try:
            own.row = _kept(request, own, typed)
        except service.NotTheirs:
            own.public_id = uuid.uuid4()
            own.row = _kept(request, own, typed)
    except service.TooMany:
        messages.error(request, TOO_MANY)
    except service.TooLong:
        messages.error(request, "This is too long to keep: make it shorter. What you typed is still below.")
    else:
        return True
    return False


def _kept(request: StaffRequest, own: OwnDraft, typed: dict[str, list[str]]) -> Draft:
    return service.keep(by=request.user, at=timezone.now(), form=FORM, draft=own.public_id, typed=typed)


def others(request: StaffRequest, own: OwnDraft, chosen: dict[str, Any] | None) -> dict[str, Any]:
    """Return how many other drafts the person keeps, and the address of one about the same child."""
    held = list(Draft.objects.filter(user=request.user, form=FORM).exclude(public_id=own.public_id)[: service.MOST])
    child = [str(chosen["pupil"].public_id)] if chosen else None
    same = next((each for each in held if child and each.typed.get("pupil") == child), None)
    address = f"{reverse('exclusions:log-notice')}?draft={same.public_id}" if same else ""
    return {"count": len(held), "full": len(held) >= service.MOST and own.row is None, "same_child": address}


# Of a notice or a note, and the person's own alone. Whoever may log notices may write notes too.
@requires(Permission.WRITE_NOTES)
@require_POST
def throw_away_draft(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    service.throw_away(by=request.user, draft=public_id)
    messages.success(request, "The draft is thrown away.")
    return redirect(f"{reverse('exclusions:my-work')}#drafts")


def _choose(typed: QueryDict, chosen: str | None) -> None:
    if not chosen:
        return
    if typed.get("pupil") not in {"", None, chosen}:
        # What was said of one child's circumstances, and why an unusual notice of theirs is recorded, is not said of another.
        for name in (*NoticeForm.circumstance_fields, "recorded_because"):
            typed.pop(name, None)
    typed["pupil"] = chosen


def _number(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
