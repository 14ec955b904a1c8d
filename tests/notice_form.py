"""A notice as an officer types it, and the way from there to the logged exclusion."""

import re
from typing import Any

from django.test import Client

from casework.models import Pupil

LOG = "/exclusions/log-a-notice/"
# The number that a page gives its draft.
DRAFT = "0b1d6a52-7c0e-4d39-9f55-3a1f6e2c8b47"
DRAFTED = f"{LOG}?draft={DRAFT}"
CHECK = f"{LOG}check/?draft={DRAFT}"


def typed(pupil: Pupil, **changes: str) -> dict[str, str]:
    """Return a permanent exclusion from Monday 2 November 2026, with some answers changed; "" takes one away."""
    answers = {
        "action": "check",
        "draft": DRAFT,
        "pupil": str(pupil.public_id),
        "kind": "permanent",
        "first_day": "2/11",
        "first_session": "AM",
        "last_session": "PM",
        "exam_missed": "no",
        "reason_1": "PP",
        "council_told": "2/11/2026 8:42",
        "told_by": "email",
    }
    return {name: value for name, value in (answers | changes).items() if value}


def suspended(pupil: Pupil, **changes: str) -> dict[str, str]:
    """Return a suspension of Monday and Tuesday, 2 and 3 November 2026."""
    return typed(pupil, **{"kind": "suspension", "last_day": "3/11"} | changes)


def errors(response: Any) -> dict[str, str]:
    """Return the first message at each field of the page's form."""
    return {field: messages[0] for field, messages in response.context["form"].errors.items()}


def token_of(response: Any) -> str:
    """Return the token of the page's form."""
    found = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    assert found, "The page has no token."
    return found[1]


def confirmation(response: Any) -> dict[str, str]:
    """Return every hidden field of the page's last form, as the button sends them."""
    page = response.content.decode()
    begin = page.index('action="/exclusions/log-a-notice/check/"')
    form = page[begin : page.index("</form>", begin)]
    return {
        match["name"]: match["value"]
        for match in re.finditer(r'<input type="hidden" name="(?P<name>\w+)" value="(?P<value>[^"]*)"', form)
        if match["name"] != "csrfmiddlewaretoken"
    }


def log(client: Client, answers: dict[str, str]) -> Any:
    """Send the notice, look at the answers, confirm them; return the last response."""
    sent = client.post(LOG, answers)
    assert sent.status_code == 302, errors(sent)
    assert sent.headers["Location"] == CHECK
    return client.post(CHECK, confirmation(client.get(CHECK)))
