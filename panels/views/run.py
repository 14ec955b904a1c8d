from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires_any
from casework.services import form_use
from casework.views.sending import send_once
from panels.forms.run import ReopenForm, RunItemForm
from panels.models import AgendaItem, ItemRecord, Sitting
from panels.rules.decisions import BadVotes
from panels.rules.outcomes import decisions_of
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.selectors import in_the_room, sittings
from panels.selectors.in_the_room import Running
from panels.selectors.placing import excluded_by
from panels.services import records as service
from panels.views.finding_sittings import back_to_sitting, sitting_address, sitting_of
from panels.views.run_screen import NOT_REOPENED, screen_context, why_not_reopened
from panels.views.sittings import SITTING

STALE = "Somebody else wrote of this item meanwhile. What you typed is below: check it and save again"
NOT_YOURS = "Whoever presides over this item records it, or the clerk. What you typed is below: choose Keep to save it"


@requires_any(*SITTING)
@require_safe
def run(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Lead to the first item that is not recorded, or to the sitting when every one is."""
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    agenda = sittings.agenda_of(request.user, sitting, on=today)
    if not in_the_room.may_run(request.user, agenda, on=today):
        raise Http404
    done = set(
        ItemRecord.objects.filter(item__sitting=sitting, recorded_at__isnull=False).values_list("item_id", flat=True)
    )
    waiting = next((one for one in agenda.items if one.item.pk not in done), None)
    return redirect(_address(sitting, waiting.item) if waiting else sitting_address(sitting))


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def run_item(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = _found(request, sitting, number, today)
    form = _form(request, found, today)
    quietly = request.headers.get("X-Keep") == "1"
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, form, sitting, found, quietly=quietly)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            if quietly:
                return JsonResponse({"said": STALE}, status=409)
            form = form.reopened(version=stale.version, what="this item")
        except service.AlreadyRecorded:
            why_not = why_not_reopened(_found(request, sitting, number, today))
            form.add_error(None, f"This item is recorded. {why_not or 'Reopen it first'}")
        except service.MayNot:
            form.add_error(None, NOT_YOURS)
        except (service.Lacking, service.NotDecided, BadVotes) as wanting:
            _say(form, wanting)
    if quietly:
        return JsonResponse({"said": "Not saved: see what is marked"}, status=400)
    context = screen_context(sitting, _found(request, sitting, number, today), form)
    return render(request, "panels/run_item.html", context)


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_item(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = _found(request, sitting, number, today)
    form = ReopenForm(request.POST or None, today=today)
    here = _address(sitting, found.seen.item)
    if request.method != "POST" and (why_not := why_not_reopened(found)):
        messages.warning(request, f"{why_not}.")
        return redirect(here)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.reopen(by=request.user, at=timezone.now(), on=today, sitting=sitting, item=number),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNot:
            form.add_error(None, "Whoever presides over this item reopens it, or the clerk")
        except tuple(NOT_REOPENED) as wrong:
            form.add_error(None, NOT_REOPENED[type(wrong)])
        else:
            messages.success(request, "The item is open again. What was recorded stays in its history.")
            return redirect(here)
    context = {"form": form, "sitting": sitting, "run": found, "back": back_to_sitting(sitting)}
    return render(request, "panels/reopen_item.html", context)


def _address(sitting: Sitting, item: AgendaItem) -> str:
    return reverse("panels:run-item", args=[sitting.panel.code, sitting.on, item.pk])


def _found(request: StaffRequest, sitting: Sitting, number: int, today: date) -> Running:
    found = in_the_room.running(request.user, sitting, number, on=today)
    if found is None:
        raise Http404
    if found.seen.item.referral:
        record_reading(
            by=request.user, at=timezone.now(), pupils=[found.seen.item.referral.pupil_id], surface="run a sitting",
            request=request_id(),
        )  # fmt: skip
    return found


def _form(request: StaffRequest, found: Running, today: date) -> RunItemForm:
    referral = found.seen.item.referral
    kind = PanelKind(referral.panel.kind) if referral else PanelKind.OTHER
    held = found.record
    initial: dict[str, Any] = {"version": held.version if held else 0}
    initial["present"] = [one.membership.person_id for one in found.members if one.present]
    if held:
        # Of advice the screen shows what the panel advised, whatever an officer made of it.
        advised = held.officer.as_advised if held.officer else {}
        initial |= {name: advised.get(name, getattr(held, name)) for name in service.Written.__dataclass_fields__}
    if service.chair_decides(found):
        initial["agreed"] = initial.get("agreed") or "chair"
    return RunItemForm(
        request.POST or None,
        today=today,
        initial=initial,
        members=found.members,
        outcomes=decisions_of(kind),
        chair_decides=service.chair_decides(found),
        keeps_turns=kind in FAIR_ACCESS_PANELS,
        is_business=referral is None,
        not_offered=excluded_by(referral.pupil, on=today) if referral else (),
    )


def _saved(
    request: StaffRequest, form: RunItemForm, sitting: Sitting, found: Running, *, quietly: bool
) -> HttpResponse:
    """Keep or record what the form says, and lead on."""
    facts: dict[str, Any] = {
        "by": request.user,
        "at": timezone.now(),
        "on": timezone.localdate(),
        "sitting": sitting,
        "item": found.seen.item.pk,
        "version": form.cleaned_data["version"],
        "written": form.written(),
        "present": form.cleaned_data["present"],
    }
    if quietly or request.POST.get("do") != "record":
        held = service.keep(**facts)
        if quietly:
            return JsonResponse({"version": held.version, "at": f"{timezone.localtime(held.kept_at):%H:%M}"})
        messages.success(request, "Kept.")
        return redirect(_address(sitting, found.seen.item))
    after = found.following
    leads_to = _address(sitting, after.item) if after else sitting_address(sitting)
    send_once(request, form, leads_to=leads_to, do=lambda: service.record(**facts))
    return redirect(leads_to)


def _say(form: RunItemForm, wanting: Exception) -> None:
    if isinstance(wanting, service.Lacking):
        for lack in wanting.what:
            form.add_error(lack.part if lack.part in form.fields else None, lack.says)
    else:
        form.add_error("agreed", str(wanting))
