from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.http import StaffRequest
from casework.policy import requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from panels.forms.sittings import DeclareItemForm
from panels.models import Sitting
from panels.rules.advice import WAITS
from panels.selectors import referrals as referral_selectors
from panels.selectors import sittings as selectors
from panels.selectors.advice import waiting_of
from panels.selectors.placement_list import shares_of
from panels.selectors.placing import no_place_in_words
from panels.selectors.sittings import SeenItem
from panels.selectors.terms import is_pseudonymised
from panels.services import ties as service
from panels.views.finding_sittings import back_to_sitting, item_of, sitting_address, sitting_of
from panels.views.placement_table import lasting_table
from panels.views.referral_page import papers_context
from panels.views.sittings import SITTING


@requires_any(*SITTING)
@require_safe
def item(request: StaffRequest, code: str, day: date, referral: str) -> HttpResponse:
    """Show the papers of an item, and how many are out of it; who, to whoever presides and to a clerk; why, to nobody."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    seen, row = item_of(request, found, referral, on=today, surface="papers of an item")
    context = papers_context(row, referral_selectors.candidates(row), on=today)
    context |= _room(request, found, seen, today) | {
        "sitting": found,
        "seen": seen,
        "lasting": lasting_table(shares_of(request.user, found.panel, on=today)),
        "no_place": no_place_in_words(row, on=today) if not row.decided_on else "",
        "waits": WAITS if waiting_of(row) else "",
        "name": "" if is_pseudonymised(found.panel, on=found.on) else row.pupil.name,
        "may_declare": found.on >= today and not found.cancelled_at,
        "back": back_to_sitting(found),
    }
    return render(request, "panels/item.html", context)


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_item(request: StaffRequest, code: str, day: date, referral: str) -> HttpResponse:
    """Declare a tie to the item itself: one's own, or as a clerk that of a member who said so."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    _, row = item_of(request, found, referral, on=today, surface="declare a tie to an item")
    is_clerk = has_permission(request.user, Permission.PREPARE_PANELS)
    members = [one.person for one in selectors.expected(found)] if is_clerk else None
    form = DeclareItemForm(request.POST or None, today=today, members=members)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data.get("member") or request.user
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.declare(by=request.user, at=timezone.now(), referral=row, member=member),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        said = "You are" if member.pk == request.user.pk else f"{member.name} is"
        messages.success(request, f"The tie is declared. {said} out of the item.")
        return redirect(sitting_address(found))
    context = {"form": form, "sitting": found, "referral": row, "own": not is_clerk, "back": back_to_sitting(found)}
    return render(request, "panels/declare_item.html", context)


def _room(request: StaffRequest, sitting: Sitting, seen: SeenItem, today: date) -> dict[str, Any]:
    members = selectors.expected(sitting)
    found = selectors.conflicts_at(sitting, [seen.item], [one.person for one in members], on=today)
    out = found[seen.item.referral_id].out if seen.item.referral_id else frozenset[str]()
    room = selectors.room_for(sitting, members, out)
    presides = room.presiding is not None and room.presiding.member == str(request.user.pk)
    names = [one.person.name for one in members if str(one.membership.person_id) in out]
    return {
        "number_out": len(out),
        "room": room,
        "names_out": names if presides or has_permission(request.user, Permission.PREPARE_PANELS) else [],
    }
