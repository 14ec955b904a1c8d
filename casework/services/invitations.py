"""Invitations: a link by mail with which a person opens the account that an administrator made."""

import hmac
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from casework.council import council
from casework.link_secrets import hash_of, signed
from casework.models import AccountChange, Invitation, Message, User
from casework.services import messages

KIND = "invitation"
LASTS = timedelta(days=7)
SECRET = "[the secret of the invitation]"  # noqa: S105 - what stands in the kept text in its place


class NotOpen(Exception):
    """The invitation was used, has ended or has run out; or there is none."""


def send(*, by: User | None, at: datetime, user: User, site: str) -> Invitation:
    """Send a person a link to open their account, in place of any sent before. `site` is the site's address.

    Call within the transaction that made or changed the account. The link's secret is put in as the mail leaves: the
    rows hold its hash.
    """
    end(by=by, at=at, user=user, quietly=True)
    invitation: Invitation = Invitation.objects.create(
        user=user, token_hash=f"unsent {user.pk} {at.timestamp()}", sent_at=at, sent_by=by, expires_at=at + LASTS
    )
    invitation.token_hash = hash_of(secret_of(invitation))
    invitation.save(update_fields=["token_hash"])
    name = council().name
    messages.write(
        by=by,
        at=at,
        kind=KIND,
        natural_key=f"{KIND} {invitation.pk}",
        recipient=user.email,
        subject=f"Your account for {name}’s Sixth Day",
        body=(
            f"{by.name if by else name} has made an account for you.\n\nOpen it within seven days, and choose a password:\n"
            f"{site.rstrip('/')}/invitation/{SECRET}/\n\n"
            "Then you set up an authenticator app. The link works once. If you did not expect it, do nothing.\n"
        ),
    )
    return invitation


def end(*, by: User | None, at: datetime, user: User, quietly: bool = False) -> None:
    """End the invitation that a person has, if any; with `quietly`, the account's history is not told."""
    ended = Invitation.objects.filter(user=user, accepted_at__isnull=True, ended_at__isnull=True).update(ended_at=at)
    if ended and not quietly:
        AccountChange.objects.create(user=user, what="invitation ended", at=at, by=by)


def open_invitation(secret: str, *, at: datetime) -> Invitation:
    """Return the invitation that a secret opens at a moment. Raises NotOpen."""
    asked = hash_of(secret)
    found: Invitation | None = Invitation.objects.select_related("user").filter(token_hash=asked).first()
    if found is None or not hmac.compare_digest(found.token_hash, asked):
        raise NotOpen
    user = found.user
    over = found.accepted_at or found.ended_at or found.expires_at <= at
    if over or not user.is_active or user.access_ended(on=at.date()):
        raise NotOpen
    return found


def accept(*, at: datetime, secret: str, password: str) -> User:
    """Open the account with a password. Raises NotOpen, also for a second click."""
    with transaction.atomic():
        found = open_invitation(secret, at=at)
        held = Invitation.objects.select_for_update().get(pk=found.pk)
        if held.accepted_at or held.ended_at:
            raise NotOpen
        held.accepted_at = at
        held.save(update_fields=["accepted_at"])
        user = found.user
        user.set_password(password)
        user.resumed_at = at
        user.save(update_fields=["password", "resumed_at"])
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        AccountChange.objects.create(user=user, what="invitation accepted", at=at, by=user)
    return user


def secret_of(invitation: Invitation) -> str:
    """Return an invitation's secret."""
    return signed(f"{KIND} {invitation.pk} {invitation.user_id} {invitation.sent_at.timestamp()}")


def fill(message: Message) -> str:
    """Return the text of an invitation's message with its secret."""
    invitation = Invitation.objects.get(pk=int(message.natural_key.split()[1]))
    return message.body.replace(SECRET, secret_of(invitation))
