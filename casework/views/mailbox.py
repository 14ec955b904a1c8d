from django.conf import settings
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.forms.base import GovukForm, IdempotencyMixin
from casework.http import StaffRequest
from casework.mail import filled
from casework.models import Message
from casework.policy import requires
from casework.registry import message_fillings, message_kinds
from casework.rights import has_permission
from casework.roles import Permission
from casework.selectors.messages import visible
from casework.services import form_use, messages
from casework.views.paging import page_links
from casework.views.tables import clock_time, columns, day_in_full

A_PAGE = 25


class SendAgainForm(GovukForm, IdempotencyMixin):
    """The button that sends a message once more."""


@requires(Permission.SEE_MESSAGES)
@require_safe
def sent_messages(request: StaffRequest) -> HttpResponse:
    """List what was sent, those first of which somebody must decide whether they are sent again."""
    every = visible(request.user, on=timezone.localdate()).select_related("case", "asked_by")
    to_look_at = request.GET.get("show") == "to-look-at"
    shown = every.to_look_at() if to_look_at else every
    page = Paginator(shown.order_by("-asked_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "columns": columns("Message", "To", "Asked", "Where it stands"),
        "rows": [_row(message) for message in page],
        "page": page,
        "pagination": page_links(request, page),
        "to_look_at": every.to_look_at().count(),
        "only_those": to_look_at,
        "is_kept": settings.MAIL_IS_KEPT,
    }
    return render(request, "casework/sent_messages.html", context)


@requires(Permission.SEE_MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def send_message_again(request: StaffRequest, number: int) -> HttpResponse:
    message = visible(request.user, on=timezone.localdate()).filter(pk=number).first()
    if message is None:
        raise Http404
    form = SendAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                messages.send_again(by=request.user, at=timezone.now(), message=message)
                form_use.led_to(used, address=reverse("casework:sent-messages"))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except messages.NotToSendAgain:
            notices.info(request, "It is on its way, or has gone.")
        else:
            notices.success(request, "It is sent again.")
        return redirect("casework:sent-messages")
    context = {
        "message": message,
        "form": form,
        "kind": message_kinds.get(message.kind, message.kind),
        "when": _when(message),
        "back": {"text": "Messages", "href": reverse("casework:sent-messages")},
    }
    return render(request, "casework/send_message_again.html", context)


@requires(Permission.SEE_MESSAGES)
@require_safe
def mailbox(request: StaffRequest) -> HttpResponse:
    """Show what would have been sent, with its text. In the demonstration only.

    A text that is filled in as it leaves opens somebody's account: only who may invite people reads it.
    """
    may_open = has_permission(request.user, Permission.MANAGE_PEOPLE)
    page = Paginator(visible(request.user, on=timezone.localdate()).order_by("-asked_at", "-pk"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "mails": [
            {
                "message": message,
                "body": filled(message) if may_open or message.kind not in message_fillings else "",
                "kind": message_kinds.get(message.kind, message.kind),
                "when": _when(message),
            }
            for message in page
        ],
        "page": page,
        "pagination": page_links(request, page),
    }
    return render(request, "casework/mailbox.html", context)


def _when(message: Message) -> str:
    at = timezone.localtime(message.asked_at)
    return f"{day_in_full(at.date())} at {clock_time(at)}"


def _row(message: Message) -> dict[str, object]:
    state: dict[str, object] = {"text": message.get_state_display(), "second": message.failure}
    if message.state in ("failed", "uncertain"):
        state |= {
            "text": f"{message.get_state_display()}: decide",
            "href": reverse("casework:send-message-again", args=[message.pk]),
            "hidden_text": message.subject,
        }
    kind = message_kinds.get(message.kind, message.kind)
    return {
        "cells": [
            {"text": message.subject, "second": kind, "header": True},
            {"text": message.recipient},
            {"text": _when(message), "second": message.asked_by.name if message.asked_by else ""},
            state,
        ]
    }
