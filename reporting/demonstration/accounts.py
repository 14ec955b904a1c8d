"""The demonstration's accounts: one for every role, each with the printed password and app secret."""

from collections.abc import Sequence
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password

from casework.identity import DEMONSTRATION_PASSWORD, DEMONSTRATION_TOTP_SECRET
from casework.link_secrets import hash_of
from casework.models import AccountChange, Invitation, School, User, UserSchool
from casework.services.invitations import LASTS, secret_of

# Name, post and role; two of those who hand work to each other or change each other's accounts.
PEOPLE = (
    ("Asha Merriman", "EAS officer", "eas_officer"),
    ("Tom Penhale", "EAS officer", "eas_officer"),
    ("Judith Ambrose", "Inclusion officer", "inclusion_officer"),
    ("Ruth Ellerby", "Head of Education Access", "manager"),
    ("Gwen Tolleson", "Chair, Fair Access Panel", "panel_chair"),
    ("Idris Fennimore", "Head teacher, panel member", "panel_member"),
    ("Marta Quillfeather", "Written Statement of Action lead", "plan_lead"),
    ("Hal Brantingham", "School office", "school_user"),
    ("Sunita Orme", "Data protection lead", "data_protection_lead"),
    ("Piers Wadlow", "System administrator", "administrator"),
    ("Nerys Calloway", "System administrator", "administrator"),
    ("Duncan Ashgrove", "Inclusion officer", "inclusion_officer"),
    ("Winifred Tarleton", "Deputy head, panel member", "panel_member"),
    ("Leopold Strickley", "Trust office", "school_user"),
)
FIRST_DAY = date(2021, 9, 1)
TEAMS = {
    "eas_officer": "Education Access",
    "inclusion_officer": "Inclusion",
    "manager": "Education Access",
    "administrator": "Systems",
}
# Somebody who has been invited, and has not opened the account.
INVITED = ("Cordelia Marsham", "EAS officer", "eas_officer")
DOMAIN = "marchshire.example"


def open_accounts(*, schools: Sequence[School]) -> dict[str, User]:
    """Open an account for every role and return them by first name in small letters.

    The school user acts for the first of `schools`, the one of the trust's office for all of them.
    """
    # Hashed once: each costs a fifth of a second, and they are the same by design.
    password = make_password(DEMONSTRATION_PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=f"{name.lower().replace(' ', '.')}@{DOMAIN}",
            name=name,
            post=post,
            role=role,
            team=TEAMS.get(role, ""),
            password=password,
            is_demonstration=True,
        )
        for name, post, role in PEOPLE
    )
    UserSchool.objects.bulk_create(
        UserSchool(user=user, school=each, first_day=FIRST_DAY)
        for user in users
        if user.role == "school_user"
        for each in (schools if user.post == "Trust office" else schools[:1])
    )
    _invite(by=next(user for user in users if user.role == "administrator"))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    secret = encrypt(DEMONSTRATION_TOTP_SECRET)
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": secret}) for user in users
    )
    return {user.name.split()[0].lower(): user for user in users}


def _invite(*, by: User) -> None:
    """Invite somebody who has not answered: without a message, since nothing may wait to be sent."""
    name, post, role = INVITED
    user = User(email=f"{name.lower().replace(' ', '.')}@{DOMAIN}", name=name, post=post, role=role, team=TEAMS[role])
    user.set_unusable_password()
    user.save()
    now = user.created_at
    invitation = Invitation.objects.create(user=user, token_hash="", sent_at=now, sent_by=by, expires_at=now + LASTS)
    invitation.token_hash = hash_of(secret_of(invitation))
    invitation.save(update_fields=["token_hash"])
    AccountChange.objects.create(user=user, what="invited", at=now, by=by, detail="EAS officer")
