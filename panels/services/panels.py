"""Opening a panel, giving it another name, closing it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from casework.models import User
from panels.models import Membership, Panel
from panels.rules.terms import PanelKind

# What stands beside panels in addresses.
RESERVED = frozenset({"open", "my-actions", "my-connections", "refer"})
CLOSED_WITH_PANEL = "The panel closed"


class CodeTaken(Exception):
    """Another panel has the code, or an address has it."""


class NameTaken(Exception):
    """Another panel has the name."""


class Stale(Exception):
    """Somebody changed the panel meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The panel was changed meanwhile.")
        self.version = version


class AlreadyClosed(Exception):
    """The panel has a last day already."""


class ClosesBeforeItOpens(Exception):
    """The last day lies before the first."""


class MembersToCome(Exception):
    """A membership begins after the day on which the panel would close."""


def open_panel(*, by: User, code: str, name: str, kind: PanelKind, opened_on: date) -> Panel:
    """Open a panel from a day on. Its code and kind never change. Raises CodeTaken and NameTaken."""
    if code in RESERVED or Panel.objects.filter(code=code).exists():
        raise CodeTaken
    try:
        with transaction.atomic():
            return Panel.objects.create(code=code, name=name, kind=kind.value, opened_on=opened_on)
    except IntegrityError:
        # Two at once: whichever of the two the other has taken.
        raise CodeTaken if Panel.objects.filter(code=code).exists() else NameTaken from None


def rename(*, by: User, panel: Panel, version: int, name: str) -> None:
    """Give a panel another name. Raises Stale and NameTaken."""
    try:
        with transaction.atomic():
            held = _held(panel, version)
            held.name, held.version = name, held.version + 1
            held.save(update_fields=["name", "version"])
    except IntegrityError:
        raise NameTaken from None


def close(*, by: User, at: datetime, panel: Panel, version: int, closed_on: date) -> int:
    """Close a panel, `closed_on` being its last day, and end every membership with it; return how many were ended.

    Raises Stale, AlreadyClosed, ClosesBeforeItOpens, and MembersToCome; nothing is saved then.
    """
    with transaction.atomic():
        held = _held(panel, version)
        if held.closed_on:
            raise AlreadyClosed
        if closed_on < held.opened_on:
            raise ClosesBeforeItOpens
        held.closed_on, held.version = closed_on, held.version + 1
        held.save(update_fields=["closed_on", "version"])
        return _end_memberships(by=by, at=at, panel=held, last_day=closed_on)


def _end_memberships(*, by: User, at: datetime, panel: Panel, last_day: date) -> int:
    theirs = Membership.objects.select_for_update().filter(panel=panel).not_ended_by(last_day)
    if any(each.first_day > last_day for each in theirs):
        raise MembersToCome
    for each in theirs:
        each.last_day, each.ended_at, each.ended_by, each.ended_because = last_day, at, by, CLOSED_WITH_PANEL
        each.version += 1
        each.save(update_fields=["last_day", "ended_at", "ended_by", "ended_because", "version"])
    return len(theirs)


def _held(panel: Panel, version: int) -> Panel:
    held: Panel = Panel.objects.select_for_update().get(pk=panel.pk)
    if held.version != version:
        raise Stale(held.version)
    return held
