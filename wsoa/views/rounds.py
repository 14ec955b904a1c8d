from collections.abc import Callable
from datetime import date
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
from wsoa.forms.rounds import ChaseForm, OpenRoundForm, RoundForm
from wsoa.models import Plan, Round, RoundAsk, RoundState
from wsoa.rules.rounds import BOARD_LABELS, STAGE_LABELS, Board, Stage
from wsoa.rules.terms import STATE_LABELS, State
from wsoa.selectors import rounds as selectors
from wsoa.selectors.vacant import vacant_leads
from wsoa.services import asks
from wsoa.services import rounds as service
from wsoa.views.finding import action_href, back_to, plan_of
from wsoa.views.plan import plan_context
from wsoa.views.presenting import ask_row, chosen, many, state_tag

STALE = "Somebody closed, opened again or approved this round meanwhile: open its page again"
CHANGES = {
    "done": "Done", "late": "Now overdue", "otherwise": "Changed otherwise", "added": "Added", "gone": "Set aside",
}  # fmt: skip
CHANGED = {"changed": "What changed since the round before"}


@requires(Permission.SEE_PLANS)
@require_safe
def rounds(request: StaffRequest, code: str) -> HttpResponse:
    plan = plan_of(code)
    page = Paginator(selectors.listed(plan), 50).get_page(request.GET.get("page"))
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    context = plan_context(plan, "rounds") | {
        "columns": [
            *columns("Round", "For", "Opened", "Answers by"),
            {"text": "Answered", "numeric": True},
            *columns("Stage"),
        ],
        "rows": [{"cells": _cells(plan, each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "may_open": may_keep and not plan.rounds.filter(locked_at__isnull=True).exists(),
        "next_rounds": [
            f"{BOARD_LABELS[board]}: the next is to open on {day_in_full(on)}"
            for board, on in selectors.next_rounds(plan)
        ],
    }
    return render(request, "wsoa/rounds.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def round_(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    found = _round(plan, number)
    context = {
        "plan": plan,
        "round": found,
        "stage": STAGE_LABELS[found.stage],
        "board": BOARD_LABELS[found.board],
        "locked": found.stage is Stage.LOCKED,
        "back": {"text": "Rounds", "href": reverse("wsoa:rounds", args=[plan.code])},
        **(_locked(request, plan, found) if found.stage is Stage.LOCKED else _asking(request, plan, found)),
    }
    return render(request, "wsoa/round.html", context)


def _locked(request: StaffRequest, plan: Plan, found: Round) -> dict[str, Any]:
    priorities = {str(each.position): str(each) for each in plan.priorities.order_by("position")}
    state, priority = chosen(request.GET, "state", STATE_LABELS), chosen(request.GET, "priority", priorities)
    show = chosen(request.GET, "show", CHANGED)
    kept = selectors.states(found, changed=bool(show))
    kept = kept.filter(state=state) if state else kept
    kept = kept.filter(priority__position=int(priority)) if priority else kept
    page = Paginator(kept, 50).get_page(request.GET.get("page"))
    return {
        "filters": [
            ("priority", "Priority", "Every priority", priority, list(priorities.items())),
            ("state", "State", "Every state", state, list(STATE_LABELS.items())),
            ("show", "Show", "Every action", show, list(CHANGED.items())),
        ],
        "caption": "Where each action stood",
        "columns": columns("Reference", "Action", "Priority", "State then", "The round before", "Why"),
        "rows": [{"cells": _state_cells(plan, each)} for each in page],
        "page": page,
        "pagination": page_links(request, page),
    }


def _asking(request: StaffRequest, plan: Plan, found: Round) -> dict[str, Any]:
    show = chosen(request.GET, "show", selectors.ASKS_SHOWN)
    page = Paginator(selectors.asks(found, show=show), 50).get_page(request.GET.get("page"))
    asked = selectors.asked(found)
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    is_open = found.stage is Stage.OPEN
    return {
        "filters": [("show", "Show", "Every ask", show, list(selectors.ASKS_SHOWN.items()))],
        "caption": "What the round asks",
        "columns": columns("Reference", "Action", "Lead", "Asked", "Answer"),
        "rows": [ask_row(each, plan.code, on=timezone.localdate()) for each in page],
        "page": page,
        "pagination": page_links(request, page),
        "asked": asked,
        "vacant": vacant_leads(on=timezone.localdate(), plan=plan),
        "actions_asked": many(asked.actions, "action"),
        "may_close": may_keep and is_open,
        "may_chase": may_keep and is_open and asked.answered < asked.actions,
        "may_reopen": may_keep and not is_open,
        "may_lock": may_keep and not is_open and found.closed_by_id != request.user.pk,
        "closed_by_them": may_keep and not is_open and found.closed_by_id == request.user.pk,
    }


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: StaffRequest, code: str) -> HttpResponse:
    plan, today = plan_of(code), timezone.localdate()
    here = reverse("wsoa:rounds", args=[plan.code])
    form = OpenRoundForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        put: list[RoundAsk] = []
        due, board = form.cleaned_data["due"], Board(form.cleaned_data["board"])
        try:
            send_once(
                request, form, leads_to=here, do=lambda: put.extend(_open_and_ask(request, plan, due=due, board=board))
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.DueBeforeItOpens:
            form.add_error("due", "The day must be today or later")
        except service.AlreadyOpen as already:
            form.add_error(None, f"Round {already.number} is open: close it first")
        except service.NotApproved as last:
            form.add_error(None, f"Round {last.number} is closed and not approved yet: approve it first")
        except service.BeforeLast as last:
            form.add_error(
                None, f"The last round closed on {day_in_full(last.closed_on)}: the next opens on a later day"
            )
        except service.PlanClosed:
            form.add_error(None, "This plan has closed: it has no more rounds")
        else:
            messages.success(request, _opened(put, due))
            return redirect(here)
    return render(request, "wsoa/open_round.html", {"form": form, "plan": plan, "back": back_to(plan)})


def _opened(put: list[RoundAsk], due: date) -> str:
    """Return what is said of a round that has opened: how many leads are asked, each by one mail."""
    leads = len({ask.recipient for ask in put if ask.recipient})
    if leads:
        are = "is" if leads == 1 else "are"
        return f"The round is open and {many(leads, 'lead')} {are} asked by mail. Answers are wanted by {day_in_full(due)}."
    if not put:
        return "The round is open. Every action is done: nobody is asked."
    return "The round is open. Nobody could be asked: give the leading roles to somebody, or answer for them here."


def _open_and_ask(request: StaffRequest, plan: Plan, **facts: Any) -> list[RoundAsk]:
    now = timezone.now()
    opened = service.open_round(by=request.user, plan=plan, on=timezone.localdate(now), **facts)
    return asks.ask_leads(by=request.user, at=now, round_=opened, site=request.build_absolute_uri("/"))


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    found = _round(plan, number)
    here = reverse("wsoa:round", args=[plan.code, found.number])
    form = ChaseForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"due": max(found.due, timezone.localdate())},
    )
    asked, written = selectors.asked(found), list[int]()
    if request.method == "POST" and form.is_valid():
        facts = {
            "by": request.user, "at": timezone.now(), "on": timezone.localdate(), "round_": found,
            "due": form.cleaned_data["due"], "site": request.build_absolute_uri("/"),
        }  # fmt: skip
        try:
            send_once(request, form, leads_to=here, do=lambda: written.append(asks.chase(**facts)))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except asks.BadDay:
            form.add_error("due", f"Choose today or a later day, not before {day_in_full(found.due)}")
        except asks.NothingToChase:
            form.add_error(None, "Everybody who could be asked has answered: there is nobody to chase")
        except asks.RoundClosed:
            form.add_error(None, "This round has closed: open it again to chase")
        else:
            leads = sum(written)
            messages.success(
                request,
                f"{many(leads, 'lead')} who {'has' if leads == 1 else 'have'} not answered {'is' if leads == 1 else 'are'} asked again.",
            )
            return redirect(here)
    context = {
        "form": form, "plan": plan, "round": found, "waiting": many(asked.actions - asked.answered, "action"),
        "unreached": asked.unreached,
        "back": {"text": f"Round {found.number}", "href": here},
    }  # fmt: skip
    return render(request, "wsoa/chase.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: StaffRequest, code: str, number: int) -> HttpResponse:
    today = timezone.localdate()
    return _step(
        request, code, number, stage=Stage.OPEN, template="wsoa/close_round.html",
        said="The round is closed to answers. Somebody else approves it.",
        do=lambda held, version: service.close_round(by=request.user, round_=held, version=version, on=today),
    )  # fmt: skip


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: StaffRequest, code: str, number: int) -> HttpResponse:
    return _step(
        request, code, number, stage=Stage.CLOSED, template="wsoa/reopen_round.html",
        said="The round is open for answers again.",
        do=lambda held, version: service.reopen_round(by=request.user, round_=held, version=version),
    )  # fmt: skip


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def lock_round(request: StaffRequest, code: str, number: int) -> HttpResponse:
    at, plan = timezone.now(), plan_of(code)
    found = _round(plan, number)
    if request.method != "POST" and found.stage is Stage.CLOSED and found.closed_by_id == request.user.pk:
        # Its page says that somebody else approves it.
        return redirect(reverse("wsoa:round", args=[plan.code, found.number]))
    return _step(
        request, code, number, stage=Stage.CLOSED, template="wsoa/lock_round.html",
        said="The round is approved. Where every action stood is kept, and changes no more.",
        do=lambda held, version: service.lock_round(by=request.user, at=at, round_=held, version=version),
        more=lambda plan, held: _to_approve(request, plan, held),
    )  # fmt: skip


def _to_approve(request: StaffRequest, plan: Plan, found: Round) -> dict[str, Any]:
    page = Paginator(found.stood or [], 50).get_page(request.GET.get("page"))
    changed = selectors.changes_by_priority(found)
    return {
        "first": changed is None,
        "changes": sum(each.number for _, each in changed or []),
        "change_columns": [*columns("Priority"), *({"text": text, "numeric": True} for text in CHANGES.values())],
        "change_rows": [
            {
                "cells": [
                    {"text": str(priority), "header": True},
                    *({"text": str(len(getattr(each, name))), "numeric": True} for name in CHANGES),
                ]
            }
            for priority, each in changed or []
        ],
        "columns": columns("Reference", "Action", "Priority", "State", "Why"),
        "rows": [{"cells": _held_cells(plan, each)} for each in selectors.held(list(page))],
        "page": page,
        "pagination": page_links(request, page),
    }


def _step(
    request: StaffRequest,
    code: str,
    number: int,
    *,
    stage: Stage,
    template: str,
    said: str,
    do: Callable[[Round, int], Any],
    more: Callable[[Plan, Round], dict[str, Any]] = lambda plan, found: {},
) -> HttpResponse:
    """Take a round one step on: a page that says what the step does, and a form in which nothing is typed."""
    plan = plan_of(code)
    found = _round(plan, number)
    here = reverse("wsoa:round", args=[plan.code, found.number])
    if request.method != "POST" and found.stage is not stage:
        return redirect(here)
    form = RoundForm(request.POST or None, today=timezone.localdate(), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            send_once(request, form, leads_to=here, do=lambda: do(found, version))
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Stale:
            form.add_error(None, STALE)
        except service.ClosedByThem:
            form.add_error(None, "You closed this round: somebody else approves it")
        else:
            messages.success(request, said)
            return redirect(here)
    context = {
        "form": form, "plan": plan, "round": found, "asked": selectors.asked(found),
        "back": {"text": f"Round {found.number}", "href": here},
    }  # fmt: skip
    return render(request, template, context | more(plan, found))


def _round(plan: Plan, number: int) -> Round:
    found = plan.rounds.select_related("closed_by", "locked_by").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _cells(plan: Plan, each: Any) -> list[dict[str, Any]]:
    return [
        {
            "text": f"Round {each.number}",
            "href": reverse("wsoa:round", args=[plan.code, each.number]),
            "header": True,
        },
        {"text": BOARD_LABELS[each.board]},
        {"text": day_in_full(each.opened_on)},
        {"text": day_in_full(each.due)},
        {"text": f"{each.answered} of {each.asked}" if each.asked else "Nobody was asked", "numeric": True},
        {"text": STAGE_LABELS[each.stage], "second": f"closed {day_in_full(each.closed_on)}" if each.closed_on else ""},
    ]


def _state_cells(plan: Plan, kept: RoundState) -> list[dict[str, Any]]:
    before = getattr(kept, "before", None)
    *cells, why = _held_cells(plan, kept)
    return [*cells, {"text": STATE_LABELS[before] if before else "Not in it", "empty": not before}, why]


def _held_cells(plan: Plan, kept: RoundState) -> list[dict[str, Any]]:
    over = f"The rule said {STATE_LABELS[kept.proposed].lower()}" if kept.proposed != kept.state else ""
    return [
        {"text": kept.place.reference or "None", "empty": not kept.place.reference},
        {"text": kept.place.action.title, "href": action_href(kept.place, plan.code), "header": True},
        {"text": str(kept.priority)},
        {"tag": state_tag(State(kept.state))},
        {"text": kept.because, "second": over},
    ]
