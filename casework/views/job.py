from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.models import Job
from casework.policy import signed_in


@signed_in
@require_safe
def job(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Show how far a piece of work is; when it is done, go where it leads."""
    found = _found(request, public_id)
    leads_to = _leads_to(request)
    if found.finished_at and leads_to:
        return redirect(leads_to)
    response = render(request, "casework/job.html", {"job": found, "leads_to": leads_to, "percent": _percent(found)})
    if not found.ended:
        # Works without script: the browser asks again.
        response.headers["Refresh"] = "3"
    return response


@signed_in
@require_safe
def job_progress(request: StaffRequest, public_id: Any) -> JsonResponse:
    found = _found(request, public_id)
    return JsonResponse(
        {
            "percent": _percent(found),
            "message": found.message,
            "finished": found.finished_at is not None,
            "failed": found.failed_at is not None,
        }
    )


def _found(request: StaffRequest, public_id: Any) -> Job:
    try:
        found: Job = Job.objects.visible_to(request.user).get(public_id=public_id)
    except Job.DoesNotExist:
        raise Http404 from None
    return found


def _leads_to(request: StaffRequest) -> str:
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if safe else ""


def _percent(found: Job) -> int:
    if found.finished_at:
        return 100
    return int(100 * found.done / found.total) if found.total else 0
