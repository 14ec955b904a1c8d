"""Whether a person may do a thing. The only place where a role is looked up."""

from typing import TYPE_CHECKING, Any

from casework.roles import ROLES, Permission

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casework.models.user import User


def has_permission(user: "User | AnonymousUser | Any", permission: Permission) -> bool:
    """Tell whether the person's role holds the permission; nobody and unknown roles hold none."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    role = ROLES.get(user.role)
    return role is not None and permission in role.permissions
