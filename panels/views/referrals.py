from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import Pupil
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from exclusions.models import Exclusion
from exclusions.rules.fair_access_categories import NoCommonList
from exclusions.rules.sources import cite
from panels.forms.referrals import ReferForm, ReferralFilter, WithdrawReferralForm
from panels.models import Referral
from panels.rules.advice import WAITS
from panels.rules.refusals import Refused
from panels.rules.terms import LAWFUL_ROUTE_LABELS, SpecialistDecision
from panels.rules.versions import NoTerms
from panels.selectors import referrals as selectors
from panels.selectors.advice import waiting_among
from panels.selectors.child_facts import latest_permanent
from panels.selectors.placement_list import shares_of
from panels.selectors.placements import placement_of
from panels.selectors.placing import no_place_in_words
from panels.services import referrals as service
from panels.views.advice import advice_context
from panels.views.finding import back_if_closed, back_to, back_to_referral, panel_of, referral_address, referral_of
from panels.views.placement_table import lasting_table, placement_context
from panels.views.referral_page import referral_context, with_actions

A_PAGE = 50
STILL_LISTED = "It stands on the agenda of a sitting: take it off there first"
CANNOT: dict[type[Exception], str] = {
    # Says nothing of whether a referral stands that the person may not see.
    service.MayBeTied: "A colleague must refer this child: you may be tied to the child, or to a school concerned",
    service.AlreadyReferred: "The child is referred to this panel already: open that referral, or withdraw it",
    NoTerms: "This panel has no terms in force today: ask an administrator to add them",
    NoCommonList: "The thirteen categories are in force from 1 September 2021",
}


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: StaffRequest) -> HttpResponse:
    """Refer the child of an exclusion, or the child, that the address names by what names nobody."""
    today = timezone.localdate()
    pupil = _child(request)
    if pupil is None:
        return render(request, "panels/refer_whom.html", {"back": _panels()})
    exclusion = latest_permanent(pupil, on=today)
    sent = selectors.sent_on(request.user, pupil, on=today)
    initial: dict[str, Any] = {"route": service.usual_way(exclusion, sent).value, "assessed_on": today}
    if sent:
        panel = selectors.fair_access_panel(pupil, on=today)
        initial |= {"panel": panel.code if panel else "", "take_papers": True}
    form = ReferForm(request.POST or None, today=today, initial=initial, sent=sent)
    context: dict[str, Any] = {
        "form": form, "pupil": pupil, "exclusion": exclusion, "sent": sent, "back": _back(pupil, exclusion),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = _referred(request, form, pupil)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.MayNotTake as may_not:
            form.add_error("panel", f"This panel may not take the child. {may_not.refused.reason}")
            context["refused"] = _refused(may_not.refused)
        except tuple(CANNOT) as wrong:
            form.add_error("panel", CANNOT[type(wrong)])
        else:
            messages.success(request, f"The child is referred. The referral is {made.reference}.")
            return redirect(referral_address(made))
    return render(request, "panels/refer.html", context)


@requires(Permission.SEE_PANELS, Permission.SEE_PUPILS)
@require_safe
def referrals(request: StaffRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    state = ReferralFilter(request.GET).chosen()
    found = selectors.listed(request.user, panel, on=today, state=state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    waiting = waiting_among(shown)
    record_reading(
        by=request.user, at=timezone.now(), pupils=[each.pupil_id for each in shown], surface="referrals to a panel",
        request=request_id(),
    )  # fmt: skip
    context = {
        "panel": panel,
        "state": state,
        "states": selectors.STATES.items(),
        "columns": columns("Referral", "Child", "How the child comes", "Referred on", "Where it stands"),
        "rows": [{"cells": _cells(panel.code, each, waits=each.pk in waiting)} for each in shown],
        "page": page,
        "pagination": page_links(request, page),
        "back": back_to(panel),
    }
    return render(request, "panels/referrals.html", context)


@requires(Permission.SEE_PANELS, Permission.SEE_PUPILS)
@require_safe
def referral(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="referral to a panel")
    context = referral_context(found, on=today)
    context["advice"] = advice_context(found)
    if context["advice"].get("waiting"):
        context["no_place"] = no_place_in_words(found, on=today)
    context["listed"] = selectors.listed_at(found, on=today) if context["is_open"] else None
    context["may_decide"] = has_permission(request.user, Permission.DECIDE_ON_ADVICE)
    context["may_write"] = has_permission(request.user, Permission.PREPARE_PANELS) and context["is_open"]
    context["may_change"] = context["may_write"] and not context["advice"].get("waiting")
    if context["may_change"]:
        context |= with_actions(context)
    if context["is_open"]:
        context["lasting"] = lasting_table(shares_of(request.user, found.panel, on=today))
    placement = placement_of(found, on=today)
    if placement:
        may_write = has_permission(request.user, Permission.PREPARE_PANELS)
        context["placement"] = placement_context(placement, on=today, may_write=may_write)
    if found.outcome == SpecialistDecision.MAINSTREAM:
        context |= _sent_on(request, found, on=today)
    context["back"] = {
        "text": f"Referrals to {found.panel.name}",
        "href": reverse("panels:referrals", args=[found.panel.code]),
    }
    return render(request, "panels/referral.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_referral(request: StaffRequest, code: str, referral: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="withdraw a referral")
    here = referral_address(found)
    if (back := back_if_closed(request, found)) is not None:
        return back
    if request.method != "POST" and selectors.listed_at(found, on=today):
        messages.warning(request, f"{STILL_LISTED}.")
        return redirect(here)
    form = WithdrawReferralForm(request.POST or None, today=today, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("because", "version")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.withdraw(by=request.user, at=timezone.now(), on=today, referral=found, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.NotOpen:
            form.add_error(None, "This referral is withdrawn or decided already")
        except service.StillListed:
            form.add_error(None, STILL_LISTED)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this referral")
        else:
            messages.success(request, "The referral is withdrawn. It stays on file.")
            return redirect(here)
    context = {"form": form, "referral": found, "back": back_to_referral(found)}
    return render(request, "panels/withdraw_referral.html", context)


def _sent_on(request: StaffRequest, sent: Referral, *, on: date) -> dict[str, Any]:
    """Return what followed when the specialists sent the child on, or where to refer the child next."""
    followed = selectors.followed_by(request.user, sent, on=on)
    if followed:
        return {"followed": followed, "followed_href": referral_address(followed)}
    # A word from before a new exclusion, or one that a later word replaced, sends nobody on.
    stands = selectors.sent_on(request.user, sent.pupil, on=on) == sent
    if not stands or not has_permission(request.user, Permission.PREPARE_PANELS):
        return {}
    return {"refer_on": f"{reverse('panels:refer')}?pupil={sent.pupil.public_id}"}


def _child(request: StaffRequest) -> Pupil | None:
    """Return the child whom the address names, having recorded that the record is read; None where it names none."""
    case, number = request.GET.get("case", ""), request.GET.get("pupil", "")
    children = Pupil.objects.visible_to(request.user).select_related("home_authority")
    if case:
        exclusion = Exclusion.objects.visible_to(request.user).standing().filter(case__reference=case).first()
        found = children.filter(cases__exclusion=exclusion).first() if exclusion else None
    elif number:
        found = children.filter(public_id=number).first() if _is_uuid(number) else None
    else:
        return None
    if found is None:
        raise Http404
    child: Pupil = found
    record_reading(
        by=request.user, at=timezone.now(), pupils=[child.pk], surface="refer to a panel", request=request_id()
    )
    return child


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _referred(request: StaffRequest, form: ReferForm, pupil: Pupil) -> Referral:
    made: list[Referral] = []
    data = form.cleaned_data

    def do() -> None:
        made.append(
            service.refer(
                by=request.user,
                at=timezone.now(),
                on=timezone.localdate(),
                panel=data["panel"],
                pupil=pupil,
                said=form.said(),
                papers_of=form.papers_of(),
            )
        )

    # Where it leads is known only once it is made; a second click is led to the list, where it stands.
    send_once(request, form, leads_to=reverse("panels:referrals", args=[data["panel"].code]), do=do)
    return made[0]


def _refused(refused: Refused) -> dict[str, Any]:
    return {
        "reason": refused.reason,
        "instead": LAWFUL_ROUTE_LABELS[refused.instead],
        "do": refused.do,
        "rule": "the panel’s terms" if refused.rule == "terms" else refused.rule,
        "source": cite(refused.source),
        "working": refused.working,
    }


def _panels() -> dict[str, Any]:
    return {"text": "Panels", "href": reverse("panels:panels")}


def _back(pupil: Pupil, exclusion: Exclusion | None) -> dict[str, Any]:
    if exclusion:
        reference = exclusion.case.reference
        return {"text": f"Exclusion {reference}", "href": reverse("exclusions:exclusion", args=[reference])}
    return {"text": "The child’s page", "href": reverse("casework:pupil", args=[pupil.public_id])}


def _cells(code: str, row: Referral, *, waits: bool) -> list[dict[str, Any]]:
    return [
        {"text": row.reference, "href": reverse("panels:referral", args=[code, row.reference]), "header": True},
        {"text": row.pupil.name, "second": f"case {row.exclusion.case.reference}" if row.exclusion else ""},
        {"text": row.get_route_display(), "second": row.exclusion.school.name if row.exclusion else ""},
        {"text": day_in_full(row.referred_on)},
        {"text": WAITS if waits else _stands(row), "second": day_in_full(row.decided_on) if row.decided_on else ""},
    ]


def _stands(row: Referral) -> str:
    if row.withdrawn_at:
        return "Withdrawn"
    return row.get_outcome_display() if row.decided_on else "To be heard"
