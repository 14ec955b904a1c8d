"""What a round asks of leads: one mail each, with a link for every action, that works without an account, once.

A link is good until the day by which answers are wanted, and while the round is open and its reader holds the role.
"""

import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType

from django.db import transaction
from django.db.models import F, QuerySet

from casework.council import council
from casework.link_secrets import hash_of, signed
from casework.models import Message, User
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import messages
from wsoa.models import ActionPlace, ActionRole, ActionUpdate, RoleHolder, Round, RoundAsk
from wsoa.rules.terms import LEAD, State
from wsoa.selectors.plans import plan_now
from wsoa.selectors.roles import holding

KIND = "round ask"
PLACE_OF_SECRET = re.compile(r"\[the secret of ask (\d+)\]")
NOBODY: Mapping[int, str] = MappingProxyType({})
GONE = "asked-of-somebody-else"


class NotALink(Exception):
    """The secret opens nothing: it was altered, cut short, or never was one."""


class NoLongerOpen(Exception):
    """The link takes no answer; `ask` is what it asked, and the class says why."""

    def __init__(self, ask: RoundAsk) -> None:
        super().__init__("The link takes no answer.")
        self.ask = ask


class Answered(NoLongerOpen):
    """The action was answered for in this round already."""


class Late(NoLongerOpen):
    """The day by which answers were wanted is over."""


class RoundClosed(NoLongerOpen):
    """The round has closed."""


class NotTheirs(NoLongerOpen):
    """Whoever was asked no longer holds the role, or the action was set aside."""


class NothingToChase(Exception):
    """Every action has been answered for, or nobody can be reached."""


class BadDay(Exception):
    """The new day for answers lies before today, or before the one that was given."""


def ask_leads(*, by: User, at: datetime, round_: Round, site: str) -> list[RoundAsk]:
    """Ask the lead of every action that is neither done nor set aside, and write each a mail; return what was asked.

    Call within the transaction that opens the round. `site` is the site's address.
    """
    on = round_.opened_on
    places = [each.place for each in plan_now(round_.plan, on=on).actions if each.standing.state != State.COMPLETE]
    leads: dict[int, list[ActionRole]] = {}
    for lead in ActionRole.objects.filter(action__in=[each.action_id for each in places], part=LEAD).order_by(
        "position"
    ):
        leads.setdefault(lead.action_id, []).append(lead)
    holders = {each.role_id: each for each in holding(on=on).select_related("person")}
    rows = []
    for place in places:
        roles: list[int | None] = [each.role_id for each in leads.get(place.action_id, [])]
        for role in roles or [None]:
            rows.append(_asked(round_, place, role, holders.get(role) if role else None, at))
    asks: list[RoundAsk] = RoundAsk.objects.bulk_create(rows)
    for ask in asks:
        if ask.token_hash:
            ask.token_hash = hash_of(secret_of(ask))
    RoundAsk.objects.bulk_update([ask for ask in asks if ask.token_hash], ["token_hash"])
    _write(by=by, at=at, round_=round_, asks=asks, site=site)
    return asks


@transaction.atomic
def chase(*, by: User, at: datetime, on: date, round_: Round, due: date, site: str) -> int:
    """Ask again those who have not answered, on a day, until another; return how many mails were written.

    Raises RoundClosed for a round that closed meanwhile, BadDay and NothingToChase.
    """
    held = Round.objects.select_for_update().select_related("plan").get(pk=round_.pk)
    mailed = dict(held.asks.waiting().values_list("pk", "recipient"))
    _renew(held, on=on)
    waiting = held.asks.waiting().exclude(recipient="")
    first = waiting.first()
    if first is None:
        raise NothingToChase
    if held.closed_on:
        raise RoundClosed(first)
    if due < max(held.due, on):
        raise BadDay
    held.due, held.version = due, held.version + 1
    held.save(update_fields=["due", "version"])
    waiting.update(chased=F("chased") + 1, chased_at=at)
    return _write(by=by, at=at, round_=held, asks=_read(waiting), site=site, mailed=mailed)


def _renew(round_: Round, *, on: date) -> None:
    """Put what waits to whoever holds the role now, or to nobody: a link that went to somebody before is good no more."""
    holders = {each.role_id: each for each in holding(on=on).select_related("person")}
    for ask in round_.asks.waiting().exclude(role=None):
        before = (ask.holder_id, ask.recipient, bool(ask.token_hash))
        _put(ask, holders.get(ask.role_id))
        # The same holder may have another address by now, or an account.
        if (ask.holder_id, ask.recipient, bool(ask.token_hash)) == before:
            continue
        ask.token_hash = hash_of(secret_of(ask)) if ask.token_hash else None
        ask.save(update_fields=["holder", "recipient", "token_hash"])


def opened(secret: str, *, on: date) -> RoundAsk:
    """Return what a link asks on a day. Raises NotALink, or the kind of NoLongerOpen that says why it takes no answer."""
    asked = hash_of(secret)
    known = RoundAsk.objects.select_related("round__plan", "place__action", "role", "holder__person", "answer")
    found: RoundAsk | None = known.filter(token_hash=asked).first()
    if found is None or not hmac.compare_digest(found.token_hash or "", asked):
        raise NotALink
    holder, action = found.holder, found.place.action
    if found.answer_id:
        raise Answered(found)
    if found.round.closed_on:
        raise RoundClosed(found)
    # A corrected address, too: the mail went to somebody who never held the role.
    if action.retired_on or (holder and (not holder.holds(on) or _address(holder) != found.recipient)):
        raise NotTheirs(found)
    if found.round.due < on:
        raise Late(found)
    return found


@transaction.atomic
def answer(
    *, at: datetime, on: date, secret: str, text: str = "", per_cent: int | None = None, behind: bool | None = None
) -> ActionUpdate:
    """Keep what a lead says by a link on a day, once. Raises what `opened` raises, also for a second click."""
    first = opened(secret, on=on)
    # The round first, as its closing does: an answer comes before the closing or not at all.
    Round.objects.select_for_update().get(pk=first.round_id)
    RoundAsk.objects.select_for_update().get(pk=first.pk)
    ask = opened(secret, on=on)
    said: ActionUpdate = ActionUpdate.objects.create(
        action=ask.place.action, on=on, text=text.strip(), per_cent=per_cent, behind=behind, at=at,
        said_by=ask.holder.name if ask.holder else "",
    )  # fmt: skip
    settle(said)
    return said


def settle(said: ActionUpdate) -> None:
    """Take an update as the answer to whatever open rounds still ask of its action; call within its transaction."""
    waiting = RoundAsk.objects.waiting().filter(place__action=said.action_id, round__closed_on__isnull=True)
    waiting.filter(round__opened_on__lte=said.on).update(answer=said, answered_at=said.at)


def secret_of(ask: RoundAsk) -> str:
    """Return the secret of an ask's link: good for one action in one round."""
    return signed(f"{KIND} {ask.pk} {ask.round_id} {ask.place_id} {ask.recipient}")


def fill(message: Message) -> str:
    """Return the text of a round's mail with the secrets of its links; of those alone that are still its reader's.

    An action that was put to a new holder since has a link that is no business of the one before.
    """
    wanted = [int(number) for number in PLACE_OF_SECRET.findall(message.body)]
    theirs = RoundAsk.objects.filter(pk__in=wanted, recipient=message.recipient, token_hash__isnull=False)
    secrets = {ask.pk: secret_of(ask) for ask in theirs}
    return PLACE_OF_SECRET.sub(lambda found: secrets.get(int(found[1]), GONE), message.body)


def _asked(round_: Round, place: ActionPlace, role: int | None, holder: RoleHolder | None, at: datetime) -> RoundAsk:
    ask = RoundAsk(round=round_, place=place, role_id=role, asked_at=at)
    _put(ask, holder)
    return ask


def _put(ask: RoundAsk, holder: RoleHolder | None) -> None:
    """Put an ask to a holder: by mail with a link, or by the account of whoever keeps plans; without one to nobody."""
    person = _account(holder) if holder else None
    by_account = person is not None and has_permission(person, Permission.KEEP_PLANS)
    ask.holder, ask.recipient = holder, _address(holder) if holder else ""
    # Until the row has the key that its secret is made of.
    ask.token_hash = (
        f"unsent {ask.place_id} {ask.role_id} {ask.asked_at.timestamp()}" if ask.recipient and not by_account else None
    )


def _account(holder: RoleHolder) -> User | None:
    return holder.person if holder.person and holder.person.is_active else None


def _address(holder: RoleHolder) -> str:
    """Return where a holder is asked: at the address that was given, else at that of the account; empty where neither is."""
    person = _account(holder)
    return holder.email or (person.email if person else "")


def _read(asks: QuerySet[RoundAsk]) -> list[RoundAsk]:
    return list(asks.select_related("place__action", "holder"))


def _write(
    *, by: User, at: datetime, round_: Round, asks: Iterable[RoundAsk], site: str, mailed: Mapping[int, str] = NOBODY
) -> int:
    """Write each lead one mail; a reminder to whoever was asked at the same address before, as `mailed` says by ask."""
    reached = sorted((ask for ask in asks if ask.recipient), key=lambda ask: (ask.recipient, ask.pk))
    written = 0
    for recipient, theirs in groupby(reached, key=lambda ask: ask.recipient):
        mail = list(theirs)
        messages.write(
            by=by,
            at=at,
            kind=KIND,
            natural_key=f"{KIND} {mail[0].pk} {mail[0].chased if mail[0].chased else ''}".strip(),
            recipient=recipient,
            subject=f"{round_.plan.title}: where do your actions stand?"[:150],
            body=_body(
                round_, mail, site.rstrip("/"), is_reminder=all(mailed.get(ask.pk) == recipient for ask in mail)
            ),
        )
        written += 1
    return written


def _body(round_: Round, asks: list[RoundAsk], site: str, *, is_reminder: bool) -> str:
    holder = asks[0].holder
    lines = [
        f"{holder.name if holder else 'Hello'},",
        "",
        f"{council().name} asks where your actions in “{round_.plan.title}” stand. Answer by {_words(round_.due)}.",
        "Please write no child’s name: plans are public.",
        "",
    ]
    if is_reminder:
        lines[2] = f"This is a reminder: no answer has come since {_words(round_.opened_on)}. {lines[2]}"
    for ask in asks:
        place: ActionPlace = ask.place
        lines.append(f"{place.reference} {place.action.title}".strip())
        if place.action.dates_as_written:
            lines.append(f"Date: {place.action.dates_as_written}")
        if ask.token_hash:
            lines.append(f"{site}/plans/answer/[the secret of ask {ask.pk}]/")
        else:
            lines.append(f"{site}/plans/{round_.plan.code}/actions/{place.action_id}/update/ (sign in first)")
        lines.append("")
    if any(ask.token_hash for ask in asks):
        lines.append("Each link is for that action alone and works once. You need no account.")
    return "\n".join(lines) + "\n"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
