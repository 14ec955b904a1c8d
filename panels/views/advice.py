import uuid
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
from panels.forms.advice import DecideOnAdviceForm
from panels.models import ItemRecord, Referral
from panels.rules.outcomes import decisions_of
from panels.rules.terms import FAIR_ACCESS_PANELS, PanelKind
from panels.selectors import advice as selectors
from panels.selectors.placing import excluded_by, no_place_in_words
from panels.services import advice as service
from panels.services.records import Lacking
from panels.views.finding import back_to_referral, referral_address, referral_of

NO_ADVICE = "The advice was decided on, reopened or withdrawn meanwhile. Open the referral again"
WITHDRAWN = "This referral is withdrawn: there is nothing to decide"
DECIDED = "The advice was decided on before you sent this. Your answers are not recorded: what stands is below"
TIED = "You may not decide this: you have a tie to the child, or to a school that is named"

CANNOT = (Lacking, service.NoAdvice, service.MayNot)


@requires(Permission.DECIDE_ON_ADVICE, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_on_advice(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="decide on a panel's advice")
    here = referral_address(found)
    waiting = selectors.waiting_of(found)
    if waiting is None:
        if found.withdrawn_at:
            messages.warning(request, f"{WITHDRAWN}.")
            return redirect(here)
        if selectors.decided_of(found):
            if request.method == "POST" and not _sent_before(request):
                messages.warning(request, DECIDED)
            return redirect(here)
        raise Http404
    kind = PanelKind(found.panel.kind)
    form = DecideOnAdviceForm(
        request.POST or None, today=today, initial={"version": waiting.version}, outcomes=decisions_of(kind),
        keeps_turns=kind in FAIR_ACCESS_PANELS, not_offered=excluded_by(found.pupil, on=today),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = {"referral": found, "version": form.cleaned_data["version"], "word": form.word()}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.decide(by=request.user, at=timezone.now(), on=today, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this advice")
        except CANNOT as wrong:
            _say(form, wrong)
        else:
            messages.success(request, "Your decision is recorded. The letters can go out now.")
            return redirect(here)
    context = {"form": form, "referral": found, "back": back_to_referral(found)} | _advised(waiting)
    context["no_place"] = no_place_in_words(found, on=today)
    return render(request, "panels/decide_on_advice.html", context)


def _sent_before(request: StaffRequest) -> bool:
    """Tell whether it is this very form that decided, clicked twice: nothing that it says is lost then."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return False
    return form_use.used_before(by=request.user, token=token) is not None


def _say(form: DecideOnAdviceForm, wrong: Exception) -> None:
    if isinstance(wrong, Lacking):
        for lack in wrong.what:
            form.add_error(lack.part if lack.part in form.fields else None, lack.says)
    else:
        form.add_error(None, TIED if isinstance(wrong, service.MayNot) else NO_ADVICE)


def advice_context(referral: Referral) -> dict[str, Any]:
    """Return where a panel's advice on a referral stands: what waits, or what was advised and what an officer decided."""
    if not referral.decided_on:
        waiting = None if referral.withdrawn_at else selectors.waiting_of(referral)
        return {"waiting": waiting} | (_advised(waiting) if waiting else {})
    row = selectors.decided_of(referral)
    if row is None or row.decided_on != referral.decided_on:
        return {}
    return {
        "advised": row.advised,
        "officer_said": selectors.officer_in_words(row, row.item.record),
        "sat_on": row.item.sitting.on,
    }


def _advised(waiting: ItemRecord) -> dict[str, Any]:
    return {
        "advised": waiting.stands,
        "how": waiting.decided_how,
        "reasons": waiting.reasons,
        "sat_on": waiting.item.sitting.on,
    }
