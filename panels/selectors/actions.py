"""Actions that a panel has set, as council staff may see them: never those of an item that they are out of."""

from datetime import date

from django.db.models import F, Q, QuerySet

from casework.models import User
from casework.rights import has_permission
from casework.roles import ROLES, Permission
from panels.models import ItemAction, Membership, Panel
from panels.selectors import referrals

STATES = {
    "": "Open",
    "late": "Late",
    "mine": "Mine, open",
    "nobody": "Open, with nobody",
    "done": "Done",
    "all": "All",
}


def visible(user: User, panel: Panel, *, on: date) -> QuerySet[ItemAction]:
    """Return the actions of a panel that the person may see on a day; one of business concerns no child.

    For council staff who see panels and children. The queries do not grow with the actions.
    """
    found: QuerySet[ItemAction] = ItemAction.objects.filter(item__sitting__panel=panel, dropped_at=None)
    if not all(has_permission(user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS)):
        return found.none()
    seen = referrals.visible(user, panel, on=on)
    return found.filter(Q(item__referral=None) | Q(item__referral__in=seen.values("pk")))


def listed(user: User, panel: Panel, *, on: date, state: str = "") -> QuerySet[ItemAction]:
    """Return the actions of a panel in a state that the person may see: the first due first, those without a day last."""
    found = visible(user, panel, on=on)
    still = found.filter(done_on=None)
    narrowed: QuerySet[ItemAction] = {
        "": still,
        "late": still.filter(due__lt=on),
        "mine": still.filter(owner=user),
        "nobody": still.filter(owner=None),
        "done": found.exclude(done_on=None),
        "all": found,
    }[state]
    loaded = narrowed.select_related("owner", "item__sitting", "item__referral")
    if state == "done":
        return loaded.order_by("-done_on", "-pk")
    return loaded.order_by(F("due").asc(nulls_last=True), "pk")


def find(user: User, panel: Panel, number: int, *, on: date) -> ItemAction | None:
    """Return an action of a panel by its number, or None where the person may not see it on the day."""
    found = visible(user, panel, on=on).select_related("owner", "item__sitting__panel", "item__referral__pupil")
    return found.filter(pk=number).first()


def to_chase(user: User, panel: Panel, *, on: date) -> QuerySet[ItemAction]:
    """Return the late actions that a mail to their owner can be written of, not reminded of today; by owner."""
    found = listed(user, panel, on=on, state="late").exclude(owner=None).filter(owner__is_active=True)
    return found.exclude(chased_on=on).order_by("owner__name", "owner", "due", "pk")


def who_may_have_one(panel: Panel, *, on: date, or_has: ItemAction) -> QuerySet[User]:
    """Return whom an action can be given: those who do a clerk's work, who has it, and members who may read its item.

    These sit on the panel on the day and sat on it at the sitting: of an earlier one a new member reads nothing.
    """
    clerks = [code for code, role in ROLES.items() if Permission.PREPARE_PANELS in role.permissions]
    sits = Membership.objects.filter(panel=panel).standing(on=on).values("person")
    sat = Membership.objects.filter(panel=panel).standing(on=or_has.item.sitting.on).values("person")
    member = Q(pk__in=sits) & Q(pk__in=sat)
    found: QuerySet[User] = User.objects.filter(Q(role__in=clerks) | member, is_active=True)
    # Whoever has it and has left stays on the page until somebody else is chosen.
    if or_has.owner_id:
        found |= User.objects.filter(pk=or_has.owner_id)
    return found.order_by("name", "pk")
