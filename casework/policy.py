"""The access policy of every page: who may ask for it. Fail-closed.

A view says who may ask for it with one of the decorators below. A view that says nothing is refused at start by a
system check, and refused to everybody if it is reached all the same. Which rows a page may show is said by the
`visible_to` methods of the query sets; which fields, by `may_see_address`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.decorators.csrf import csrf_exempt

from casework.rights import has_permission
from casework.roles import Permission

if TYPE_CHECKING:
    from casework.models import Address, User

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask for a page: anybody, anybody signed in, or holders of every permission named.

    Where `any_of` names permissions, one of them is needed besides.
    """

    signed_in: bool
    permissions: frozenset[Permission] = frozenset()
    any_of: frozenset[Permission] = frozenset()

    def allows(self, user: Any) -> bool:
        """Tell whether the person may ask for the page."""
        if not self.signed_in:
            return True
        if not user.is_authenticated or not user.is_active:
            return False
        if self.any_of and not any(has_permission(user, permission) for permission in self.any_of):
            return False
        return all(has_permission(user, permission) for permission in self.permissions)


def anyone(view: View) -> View:
    """Declare that a page is open without an account."""
    view.access = Access(signed_in=False)  # type: ignore[attr-defined]
    return login_not_required(view)


def anyone_without_session(view: View) -> View:
    """Declare that an address is open without an account, and free of the token against forged requests.

    Only for what uses no session, reads no record and writes nothing: a forged request then gains nothing.
    """
    return anyone(csrf_exempt(view))


def signed_in(view: View) -> View:
    """Declare that everybody with an account may ask for a page."""
    view.access = Access(signed_in=True)  # type: ignore[attr-defined]
    return view


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Declare that a page needs every one of the permissions."""
    if not permissions:
        raise ValueError("Name at least one permission, or declare the page with signed_in.")

    def declare(view: View) -> View:
        view.access = Access(signed_in=True, permissions=frozenset(permissions))  # type: ignore[attr-defined]
        return view

    return declare


def requires_any(*permissions: Permission) -> Callable[[View], View]:
    """Declare that a page needs one of the permissions, whichever."""
    if not permissions:
        raise ValueError("Name at least one permission, or declare the page with signed_in.")

    def declare(view: View) -> View:
        view.access = Access(signed_in=True, any_of=frozenset(permissions))  # type: ignore[attr-defined]
        return view

    return declare


def takes_up_to(largest: Callable[[], int]) -> Callable[[View], View]:
    """Declare how many bytes a request of a page may have at the most, because it takes files.

    Every other page takes DATA_UPLOAD_MAX_MEMORY_SIZE. More is refused before any of it is read.
    """

    def declare(view: View) -> View:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return declare


def largest_body(view: Callable[..., Any]) -> int:
    """Return how many bytes a request of the page may have."""
    declared = getattr(view, "largest_body", None)
    return declared() if declared else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what the view declared, or None."""
    return getattr(view, "access", None)


def may_see_address(user: "User", address: "Address") -> bool:
    """Tell whether the person may be shown where the child lives."""
    if not has_permission(user, Permission.SEE_PUPILS):
        return False
    return not address.protected or has_permission(user, Permission.SEE_PROTECTED_ADDRESSES)


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern of the site with its full route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def every_page_declares_its_access(**_: Any) -> list[CheckMessage]:
    """Return one error for each page that does not say who may ask for it."""
    return [
        Error(
            f"The page /{route} does not say who may ask for it.",
            hint="Decorate its view with anyone, signed_in, requires or requires_any from casework.policy.",
            id="casework.E001",
        )
        for route, pattern in patterns()
        if access_of(pattern.callback) is None
    ]
