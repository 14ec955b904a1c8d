from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework import scanning
from casework.http import StaffRequest
from casework.policy import requires, takes_up_to
from casework.roles import Permission
from casework.services import form_use
from casework.uploads.documents import CONTENT_TYPES
from casework.uploads.refused import Refused
from casework.views.sending import send_once
from exclusions.forms.documents import megabytes
from wsoa.forms.evidence import EvidenceForm, WithdrawEvidenceForm
from wsoa.models import ActionPlace, Evidence, EvidenceContent
from wsoa.services import evidence as service
from wsoa.services.actions import Retired
from wsoa.views.finding import action_href, place_of, plan_of


@takes_up_to(lambda: 3 * settings.LARGEST_DOCUMENT)
@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here = action_href(place, code)
    form = EvidenceForm(request.POST or None, request.FILES or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {
            "by": request.user, "at": timezone.now(), "action": place.action, "title": form.cleaned_data["title"],
            "data": form.cleaned_data["file"].read(),
        }  # fmt: skip
        try:
            send_once(request, form, leads_to=here, do=lambda: service.add(**facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except (Refused, scanning.Infected, scanning.CannotBeAsked, service.HeldAlready, service.ActionIsFull) as why:
            form.add_error("file", _refusal(why))
        except Retired:
            form.add_error(None, "This action is set aside: take it back first")
        else:
            messages.success(request, "The evidence is kept.")
            return redirect(here)
    return render(request, "wsoa/add_evidence.html", {"form": form, "place": place, "back": _back(place, here)})


@requires(Permission.SEE_PLANS)
@require_safe
def evidence_file(request: StaffRequest, code: str, number: int, public_id: Any) -> HttpResponse:
    """Hand out a piece of evidence; never shown in the browser's own window."""
    found = _found(place_of(plan_of(code), number), public_id)
    if found.withdrawn_at:
        raise Http404
    content = EvidenceContent.objects.values_list("content", flat=True).get(evidence=found)
    response = HttpResponse(bytes(content), content_type=CONTENT_TYPES[found.type])
    name = f"evidence-{str(found.public_id)[:8]}.{found.type}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_evidence(request: StaffRequest, code: str, number: int, public_id: Any) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here, found = action_href(place, code), _found(place, public_id)
    if found.withdrawn_at:
        return redirect(here)
    form = WithdrawEvidenceForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"at": timezone.now(), "evidence": found, "because": form.cleaned_data["because"]}
        try:
            send_once(request, form, leads_to=here, do=lambda: service.withdraw(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyWithdrawn:
            return redirect(here)
        messages.success(request, "The evidence is withdrawn. Nobody can open it any more.")
        return redirect(here)
    context = {"form": form, "place": place, "evidence": found, "back": _back(place, here)}
    return render(request, "wsoa/withdraw_evidence.html", context)


def _found(place: ActionPlace, public_id: Any) -> Evidence:
    found: Evidence | None = place.action.evidence.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _back(place: ActionPlace, here: str) -> dict[str, str]:
    return {"text": place.action.title, "href": here}


def _refusal(why: Exception) -> str:
    if isinstance(why, scanning.Infected):
        return "The virus scanner stopped this file. Do not open it; tell your IT service"
    if isinstance(why, scanning.CannotBeAsked):
        return "The virus scanner could not be asked, so the file is not kept. Try again in some minutes"
    if isinstance(why, service.HeldAlready):
        return f"This action has the same file already, as “{why.title}”"
    if isinstance(why, service.ActionIsFull):
        return f"The files of one action may have {megabytes(settings.DOCUMENTS_A_CASE)} MB together: this is too much"
    return str(why).rstrip(".")
