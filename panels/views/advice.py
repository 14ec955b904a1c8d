import uuid
from datetime import date
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
from panels.forms.advice import DecideOnAdviceForm, TakeBackDecisionForm
from panels.models import ItemRecord, Referral
from panels.rules.advice import FOLLOWING_LABELS
from panels.rules.outcomes import decisions_of
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.selectors import advice as selectors
from panels.selectors.placing import excluded_by, no_place_in_words
from panels.selectors.referrals import candidates
from panels.selectors.turns import excluded_from
from panels.services import advice as service
from panels.services import ties
from panels.services.records import Lacking
from panels.views.finding import back_to, back_to_referral, referral_address, referral_of
from panels.views.referral_page import allocation_rows, candidate_cells, candidate_columns
from panels.views.turns_tables import choices_table

NO_ADVICE = "The advice was decided on, reopened or withdrawn meanwhile. Open the referral again"
NOTHING_WAITS = "No advice on this referral waits for an officer."
WITHDRAWN = "This referral is withdrawn: there is nothing to decide"
DECIDED = "The advice was decided on before you sent this. Your answers are not recorded: what stands is below"
TIED_TO_SCHOOL = "Your connections tie you to this school: name another, or say above that you have a tie, and another officer decides"
NOT_DECLARED = "Choose whether you have a tie"
DECLARED = "Your declaration is kept, and you are out of the item. Another officer decides on the advice."

CANNOT = (Lacking, service.NoAdvice, service.NotDeclared, service.TiedToSchool)


@requires(Permission.DECIDE_ON_ADVICE, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_on_advice(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    if led_to := _sent_before(request):
        # Clicked twice: who declared a tie finds the item no more, and is led where the first click led.
        return redirect(led_to)
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="decide on a panel's advice")
    waiting = selectors.waiting_of(found)
    if waiting is None and (led_back := _no_longer(request, found)):
        return led_back
    kind = PanelKind(found.panel.kind)
    choices = choices_table(found, on=waiting.item.sitting.on) if waiting else {}
    form = DecideOnAdviceForm(
        request.POST or None, today=today, initial={"version": waiting.version if waiting else None}, outcomes=decisions_of(kind),
        keeps_turns=kind in FAIR_ACCESS_PANELS, turn=choices.get("says", ""),
        not_offered=excluded_by(found.pupil, on=today),
    )  # fmt: skip
    if waiting is None:
        form.add_error(None, NO_ADVICE)
    elif request.method == "POST" and form.is_valid():
        try:
            return _declared(request, form, found) if form.is_tied else _decided(request, form, found, today)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNot:
            # Out of the item since the page was asked for: nothing of it is shown again.
            raise Http404 from None
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this advice")
        except CANNOT as wrong:
            _say(form, wrong)
    context = {"form": form, "referral": found, "back": back_to_referral(found)}
    context |= _advised(waiting) if waiting else {}
    context |= _needed(found, on=today) | {"choices": choices}
    return render(request, "panels/decide_on_advice.html", context)


@requires(Permission.DECIDE_ON_ADVICE, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_decision(request: StaffRequest, code: str, referral: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="take back a decision on a panel's advice")
    row = selectors.decision_of(found, number)
    if row is None:
        raise Http404
    here = referral_address(found)
    if row.withdrawn_at:
        return redirect(here)
    form = TakeBackDecisionForm(request.POST or None, today=today)
    stands = selectors.following(request.user, row, on=today)
    if request.method == "POST" and form.is_valid():
        facts = {"decision": row, "because": form.cleaned_data["because"]}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.take_back(by=request.user, at=timezone.now(), on=today, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNot:
            raise Http404 from None
        except service.AlreadyTakenBack:
            return redirect(here)
        except service.Followed as followed:
            for each in followed.what:
                form.add_error(None, FOLLOWING_LABELS[each])
        else:
            messages.success(request, "The decision is taken back. The advice waits for an officer again.")
            return redirect(here)
    context = {
        "form": form, "referral": found, "back": back_to_referral(found), "row": row,
        "officer_said": selectors.officer_in_words(row, row.item.record),
        "following": [FOLLOWING_LABELS[each] for each in stands],
    }  # fmt: skip
    return render(request, "panels/take_back_decision.html", context)


def _needed(referral: Referral, *, on: date) -> dict[str, Any]:
    """Return what a decision needs beside the advice: by when, whether a place may be given, and the schools considered."""
    considered = candidates(referral)
    return {
        "allocation": [{"label": label, "text": text} for label, text in allocation_rows(referral, on)],
        "no_place": no_place_in_words(referral, on=on),
        "candidate_columns": candidate_columns(),
        "candidate_rows": [{"cells": candidate_cells(each)} for each in considered],
        "excluded_from": excluded_from(referral.pupil, considered, on=on),
        "papers_href": f"{referral_address(referral)}#file",
    }


def _no_longer(request: StaffRequest, referral: Referral) -> HttpResponse | None:
    """Lead to the referral where nothing waits any more; None where the page answers, so that what was typed stays.

    That is where the item was reopened while the officer typed: its advice may be given anew.
    """
    if referral.withdrawn_at:
        messages.warning(request, f"{WITHDRAWN}.")
    elif selectors.decided_of(referral) is None:
        if request.method == "POST":
            return None
        messages.warning(request, NOTHING_WAITS)
    elif request.method == "POST":
        messages.warning(request, DECIDED)
    return redirect(referral_address(referral))


def _decided(request: StaffRequest, form: DecideOnAdviceForm, referral: Referral, today: date) -> HttpResponse:
    here = referral_address(referral)
    facts = {"referral": referral, "version": form.cleaned_data["version"], "word": form.word()}
    send_once(
        request, form, leads_to=here,
        do=lambda: service.decide(by=request.user, at=timezone.now(), on=today, **facts),
    )  # fmt: skip
    messages.success(request, "Your decision is recorded. The letters can go out now.")
    return redirect(here)


def _sent_before(request: StaffRequest) -> str | None:
    """Return where this very form led when it was sent before, None where it was not."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return None
    return form_use.used_before(by=request.user, token=token)


def _declared(request: StaffRequest, form: DecideOnAdviceForm, referral: Referral) -> HttpResponse:
    """Keep that the officer is tied to the item, and lead to what they may still see."""
    there = back_to(referral.panel)["href"]
    facts: dict[str, Any] = {"referral": referral, "member": request.user}
    send_once(
        request, form, leads_to=there, do=lambda: ties.declare(by=request.user, at=timezone.now(), **facts)
    )  # fmt: skip
    messages.success(request, DECLARED)
    return redirect(there)


def _say(form: DecideOnAdviceForm, wrong: Exception) -> None:
    if isinstance(wrong, Lacking):
        for lack in wrong.what:
            form.add_error(lack.part if lack.part in form.fields else None, lack.says)
    elif isinstance(wrong, service.TiedToSchool):
        form.add_error("school", TIED_TO_SCHOOL)
    elif isinstance(wrong, service.NotDeclared):
        form.add_error("tie", NOT_DECLARED)
    else:
        form.add_error(None, NO_ADVICE)


def advice_context(referral: Referral) -> dict[str, Any]:
    """Return where a panel's advice on a referral stands: what waits, or what was advised and what an officer decided.

    What officers decided and took back stands beside either.
    """
    before = [selectors.before_in_words(each) for each in selectors.taken_back_of(referral)]
    if not referral.decided_on:
        waiting = None if referral.withdrawn_at else selectors.waiting_of(referral)
        return {"waiting": waiting, "taken_back": before} | (_advised(waiting) if waiting else {})
    row = selectors.decided_of(referral)
    if row is None or row.decided_on != referral.decided_on:
        return {"taken_back": before}
    return {
        "advised": " ".join([row.advised, *selectors.advised_rest_in_words(row)]),
        "officer_said": selectors.officer_in_words(row, row.item.record),
        "sat_on": row.item.sitting.on,
        "decision": row,
        "taken_back": before,
    }


def _advised(waiting: ItemRecord) -> dict[str, Any]:
    return {
        "advised": waiting.stands,
        "how": waiting.decided_how,
        "with_it": selectors.rest_in_words(waiting),
        "reasons": waiting.reasons,
        "dissent": waiting.dissent,
        "sat_on": waiting.item.sitting.on,
    }
