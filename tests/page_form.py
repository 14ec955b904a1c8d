"""A page's form as the page itself fills it, so that a test types only what it changes."""

from typing import Any

from django.test import Client


def filled(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """Return what the form of a page sends as it is first shown, with these fields typed over; None takes one away."""
    form = client.get(address).context["form"]
    sent = {name: form[name].field.prepare_value(form[name].value()) for name in form.fields}
    return {name: value for name, value in (sent | typed).items() if value is not None}


def errors(response: Any) -> dict[str, str]:
    """Return the first message at each field of the page's form."""
    return {field: messages[0] for field, messages in response.context["form"].errors.items()}
