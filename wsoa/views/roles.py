from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from wsoa.forms.roles import CorrectHolderForm, GiveRoleForm, ReviewRoleForm, TakeBackHolderForm
from wsoa.models import Role, RoleHolder
from wsoa.rules.role_reviews import Review, Reviewed, reviewed
from wsoa.selectors import roles as selectors
from wsoa.selectors.roles import holding
from wsoa.services import roles as service
from wsoa.views.presenting import chosen


@requires(Permission.SEE_PLANS)
@require_safe
def roles(request: StaffRequest) -> HttpResponse:
    show = chosen(request.GET, "show", selectors.SHOWN)
    page = Paginator(selectors.listed(on=timezone.localdate(), show=show), 50).get_page(request.GET.get("page"))
    context = {
        "filters": [("show", "Show", "Every role", show, list(selectors.SHOWN.items()))],
        "show": show,
        "columns": [
            *columns("Role", "Code", "Holder today", "Review"),
            {"text": "Leads", "numeric": True},
            {"text": "Helps with", "numeric": True},
        ],
        "rows": [{"cells": _cells(each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "back": {"text": "Plans", "href": reverse("wsoa:plans")},
    }
    return render(request, "wsoa/roles.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def role(request: StaffRequest, number: int) -> HttpResponse:
    found = _role(number)
    held = found.holders.select_related("person", "taken_back_by").prefetch_related("events")
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    reviews = list(found.reviews.select_related("by").order_by("-on", "-pk"))
    now = reviewed(reviews[0].on if reviews else None, on=timezone.localdate())
    context = {
        "form": ReviewRoleForm(today=timezone.localdate(), initial={"version": found.version}),
        "review": _review(now),
        "vacant": not holding(on=timezone.localdate()).filter(role=found).exists(),
        "review_columns": columns("Reviewed", "By"),
        "review_rows": [
            {"cells": [{"text": day_in_full(each.on), "header": True}, {"text": each.by.name}]} for each in reviews
        ],
        "role": found,
        "columns": columns("Holder", "From", "To", *(["Put right"] if may_keep else [])),
        "rows": [{"cells": _holder_cells(each, may_keep=may_keep)} for each in held.order_by("-first_day", "-pk")],
        "may_keep": may_keep,
        "back": {"text": "Roles of plans", "href": reverse("wsoa:roles")},
    }
    return render(request, "wsoa/role.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: StaffRequest, number: int) -> HttpResponse:
    found = _role(number)
    here = reverse("wsoa:role", args=[found.pk])
    form = GiveRoleForm(request.POST or None, today=timezone.localdate(), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("version", "first_day", "name", "email", "person")}
        try:
            send_once(
                request, form, leads_to=here, do=lambda: service.give_role(by=request.user, role=found, **facts)
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.BeforeHolder as later:
            form.add_error("first_day", f"The day must be after {day_in_full(later.first_day)}, the holder’s first")
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this role")
        else:
            messages.success(
                request, f"{found.title}: {facts['name'] or 'vacant'} from {day_in_full(facts['first_day'])}."
            )
            return redirect(here)
    return render(
        request, "wsoa/give_role.html", {"form": form, "role": found, "back": {"text": found.title, "href": here}}
    )


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_holder(request: StaffRequest, number: int, holder: int) -> HttpResponse:
    found = _role(number)
    held, here = _holder(found, holder), reverse("wsoa:role", args=[found.pk])
    if held.taken_back_at:
        return redirect(here)
    initial = {name: getattr(held, name) for name in ("name", "email", "first_day", "last_day")}
    form = CorrectHolderForm(
        request.POST or None,
        today=timezone.localdate(),
        initial=initial | {"person": held.person_id, "version": found.version},
    )
    if request.method == "POST" and form.is_valid():
        facts = service.HolderFacts(
            **{name: form.cleaned_data[name] for name in service.HolderFacts.__dataclass_fields__}
        )
        version = form.cleaned_data["version"]
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.correct_holder(by=request.user, holder=held, version=version, facts=facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Overlaps as other:
            form.add_error("first_day", _in_the_way(other.holder))
        except service.TakenBack:
            return redirect(here)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this role")
        else:
            messages.success(request, f"{found.title}: {facts.name} is put right.")
            return redirect(here)
    context = {"form": form, "role": found, "holder": held, "back": {"text": found.title, "href": here}}
    return render(request, "wsoa/correct_holder.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_holder(request: StaffRequest, number: int, holder: int) -> HttpResponse:
    found = _role(number)
    held, here = _holder(found, holder), reverse("wsoa:role", args=[found.pk])
    if held.taken_back_at:
        return redirect(here)
    form = TakeBackHolderForm(request.POST or None, today=timezone.localdate(), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("version", "because")} | {
            "at": timezone.now(), "holder": held,
        }  # fmt: skip
        try:
            send_once(request, form, leads_to=here, do=lambda: service.take_back_holder(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.TakenBack:
            return redirect(here)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this role")
        else:
            messages.success(request, f"{found.title}: that {held.name} was given it is taken back.")
            return redirect(here)
    context = {
        "form": form,
        "role": found,
        "holder": held,
        "before": service.gave_up_to(held),
        "back": {"text": found.title, "href": here},
    }
    return render(request, "wsoa/take_back_holder.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_role(request: StaffRequest, number: int) -> HttpResponse:
    found, today = _role(number), timezone.localdate()
    here = reverse("wsoa:role", args=[found.pk])
    form = ReviewRoleForm(request.POST or None, today=today, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        facts = {"at": timezone.now(), "on": today, "role": found, "version": form.cleaned_data["version"]}
        try:
            send_once(request, form, leads_to=here, do=lambda: service.review_role(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this role")
        else:
            still = "unchanged" if holding(on=today).filter(role=found).exists() else "still vacant"
            messages.success(request, f"{found.title}: reviewed, {still}.")
            return redirect(here)
    holder = holding(on=today).filter(role=found).first()
    context = {"form": form, "role": found, "holder": holder, "back": {"text": found.title, "href": here}}
    return render(request, "wsoa/review_role.html", context)


def _role(number: int) -> Role:
    found = Role.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _holder(found: Role, number: int) -> RoleHolder:
    held: RoleHolder | None = found.holders.filter(pk=number).first()
    if held is None:
        raise Http404
    return held


def _in_the_way(other: RoleHolder) -> str:
    until = f" to {day_in_full(other.last_day)}" if other.last_day else " on"
    return f"{other.name} holds it from {day_in_full(other.first_day)}{until}: the days must not overlap"


def _holder_cells(held: RoleHolder, *, may_keep: bool) -> list[dict[str, Any]]:
    to = day_in_full(held.last_day) if held.last_day else "Holds it still"
    second = ""
    if held.first_day > timezone.localdate():
        to, second = (day_in_full(held.last_day) if held.last_day else "No end"), "To come"
    if held.taken_back_at and held.taken_back_by:
        day = day_in_full(timezone.localdate(held.taken_back_at))
        to, second = "Taken back", f"{day} by {held.taken_back_by.name}: {held.taken_back_because}"
    below = ". ".join(part for part in (held.email, *_corrections(held)) if part)
    cells: list[dict[str, Any]] = [
        {"text": held.name, "header": True, "second": below},
        {"text": day_in_full(held.first_day)},
        {"text": to, "second": second},
    ]
    if may_keep:
        href = reverse("wsoa:correct-holder", args=[held.role_id, held.pk])
        link = {"text": "Correct or take back", "href": href, "hidden_text": held.name}
        cells.append({"text": "", "empty": True} if held.taken_back_at else link)
    return cells


def _corrections(held: RoleHolder) -> list[str]:
    """Return what stood before each correction, the first first; needs `events` loaded."""
    kept: list[Any] = sorted(held.events.all(), key=lambda each: each.pgh_id)  # type: ignore[attr-defined]
    return [
        f"Corrected {day_in_full(timezone.localdate(after.pgh_created_at))}: was {before.name}"
        f"{', ' + before.email if before.email else ''}, from {day_in_full(before.first_day)}"
        for before, after in pairwise(kept)
        if (before.name, before.email, before.first_day) != (after.name, after.email, after.first_day)
    ]


def _since(role: Any) -> str:
    """Return since when a role is held, until when where that is known, and who is to come."""
    said = [f"Since {day_in_full(role.since)}"] if role.since else []
    if role.until:
        said.append(f"to {day_in_full(role.until)}")
    coming = f"{role.to_come} from {day_in_full(role.coming_on)}" if role.to_come else ""
    return ". ".join(part for part in (" ".join(said), coming) if part)


def _review(now: Reviewed) -> dict[str, Any]:
    if now.due is None:
        return {"text": "Due: never reviewed"}
    if now.review is Review.LATE:
        return {"tag": {"text": "Late", "classes": "govuk-tag--red"}, "second": f"Was due {day_in_full(now.due)}"}
    if now.review is Review.DUE:
        return {"text": f"Due by {day_in_full(now.due)}"}
    return {"text": f"Next by {day_in_full(now.due)}"}


def _cells(now: selectors.RoleNow) -> list[dict[str, Any]]:
    role = now.role
    return [
        {
            "text": role.title,
            "href": reverse("wsoa:role", args=[role.pk]),
            "header": True,
            "second": role.organisation,
        },
        {"text": role.code},
        {
            "text": role.holder or "Vacant",
            "second": _since(role),
            "bold": not role.holder,
        },
        _review(now.reviewed),
        {"text": str(role.leads), "numeric": True},
        {"text": str(role.helps), "numeric": True},
    ]
