"""The actions that panels gave to one person, and of which items that person may read them."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casework.models import User
from casework.rights import has_permission
from casework.roles import Permission
from panels.models import Attendance, ItemAction, Membership, Referral, Sitting
from panels.rules.terms import MemberRole
from panels.selectors.closed import CHECKED, is_checked, out_of

STATES = {"": "Open", "late": "Late", "done": "Done", "all": "All"}


def given_to(user: User, *, on: date) -> QuerySet[ItemAction]:
    """Return the actions given to a person of items that they may know of on a day, whether or not they have declared.

    Of council staff who see panels and children those of every panel, and of whoever sits on panels those of sittings
    on whose day a seat of theirs stood, while one stands today. Never those of an item that they are out of; business
    concerns no child. The queries do not grow with the actions, the sittings or the panels.
    """
    found: QuerySet[ItemAction] = ItemAction.objects.filter(owner=user, dropped_at=None, item__taken_off_at=None)
    if not _is_staff(user):
        found = found.filter(item__sitting__in=Sitting.objects.visible_to(user, on=on))
    if not is_checked(user):
        return found
    loaded = list(Referral.objects.filter(pk__in=found.values("item__referral")).select_related(*CHECKED))
    closed = out_of(user, loaded, panel=None, on=on)
    return found.exclude(item__referral__in=closed) if closed else found


def mine(user: User, *, on: date) -> QuerySet[ItemAction]:
    """Return the actions given to a person that they may read on a day: once they have declared for the sitting, as for
    its agenda. The queries do not grow with the actions.
    """
    return given_to(user, on=on).filter(_declared(user))


def listed(user: User, *, on: date, state: str = "") -> QuerySet[ItemAction]:
    """Return a person's own actions in a state: the first due first, those without a day last."""
    found = mine(user, on=on)
    narrowed: QuerySet[ItemAction] = {
        "": found.filter(done_on=None),
        "late": found.filter(done_on=None, due__lt=on),
        "done": found.exclude(done_on=None),
        "all": found,
    }[state]
    loaded = narrowed.select_related("item__sitting__panel", "item__referral")
    if state == "done":
        return loaded.order_by("-done_on", "-pk")
    return loaded.order_by(F("due").asc(nulls_last=True), "pk")


def find(user: User, number: int, *, on: date) -> ItemAction | None:
    """Return an action of a person's own by its number, or None where it is not theirs or they may not read it."""
    found = mine(user, on=on).select_related("item__sitting__panel", "item__referral")
    return found.filter(pk=number).first()


def to_declare(user: User, *, on: date) -> list[Sitting]:
    """Return the sittings that gave a person open actions which they may read only once they have declared for them."""
    waiting = given_to(user, on=on).filter(done_on=None).exclude(_declared(user))
    found = Sitting.objects.filter(pk__in=waiting.values("item__sitting")).select_related("panel")
    return list(found.order_by("on", "pk"))


def has_any(user: User, *, on: date) -> bool:
    """Tell whether panels gave a person anything, open or done, that they may read or can declare for.

    One query for whoever was given nothing, as most are.
    """
    if not ItemAction.objects.filter(owner=user, dropped_at=None).exists():
        return False
    return bool(given_to(user, on=on).exists())


def _is_staff(user: User) -> bool:
    return all(has_permission(user, each) for each in (Permission.SEE_PANELS, Permission.SEE_PUPILS))


def _declared(user: User) -> Q:
    """What need not be declared for, or is: staff without a seat and a clerk of the panel need not."""
    declared = Attendance.objects.filter(
        sitting=OuterRef("item__sitting"), person=user, declared_at__isnull=False
    )  # fmt: skip
    seat = Membership.objects.filter(
        Q(last_day=None) | Q(last_day__gte=OuterRef("item__sitting__on")),
        panel=OuterRef("item__sitting__panel"), person=user, first_day__lte=OuterRef("item__sitting__on"),
    ).exclude(role=MemberRole.CLERK.value)  # fmt: skip
    return Q(Exists(declared)) | ~Q(Exists(seat))
