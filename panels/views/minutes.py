from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires, requires_any
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from panels.forms.minutes import MEANWHILE, ApproveMinutesForm, CorrectMinutesForm
from panels.models import Sitting
from panels.rules.minutes import PART_LABELS, Part
from panels.selectors import minutes as selectors
from panels.selectors.minutes import Minutes, MinutesOfItem
from panels.services import minutes as service
from panels.views.finding_sittings import back_to_sitting, sitting_of
from panels.views.minutes_document import in_the_seat, pdf
from panels.views.sittings import SITTING

A_PAGE = 20


@requires_any(*SITTING)
@require_safe
def minutes(request: StaffRequest, code: str, day: date) -> HttpResponse:
    sitting = sitting_of(request, code, day, on=timezone.localdate())
    found = _found(request, sitting)
    _read(request, found.items)
    context = {
        "sitting": sitting,
        "panel": sitting.panel,
        "present": [in_the_seat(one) for one in found.members if one.present],
        "apologies": [in_the_seat(one) for one in found.members if one.apologies],
        "file_href": reverse("panels:minutes-file", args=[code, sitting.on]) if found.items else "",
        "items": [_shown(sitting, one) for one in found.items],
        "to_approve": len(found.to_approve),
        "back": back_to_sitting(sitting),
    }
    return render(request, "panels/minutes.html", context)


@requires_any(*SITTING)
@require_safe
def minutes_file(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Give the person their own copy of the minutes as a PDF: what their page shows, and nothing else."""
    sitting = sitting_of(request, code, day, on=timezone.localdate())
    found = _found(request, sitting)
    if not found.items:
        raise Http404
    _read(request, found.items)
    made = pdf(sitting, found, reader=request.user.name, at=timezone.now())
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{sitting.panel.code}-{sitting.on}.pdf"'
    return response


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_minutes(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    one = _item_found(request, sitting, number)
    if not one.may_correct:
        raise Http404
    _read(request, [one])
    form = CorrectMinutesForm(
        request.POST or None,
        today=today,
        initial={"version": one.version, "because": _because(one)}
        | {part.value: one.parts.get(part, "") for part in Part},
        were_approved=one.approved is not None,
        is_business=one.seen.item.referral is None,
    )
    here = minutes_address(sitting)
    if request.method == "POST" and form.is_valid():
        facts = {
            "version": form.cleaned_data["version"],
            "parts": form.parts(),
            "because": form.cleaned_data.get("because", ""),
        }
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.correct(
                    by=request.user, at=timezone.now(), on=today, sitting=sitting, item=number, **facts
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="these minutes")
        except service.DaysCannotBe as cannot:
            for says in cannot.what:
                form.add_error(Part.ACTIONS.value, says)
        except service.ReasonWanted:
            form.add_error(
                None, "These minutes were approved meanwhile. Open the page again, and say why you correct them"
            )
        else:
            messages.success(request, "The minutes are corrected. Whoever presided approves them.")
            return redirect(here)
    context = {"form": form, "sitting": sitting, "one": one, "parts": [form[part.value] for part in Part],
               "back": back_to_minutes(sitting)}  # fmt: skip
    return render(request, "panels/correct_minutes.html", context)


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def approve_minutes(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = _found(request, sitting)
    if not found.may_preside:
        raise Http404
    _read(request, found.to_approve)
    form = ApproveMinutesForm(request.POST or None, today=today, waiting=found.to_approve)
    here = minutes_address(sitting)
    if form.is_bound and (led_to := _led_to(request, form)):
        return redirect(led_to)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.approve(
                    by=request.user, at=timezone.now(), on=today, sitting=sitting, versions=form.versions()
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except (service.Stale, service.MayNot):
            form.add_error("items", MEANWHILE)
        else:
            messages.success(request, "The minutes are approved, and locked from now on.")
            return redirect(here)
    context = {"form": form, "sitting": sitting, "items": [_shown(sitting, one) for one in found.to_approve],
               "back": back_to_minutes(sitting)}  # fmt: skip
    return render(request, "panels/approve_minutes.html", context)


@requires_any(*SITTING)
@require_safe
def minutes_versions(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    """Show the versions of the minutes of an item: the draft among them to those alone who may read it."""
    sitting = sitting_of(request, code, day, on=timezone.localdate())
    one = _item_found(request, sitting, number)
    _read(request, [one])
    rows = selectors.versions_of(one, approved_only=not (one.may_correct or one.may_approve))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sitting": sitting,
        "one": one,
        "versions": [{"row": row, "parts": _parts(selectors.written_in(row))} for row in page],
        "pagination": page_links(request, page),
        "page": page,
        "back": back_to_minutes(sitting),
    }
    return render(request, "panels/minutes_versions.html", context)


def minutes_address(sitting: Sitting) -> str:
    """Return the address of the minutes of a sitting."""
    return reverse("panels:minutes", args=[sitting.panel.code, sitting.on])


def back_to_minutes(sitting: Sitting) -> dict[str, Any]:
    """Return the link back to the minutes of a sitting."""
    return {"text": "Minutes", "href": minutes_address(sitting)}


def _found(request: StaffRequest, sitting: Sitting) -> Minutes:
    found = selectors.minutes_of(request.user, sitting, on=timezone.localdate())
    if found is None:
        raise Http404
    return found


def _item_found(request: StaffRequest, sitting: Sitting, number: int) -> MinutesOfItem:
    one = _found(request, sitting).of(number)
    if one is None:
        raise Http404
    return one


def _read(request: StaffRequest, items: Iterable[MinutesOfItem]) -> None:
    """Record that the records of the children of items are read."""
    pupils = [one.seen.item.referral.pupil_id for one in items if one.seen.item.referral]
    record_reading(
        by=request.user, at=timezone.now(), pupils=pupils, surface="minutes of a sitting", request=request_id()
    )


def _led_to(request: StaffRequest, form: ApproveMinutesForm) -> str | None:
    """Return where the form led when it was sent before: nothing waits any longer then, and nothing is a choice."""
    form.is_valid()
    token = form.cleaned_data.get("token")
    return form_use.used_before(by=request.user, token=token) if token else None


def _shown(sitting: Sitting, one: MinutesOfItem) -> dict[str, Any]:
    address = [sitting.panel.code, sitting.on, one.seen.item.pk]
    return {
        "number": one.seen.number,
        "title": one.title,
        "minutes": one,
        "parts": _parts(one.parts),
        "correct_href": reverse("panels:correct-minutes", args=address) if one.may_correct else "",
        "versions_href": reverse("panels:minutes-versions", args=address) if one.latest else "",
    }


def _parts(parts: Any) -> list[dict[str, str]]:
    return [{"label": PART_LABELS[part], "text": text} for part, text in parts.items() if text]


def _because(one: MinutesOfItem) -> str:
    return one.latest.because if one.latest and one.latest.approved_at is None else ""
