"""The page behind a round's link: open to whoever holds it, for one action, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import keep_address_secret
from casework.limits import seconds_to_wait, too_often
from casework.policy import anyone
from casework.views.tables import day_in_full
from wsoa.forms.actions import AnswerForm
from wsoa.services import asks
from wsoa.services.asks import Answered, Late, RoundClosed


@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let a lead say where an action stands. A link that takes no answer says why, and changes nothing."""
    today = timezone.localdate()
    try:
        ask = asks.opened(token, on=today)
        form = AnswerForm(request.POST if request.method == "POST" else None, today=today)
        if request.method == "POST" and form.is_valid():
            asks.answer(at=timezone.now(), on=today, secret=token, **form.said)
            return _page(request, "wsoa/answered.html", {"ask": ask})
    except asks.NotALink:
        # Only who guesses is held back: a council's leads share one address, and each has many links.
        if wait := seconds_to_wait(request):
            return too_often(request, wait)
        return _page(request, "wsoa/not_a_link.html", {}, status=404)
    except asks.NoLongerOpen as over:
        return _page(request, "wsoa/no_longer_open.html", {"ask": over.ask, "why": _why(over)}, status=410)
    return _page(request, "wsoa/answer.html", {"form": form, "ask": ask})


def _why(over: asks.NoLongerOpen) -> str:
    ask = over.ask
    if isinstance(over, Answered) and ask.answered_at and ask.answer:
        day = day_in_full(timezone.localdate(ask.answered_at))
        if ask.holder and ask.answer.said_by == ask.holder.name:
            return f"You have answered already, on {day}. The link works once"
        return f"Somebody else has said where this action stands already, on {day}"
    if isinstance(over, RoundClosed):
        return "This round of updates has closed"
    if isinstance(over, Late):
        return f"Answers were wanted by {day_in_full(ask.round.due)}, and that day is over"
    return "The action is no longer asked of you: you no longer hold the role, or it was set aside"


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return keep_address_secret(render(request, template, context, status=status))
