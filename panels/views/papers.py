from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from exclusions.views.presenting import tried_words
from panels.forms.referrals import CategoryForm, ConsiderForm, PapersForm, TakeOffForm
from panels.models import Referral
from panels.rules.papers import Paper
from panels.selectors.placing import excluded_by
from panels.services import referrals as service
from panels.views.finding import ADVICE_GIVEN, back_if_heard, back_to_referral, referral_address, referral_of
from panels.views.referral_page import facts_of

NOT_OPEN = "This referral is withdrawn or decided: nothing is added to it"


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def write_papers(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="write the papers of a referral")
    if (back := back_if_heard(request, found)) is not None:
        return back
    form = PapersForm(request.POST or None, today=today, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            send_once(
                request,
                form,
                leads_to=referral_address(found),
                do=lambda: service.write_papers(by=request.user, referral=found, version=version, papers=form.papers()),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NotOpen:
            form.add_error(None, NOT_OPEN)
        except service.AdviceGiven:
            form.add_error(None, ADVICE_GIVEN)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="these papers")
        else:
            messages.success(request, "The papers are kept.")
            return redirect(referral_address(found))
    context = {"form": form, "referral": found, "facts": facts_of(found, on=today), "back": back_to_referral(found)}
    return render(request, "panels/write_papers.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_category(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="add a category to a referral")
    if (back := back_if_heard(request, found)) is not None:
        return back
    form = CategoryForm(request.POST or None, today=today, initial={"assessed_on": today})

    def do() -> None:
        facts = {name: form.cleaned_data[name] for name in ("category", "evidence", "assessed_on")}
        service.add_category(by=request.user, referral=found, **facts)

    return _sent(request, form, found, do, "panels/add_category.html", "The category is kept.")


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def consider_school(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="consider a school for a child")
    if (back := back_if_heard(request, found)) is not None:
        return back
    form = ConsiderForm(request.POST or None, today=today, not_offered=excluded_by(found.pupil, on=today))

    def do() -> None:
        service.consider(by=request.user, at=timezone.now(), on=today, referral=found, considered=form.considered())

    return _sent(request, form, found, do, "panels/consider_school.html", "The school is considered.")


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off_school(request: StaffRequest, code: str, referral: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="take a school off a referral")
    candidate = found.candidates.filter(pk=number, taken_off_at__isnull=True).select_related("school").first()
    if candidate is None:
        raise Http404
    if (back := back_if_heard(request, found)) is not None:
        return back
    form = TakeOffForm(request.POST or None, today=today)

    def do() -> None:
        service.take_off(by=request.user, at=timezone.now(), referral=found, candidate=candidate)

    more = {"candidate": candidate}
    return _sent(request, form, found, do, "panels/take_off_school.html", "The school is taken off.", more)


def _sent(
    request: StaffRequest,
    form: Any,
    referral: Referral,
    do: Callable[[], None],
    template: str,
    said: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Do what a form of a referral asks for, once, and lead back to the referral; or show the form."""
    if request.method == "POST" and form.is_valid():
        try:
            send_once(request, form, leads_to=referral_address(referral), do=do)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NotOpen:
            form.add_error(None, NOT_OPEN)
        except service.AdviceGiven:
            form.add_error(None, ADVICE_GIVEN)
        except service.ExcludedTheChild as excluded:
            form.add_error("school", excluded.says)
        except service.AlreadyCandidate:
            form.add_error("school", "This school is considered already")
        else:
            messages.success(request, said)
            return redirect(referral_address(referral))
    context = {"form": form, "referral": referral, "back": back_to_referral(referral)}
    return render(request, template, context | (more or {}))


def _initial(referral: Referral) -> dict[str, Any]:
    """Return the papers as they are; what the school says it tried stands there to begin with."""
    initial: dict[str, Any] = {paper.value: getattr(referral, paper.value) for paper in Paper}
    exclusion = referral.exclusion
    if exclusion and not referral.tried and referral.version == 1:
        tried = {each.strategy: each.effect for each in exclusion.strategies.all()}
        initial["tried"] = "\n".join(tried_words(tried, exclusion.tried_words))
    return initial | {"version": referral.version}
