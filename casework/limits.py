"""How often, and how much, somebody without an account may ask of a page that is open to all."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = TypeVar("View", bound=Callable[..., Any])

AN_HOUR = 60 * 60
LARGEST_BODY = 64 * 1024


def limited(view: View) -> View:
    """Refuse somebody without an account who asks too often (429) or sends too much (413).

    Sixty requests an hour for each address, counted by the hour and by process; bodies of at most 64 KB. Nothing of the
    request is kept but the count. People who are signed in may ask as often as they need.
    """

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return render(request, "413.html", {"most": f"{LARGEST_BODY // 1024} KB"}, status=413)
        if wait := seconds_to_wait(request):
            return too_often(request, wait)
        return cast(HttpResponse, view(request, *args, **kwargs))

    return cast(View, within)


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Return the page that says to come back in so many seconds."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a request, and return how many seconds somebody without an account must wait who asks too often, or 0."""
    most = settings.OPEN_REQUESTS_AN_HOUR
    if not most or request.user.is_authenticated or _asked(_address(request)) <= most:
        return 0
    return AN_HOUR - int(time.time()) % AN_HOUR


def _asked(address: str) -> int:
    """Return how often the address has asked in this hour, this time included."""
    key = f"asked-{int(time.time()) // AN_HOUR}-{address}"
    cache.add(key, 0, timeout=AN_HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended between the two
        return 1


def _address(request: HttpRequest) -> str:
    """Return whence a request comes: behind a proxy, what the proxy says."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
