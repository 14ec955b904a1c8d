"""What the first page tells whoever has open actions of panels."""

from datetime import date

from django.urls import reverse

from casework.models import User
from casework.registry import WorkLine, register_work_lines
from casework.rights import has_permission
from casework.roles import Permission


def register() -> None:
    """Hand the line of a person's own actions to the first page."""
    register_work_lines(my_action_lines)


def my_action_lines(by: User, on: date) -> list[WorkLine]:
    """Return the line of a person's own open actions; none for who sees no panels, or where there is none."""
    from panels.selectors.my_actions import has_any, listed

    if not has_permission(by, Permission.SEE_PANELS) or not has_any(by, on=on):
        return []
    number = listed(by, on=on).count()
    if not number:
        return []
    return [WorkLine("Actions that panels gave you", number, (("My actions", reverse("panels:my-actions")),))]
