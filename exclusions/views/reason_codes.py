from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.tables import columns, day_in_full
from exclusions.forms.reason_codes import ReasonCodeForm
from exclusions.models import ReasonCode
from exclusions.services import reason_codes as service


@requires(Permission.SET_REASON_CODES)
@require_safe
def reason_codes(request: StaffRequest) -> HttpResponse:
    rows = [
        {
            "cells": [
                {"text": code.code, "href": reverse("exclusions:reason-code", args=[code.code]), "header": True},
                {"text": code.label},
                {"text": "In use" if code.in_use else "Off"},
                {"text": day_in_full(code.valid_from) if code.valid_from else ("Always" if code.in_use else "Not set")},
                {"text": day_in_full(code.valid_to) if code.valid_to else ""},
            ]
        }
        for code in ReasonCode.objects.order_by("-in_use", "code")
    ]
    context = {"columns": columns("Code", "Reason", "State", "First day", "Last day"), "rows": rows}
    return render(request, "exclusions/reason_codes.html", context)


@requires(Permission.SET_REASON_CODES)
@require_http_methods(["GET", "HEAD", "POST"])
def reason_code(request: StaffRequest, code: str) -> HttpResponse:
    try:
        found = ReasonCode.objects.get(code=code)
    except ReasonCode.DoesNotExist:
        raise Http404 from None
    initial = {name: getattr(found, name) for name in ("version", "in_use", "valid_from", "valid_to")}
    form = ReasonCodeForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        list_address = reverse("exclusions:reason-codes")
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                service.set_dates(code=found, **data)
                form_use.led_to(used, address=list_address)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.EndsBeforeItBegins:
            form.add_error("valid_to", "The last day must be the first day or later")
        except service.ChangedMeanwhile:
            found.refresh_from_db()
            form = form.reopened(version=found.version, what="this reason")
        else:
            messages.success(request, f"Reason {found.code} is saved.")
            return redirect(list_address)
    back = {"text": "Reason codes", "href": reverse("exclusions:reason-codes")}
    return render(request, "exclusions/reason_code.html", {"code": found, "form": form, "back": back})
