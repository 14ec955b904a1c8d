"""The request of somebody who is signed in, as every page behind the policy receives it."""

from django.http import HttpRequest

from casework.models import User


class StaffRequest(HttpRequest):
    """A request whose user is a person with an account: the policy lets no other through."""

    user: User
