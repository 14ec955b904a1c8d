from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires
from casework.roles import Permission
from casework.rules.calendar import NoTermDates
from casework.services import form_use
from exclusions.forms.corrections import BecauseForm, CorrectNoticeForm, RestoreForm, WithdrawOutcomeForm
from exclusions.forms.notice import REASON_FIELDS
from exclusions.models import Exclusion
from exclusions.rules.terms import OUTCOME_EVENT_LABELS, AvertedAfterGovernors, CancelledAfterGovernors
from exclusions.services import corrections, outcomes, preview, voiding
from exclusions.services.outcomes import ChangedMeanwhile
from exclusions.views.corrected import changes_in_words
from exclusions.views.exclusion import address, case_context, find


@requires(Permission.SEE_EXCLUSIONS, Permission.SEE_PUPILS, Permission.LOG_NOTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_notice(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "correct a notice")
    if found.voided_at:
        return redirect(address(found))
    form = CorrectNoticeForm(request.POST or None, by=request.user, today=today, exclusion=found)
    if request.method == "POST" and form.is_valid() and _reason_given(form, found):
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                corrections.correct(
                    by=request.user,
                    at=timezone.now(),
                    exclusion=found,
                    version=form.cleaned_data["version"],
                    corrected=form.corrected(),
                    because=form.cleaned_data["because"],
                )
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except ChangedMeanwhile:
            since = form.cleaned_data["version"]
            found.refresh_from_db(fields=["version"])
            form = form.reopened(version=found.version, what="this exclusion")
            for words in changes_in_words(found, since=since):
                form.add_error(None, words)
        except corrections.NothingChanged:
            form.add_error(None, "Nothing is changed: change what is wrong, or cancel")
        except corrections.OnlyOfPermanent:
            form.add_error("kind", "First take back what came of it and the steps that only a permanent exclusion has")
        else:
            messages.success(request, "The notice is corrected. What it said before stays below.")
            return redirect(address(found))
    context = case_context(found, today) | {
        "form": form,
        "reason_fields": [form[name] for name in REASON_FIELDS],
        "tried_fields": [form[name] for name in form.tried_fields],
        "frozen": [form[name] for name in form.frozen_fields],
        "ask_why": "recorded_because" in form.errors or bool(form["recorded_because"].value()),
    }
    return render(request, "exclusions/correct_notice.html", context)


@requires(Permission.SEE_EXCLUSIONS, Permission.LOG_NOTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def void_notice(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "void a notice")
    if found.voided_at:
        return redirect(address(found))
    form = BecauseForm(request.POST or None, today=today, initial={"version": found.version})
    said = "The notice is voided."
    return _with_a_reason(request, found, today, form, voiding.void, "exclusions/void_notice.html", said)


@requires(Permission.SEE_EXCLUSIONS, Permission.LOG_NOTICES)
@require_http_methods(["GET", "HEAD", "POST"])
def restore_notice(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    stands = Exclusion.objects.visible_to(request.user).standing().filter(case__reference=reference).first()
    if stands:
        # Nobody was shown anything yet, so there is nothing to audit.
        return redirect(address(stands))
    found = find(request, reference, today, "restore a notice")
    unusual = preview.unusual_once_restored(found)
    form = RestoreForm(request.POST or None, today=today, initial={"version": found.version}, unusual=unusual)
    said = "The notice stands again."
    return _with_a_reason(request, found, today, form, voiding.restore, "exclusions/restore_notice.html", said)


@requires(Permission.SEE_EXCLUSIONS, Permission.RECORD_OUTCOMES)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_outcome(request: StaffRequest, reference: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "take back what came of an exclusion")
    event = found.outcome_events.filter(pk=number).select_related("recorded_by").first()
    if event is None:
        raise Http404
    if event.withdrawn_at or found.voided_at:
        return redirect(address(found))
    label = OUTCOME_EVENT_LABELS[event.event].lower()
    form = WithdrawOutcomeForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                outcomes.withdraw(by=request.user, at=timezone.now(), event=event, because=form.cleaned_data["because"])
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except outcomes.AlreadyWithdrawn:
            return redirect(address(found))
        except (AvertedAfterGovernors, CancelledAfterGovernors) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, f"Taken back: {label}.")
            return redirect(address(found))
    context = case_context(found, today) | {"form": form, "event": event, "label": label}
    return render(request, "exclusions/withdraw_outcome.html", context)


def _with_a_reason(
    request: StaffRequest,
    found: Exclusion,
    today: date,
    form: BecauseForm,
    service: Callable[..., Any],
    template: str,
    said: str,
) -> HttpResponse:
    """Do what a service does to a whole notice, with a reason."""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                service(
                    by=request.user,
                    at=timezone.now(),
                    exclusion=found,
                    version=data["version"],
                    because=data["because"],
                )
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except ChangedMeanwhile:
            found.refresh_from_db(fields=["version"])
            form = form.reopened(version=found.version, what="this exclusion")
        else:
            messages.success(request, said)
            return redirect(address(found))
    return render(request, template, case_context(found, today) | {"form": form})


def _reason_given(form: CorrectNoticeForm, found: Exclusion) -> bool:
    """Ask why, at the field, when the corrected notice is unusual and nobody has said."""
    try:
        unusual = preview.unusual_once_corrected(form.notice(), found)
    except NoTermDates as gap:
        form.add_error("last_day", f"No term dates are held for {gap.on:%A} {gap.on.day} {gap.on:%B %Y}")
        return False
    if form.cleaned_data.get("recorded_because"):
        return True
    for what in unusual:
        form.add_error("recorded_because", f"{what}. If it did happen, say why it is recorded")
    return not unusual
