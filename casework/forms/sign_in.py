from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from django import forms

from casework.forms.base import NO_EMAIL
from casework.identity import take_code


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Email address"
        self.fields["login"].error_messages["required"] = "Enter your email address"
        self.fields["login"].error_messages["invalid"] = NO_EMAIL
        self.fields["password"].error_messages["required"] = "Enter your password"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"
        self.fields["password"].help_text = ""
        self.fields.pop("remember", None)


class CodeForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: forms.Field = self.fields["code"]
        code.label = "Code from your authenticator app"
        code.help_text = "Six digits, or one of your recovery codes"
        code.error_messages["required"] = "Enter the code from your authenticator app"
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == "totp" and not take_code(self.authenticator, code):
            raise forms.ValidationError("This code has been used: wait for the next one")
        return code
