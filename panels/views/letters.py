from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.letters import MEANWHILE, LetterForm, SendLettersForm
from panels.models import Sitting
from panels.selectors import letters as selectors
from panels.selectors.letters import DueLetter, Letters
from panels.services import letters as service
from panels.services.letters import ToSend
from panels.views.finding_sittings import back_to_sitting, sitting_of

CANNOT = (service.MayNot, service.Stale, service.AlreadySent)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = _found(request, sitting, today)
    _read(request, found.due)
    form = SendLettersForm(request.POST or None, today=today, waiting=[one for one in found.due if not one.sent])
    here = _address(sitting)
    if form.is_bound and (led_to := _led_to(request, form)):
        return redirect(led_to)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen()
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.send(by=request.user, at=timezone.now(), on=today, sitting=sitting, letters=chosen),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except CANNOT:
            form.add_error("letters", MEANWHILE)
        else:
            sent = "1 letter is" if len(chosen) == 1 else f"{len(chosen)} letters are"
            messages.success(request, f"{sent} sent. Print and post each; the schools are told by mail.")
            return redirect(here)
    context = {
        "sitting": sitting,
        "form": form,
        "columns": columns("Item", "To", "Where it stands"),
        "rows": [{"cells": _cells(sitting, one)} for one in found.due],
        "any_waiting": any(not one.sent for one in found.due),
        "waiting": found.waiting,
        "without_parent": found.without_parent,
        "back": back_to_sitting(sitting),
    }
    return render(request, "panels/letters.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: StaffRequest, code: str, day: date, number: int, to: str) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    one = _found(request, sitting, today).of(number, to)
    if one is None:
        raise Http404
    _read(request, [one])
    initial = {"version": one.version, "body": service.drafted(one, sitting, on=today)}
    form = LetterForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = ToSend(number, form.cleaned_data["version"], to, form.cleaned_data["body"])
        try:
            send_once(
                request,
                form,
                leads_to=_address(sitting),
                do=lambda: service.send(
                    by=request.user, at=timezone.now(), on=today, sitting=sitting, letters=[chosen]
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except CANNOT:
            form.add_error(None, "It was sent, or its item decided anew, meanwhile. Open the page again")
        else:
            messages.success(request, "The letter is sent. Print and post it.")
            return redirect(_address(sitting))
    context = {"form": form, "one": one, "sitting": sitting, "back": {"text": "Letters", "href": _address(sitting)}}
    return render(request, "panels/letter.html", context)


def _found(request: StaffRequest, sitting: Sitting, today: date) -> Letters:
    found = selectors.letters_of(request.user, sitting, on=today)
    if found is None:
        raise Http404
    return found


def _read(request: StaffRequest, due: Any) -> None:
    """Record that the records of the children of letters are read."""
    record_reading(
        by=request.user, at=timezone.now(), pupils=[one.referral.pupil_id for one in due],
        surface="letters of a sitting", request=request_id(),
    )  # fmt: skip


def _led_to(request: StaffRequest, form: SendLettersForm) -> str | None:
    """Return where the form led when it was sent before: no letter waits any longer then, and none is a choice."""
    form.is_valid()
    token = form.cleaned_data.get("token")
    return form_use.used_before(by=request.user, token=token) if token else None


def _address(sitting: Sitting) -> str:
    return reverse("panels:letters", args=[sitting.panel.code, sitting.on])


def _cells(sitting: Sitting, one: DueLetter) -> list[dict[str, Any]]:
    href = reverse("panels:letter", args=[sitting.panel.code, sitting.on, one.seen.item.pk, one.to])
    stands = f"Sent {day_in_full(timezone.localtime(one.sent.sent_at).date())}" if one.sent else "To be sent"
    return [
        {"text": f"{one.seen.number}. {one.referral.reference}", "href": href, "header": True,
         "hidden_text": f"to {one.reader}", "second": one.record.get_outcome_display()},
        {"text": one.reader, "second": "School" if one.school else "Parent"},
        {"text": stands},
    ]  # fmt: skip
