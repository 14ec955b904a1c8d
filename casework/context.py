"""What every page needs: the council's name, the navigation, the length of a session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from casework.council import council
from casework.identity import DEMONSTRATION_PASSWORD, demonstration_accounts, demonstration_code
from casework.registry import navigation_items, pupil_actions
from casework.rights import has_permission
from casework.roles import Permission


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    now = council()
    demonstration = settings.SIXTH_DAY_MODE == "demonstration"
    return {
        "demonstration_accounts": SimpleLazyObject(demonstration_accounts) if demonstration else [],
        "demonstration_password": DEMONSTRATION_PASSWORD if demonstration else "",
        "demonstration_code": SimpleLazyObject(demonstration_code) if demonstration else "",
        "council_name": now.name,
        "council": now,
        "demonstration": demonstration,
        "navigation": _navigation(request, user),
        "search_href": reverse("casework:search") if has_permission(user, Permission.SEE_PUPILS) else None,
        "session_idle_seconds": settings.SESSION_COOKIE_AGE,
        "key_links": _key_links(user),
        "keys_on": bool(user and user.is_authenticated and user.single_keys),
    }


def _navigation(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    items = []
    for item in navigation_items:
        if item.is_for(user):
            href = reverse(item.url_name)
            items.append(
                {
                    "text": item.text,
                    "href": href,
                    "current": request.path == href,
                    "active": request.path.startswith(item.root),
                }
            )
    return items


def _key_links(user: Any) -> list[dict[str, Any]]:
    """Return the pages that single keys lead to, for those who may ask for them."""
    links: list[dict[str, Any]] = [{"keys": ["g", "w"], "text": "first page", "href": "/"}]
    return links + [
        {"keys": [action.key], "text": action.text[0].lower() + action.text[1:], "href": reverse(action.url_name)}
        for action in pupil_actions
        if action.key and has_permission(user, action.permission)
    ]
