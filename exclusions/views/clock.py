import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from casework.limits import LARGEST_BODY, seconds_to_wait
from casework.policy import anyone_without_session, takes_up_to
from exclusions.clock_json import FaultAt, Refused, respond
from exclusions.rules.deadlines import Fault


# It answers too large a body itself, in JSON, and reads no more than it takes.
@takes_up_to(lambda: sys.maxsize)
@anyone_without_session
@require_POST
def clock(request: HttpRequest) -> HttpResponse:
    """Answer the statutory calculator's JSON. Nothing is read from the database, stored or logged of it."""
    if wait := seconds_to_wait(request):
        response = _refusal((FaultAt("request", Fault.BAD_VALUE, "asks too often: try again later"),), status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    body = request.read(LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        return _refusal((FaultAt("request", Fault.BAD_VALUE, f"is larger than {LARGEST_BODY // 1024} KB"),), status=413)
    try:
        return HttpResponse(respond(body), content_type="application/json")
    except Refused as refused:
        return _refusal(refused.faults, status=400)


def _refusal(faults: tuple[FaultAt, ...], *, status: int) -> JsonResponse:
    errors = [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in faults]
    return JsonResponse({"errors": errors}, status=status)
