from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.fields import DayAndTime
from casework.http import StaffRequest
from casework.models import Note
from casework.models.note import NOTE_KINDS
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import drafts as draft_service
from casework.services import form_use
from casework.services import notes as service
from casework.views.paging import page_links
from casework.views.tables import clock_time
from exclusions.forms.notes import CorrectNoteForm, NoteForm
from exclusions.models import Exclusion
from exclusions.selectors import drafts
from exclusions.views.exclusion import case_context, find
from exclusions.views.presenting import long_day

A_PAGE = 25


@requires(Permission.SEE_EXCLUSIONS)
@require_http_methods(["GET", "HEAD"])
def notes(request: StaffRequest, reference: str) -> HttpResponse:
    """List the notes of a case, newest first; one that was corrected stands under its correction."""
    today = timezone.localdate()
    found = find(request, reference, today, "notes of an exclusion")
    kind = request.GET.get("kind", "")
    standing = found.case.notes.filter(corrected_by__isnull=True)
    shown = standing.filter(kind=kind) if kind in NOTE_KINDS else standing
    page = Paginator(
        shown.select_related("written_by", "corrects__written_by").order_by("-happened_on", "-pk"), A_PAGE
    ).get_page(request.GET.get("page"))
    context = case_context(found, today) | {
        "notes": [_item(note) for note in page],
        "page": page,
        "pagination": page_links(request, page),
        "kinds": list(NOTE_KINDS.items()),
        "kind": kind,
        "may_write": has_permission(request.user, Permission.WRITE_NOTES),
    }
    return render(request, "exclusions/notes.html", context)


@requires(Permission.SEE_EXCLUSIONS, Permission.WRITE_NOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def write_note(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "write a note")
    now = timezone.localtime()
    initial: dict[str, Any] = {"happened": DayAndTime(today, now.time().replace(second=0, microsecond=0))}
    draft = drafts.of_a_note(by=request.user, reference=reference)
    if draft:
        # As typed, a day that is none among it: the form says so when it is sent.
        initial |= {name: values[-1] for name, values in draft.typed.items() if name in NoteForm.base_fields and values}
    form = NoteForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                service.write(by=request.user, at=timezone.now(), case=found.case, written=form.written())
                form_use.led_to(used, address=_address(found))
                if draft:
                    draft_service.throw_away(by=request.user, draft=draft.public_id)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        messages.success(request, "The note is kept.")
        return redirect(_address(found))
    more = {"form": form, "draft": draft, "draft_form": f"{drafts.NOTE_ON}{reference}"}
    if draft:
        kept = timezone.localtime(draft.kept_at)
        more["kept"] = f"{long_day(kept.date())}, {clock_time(kept)}"
    return render(request, "exclusions/write_note.html", case_context(found, today) | more)


@requires(Permission.SEE_EXCLUSIONS, Permission.WRITE_NOTES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_note(request: StaffRequest, reference: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "correct a note")
    note = found.case.notes.filter(pk=number).first()
    if note is None:
        raise Http404
    initial = {
        "kind": note.kind,
        "happened": DayAndTime(note.happened_on, note.happened_time),
        "with_whom": note.with_whom,
        "text": note.text,
    }
    form = CorrectNoteForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                service.correct(by=request.user, at=timezone.now(), note=note, written=form.written(), because=because)
                form_use.led_to(used, address=_address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyCorrected:
            form.add_error(None, "Somebody has corrected this note already: open the notes and correct that one")
        else:
            messages.success(request, "The note is corrected. What it said before stays beside it.")
            return redirect(_address(found))
    return render(request, "exclusions/correct_note.html", case_context(found, today) | {"form": form, "note": note})


def _address(found: Exclusion) -> str:
    return reverse("exclusions:notes", args=[found.case.reference])


def _item(note: Note) -> dict[str, Any]:
    return {"note": note, "when": _when(note), "before": note.corrects, "before_when": _when(note.corrects)}


def _when(note: Note | None) -> str:
    if note is None:
        return ""
    at = f" at {clock_time(note.happened_time)}" if note.happened_time else ""
    return long_day(note.happened_on, year=True) + at
