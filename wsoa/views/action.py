from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
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
from wsoa.forms.actions import BY_RULE, MoveDateForm, StateForm, UpdateForm
from wsoa.models import ActionPlace, ActionUpdate, DateMove, Evidence, RoundState, StateChoice
from wsoa.rules.terms import LEAD, STATE_LABELS, State
from wsoa.rules.written_dates import WrittenDate
from wsoa.selectors.action_page import ActionPage, Part, action_page
from wsoa.selectors.heat_map import ROUNDS_SHOWN
from wsoa.services import actions as service
from wsoa.views.finding import action_href, back_to, place_of, plan_of
from wsoa.views.presenting import round_number, speaker, state_tag, wait_row

RETIRED = "This action was set aside: nothing more is said of it"


@requires(Permission.SEE_PLANS)
@require_safe
def action(request: StaffRequest, code: str, number: int) -> HttpResponse:
    plan = plan_of(code)
    place = place_of(plan, number)
    page = action_page(place, on=timezone.localdate(), last=round_number(request.GET.get("last", "")))
    said = Paginator(page.updates, 20).get_page(request.GET.get("page"))
    stands = page.now.standing
    may_keep = has_permission(request.user, Permission.KEEP_PLANS)
    context = {
        "plan": plan,
        "place": place,
        "action": place.action,
        "tag": state_tag(stands.state),
        "standing": stands,
        "rule_tag": state_tag(stands.proposed.state),
        "facts": _facts(page),
        "history": page.history,
        "history_rows": _history(page.history, code),
        "earlier_href": f"?last={page.history[0].round.number - 1}" if page.earlier else "",
        "later_href": f"?last={page.history[-1].round.number + ROUNDS_SHOWN}" if page.later else "",
        "overridden": sum(each.state != each.proposed for each in page.history),
        "evidence_columns": [
            *columns("What it is", "File", "Added"),
            *([{"text": "Actions", "hidden": True}] if may_keep else []),
        ],
        "evidence_rows": [_evidence_row(each, place, code, may_keep=may_keep) for each in page.evidence],
        "wait_columns": [
            *columns("Action", "Plan", "Date, as written", "State today"),
            *([{"text": "Actions", "hidden": True}] if may_keep else []),
        ],
        "wait_rows": [wait_row(each, place, code, may_keep=may_keep) for each in page.waits_for],
        "waited_columns": columns("Action", "Plan", "Date, as written", "State today"),
        "waited_rows": [wait_row(each, place, code) for each in page.waited_for_by],
        "part_columns": columns("Role", "Part", "Holder today"),
        "part_rows": [_part_row(part) for part in page.parts],
        "update_columns": [
            *columns("As at", "What was said"),
            {"text": "Done", "numeric": True},
            *columns("Schedule", "By"),
        ],
        "update_rows": [_update_row(each) for each in said],
        "page": said,
        "pagination": page_links(request, said),
        "choice_columns": columns("Decided", "Set to", "The rule said", "Why", "By"),
        "choice_rows": [_choice_row(each) for each in page.choices],
        "move_columns": columns("Moved", "From", "To", "Why", "By"),
        "move_rows": [_move_row(each) for each in page.moves],
        "elsewhere": [
            {"text": str(each.priority.plan), "href": action_href(each, each.priority.plan.code)}
            for each in page.elsewhere
        ],
        "may_keep": may_keep and place.action.retired_on is None,
        "may_take_back": may_keep and place.action.retired_on is not None,
        "back": back_to(plan),
    }
    return render(request, "wsoa/action.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def update_action(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here = action_href(place, code)
    form = UpdateForm(request.POST or None, today=timezone.localdate(), initial={"on": "today"})
    if request.method == "POST" and form.is_valid():
        facts = {"on": form.cleaned_data["on"], **form.said}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.say(by=request.user, at=timezone.now(), action=place.action, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Retired:
            form.add_error(None, RETIRED)
        else:
            messages.success(request, "The update is kept.")
            return redirect(here)
    return render(
        request, "wsoa/update_action.html", {"form": form, "place": place, "back": _back(place.action.title, here)}
    )


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def set_state(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here = action_href(place, code)
    page = action_page(place, on=timezone.localdate())
    rule, seen = page.now.standing.proposed, len(page.choices)
    form = StateForm(request.POST or None, today=timezone.localdate(), initial={"version": seen})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["state"]
        facts = {
            "seen": form.cleaned_data["version"], "rule": rule, "reason": form.cleaned_data["reason"],
            "state": None if wanted == BY_RULE else State(wanted),
        }  # fmt: skip
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.set_state(by=request.user, at=timezone.now(), action=place.action, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Retired:
            form.add_error(None, RETIRED)
        except service.SameAsRule:
            form.add_error("state", "The rule’s state stands already: choose another, or cancel")
        except service.Stale:
            form = form.reopened(version=seen, what="this state")
        else:
            messages.success(request, "The state is decided. The rule’s stays beside it.")
            return redirect(here)
    context = {
        "form": form, "place": place, "rule": rule, "rule_tag": state_tag(rule.state),
        "back": _back(place.action.title, here),
    }  # fmt: skip
    return render(request, "wsoa/set_state.html", context)


@requires(Permission.KEEP_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def move_date(request: StaffRequest, code: str, number: int) -> HttpResponse:
    place = place_of(plan_of(code), number)
    here, held = action_href(place, code), place.action
    form = MoveDateForm(request.POST or None, today=timezone.localdate(), initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("version", "now", "reason")}
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.move_date(by=request.user, at=timezone.now(), action=held, **facts),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except service.Retired:
            form.add_error(None, RETIRED)
        except service.NotUnderstood as fault:
            form.add_error("now", f"{fault}: write it as in the examples")
        except service.SameDate:
            form.add_error("now", "This is the date that stands already")
        except service.Stale:
            form = form.reopened(version=held.version, what="this action")
        else:
            messages.success(request, "The date is moved. What was written before stays on the page.")
            return redirect(here)
    context = {"form": form, "place": place, "back": _back(held.title, here)}
    return render(request, "wsoa/move_date.html", context)


def _back(text: str, href: str) -> dict[str, Any]:
    return {"text": text, "href": href}


def _facts(page: ActionPage) -> list[dict[str, Any]]:
    """Return what the paper says of an action, and beside its date what that is understood to be."""
    action = page.now.action
    facts: Sequence[tuple[str, str]] = (
        ("Reference", page.now.place.reference),
        ("Priority", str(page.now.place.priority)),
        ("Outcome", str(page.now.place.outcome) if page.now.place.outcome else ""),
        ("Date, as written", action.dates_as_written or "None is given"),
        ("Understood as", _understood(page.when)),
        ("Lead, as written", action.lead_as_written or "None is given"),
        ("Partners, as written", action.partners_as_written),
        ("Resource", action.resource),
        ("How will we know?", action.how_known),
        ("Comes from", _comes_from(page)),
        ("Status in the paper", action.status_as_written),
        ("Set aside", f"{day_in_full(action.retired_on)}: {action.retired_because}" if action.retired_on else ""),
    )
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in facts if value]


def _comes_from(page: ActionPage) -> str:
    found = page.origin
    return f"{found.get_kind_display()}: {found.source}, {day_in_full(found.on)}" if found else ""


def _understood(when: WrittenDate) -> str:
    said = [
        f"Begins {day_in_full(when.starts_on)}" if when.starts_on else "",
        f"Due {day_in_full(when.due)}" if when.due else "",
        "Goes on" if when.ongoing else "",
        f"Every {when.every}" if when.every else "",
        f"Remark: {when.remark}" if when.remark else "",
        *when.faults,
    ]
    return ". ".join(part for part in said if part) or "No day"


def _part_row(part: Part) -> dict[str, Any]:
    holder = part.holder
    return {
        "cells": [
            {
                "text": part.row.role.title,
                "href": reverse("wsoa:role", args=[part.row.role_id]),
                "header": True,
                "second": part.row.role.organisation,
            },
            {"text": "Leads" if part.row.part == LEAD else "Helps"},
            {"text": holder.name if holder else "Vacant", "bold": holder is None},
        ]
    }


def _update_row(said: ActionUpdate) -> dict[str, Any]:
    schedule = "" if said.behind is None else "Behind" if said.behind else "On schedule"
    return {
        "cells": [
            {"text": day_in_full(said.on), "header": True},
            {"text": said.text or "No words", "empty": not said.text},
            {
                "text": "" if said.per_cent is None else f"{said.per_cent}%",
                "numeric": True,
                "empty": said.per_cent is None,
            },
            {"text": schedule, "empty": not schedule},
            {"text": speaker(said)},
        ]
    }


def _evidence_row(each: Evidence, place: ActionPlace, code: str, *, may_keep: bool) -> dict[str, Any]:
    parts = [code, place.action_id, each.public_id]
    title: dict[str, Any] = {"text": each.title, "header": True}
    if each.withdrawn_at and each.withdrawn_by:
        day = day_in_full(timezone.localtime(each.withdrawn_at).date())
        title["second"] = f"Withdrawn by {each.withdrawn_by.name}, {day}: {each.withdrawn_because}"
    else:
        title |= {"href": reverse("wsoa:evidence-file", args=parts), "hidden_text": "downloads"}
    cells = [
        title,
        {"text": f"{each.get_type_display()}, {filesizeformat(each.size)}"},
        {"text": day_in_full(timezone.localtime(each.added_at).date()), "second": each.added_by.name},
    ]
    if may_keep:
        withdraw = {
            "text": "Withdraw", "href": reverse("wsoa:withdraw-evidence", args=parts), "hidden_text": each.title,
        }  # fmt: skip
        cells.append({"text": "Withdrawn"} if each.withdrawn_at else withdraw)
    return {"cells": cells}


def _history(kept: Sequence[RoundState], code: str) -> list[dict[str, Any]]:
    """Return two rows: what the rule proposed in each round, and what stood, outlined where somebody decided over it."""

    def cell(each: RoundState, state: str, *, decided: bool) -> dict[str, Any]:
        name = state.replace(" ", "-")
        return {
            "href": reverse("wsoa:round", args=[code, each.round.number]),
            "number": each.round.number,
            "classes": f"app-heat--{name}{' app-heat--decided' if decided else ''}",
            "shape": f"shape-{name}",
            "word": STATE_LABELS[state],
            "below": "Overridden" if decided else "",
        }

    return [
        {"name": "Proposed by the rule", "cells": [cell(each, each.proposed, decided=False) for each in kept]},
        {"name": "Stood", "cells": [cell(each, each.state, decided=each.state != each.proposed) for each in kept]},
    ]


def _choice_row(choice: StateChoice) -> dict[str, Any]:
    state = {"tag": state_tag(State(choice.state))} if choice.state else {"text": "As the rule says"}
    return {
        "cells": [
            {"text": day_in_full(timezone.localtime(choice.at).date()), "header": True},
            state,
            {"text": STATE_LABELS[choice.proposed], "second": choice.proposed_because},
            {"text": choice.reason},
            {"text": choice.by.name},
        ]
    }


def _move_row(move: DateMove) -> dict[str, Any]:
    return {
        "cells": [
            {"text": day_in_full(timezone.localtime(move.at).date()), "header": True},
            {"text": move.was or "No date"},
            {"text": move.now},
            {"text": move.reason},
            {"text": move.by.name},
        ]
    }
