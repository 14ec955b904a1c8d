from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.models import User
from casework.policy import requires
from casework.services import form_use
from casework.views.sending import send_once
from casework.views.tables import columns
from panels.forms.sittings import AnswerTieForm
from panels.models import Referral, Sitting
from panels.rules.standing_ties import CannotBeDismissed, OwnTie, ReasonNeeded, TieStanding, may_dismiss
from panels.rules.tie_terms import TIE_KIND_LABELS, TIE_STATE_LABELS, Ground, TieState
from panels.selectors import sittings as selectors
from panels.services import ties as service
from panels.views.agendas import CLERK
from panels.views.finding_sittings import back_to_sitting, sitting_of

REFUSALS: dict[type[Exception], tuple[str, str]] = {
    OwnTie: ("answer", "The tie is yours: another clerk answers it"),
    ReasonNeeded: ("reason", "Write why the tie is dismissed"),
    CannotBeDismissed: ("answer", "This tie bars the member: it can be dismissed only if it is false"),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A tie of a member to an item; `number` is the item's in the clerk's agenda, `mark` stands for it in addresses."""

    number: int
    referral: Referral
    member: User
    standing: TieStanding
    number_out: int
    mark: str


@requires(*CLERK)
@require_safe
def sitting_conflicts(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Show the clerk every tie of every member to every item that the clerk is not out of."""
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    found = _ties(request, sitting, today)
    _read(request, found, "conflicts of a sitting")
    states = [each.standing.state for each in found]
    context = {
        "sitting": sitting,
        "waiting": sum(state is TieState.NEEDS_ANSWER for state in states),
        "standing": sum(state is TieState.STANDS for state in states),
        "dismissed": sum(state is TieState.DISMISSED for state in states),
        "columns": [*columns("Item", "Member", "Tie", "How found", "State"), {"text": "Actions", "hidden": True}],
        "rows": [{"cells": _cells(sitting, each)} for each in found],
        "back": back_to_sitting(sitting),
    }
    return render(request, "panels/sitting_conflicts.html", context)


@requires(*CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_tie(request: StaffRequest, code: str, day: date, mark: str) -> HttpResponse:
    today = timezone.localdate()
    sitting = sitting_of(request, code, day, on=today)
    tie = next((each for each in _ties(request, sitting, today) if each.mark == mark), None)
    if tie is None:
        raise Http404
    _read(request, [tie], "answer a tie")
    grounds = [ground for ground in Ground if may_dismiss(tie.standing.tie, ground)]
    form = AnswerTieForm(request.POST or None, today=today, grounds=grounds)
    here = reverse("panels:sitting-conflicts", args=[sitting.panel.code, sitting.on])
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=here,
                do=lambda: service.answer(
                    by=request.user,
                    at=timezone.now(),
                    referral=tie.referral,
                    member=tie.member,
                    tie=tie.standing.tie,
                    ground=form.ground(),
                    reason=form.cleaned_data["reason"],
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except tuple(REFUSALS) as refused:
            form.add_error(*REFUSALS[type(refused)])
        else:
            messages.success(request, "The answer is kept with the item.")
            return redirect(here)
    back = {"text": "Conflicts for this sitting", "href": here}
    kind = TIE_KIND_LABELS[tie.standing.tie.kind.value]
    return render(request, "panels/answer_tie.html", {"form": form, "tie": tie, "kind": kind, "back": back})


def _ties(request: StaffRequest, sitting: Sitting, today: date) -> list[_Found]:
    """Return every tie in the order of the clerk's own agenda; the clerk's own ties are not among them."""
    agenda = selectors.agenda_of(request.user, sitting, on=today)
    members = {str(one.membership.person_id): one.person for one in selectors.expected(sitting)}
    people = [person for person in members.values() if person.pk != request.user.pk]
    checked = selectors.conflicts_at(sitting, [one.item for one in agenda.items], people, on=today)
    found = []
    for seen in agenda.items:
        if seen.item.referral is None:
            continue
        conflicts = checked[seen.item.referral.pk]
        for member in conflicts.why:
            for standing in member.ties:
                mark = mark_of(seen.item.referral, member.member, standing)
                found.append(
                    _Found(
                        seen.number, seen.item.referral, members[member.member], standing, conflicts.number_out, mark
                    )
                )
    return found


def _read(request: StaffRequest, found: list[_Found], surface: str) -> None:
    """Record that the records of the children of the ties shown are read."""
    pupils = [each.referral.pupil_id for each in found]
    record_reading(by=request.user, at=timezone.now(), pupils=pupils, surface=surface, request=request_id())


def mark_of(referral: Referral, member: str, standing: TieStanding) -> str:
    """Return what stands for a tie in an address, where neither a name nor a postcode may stand."""
    tie = standing.tie
    whole = "|".join((referral.reference, member, tie.kind, tie.towards, tie.hangs_on))
    return salted_hmac("panels.tie", whole).hexdigest()[:16]


def _cells(sitting: Sitting, each: _Found) -> list[dict[str, Any]]:
    answer = each.standing.answer
    href = reverse("panels:answer-tie", args=[sitting.panel.code, sitting.on, each.mark])
    return [
        {"text": f"{each.number}. {each.referral.reference}", "header": True},
        {"text": each.member.name},
        {"text": each.standing.tie.says},
        {"text": TIE_KIND_LABELS[each.standing.tie.kind.value]},
        {
            "text": TIE_STATE_LABELS[each.standing.state.value],
            "bold": each.standing.state is TieState.NEEDS_ANSWER,
            "second": answer.reason if answer else "",
        },
        {"text": "Answer", "href": href, "hidden_text": f"{each.member.name}, item {each.number}"},
    ]
