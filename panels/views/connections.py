from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.models import User
from casework.policy import requires, requires_any
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.connections import ConnectionForm, EndConnectionForm
from panels.models import Connection
from panels.selectors import connections as selectors
from panels.selectors.panels import has_a_seat, keeps_connections
from panels.services import connections as service
from panels.views.finding import back_to, membership_of, panel_of


@requires_any(Permission.SIT_ON_PANELS, Permission.SEE_PANELS)
@require_safe
def my_connections(request: StaffRequest) -> HttpResponse:
    seat = _must_keep_them(request)
    context = _tables(request.user, ending=lambda row: reverse("panels:end-my-connection", args=[row.pk]))
    context["back"] = {"text": "Panels", "href": reverse("panels:panels")}
    context["has_a_seat"] = seat
    return render(request, "panels/my_connections.html", context)


@requires_any(Permission.SIT_ON_PANELS, Permission.SEE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_connection(request: StaffRequest) -> HttpResponse:
    seat = _must_keep_them(request)
    said = "The connection is declared. The clerk sees it." if seat else "The connection is declared."
    return _say(request, person=request.user, back=_mine(), said=said)


@requires_any(Permission.SIT_ON_PANELS, Permission.SEE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_my_connection(request: StaffRequest, number: int) -> HttpResponse:
    _must_keep_them(request)
    return _end(request, person=request.user, number=number, back=_mine())


@requires(Permission.PREPARE_PANELS)
@require_safe
def member_connections(request: StaffRequest, code: str, number: int) -> HttpResponse:
    panel = panel_of(request.user, code, on=timezone.localdate())
    membership = membership_of(panel, number)
    address = [panel.code, membership.pk]
    context = _tables(membership.person, ending=lambda row: reverse("panels:end-connection", args=[*address, row.pk]))
    context |= {"panel": panel, "membership": membership, "back": back_to(panel)}
    return render(request, "panels/member_connections.html", context)


@requires(Permission.PREPARE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_connection(request: StaffRequest, code: str, number: int) -> HttpResponse:
    person, back = _member(request, code, number)
    return _say(request, person=person, back=back, said="The connection is recorded.")


@requires(Permission.PREPARE_PANELS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_connection(request: StaffRequest, code: str, member: int, number: int) -> HttpResponse:
    person, back = _member(request, code, member)
    return _end(request, person=person, number=number, back=back)


def _mine() -> dict[str, Any]:
    return {"text": "My connections", "href": reverse("panels:my-connections")}


def _must_keep_them(request: StaffRequest) -> bool:
    """Return whether the person has a seat, today or later.

    Refuse, as though the page were not there, whoever has none and decides on no advice.
    """
    seat = has_a_seat(request.user, on=timezone.localdate())
    if not seat and not keeps_connections(request.user, on=timezone.localdate()):
        raise Http404
    return seat


def _member(request: StaffRequest, code: str, number: int) -> tuple[User, dict[str, Any]]:
    panel = panel_of(request.user, code, on=timezone.localdate())
    membership = membership_of(panel, number)
    href = reverse("panels:member-connections", args=[panel.code, membership.pk])
    return membership.person, {"text": f"Connections of {membership.person.name}", "href": href}


def _say(request: StaffRequest, *, person: User, back: dict[str, Any], said: str) -> HttpResponse:
    form = ConnectionForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=back["href"],
                do=lambda: service.say(by=request.user, at=timezone.now(), person=person, facts=form.facts()),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.EndsBeforeItBegins:
            form.add_error("last_day", "The last day must be the first day or later")
        else:
            messages.success(request, said)
            return redirect(back["href"])
    context = {"form": form, "person": person, "own": person.pk == request.user.pk, "back": back}
    return render(request, "panels/say_connection.html", context)


def _end(request: StaffRequest, *, person: User, number: int, back: dict[str, Any]) -> HttpResponse:
    row = Connection.objects.filter(person=person, pk=number).select_related("school", "trust", "person").first()
    if row is None:
        raise Http404
    initial = {"version": row.version}
    form = EndConnectionForm(request.POST or None, today=timezone.localdate(), initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("last_day", "because", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=back["href"],
                do=lambda: service.end(by=request.user, at=timezone.now(), connection=row, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.EndsBeforeItBegins:
            form.add_error("last_day", "The last day must be the first day or later")
        except service.AlreadyEnded:
            form.add_error("last_day", "It ended by then already: choose an earlier day")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this connection")
        else:
            messages.success(request, "The last day is recorded. The connection is kept, as one that was.")
            return redirect(back["href"])
    context = {"form": form, "what": f"{row.get_kind_display()}: {_to_what(row)}", "back": back}
    return render(request, "panels/end_connection.html", context)


def _tables(person: User, *, ending: Any) -> dict[str, Any]:
    found = selectors.of_person(person, on=timezone.localdate())
    return {
        "columns": [*columns("Connection", "To", "Days", "Said by"), {"text": "Actions", "hidden": True}],
        "rows": [_row(row, ending=ending) for row in found.now],
        "ended_columns": columns("Connection", "To", "Days", "Said by", "Ended by"),
        "ended_rows": [_ended_row(row) for row in found.ended],
    }


def _row(row: Connection, *, ending: Any) -> dict[str, Any]:
    end = {"text": "End", "href": ending(row), "hidden_text": f"{row.get_kind_display()}, {_to_what(row)}"}
    return {"cells": [*_cells(row), end]}


def _ended_row(row: Connection) -> dict[str, Any]:
    ended = {"text": row.ended_by.name, "second": row.ended_because} if row.ended_by else {"text": "Past when said"}
    return {"cells": [*_cells(row), ended]}


def _cells(row: Connection) -> list[dict[str, Any]]:
    own = row.said_by_id == row.person_id
    said = day_in_full(timezone.localtime(row.said_at).date())
    return [
        {"text": row.get_kind_display(), "header": True},
        {"text": _to_what(row)},
        {"text": _days(row)},
        {"text": "Declared" if own else row.said_by.name, "second": said},
    ]


def _to_what(row: Connection) -> str:
    if row.school:
        return row.school.name
    if row.trust:
        return row.trust.name
    return row.family_name or ", ".join(part for part in (row.street, row.postcode) if part)


def _days(row: Connection) -> str:
    since = f"since {day_in_full(row.first_day)}" if row.first_day else ""
    until = f"to {day_in_full(row.last_day)}" if row.last_day else ""
    if row.first_day and row.last_day:
        since = day_in_full(row.first_day)
    said = " ".join(part for part in (since, until) if part) or "always, or not known since when"
    return said[0].upper() + said[1:]
