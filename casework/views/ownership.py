"""Handing over a colleague's cases, giving them back, and who owns the new notices of each school."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.ownership import HandoverForm, SchoolOwnersForm
from casework.http import StaffRequest
from casework.models import Handover, School, SchoolOwner
from casework.policy import requires
from casework.roles import Permission
from casework.rules.terms import PHASE_LABELS
from casework.services import form_use, ownership
from casework.views.paging import page_links
from casework.views.tables import columns, day_in_full, tick

ON_A_PAGE = 50


@requires(Permission.GIVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: StaffRequest) -> HttpResponse:
    form = HandoverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (twice := _led_to(request, form)):
        return redirect(twice)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                handover = ownership.give_all(by=request.user, at=timezone.now(), **data)
                form_use.led_to(used, address=reverse("casework:handovers"))
        except form_use.AlreadyUsed as used_meanwhile:
            return redirect(used_meanwhile.led_to)
        except ownership.MayNotOwn:
            form.add_error("to", f"{data['to'].name} cannot own cases now. Choose another colleague")
        except ownership.NothingToGive:
            lacks = "has no case on which there is something to do"
            own_none = ", and owns the new notices of no school" if data["with_schools"] else ""
            form.add_error("of", f"{data['of'].name} {lacks}{own_none}")
        else:
            moved = ownership.Moved(handover.handed.count(), handover.handed_schools.count())
            messages.success(request, f"{_in_words(moved)} given to {handover.given_to.name}.")
            return redirect("casework:handovers")
    page = Paginator(
        Handover.objects.select_related("given_by", "given_from", "given_to", "given_back_by")
        .annotate(cases=Count("handed"))
        .order_by("-at", "-pk"),
        ON_A_PAGE,
    ).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"form": form, "handovers": page, "pagination": page_links(request, page), "page": page}
    return render(request, "casework/handovers.html", context)


@requires(Permission.GIVE_CASES)
@require_POST
def give_back(request: StaffRequest, number: int) -> HttpResponse:
    handover = get_object_or_404(Handover.objects.select_related("given_to", "given_from"), pk=number)
    try:
        back = ownership.give_back(by=request.user, at=timezone.now(), handover=handover)
    except ownership.GivenBackAlready:
        messages.info(request, "These cases were given back already.")
    except ownership.MayNotHaveBack as gone:
        messages.error(
            request,
            f"{gone.owner.name} cannot own cases now, so nothing was given back. Hand over what"
            f" {handover.given_to.name} has to somebody else instead.",
        )
    else:
        messages.success(request, f"{_in_words(back)} given back.")
    return redirect("casework:handovers")


@requires(Permission.SEE_SCHOOLS, Permission.GIVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def school_owners(request: StaffRequest) -> HttpResponse:
    """Show who owns the new notices of each of the council's schools; give those that were ticked another owner."""
    phase = request.GET.get("phase", "")
    council = School.objects.filter(authority__code=settings.COUNCIL_AUTHORITY_CODE, closed_on__isnull=True)
    form = SchoolOwnersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ticked = list(council.filter(urn__in=request.POST.getlist("school")[:500]))
        owner = form.cleaned_data["owner"]
        if not ticked:
            form.add_error(None, "Tick the schools first")
        else:
            with transaction.atomic():
                for school in ticked:
                    ownership.set_school_owner(
                        by=request.user, on=timezone.localdate(), school=school, owner=owner
                    )  # fmt: skip
            whose = owner.name if owner else "whoever logs them"
            messages.success(request, f"New notices of {_schools(len(ticked))} are owned by {whose}.")
            return redirect(f"{reverse('casework:school-owners')}?{request.GET.urlencode()}")
    if phase in PHASE_LABELS:
        council = council.filter(phase=phase)
    now = SchoolOwner.objects.filter(Q(last_day__isnull=True)).select_related("owner")
    listed = council.prefetch_related(Prefetch("owners", queryset=now, to_attr="present_owners")).order_by("name", "pk")
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "columns": [{"text": "Select", "hidden": True, "classes": "app-w-tick"}, *columns("School", "Phase", "Owner")],
        "rows": [_school_row(school, request) for school in page],
        "page": page,
        "pagination": page_links(request, page),
        "phases": PHASE_LABELS.items(),
        "phase": phase,
    }
    return render(request, "casework/school_owners.html", context)


def _led_to(request: StaffRequest, form: HandoverForm) -> str | None:
    """Return where the form led when it was sent before: the colleague has no case left then, and is no choice."""
    form.is_valid()
    token = form.cleaned_data.get("token")
    return form_use.used_before(by=request.user, token=token) if token else None


def _in_words(moved: ownership.Moved) -> str:
    """Return what went to somebody, with its verb: "1 case and the new notices of 2 schools are"."""
    cases = f"{moved.cases} case{'' if moved.cases == 1 else 's'}"
    if not moved.schools:
        return f"{cases} {'is' if moved.cases == 1 else 'are'}"
    return f"{f'{cases} and the' if moved.cases else 'The'} new notices of {_schools(moved.schools)} are"


def _schools(count: int) -> str:
    return f"{count} school{'' if count == 1 else 's'}"


def _school_row(school: Any, request: StaffRequest) -> dict[str, Any]:
    rule = next(iter(school.present_owners), None)
    ticked = school.urn in request.POST.getlist("school")
    return {
        "cells": [
            {"html": tick("school", school.urn, school.name, ticked=ticked)},
            {"text": school.name, "href": reverse("casework:school", args=[school.urn]), "header": True},
            {"text": school.get_phase_display()},
            {
                "text": rule.owner.name if rule else "Whoever logs the notice",
                "second": f"since {day_in_full(rule.first_day)}" if rule else "",
            },
        ]
    }
