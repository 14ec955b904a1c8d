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
from casework.services import form_use
from exclusions.forms.steps import StepForm, WithdrawStepForm
from exclusions.models import Exclusion, Step
from exclusions.rules.steps import PERMANENT_ONLY, STEP_LABELS
from exclusions.rules.steps import Step as StepKind
from exclusions.rules.terms import OUTCOME_EVENT_LABELS, Kind
from exclusions.selectors.duties import letter_elements
from exclusions.services import steps
from exclusions.services.outcomes import ChangedMeanwhile
from exclusions.views.exclusion import address, case_context, find


@requires(Permission.SEE_EXCLUSIONS, Permission.RECORD_STEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_step(request: StaffRequest, reference: str, step: str) -> HttpResponse:
    today = timezone.localdate()
    name = step.replace("-", "_")
    if name not in STEP_LABELS:
        raise Http404
    found = find(request, reference, today, "record a step")
    if name in PERMANENT_ONLY and found.kind != Kind.PERMANENT:
        raise Http404
    if found.voided_at:
        return redirect(address(found))
    elements = letter_elements(found) if name == StepKind.PARENT_LETTER else ()
    form = StepForm(
        request.POST or None,
        step=name,
        today=today,
        elements=elements,
        initial={"version": found.version, "on": today, "method": "hand"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                _record(request, found, name, form)
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except ChangedMeanwhile:
            found.refresh_from_db(fields=["version"])
            form = form.reopened(version=found.version, what="this exclusion")
        except (steps.AlreadyRecorded, steps.BeforeTheExclusion, steps.BeforeItsCause, steps.EndedBefore) as wrong:
            form.add_error("on", _about_the_day(wrong))
        else:
            messages.success(request, f"Recorded: {STEP_LABELS[name].lower()}.")
            return redirect(address(found))
    context = case_context(found, today) | {"form": form, "label": STEP_LABELS[name]}
    return render(request, "exclusions/record_step.html", context)


@requires(Permission.SEE_EXCLUSIONS, Permission.RECORD_STEPS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_step(request: StaffRequest, reference: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "take back a step")
    step = found.steps.filter(pk=number).first()
    if step is None:
        raise Http404
    if step.withdrawn_at or found.voided_at:
        return redirect(address(found))
    form = WithdrawStepForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                steps.withdraw(by=request.user, at=timezone.now(), step=step, because=form.cleaned_data["because"])
                form_use.led_to(used, address=address(found))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except steps.AlreadyWithdrawn:
            return redirect(address(found))
        except steps.BeforeItsCause as answered:
            form.add_error(None, f"First take back what answers it: {STEP_LABELS[answered.after].lower()}")
        else:
            messages.success(request, f"Taken back: {STEP_LABELS[step.step].lower()}.")
            return redirect(address(found))
    context = case_context(found, today) | {"form": form, "step": step, "label": STEP_LABELS[step.step]}
    return render(request, "exclusions/withdraw_step.html", context)


def _about_the_day(wrong: Exception) -> str:
    if isinstance(wrong, steps.EndedBefore):
        said = OUTCOME_EVENT_LABELS[wrong.event].lower()
        return f"By this day the file says: {said}. If the governors did decide, record what came of it first"
    if isinstance(wrong, steps.BeforeItsCause):
        return f"It cannot come before this is on the file: {STEP_LABELS[StepKind(wrong.after)].lower()}"
    if isinstance(wrong, steps.AlreadyRecorded):
        return "That is recorded already for this day"
    return "The day must not come before the exclusion was decided"


def _record(request: StaffRequest, found: Exclusion, step: str, form: StepForm) -> Step:
    data: dict[str, Any] = form.cleaned_data
    taken = steps.Taken(
        step=step,
        on=data["on"],
        method=data.get("method", ""),
        representations=data.get("representations", False),
        exam_on=data.get("exam_on"),
        evidence=data["evidence"],
        points=form.points_told,
    )
    return steps.record(by=request.user, at=timezone.now(), exclusion=found, version=data["version"], taken=taken)
