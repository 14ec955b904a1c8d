from celery import current_app
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from casework.policy import anyone


@anyone
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    states = {"web": "ok", "database": _database(), "queue": _queue()}
    healthy = all(state == "ok" for state in states.values())
    return JsonResponse(states, status=200 if healthy else 503)


@anyone
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"web": "ok"})


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return "down"
    return "ok"


def _queue() -> str:
    try:
        with current_app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=3)
    except Exception:  # each transport raises its own kinds; any of them means that no ring is heard
        return "down"
    return "ok"
