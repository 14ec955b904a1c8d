"""The request of somebody who is signed in, and what pages whose address holds a secret answer."""

from django.http import HttpRequest, HttpResponse

from casework.models import User


class StaffRequest(HttpRequest):
    """A request whose user is a person with an account: the policy lets no other through."""

    user: User


def keep_address_secret(response: HttpResponse) -> HttpResponse:
    """Tell no page that this one leads to of its address, in which a secret stands.

    "no-referrer" would keep the browser from saying whence a form comes, too, and the form would be refused as forged.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
