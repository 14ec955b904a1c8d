"""The demonstration's accounts: one for every role, each with the printed password and app secret."""

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.contrib.auth.hashers import make_password

from casework.identity import DEMONSTRATION_PASSWORD, DEMONSTRATION_TOTP_SECRET
from casework.models import School, User, UserSchool

# Name, post and role; a second officer, so that work can be handed over.
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
)
FIRST_DAY = date(2021, 9, 1)
DOMAIN = "marchshire.example"


def open_accounts(*, school: School) -> dict[str, User]:
    """Open an account for every role and return them by first name in small letters; the school user is of `school`."""
    # Hashed once: each costs a fifth of a second, and they are the same by design.
    password = make_password(DEMONSTRATION_PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=f"{name.lower().replace(' ', '.')}@{DOMAIN}",
            name=name,
            post=post,
            role=role,
            password=password,
            is_demonstration=True,
        )
        for name, post, role in PEOPLE
    )
    UserSchool.objects.bulk_create(
        UserSchool(user=user, school=school, first_day=FIRST_DAY) for user in users if user.role == "school_user"
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    secret = encrypt(DEMONSTRATION_TOTP_SECRET)
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": secret}) for user in users
    )
    return {user.name.split()[0].lower(): user for user in users}
