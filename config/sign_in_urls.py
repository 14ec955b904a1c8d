"""The pages of the accounts package that we use, each with its access. Its other pages do not exist here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.generic import RedirectView

from casework.policy import anyone, signed_in


def set_up_authenticator(request: HttpRequest) -> HttpResponseBase:
    """Set up an authenticator app, once: a second one is an administrator's to allow."""
    if is_mfa_enabled(request.user):
        return redirect("casework:account")
    page: HttpResponseBase = totp.activate_totp(request)
    return page


urlpatterns = [
    path("sign-in/", anyone(account.login), name="account_login"),
    path("sign-in/code/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("sign-out/", anyone(account.logout), name="account_logout"),
    path("account/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/password/", signed_in(account.password_change), name="account_change_password"),
    path("account/authenticator/", signed_in(set_up_authenticator), name="mfa_activate_totp"),
    path("account/two-step/", signed_in(RedirectView.as_view(url="/account/")), name="mfa_index"),
    path("account/authenticator/codes/", signed_in(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/authenticator/new-codes/",
        signed_in(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
