"""Actions that a panel sets: kept from what is recorded, given to somebody with a day, done, and chased by mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from itertools import groupby

from django.db import transaction

from casework.models import User
from casework.services import messages
from panels.models import AgendaItem, ItemAction, Panel
from panels.rules.actions import actions_in, due_in, owner_in
from panels.selectors import actions as selectors
from panels.selectors import my_actions
from panels.selectors.closed import CHECKED, out_of

KIND = "panel actions late"
ALIKE = 0.65
"""How like two lines are, from 0 to 1, that are one action in other words."""


class MayNot(Exception):
    """The person sees no such action."""


class OwnerIsOut(Exception):
    """Whoever should have the action is out of its item."""


class Stale(Exception):
    """Somebody changed the action meanwhile; `version` is its present one."""

    def __init__(self, version: int) -> None:
        super().__init__("The action was changed meanwhile.")
        self.version = version


class AlreadyDone(Exception):
    """The action is done already."""


class NothingToChase(Exception):
    """No late action has an owner who was not reminded today."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a clerk says of an action."""

    owner: User | None = None
    due: date | None = None
    done_on: date | None = None
    came_of: str = ""


def keep_actions(*, at: datetime, item: AgendaItem, text: str, sat_on: date, names: Mapping[int, str]) -> None:
    """Keep the actions that were recorded of an item; call within the transaction that records it.

    `names` are of those in the room who are not out of the item, by account. An action that stood already keeps what
    was said of it, also where its line was put right.
    """
    lines = actions_in(text)
    held = {row.text: row for row in ItemAction.objects.select_for_update().filter(item=item)}
    _reword(held, lines, sat_on=sat_on)
    for row in held.values():
        dropped = row.text not in lines
        if dropped != (row.dropped_at is not None):
            row.dropped_at, row.version = at if dropped else None, row.version + 1
            row.save(update_fields=["dropped_at", "version"])
    for line in lines:
        if line not in held:
            owner, due = owner_in(line, names), due_in(line, sat_on=sat_on)
            ItemAction.objects.create(item=item, text=line, owner_id=owner, due=due, set_at=at)


def _reword(held: dict[str, ItemAction], lines: Sequence[str], *, sat_on: date) -> None:
    """Give an action whose line was put right its new words: what was said of it stays, and a day that its line gave moves."""
    gone = [row.text for row in held.values() if row.text not in lines and row.dropped_at is None]
    for line in lines:
        if line in held:
            continue
        for before in get_close_matches(line, gone, n=1, cutoff=ALIKE):
            row = held.pop(before)
            gone.remove(before)
            if row.due == due_in(before, sat_on=sat_on):
                row.due = due_in(line, sat_on=sat_on)
            row.text, row.version = line, row.version + 1
            row.save(update_fields=["text", "due", "version"])
            held[line] = row


def change(*, by: User, on: date, panel: Panel, number: int, version: int, facts: Facts) -> ItemAction:
    """Say whose an action is, by when, and what came of it. Raises MayNot, Stale and OwnerIsOut; nothing is saved then."""
    with transaction.atomic():
        found = selectors.find(by, panel, number, on=on)
        if found is None:
            raise MayNot
        held = ItemAction.objects.select_for_update().get(pk=found.pk)
        if held.version != version:
            raise Stale(held.version)
        if facts.owner and facts.owner.pk != held.owner_id and _is_out(facts.owner, held, panel, on):
            raise OwnerIsOut
        if held.owner_id != (facts.owner.pk if facts.owner else None) or held.due != facts.due:
            held.chased_on = None
        held.owner, held.due, held.done_on, held.came_of = facts.owner, facts.due, facts.done_on, facts.came_of
        held.version += 1
        held.save()
        return held


def finish(*, by: User, on: date, number: int, version: int, done_on: date, came_of: str) -> ItemAction:
    """Say that an action of one's own is done, on which day, and what came of it; `on` is today.

    Raises MayNot where it is not theirs or they may not read it, AlreadyDone and Stale; nothing is saved then.
    """
    with transaction.atomic():
        found = my_actions.find(by, number, on=on)
        if found is None:
            raise MayNot
        held = ItemAction.objects.select_for_update().get(pk=found.pk)
        # Whose it is may have changed while the row was waited for.
        if held.owner_id != by.pk or held.dropped_at:
            raise MayNot
        if held.done_on:
            raise AlreadyDone
        if held.version != version:
            raise Stale(held.version)
        held.done_on, held.came_of, held.version = done_on, came_of, held.version + 1
        held.save(update_fields=["done_on", "came_of", "version"])
        return held


def _is_out(person: User, action: ItemAction, panel: Panel, on: date) -> bool:
    referral = (
        AgendaItem.objects.select_related(*(f"referral__{name}" for name in CHECKED)).get(pk=action.item_id).referral
    )
    return bool(referral and out_of(person, [referral], panel=panel, on=on))


@transaction.atomic
def chase(*, by: User, at: datetime, on: date, panel: Panel, site: str) -> int:
    """Remind each owner of their late actions, once a day; return how many mails were written.

    An action is left out whose owner may not know of it any more, for a tie to its item or a seat that has ended: they
    would find nothing where the mail leads. The mail says how many and of which day, and no word of an action, which may
    name a child. Raises NothingToChase.
    """
    rows = list(selectors.to_chase(by, panel, on=on).select_for_update(of=("self",)))
    written = 0
    for owner, group in groupby(rows, key=lambda row: row.owner):
        if owner is None:
            continue
        known = set(my_actions.given_to(owner, on=on).values_list("pk", flat=True))
        theirs = [row for row in group if row.pk in known]
        if not theirs:
            continue
        ItemAction.objects.filter(pk__in=[row.pk for row in theirs]).update(chased_on=on)
        messages.write(
            by=by, at=at, kind=KIND, natural_key=f"{KIND} {panel.code} {owner.pk} {theirs[0].pk} {on.isoformat()}",
            recipient=owner.email, subject=f"{panel.name}: actions of yours are late"[:150],
            body=_body(panel, owner, theirs, site.rstrip("/")),
        )  # fmt: skip
        written += 1
    if not written:
        raise NothingToChase
    return written


def _body(panel: Panel, owner: User, rows: list[ItemAction], site: str) -> str:
    lines = [f"{owner.name},", "", f"{panel.name} gave you what is past its day:", ""]
    for row in rows:
        sat: date = row.item.sitting.on
        due = f"{row.due.day} {row.due:%B %Y}" if row.due else ""
        lines.append(f"An action of the sitting on {sat.day} {sat:%B %Y}, due on {due}")
    lines += ["", f"Read your actions, and say what came of them: {site}/panels/my-actions/"]
    return "\n".join(lines) + "\n"
