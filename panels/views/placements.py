from datetime import date
from typing import Any

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
from casework.policy import requires
from casework.roles import Permission
from casework.services import form_use, pupils
from casework.views.paging import page_links
from casework.views.sending import send_once
from casework.views.tables import columns, day_in_full
from panels.forms.placements import PlacementFilter, PlacementStepForm, TakeBackForm
from panels.models import Panel, Referral
from panels.rules.placement import StageLine
from panels.rules.placement_order import applies, in_words
from panels.rules.placement_terms import HOLDER_LABELS, SAID_NO, STAGE_LABELS, STEP_LABELS, Step
from panels.selectors import placements as selectors
from panels.selectors.leaving_roll import roll_undone, rolls_left
from panels.selectors.placement_list import SHOWS, listed, shares_of
from panels.selectors.placements import Placement
from panels.services import placements as service
from panels.views.finding import back_to, back_to_referral, panel_of, referral_address, referral_of
from panels.views.placement_table import due_cell, lasting_table, state_tag, step_context

A_PAGE = 50
NO_LONGER = "Another school was named meanwhile, or none. Open the referral again"


@requires(Permission.SEE_PANELS, Permission.SEE_PUPILS)
@require_safe
def placements(request: StaffRequest, code: str) -> HttpResponse:
    """List a panel's placements: those under way, or what the address asks for, the late ones first."""
    today = timezone.localdate()
    panel = panel_of(request.user, code, on=today)
    show = PlacementFilter(request.GET).chosen()
    page = Paginator(listed(request.user, panel, on=today, show=show), A_PAGE).get_page(request.GET.get("page"))
    shown = selectors.placements_of(list(page), on=today)
    record_reading(
        by=request.user, at=timezone.now(), pupils=[each.referral.pupil_id for each in shown],
        surface="placements of a panel", request=request_id(),
    )  # fmt: skip
    context = {
        "panel": panel,
        "show": show,
        "shows": SHOWS.items(),
        "columns": columns("Referral", "School", "Next", "Who", "Due", "Where it stands"),
        "rows": [{"cells": _cells(panel, each, today)} for each in shown],
        "lasting": lasting_table(shares_of(request.user, panel, on=today)),
        "page": page,
        "pagination": page_links(request, page),
        "back": back_to(panel),
    }
    return render(request, "panels/placements.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_placement_step(request: StaffRequest, code: str, referral: str, step: str) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="record a step of a placement")
    kind, here = _step(step), referral_address(found)
    placement = _placement(found, today)
    if not applies(kind, placement.facts):
        raise Http404
    rolls = rolls_left(found.pupil, placement.school, on=today, today=today) if kind is Step.ON_ROLL else ()
    form = PlacementStepForm(
        request.POST or None, step=kind, today=today, initial={"version": placement.version, "on": today},
        asks_of_review=any(each.found and each.found.asks for each in rolls),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        taken = form.taken(kind)
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.record(
                    by=request.user, at=timezone.now(), on=today, referral=found,
                    version=form.cleaned_data["version"], taken=taken,
                ),
            )  # fmt: skip
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale as stale:
            form = form.reopened(version=stale.version, what="this placement")
        except CANNOT as wrong:
            form.add_error(*_about(wrong))
        else:
            messages.success(request, f"Recorded: {in_words(kind)}.{_then(kind)}")
            return redirect(here)
    context = step_context(placement, kind, rolls) | {"form": form, "back": back_to_referral(found)}
    return render(request, "panels/record_placement_step.html", context)


@requires(Permission.PREPARE_PANELS, Permission.SEE_PUPILS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_placement_step(request: StaffRequest, code: str, referral: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    found = referral_of(request, code, referral, on=today, surface="take back a step of a placement")
    row = found.placement_steps.select_related("school", "referral__pupil", "spell").filter(pk=number).first()
    if row is None:
        raise Http404
    here = referral_address(found)
    if row.withdrawn_at:
        return redirect(here)
    form = TakeBackForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        because, undone = form.cleaned_data["because"], list[bool]()
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: undone.append(
                    service.take_back(by=request.user, at=timezone.now(), on=today, step=row, because=because)
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.AlreadyTakenBack:
            return redirect(here)
        except service.AnsweredBy as answered:
            form.add_error(None, f"First take back what answers it: {in_words(answered.step)}")
        except service.FollowedUp:
            form.add_error(None, "First take back the follow-ups, which are counted from this day")
        else:
            of_roll = ROLL_UNDONE[any(undone)] if row.step == Step.ON_ROLL else ""
            messages.success(request, f"Taken back: {in_words(Step(row.step))}.{of_roll}")
            return redirect(here)
    context = {
        "form": form, "referral": found, "row": row, "label": STEP_LABELS[row.step],
        "of_roll": row.step == Step.ON_ROLL, "roll": roll_undone(row), "back": back_to_referral(found),
    }  # fmt: skip
    return render(request, "panels/take_back_placement_step.html", context)


ROLL_UNDONE = {True: " The roll is as it was before.", False: " The roll stays as it is."}
CANNOT = (
    service.NoPlacement,
    service.CannotBeTaken,
    service.WrongDay,
    service.ReasonsWanted,
    service.YearGroupUnknown,
    service.StillOnRoll,
    pupils.BeginsThatDay,
)


def _about(wrong: Exception) -> tuple[str | None, str]:
    """Return at which field a refusal to record is shown, and its words."""
    if isinstance(wrong, service.WrongDay):
        return "on", wrong.says
    if isinstance(wrong, pupils.BeginsThatDay):
        return (
            "on",
            "The child is on another school’s roll from that very day. Put that right on the child’s page first",
        )
    if isinstance(wrong, service.YearGroupUnknown):
        return None, "Nobody has said which year group the child is in. Put the child on the roll on the child’s page"
    if isinstance(wrong, service.ReasonsWanted):
        return "words", "Write the reasons that the school gave"
    if isinstance(wrong, service.StillOnRoll):
        return "on" if wrong.by_day else None, wrong.says
    if isinstance(wrong, service.CannotBeTaken):
        return None, wrong.says
    return None, NO_LONGER


def _then(step: Step) -> str:
    return " The placement goes back to the panel: refer the child again." if step in SAID_NO else ""


def _step(text: str) -> Step:
    try:
        return Step(text.replace("-", "_"))
    except ValueError:
        raise Http404 from None


def _placement(referral: Referral, on: date) -> Placement:
    found = selectors.placement_of(referral, on=on)
    if found is None:
        raise Http404
    return found


def _cells(panel: Panel, placement: Placement, on: date) -> list[dict[str, Any]]:
    line, referral = placement.current, placement.referral
    href = f"{reverse('panels:referral', args=[panel.code, referral.reference])}#placement"
    first: list[dict[str, Any]] = [
        {"text": referral.reference, "href": href, "header": True, "second": referral.pupil.name},
        {"text": placement.school.name, "second": _said(placement)},
    ]
    if line is None:
        return [*first, {"text": "Nothing is left to do"}, {"text": ""}, {"text": ""}, {"text": ""}]
    if isinstance(line, StageLine):
        stage, who = STAGE_LABELS[line.stage], HOLDER_LABELS[line.holder]
        due: dict[str, Any] = due_cell(line, placement.calendar, on=on)
    else:
        stage, who, due = f"Follow-up at {line.weeks} weeks", HOLDER_LABELS["clerk"], {"text": day_in_full(line.due)}
    return [*first, {"text": stage}, {"text": who}, due, {"tag": state_tag(line)}]


def _said(placement: Placement) -> str:
    if placement.started:
        return f"started {day_in_full(placement.facts.steps[Step.STARTED])}"
    if placement.facts.refused:
        return "refused"
    return "agreed" if Step.ACCEPTED in placement.facts.steps else ""
