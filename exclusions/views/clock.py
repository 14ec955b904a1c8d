from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from casework.policy import anyone
from exclusions.clock_json import FaultAt, Refused, respond
from exclusions.rules.deadlines import Fault

LARGEST = 256 * 1024
"""Bytes of a request: a child with hundreds of events fits many times over."""


# Open to anybody and free of the token against forged requests: it uses no session, reads nothing and writes nothing.
@csrf_exempt
@anyone
@require_POST
def clock(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _refusal((FaultAt("request", Fault.BAD_VALUE, f"is larger than {LARGEST // 1024} KB"),))
    try:
        return HttpResponse(respond(request.body), content_type="application/json")
    except Refused as refused:
        return _refusal(refused.faults)


def _refusal(faults: tuple[FaultAt, ...]) -> JsonResponse:
    errors = [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in faults]
    return JsonResponse({"errors": errors}, status=400)
