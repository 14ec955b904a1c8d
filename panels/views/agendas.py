from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from exclusions.rules.fair_access_categories import NoCommonList
from panels.forms.sittings import BusinessForm, ListReferralForm, OrderForm, TakeOffItemForm
from panels.models import Sitting
from panels.rules.versions import NoTerms
from panels.selectors import referrals as referral_selectors
from panels.selectors import sittings as sitting_selectors
from panels.services import agendas as service
from panels.services import referrals as referral_service
from panels.services.sittings import NotToCome
from panels.views.finding_sittings import agenda_read, back_to_sitting, sitting_address, sitting_of

CLERK = (Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
RECORDED = "What the panel decided of this item is recorded: it is taken off only once it is reopened"
NOT_TO_COME = "This sitting is cancelled, or its day is past"
CANNOT_LIST = (
    service.AlreadyListed,
    service.AdviceWaits,
    service.Wanting,
    referral_service.MayNotTake,
    referral_service.NotOpen,
    NoTerms,
    NoCommonList,
)


@requires(*CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def list_referral(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """List one of the referrals whose papers are whole."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    ready = referral_selectors.listed(request.user, found.panel, on=today, state="ready")
    offered = list(referral_selectors.to_be_listed(request.user, found.panel, on=today))
    already = referral_selectors.where_listed(request.user, found.panel, on=today)
    pupils = [*(each.pupil_id for each in offered), *(one.referral.pupil_id for one in already if one.referral)]
    _read(request, pupils, "list a referral")
    form = ListReferralForm(request.POST or None, today=today, ready=ready, offered=offered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.list_referral(
                    by=request.user,
                    at=timezone.now(),
                    today=today,
                    sitting=found,
                    referral=data["referral"],
                    minutes=data["minutes"],
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except CANNOT_LIST as wrong:
            form.add_error("referral", _why_not(wrong))
        except NotToCome:
            form.add_error(None, NOT_TO_COME)
        else:
            messages.success(request, f"{data['referral'].reference} is listed. Its ties are checked.")
            return redirect(sitting_address(found))
    context = {
        "form": form, "sitting": found, "any_ready": bool(offered), "already": already, "back": back_to_sitting(found)
    }  # fmt: skip
    return render(request, "panels/list_referral.html", context)


@requires(*CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def add_business(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    form = BusinessForm(request.POST or None, today=today)

    def do() -> None:
        facts = {name: form.cleaned_data[name] for name in ("title", "minutes")}
        service.add_business(by=request.user, at=timezone.now(), today=today, sitting=found, **facts)

    return _sent(request, form, found, do, "panels/add_business.html", "The item is added.")


@requires(*CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def order_agenda(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    agenda = agenda_read(request, found, on=today, surface="order of an agenda")
    form = OrderForm(request.POST or None, today=today, items=agenda.items)

    def do() -> None:
        service.put_in_order(by=request.user, today=today, sitting=found, items=form.in_order())

    more = {"numbers": list(form.numbers())}
    return _sent(request, form, found, do, "panels/order_agenda.html", "The agenda is in this order now.", more)


@requires(*CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off_item(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    agenda = sitting_selectors.agenda_of(request.user, found, on=today)
    seen = next((one for one in agenda.items if one.item.pk == number), None)
    if seen is None:
        raise Http404
    if seen.item.referral:
        _read(request, [seen.item.referral.pupil_id], "take an item off an agenda")
    if request.method != "POST" and sitting_selectors.recorded_among([number]):
        messages.warning(request, f"{RECORDED}.")
        return redirect(sitting_address(found))
    form = TakeOffItemForm(request.POST or None, today=today)

    def do() -> None:
        because = form.cleaned_data["because"]
        service.take_off(by=request.user, at=timezone.now(), today=today, item=seen.item, because=because)

    return _sent(request, form, found, do, "panels/take_off_item.html", "The item is taken off.", {"seen": seen})


def _why_not(wrong: Exception) -> str:
    """Return why a referral cannot be listed."""
    if isinstance(wrong, service.AlreadyListed):
        return "It stands on an agenda already, as the list below says"
    if isinstance(wrong, service.AdviceWaits):
        return "The panel has advised on it: an officer decides first"
    if isinstance(wrong, service.Wanting):
        return f"Papers are wanting: {'; '.join(wrong.what)}"
    if isinstance(wrong, referral_service.MayNotTake):
        return f"The panel may no longer take the child. {wrong.refused.reason}"
    if isinstance(wrong, referral_service.NotOpen):
        return "The referral is withdrawn or decided"
    return "The panel has no terms in force today"


def _read(request: StaffRequest, pupils: Iterable[int], surface: str) -> None:
    """Record that the records of children are read."""
    record_reading(by=request.user, at=timezone.now(), pupils=pupils, surface=surface, request=request_id())


def _sent(
    request: StaffRequest,
    form: Any,
    sitting: Sitting,
    do: Callable[[], None],
    template: str,
    said: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Do what a form of an agenda asks for, once, and lead back to the sitting; or show the form."""
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, form, leads_to=sitting_address(sitting), do=do)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except NotToCome:
            form.add_error(None, NOT_TO_COME)
        except service.AlreadyRecorded:
            form.add_error(None, RECORDED)
        except service.NotThere:
            form.add_error(None, "The agenda was changed meanwhile: open it again")
        else:
            messages.success(request, said)
            return redirect(sitting_address(sitting))
    context = {"form": form, "sitting": sitting, "back": back_to_sitting(sitting)}
    return render(request, template, context | (more or {}))
