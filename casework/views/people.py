from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.forms.people import ChangePersonForm, InviteForm, OpenAccountForm, PeopleFilter
from casework.http import StaffRequest, keep_address_secret
from casework.limits import limited
from casework.models import User
from casework.policy import anyone, requires
from casework.roles import ROLES, Permission
from casework.selectors import people as selectors
from casework.services import form_use, invitations
from casework.services import people as service
from casework.views.paging import page_links
from casework.views.tables import clock_time, columns, day_in_full

SORTED = (("name", "Person"), ("role", "Role"))
TAGS = {
    "active": "govuk-tag--green",
    "invited": "govuk-tag--blue",
    "unused": "govuk-tag--orange",
    "suspended": "govuk-tag--grey",
    "ended": "govuk-tag--grey",
}
ONESELF = "Nobody changes their own account: ask another administrator."


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    now = timezone.localtime()
    filters = PeopleFilter(request.GET)
    sort = request.GET.get("sort", "name")
    chosen = filters.chosen()
    page = Paginator(selectors.listed(chosen, sort=sort, at=now), 50).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "teams": selectors.teams(),
        "sort": sort if sort in selectors.SORTS and sort != "name" else "",
        "columns": [
            *(_sortable(request, name, text, sort) for name, text in SORTED),
            {"text": "Team, schools"},
            _sortable(request, "last", "Last signed in", sort),
            {"text": "State"},
        ],
        "rows": [{"cells": _cells(user, now)} for user in page],
        "page": page,
        "pagination": page_links(request, page),
        "chosen": chosen,
    }
    return render(request, "casework/people.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                user = service.invite(
                    by=request.user,
                    at=timezone.now(),
                    email=form.cleaned_data["email"],
                    details=form.details(),
                    site=request.build_absolute_uri("/"),
                )
                here = reverse("casework:person", args=[user.pk])
                form_use.led_to(used, address=here)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AddressTaken:
            form.add_error("email", "Another account has this email address: look for it in the list of people")
        else:
            messages.success(request, f"{user.name} is invited. The link in the mail is good for seven days.")
            return redirect(here)
    return render(request, "casework/invite.html", {"form": form, "back": _back()})


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def person(request: StaffRequest, number: int) -> HttpResponse:
    now = timezone.localtime()
    found = selectors.person_page(number, at=now)
    if found is None:
        raise Http404
    user = found["person"]
    state = selectors.state_of(user, at=now)
    suspended = selectors.suspended_on(user) if state == "unused" else None
    context = found | {
        "state": state,
        "tag": {"text": selectors.STATES[state], "classes": TAGS[state]},
        "role": ROLES[user.role].display_name if user.role in ROLES else "None",
        "what_the_role_is": ROLES[user.role].description if user.role in ROLES else "This role is no longer used.",
        "oneself": user.pk == request.user.pk,
        "last_signed_in": _moment(user.last_login) or "Never",
        "suspended_on": day_in_full(timezone.localtime(suspended).date()) if suspended else "",
        "history_columns": columns("When", "What", "By"),
        "history_rows": [_history(each) for each in found["changes"]],
        "back": _back(),
    }
    return render(request, "casework/person.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: StaffRequest, number: int) -> HttpResponse:
    user = _found(number)
    here = reverse("casework:person", args=[user.pk])
    if user.pk == request.user.pk:
        messages.error(request, ONESELF)
        return redirect(here)
    form = ChangePersonForm(request.POST or None, today=timezone.localdate(), initial=_initial(user))
    if request.method == "POST" and form.is_valid():
        try:
            service.change(
                by=request.user,
                at=timezone.now(),
                user=user,
                version=form.cleaned_data["version"],
                details=form.details(),
            )
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this account")
        else:
            messages.success(request, "The account is changed.")
            return redirect(here)
    context = {"form": form, "person": user, "back": {"text": user.name, "href": here}}
    return render(request, "casework/change_person.html", context)


Act = Callable[[StaffRequest, User], None]
ACTS: dict[str, tuple[Act, str]] = {
    "suspend": (
        lambda request, user: service.suspend(by=request.user, at=timezone.now(), user=user),
        "The account is suspended. Its sessions and its calendar feed have ended.",
    ),
    "resume": (
        lambda request, user: service.resume(by=request.user, at=timezone.now(), user=user),
        "The account is open again.",
    ),
    "end-sessions": (
        lambda request, user: service.end_sessions(by=request.user, at=timezone.now(), user=user),
        "Every session has ended.",
    ),
    "reset-authenticator": (
        lambda request, user: service.reset_authenticator(by=request.user, at=timezone.now(), user=user),
        "The authenticator app is reset. A new one is set up at the next sign-in.",
    ),
    "invite-again": (
        lambda request, user: service.invite_again(
            by=request.user, at=timezone.now(), user=user, site=request.build_absolute_uri("/")
        ),
        "A new invitation is sent. The link of the one before opens nothing any more.",
    ),
    "end-invitation": (
        lambda request, user: service.end_invitation(by=request.user, at=timezone.now(), user=user),
        "The invitation is taken back.",
    ),
}


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def act_on_person(request: StaffRequest, number: int, act: str) -> HttpResponse:
    user = _found(number)
    if act not in ACTS:
        raise Http404
    do, said = ACTS[act]
    try:
        do(request, user)
    except service.OwnAccount:
        messages.error(request, ONESELF)
    except service.NotPossible:
        messages.error(request, "Nothing was changed: the account has been changed meanwhile.")
    else:
        messages.success(request, said)
    return redirect("casework:person", user.pk)


@anyone
@limited
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person who holds an invitation's link choose a password. A link that opens nothing looks like no page."""
    try:
        found = invitations.open_invitation(token, at=timezone.now())
    except invitations.NotOpen:
        raise Http404 from None
    form = OpenAccountForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(at=timezone.now(), secret=token, password=form.cleaned_data["password"])
        except invitations.NotOpen:
            raise Http404 from None
        messages.success(request, "Your account is open. Sign in, and set up your authenticator app.")
        return redirect("account_login")
    return keep_address_secret(render(request, "casework/invitation.html", {"form": form, "invited": found.user}))


def _found(number: int) -> User:
    user = User.objects.filter(pk=number).first()
    if user is None:
        raise Http404
    return user


def _initial(user: User) -> dict[str, Any]:
    held = user.school_rows.filter(last_day__isnull=True).order_by("school__urn").values_list("school__urn", flat=True)
    fields = ("name", "post", "role", "team", "access_ends_on", "version")
    return {name: getattr(user, name) for name in fields} | {"schools": " ".join(held)}


def _sortable(request: HttpRequest, name: str, text: str, sort: str) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if sort == name else name
    state = "ascending" if sort == name else "descending" if sort == f"-{name}" else "none"
    return {"text": text, "href": f"?{query.urlencode()}", "sort": state}


def _cells(user: Any, now: Any) -> list[dict[str, Any]]:
    state = selectors.state_of(user, at=now)
    ends = f"to {day_in_full(user.access_ends_on)}" if user.access_ends_on else ""
    return [
        {"text": user.name, "href": reverse("casework:person", args=[user.pk]), "header": True, "second": user.email},
        {"text": ROLES[user.role].display_name if user.role in ROLES else "None", "second": user.post},
        {"text": user.team or ", ".join(row.school.name for row in user.acts_for)},
        {"text": _moment(user.last_login) or "Never"},
        {"text": selectors.STATES[state], "second": ends},
    ]


def _history(change: Any) -> dict[str, Any]:
    return {
        "cells": [
            {"text": _moment(change.at), "header": True},
            {"text": change.get_what_display(), "second": change.detail},
            {"text": change.by.name if change.by else "A rule"},
        ]
    }


def _moment(at: Any) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day_in_full(local.date())}, {clock_time(local)}"


def _back() -> dict[str, str]:
    return {"text": "People", "href": reverse("casework:people")}
