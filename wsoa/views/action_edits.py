from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from wsoa.forms.action_edits import AddActionForm, ChangeActionForm, RetireForm, StandInForm, TakeBackForm, TakeOutForm
from wsoa.models import ActionOrigin, ActionPlace, Plan, Priority
from wsoa.services import action_edits as service
from wsoa.services.action_edits import Words
from wsoa.services.actions import NotUnderstood, Retired, Stale
from wsoa.views.finding import action_href, place_of, plan_of

RETIRED = "This action is set aside: take it back first"


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_of(code)
    here = reverse("wsoa:actions", args=[plan.code])
    today = timezone.localdate()
    form = AddActionForm(request.POST or None, today=today, plan=plan)
    if request.method == "POST" and form.is_valid():
        priority = plan.priorities.get(pk=form.cleaned_data["priority"])
        facts = {
            "on": today, "priority": priority, "reference": form.cleaned_data["reference"], "words": form.words,
            "dates": form.cleaned_data["dates"], "origin": form.comes_from,
        }  # fmt: skip
        try:
            send_once(request, form, leads_to=here, do=lambda: service.add_action(by=request.user, **facts))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except NotUnderstood as wrong:
            form.add_error("dates", f"{wrong}: write it as Mar 27, or Jan 27 to Jun 27")
        else:
            _say(request, plan, form.words, "The action is added.")
            return redirect(here)
    context = {"form": form, "plan": plan, "back": {"text": "Actions", "href": here}}
    return render(request, "wsoa/add_action.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_action(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    place = place_of(plan, number)
    held = {name: getattr(place.action, name) for name in Words.__dataclass_fields__}
    held |= _came_from(place) | {"version": place.action.version}
    form = ChangeActionForm(request.POST or None, today=timezone.localdate(), initial=held)

    def do() -> None:
        version = form.cleaned_data["version"]
        service.change_action(
            by=request.user, plan=plan, action=place.action, version=version, words=form.words, origin=form.comes_from
        )

    return _sent(
        request,
        form,
        place,
        code,
        "wsoa/change_action.html",
        do,
        lambda: _say(request, plan, form.words, "The action is changed."),
    )


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def retire_action(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place, today = place_of(plan_of(code), number), timezone.localdate()
    others = Plan.objects.filter(priorities__places__action=place.action).exclude(pk=place.priority.plan_id)
    form = RetireForm(request.POST or None, today=today, initial={"version": place.action.version})

    def do() -> None:
        facts = {name: form.cleaned_data[name] for name in ("version", "because")}
        service.retire_action(by=request.user, on=today, action=place.action, **facts)

    told = _told(request, "The action is set aside.")
    return _sent(request, form, place, code, "wsoa/retire_action.html", do, told, others=others)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    form = TakeBackForm(request.POST or None, today=timezone.localdate(), initial={"version": place.action.version})

    def do() -> None:
        service.take_back(by=request.user, action=place.action, version=form.cleaned_data["version"])

    return _sent(request, form, place, code, "wsoa/take_back.html", do, _told(request, "The action stands again."))


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Let the action stand in another plan too."""
    place = place_of(plan_of(code), number)
    own = Plan.objects.filter(priorities__places__action=place.action)
    others = Plan.objects.filter(closed_on=None).exclude(pk__in=own).order_by("title")
    plans = list(others.prefetch_related(Prefetch("priorities", Priority.objects.order_by("position"))))
    form = StandInForm(request.POST or None, today=timezone.localdate(), plans=plans)

    def do() -> None:
        priority = Priority.objects.select_related("plan").get(pk=form.cleaned_data["priority"])
        reference = form.cleaned_data["reference"]
        service.stand_in(
            by=request.user, on=timezone.localdate(), action=place.action, priority=priority, reference=reference
        )

    told = _told(request, "The action stands in that plan too. What is said of it is said once.")
    return _sent(request, form, place, code, "wsoa/stand_in.html", do, told, others=plans)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """Take the action out of this plan, where it stands in another too."""
    plan = plan_of(code)
    place = place_of(plan, number)
    here, other = action_href(place, code), service.elsewhere(place)
    if other is None:
        return redirect(here)
    there = action_href(other, other.priority.plan.code)
    form = TakeOutForm(request.POST or None, today=timezone.localdate(), initial={"version": place.action.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            send_once(
                request,
                form,
                leads_to=there,
                do=lambda: service.take_out(by=request.user, place=place, version=version),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.RoundsKnowIt:
            form.add_error(
                None, "A round of this plan has asked about the action, or keeps where it stood: set it aside instead"
            )
        except service.OnlyThere:
            return redirect(here)
        except Stale:
            place.action.refresh_from_db()
            form = form.reopened(version=place.action.version, what="this action")
        else:
            messages.success(request, f"The action is taken out of “{plan.title}”, and stands here still.")
            return redirect(there)
    context = {
        "form": form, "plan": plan, "place": place, "other": other.priority.plan, "back": {"text": place.action.title, "href": here},
    }  # fmt: skip
    return render(request, "wsoa/take_out.html", context)


def _sent(
    request: StaffRequest, form: Any, place: ActionPlace, code: str, template: str, do: Callable[[], None],
    told: Callable[[], None], **more: Any,
) -> HttpResponse:  # fmt: skip
    """Do what a form of an action asks for, once, and lead back to the action; or show the form."""
    here = action_href(place, code)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, form, leads_to=here, do=do)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except Retired:
            form.add_error(None, RETIRED)
        except service.NotRetired:
            form.add_error(None, "This action stands: there is nothing to take back")
        except service.StandsThere:
            form.add_error("priority", "The action stands in that plan already")
        except Stale:
            place.action.refresh_from_db()
            form = form.reopened(version=place.action.version, what="this action")
        else:
            told()
            return redirect(here)
    context = {"form": form, "place": place, "back": {"text": place.action.title, "href": here}, **more}
    return render(request, template, context)


def _came_from(place: ActionPlace) -> dict[str, Any]:
    """Return where an action comes from, as its form has it."""
    found = ActionOrigin.objects.filter(action=place.action).first()
    if found is None:
        return {}
    return {"origin": found.kind, "origin_source": found.source, "origin_on": found.on}


def _told(request: StaffRequest, said: str) -> Callable[[], None]:
    return lambda: messages.success(request, said)


def _say(request: StaffRequest, plan: Plan, words: Words, said: str) -> None:
    """Say what was done, and which names are no role that the plan knows: nobody is asked in their place."""
    messages.success(request, said)
    if unknown := service.unknown_roles(plan, words):
        messages.warning(request, f"No role that this plan knows: {', '.join(unknown)}. Nobody is asked in that place.")
