"""Giving notices to a colleague: those ticked in the list, or one."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casework.forms.ownership import GiveCaseForm
from casework.http import StaffRequest
from casework.models import Case, User
from casework.policy import requires
from casework.roles import Permission
from casework.services import ownership
from exclusions.forms.filters import ExclusionFilter
from exclusions.models import Exclusion
from exclusions.views.exclusion import address, case_context, find

MOST_AT_ONCE = 200
REFERENCE = re.compile(r"\d\d-\d{4,6}", re.ASCII)


@requires(Permission.SEE_EXCLUSIONS, Permission.GIVE_CASES)
@require_POST
def reassign(request: StaffRequest) -> HttpResponse:
    """Give the notices that were ticked to a colleague, and go back to the list as it was: still ticked if none was given."""
    back = f"{reverse('exclusions:exclusions')}?{_filters(request).urlencode()}"
    references = request.POST.getlist("case")[:MOST_AT_ONCE]
    visible = Exclusion.objects.visible_to(request.user).filter(case__reference__in=references)
    cases = list(Case.objects.filter(pk__in=visible.values("case")))
    to = _colleague(request.POST.get("to", ""))
    ticked = _filters(request)
    ticked.setlist("tick", [reference for reference in references if REFERENCE.fullmatch(reference)])
    again = f"{reverse('exclusions:exclusions')}?{ticked.urlencode()}"
    if not cases:
        messages.error(request, "Tick the notices to reassign first.")
    elif to is None:
        messages.error(request, "Choose the colleague to reassign the notices to.")
        return redirect(again)
    else:
        try:
            handover = ownership.give(by=request.user, at=timezone.now(), cases=cases, to=to)
        except ownership.MayNotOwn:
            messages.error(request, f"{to.name} cannot own cases now. Choose another colleague.")
            return redirect(again)
        except ownership.NothingToGive:
            messages.info(request, f"{to.name} owns every one of these already.")
        else:
            given = handover.handed.count()
            words = f"{given} notice{' is' if given == 1 else 's are'} given to {to.name}."
            messages.success(request, f"{words} You can give them back under Hand over cases.")
    return redirect(back)


@requires(Permission.SEE_EXCLUSIONS, Permission.GIVE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def change_owner(request: StaffRequest, reference: str) -> HttpResponse:
    today = timezone.localdate()
    found = find(request, reference, today, "change the owner of an exclusion")
    form = GiveCaseForm(request.POST or None, initial={"to": found.case.owner_id})
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            ownership.give(
                by=request.user, at=timezone.now(), cases=[found.case], to=to, reason=form.cleaned_data["reason"]
            )
        except ownership.MayNotOwn:
            form.add_error("to", f"{to.name} cannot own cases now. Choose another colleague")
        except ownership.NothingToGive:
            messages.info(request, f"{to.name} owns it already.")
            return redirect(address(found))
        else:
            messages.success(request, f"{to.name} owns it now.")
            return redirect(address(found))
    context: dict[str, Any] = case_context(found, today) | {"form": form}
    return render(request, "exclusions/change_owner.html", context)


def _filters(request: StaffRequest) -> QueryDict:
    """Return the list's own filters and page out of what was posted, so that the way back leads nowhere else."""
    asked = QueryDict(request.POST.get("back", ""))
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name in ExclusionFilter.base_filters or name in ("sort", "page"):
            kept.setlist(name, values)
    return kept


def _colleague(code: str) -> User | None:
    if not (code.isascii() and code.isdigit()) or len(code) > 9:
        return None
    return User.objects.filter(pk=int(code)).first()
