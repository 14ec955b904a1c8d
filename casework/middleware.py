"""What happens around every page: headers, outages, the length of a session, the second factor, policy, audit."""

import logging
import time
from collections.abc import Callable
from typing import Any

import pghistory
import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template import loader
from django.utils import timezone

from casework.council import council_if_answered, last_known
from casework.identity import has_second_factor
from casework.policy import access_of, largest_body

Handler = Callable[[HttpRequest], HttpResponseBase]
logger = logging.getLogger(__name__)

# What somebody without a second factor may still ask for.
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {"mfa_activate_totp", "account_logout", "account_reauthenticate", "account_login"}
)


def headers(get_response: Handler) -> Handler:
    """Forbid every cache to keep a page, unless the page itself says otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response

    return middleware


class DatabaseOutage:
    """Answer 503, and show nothing, when the database cannot be asked or cannot record a reading."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("database_outage", extra={"exception_type": type(exception).__name__})
        return outage()


def outage() -> HttpResponse:
    """Return the page that says nothing was shown or saved; it needs neither database nor session."""
    response = HttpResponse(loader.render_to_string("503.html", {"council_name": last_known().name}), status=503)
    response.headers["Retry-After"] = "120"
    return response


database_outage = DatabaseOutage


class BodyLimit:
    """Refuse a request that is larger than its page takes, before anything of it is read."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        most = largest_body(view)
        if int(request.META.get("CONTENT_LENGTH") or 0) <= most:
            return None
        return too_large(most)


body_limit = BodyLimit


def too_large(most: int) -> HttpResponse:
    """Return the page that says how much a page takes; it can do without database and session."""
    size = f"{most // 1024**2} MB" if most >= 1024**2 else f"{most // 1024} KB"
    page = loader.render_to_string("413.html", {"council_name": council_if_answered().name, "most": size})
    return HttpResponse(page, status=413)


def session_limits(get_response: Handler) -> Handler:
    """End a session after twelve hours, and at once when the account has ended."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated:
            began = request.session.setdefault("began", int(time.time()))
            printed = user.is_demonstration and settings.SIXTH_DAY_MODE == "production"
            too_long = time.time() - began > settings.SESSION_ABSOLUTE_SECONDS
            if printed or too_long or user.access_ended(on=timezone.localdate()):
                logout(request)
        return get_response(request)

    return middleware


class SecondFactor:
    """Send everybody without an authenticator app to set one up, before any other page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if not request.user.is_authenticated or (access and not access.signed_in):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN_WITHOUT_SECOND_FACTOR or has_second_factor(request):
            return None
        return redirect("mfa_activate_totp")


second_factor = SecondFactor


class Policy:
    """Refuse, as though it were not there, every page that the person may not ask for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is None or not access.allows(request.user):
            raise Http404
        return None


policy = Policy


def write_audit(get_response: Handler) -> Handler:
    """Name the person and the request in the history of every row that the request writes."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        with pghistory.context(user=request.user.pk, request=request_id()):
            return get_response(request)

    return middleware


def request_id() -> str:
    """Return the id that this request bears in the logs."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:36]
