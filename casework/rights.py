"""Whether a person may do a thing. The only place where a role is looked up."""

from typing import Any

from casework.roles import ROLES, Permission


def has_permission(user: Any, permission: Permission) -> bool:
    """Tell whether the person's role holds the permission; nobody and unknown roles hold none."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    role = ROLES.get(user.role)
    return role is not None and permission in role.permissions
