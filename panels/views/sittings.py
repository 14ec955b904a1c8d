from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires, requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.calendar import NoTermDates
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import clock_time, columns, day_in_full
from panels.forms.sittings import CallSittingForm, CancelSittingForm, ChangeSittingForm, SittingFilter
from panels.models import Panel, Sitting
from panels.rules.meeting_calendar import MOST_SITTINGS, EndsBeforeItBegins, MeetingCalendar, TooMany
from panels.rules.standing_ties import ItemConflicts
from panels.rules.terms import MEMBER_ROLE_LABELS
from panels.rules.versions import NoTerms, PanelTerms
from panels.selectors import sittings as selectors
from panels.selectors.in_the_room import is_clerk, may_run
from panels.selectors.minutes import has_minutes
from panels.selectors.sittings import Agenda, Expected, SeenItem
from panels.selectors.terms import terms_on
from panels.services import sittings as service
from panels.views.finding import back_to, panel_of
from panels.views.finding_sittings import agenda_read, back_to_sitting, item_address, sitting_address, sitting_of

A_PAGE = 50
# At which field each refusal to call a sitting is shown, and how it is put.
NOT_CALLED: dict[type[Exception], tuple[str, str]] = {
    service.InThePast: ("on", "The day must be today or later"),
    service.PanelNotOpen: ("on", "The panel is not open on that day"),
    service.SameDay: ("on", "The panel sits on that day already"),
    EndsBeforeItBegins: ("until", "The last day must be the first or later"),
    TooMany: ("until", f"At most {MOST_SITTINGS} sittings are called at once: choose an earlier day"),
    NoTermDates: (
        "until",
        "The authority’s term dates do not reach so far: choose an earlier day, or ask an administrator to add them",
    ),
}
SITTING = (Permission.SEE_PANELS, Permission.SIT_ON_PANELS)


@requires_any(*SITTING)
@require_safe
def sittings(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    state = SittingFilter(request.GET).chosen()
    page = Paginator(selectors.listed(request.user, panel, on=today, state=state), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "panel": panel,
        "state": state,
        "states": selectors.STATES.items(),
        "columns": columns("Sitting", "Begins", "Where"),
        "rows": [{"cells": _cells(panel.code, each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "may_prepare": has_permission(request.user, Permission.PREPARE_PANELS),
        "back": back_to(panel),
    }
    return render(request, "panels/sittings.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def call_sitting(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    form = CallSittingForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        every = form.cleaned_data["every"]
        lists = reverse("panels:sittings", args=[panel.code])
        here = lists if every else reverse("panels:sitting", args=[panel.code, form.cleaned_data["on"]])
        called: list[MeetingCalendar] = []
        try:
            send_once(request, form, leads_to=here, do=lambda: called.append(_called(request, panel, form, today)))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except tuple(NOT_CALLED) as refused:
            form.add_error(*NOT_CALLED[type(refused)])
        else:
            messages.success(request, _called_in_words(called[0]))
            return redirect(here)
    back = {"text": "Sittings", "href": reverse("panels:sittings", args=[panel.code])}
    return render(request, "panels/call_sitting.html", {"form": form, "panel": panel, "back": back})


def _called(request: StaffRequest, panel: Panel, form: CallSittingForm, today: date) -> MeetingCalendar:
    data = form.cleaned_data
    facts: dict[str, Any] = {name: data[name] for name in ("on", "starts_at", "place")}
    facts |= {"by": request.user, "at": timezone.now(), "today": today, "panel": panel}
    if data["every"]:
        return service.call_series(**facts, every=int(data["every"]), until=data["until"])
    return MeetingCalendar((service.call(**facts).on,), ())


def _called_in_words(called: MeetingCalendar) -> str:
    days = [day_in_full(day) for day in called.days]
    if len(days) == 1:
        said = f"The panel sits on {days[0]}."
    else:
        said = f"{len(days)} sittings are called, from {days[0]} to {days[-1]}."
    left = [f"{day_in_full(day)} ({why})" for day, why in called.left_out]
    return f"{said} Left out: {', '.join(left)}." if left else said


@requires_any(*SITTING)
@require_safe
def sitting(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    agenda = agenda_read(request, found, on=today, surface="agenda of a sitting")
    members = selectors.expected(found)
    may_prepare = has_permission(request.user, Permission.PREPARE_PANELS)
    to_come = found.cancelled_at is None and found.on >= today
    context = {
        "sitting": found,
        "panel": found.panel,
        "begins": clock_time(found.starts_at),
        "agenda": agenda,
        "item_columns": _item_columns(may_prepare=may_prepare),
        "item_rows": _item_rows(found, agenda, members, may_prepare=may_prepare, on=today),
        "member_columns": columns("Member", "Sits as", "Coming", "Declared"),
        "member_rows": [{"cells": _member_cells(found, each, may_prepare and to_come)} for each in members],
        "may_prepare": may_prepare and to_come,
        "may_answer": may_prepare,
        "may_run": may_run(request.user, agenda, on=today),
        "has_minutes": has_minutes(found, on=today) and not agenda.must_declare,
        "may_write_letters": has_minutes(found, on=today) and is_clerk(request.user, agenda.seat),
        "may_say": agenda.seat is not None and to_come,
        "to_come": to_come,
        "back": {"text": "Sittings", "href": reverse("panels:sittings", args=[found.panel.code])},
    }
    return render(request, "panels/sitting.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_sitting(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    initial = {"starts_at": found.starts_at, "place": found.place, "version": found.version}
    form = ChangeSittingForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("starts_at", "place", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.change(by=request.user, today=today, sitting=found, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NotToCome:
            form.add_error(None, "This sitting is cancelled, or its day is past")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this sitting")
        else:
            messages.success(request, "The sitting is changed.")
            return redirect(sitting_address(found))
    context = {"form": form, "sitting": found, "back": back_to_sitting(found)}
    return render(request, "panels/change_sitting.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_sitting(request: StaffRequest, code: str, day: date) -> HttpResponse:
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    form = CancelSittingForm(request.POST or None, today=today, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("because", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.cancel(by=request.user, at=timezone.now(), today=today, sitting=found, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NotToCome:
            form.add_error(None, "This sitting is cancelled already, or its day is past")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this sitting")
        else:
            messages.success(request, "The sitting is cancelled. Its referrals may be listed for another.")
            return redirect(sitting_address(found))
    context = {"form": form, "sitting": found, "back": back_to_sitting(found)}
    return render(request, "panels/cancel_sitting.html", context)


def _cells(code: str, row: Sitting) -> list[dict[str, Any]]:
    return [
        {
            "text": f"{row.on:%A} {day_in_full(row.on)}",
            "href": reverse("panels:sitting", args=[code, row.on]),
            "header": True,
            "second": "Cancelled" if row.cancelled_at else "",
        },
        {"text": clock_time(row.starts_at)},
        {"text": row.place},
    ]


def _item_columns(*, may_prepare: bool) -> list[dict[str, Any]]:
    found = columns("Item", "How the child comes", "Minutes")
    return [*found, *columns("Out", "Quorum then"), {"text": "Actions", "hidden": True}] if may_prepare else found


def _item_rows(
    sitting: Sitting, agenda: Agenda, members: list[Expected], *, may_prepare: bool, on: date
) -> list[dict[str, Any]]:
    if not may_prepare:
        return [{"cells": _item_cells(sitting, each)} for each in agenda.items]
    shown = [one.item for one in agenda.items]
    found = selectors.conflicts_at(sitting, shown, [one.person for one in members], on=on)
    try:
        terms: PanelTerms | None = terms_on(sitting.panel, on=sitting.on)
    except NoTerms:
        terms = None
    recorded = selectors.recorded_among(one.pk for one in shown)
    return [
        {
            "cells": [
                *_item_cells(sitting, each),
                *_clerk_cells(each, found, members, terms),
                {"text": ""} if each.item.pk in recorded else _take_off(sitting, each),
            ]
        }
        for each in agenda.items
    ]


def _item_cells(sitting: Sitting, seen: SeenItem) -> list[dict[str, Any]]:
    referral = seen.item.referral
    minutes = {"text": str(seen.item.minutes)}
    if referral is None:
        return [{"text": f"{seen.number}. {seen.item.title}", "header": True}, {"text": "Business"}, minutes]
    item = {"text": f"{seen.number}. {referral.reference}", "href": item_address(sitting, referral), "header": True}
    return [item, {"text": referral.get_route_display()}, minutes]


def _clerk_cells(
    seen: SeenItem, found: Mapping[int, ItemConflicts], members: list[Expected],
    terms: PanelTerms | None,
) -> list[dict[str, Any]]:  # fmt: skip
    conflicts = found.get(seen.item.referral_id or 0)
    out = conflicts.out if conflicts else frozenset[str]()
    room = selectors.room_under(terms, members, out) if terms else selectors.Room(None, None, out)
    waiting = f"{conflicts.needs_answer} to be answered" if conflicts and conflicts.needs_answer else ""
    met = "No terms" if room.quorum is None else "Met" if room.quorum.is_met else "Not met"
    presiding = room.presiding.says if room.presiding and room.presiding.is_stand_in else ""
    return [{"text": str(len(out)), "second": waiting}, {"text": met, "second": presiding}]


def _take_off(sitting: Sitting, seen: SeenItem) -> dict[str, Any]:
    href = reverse("panels:take-off-item", args=[sitting.panel.code, sitting.on, seen.item.pk])
    return {"text": "Take off", "href": href, "hidden_text": f"item {seen.number}"}


def _member_cells(sitting: Sitting, each: Expected, may_say: bool) -> list[dict[str, Any]]:
    role = each.membership.role
    coming: dict[str, Any] = {"text": "Apologies" if each.apologies else "Coming"}
    if may_say:
        coming["href"] = reverse(
            "panels:say-coming", args=[sitting.panel.code, sitting.on, each.membership.person_id]
        )  # fmt: skip
        coming["hidden_text"] = each.person.name
    declared = "Not asked" if role == "clerk" else "Yes" if each.declared else "Not yet"
    return [
        {"text": each.person.name, "second": each.person.post, "header": True},
        {"text": MEMBER_ROLE_LABELS[role]},
        coming,
        {"text": declared},
    ]
