from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.http import StaffRequest
from casework.policy import requires_any
from casework.rights import has_permission
from casework.roles import Permission
from casework.services import form_use
from casework.views.sending import send_once
from panels.forms.sittings import ComingForm, DeclareForm
from panels.selectors import sittings as selectors
from panels.services import sittings as service
from panels.views.finding_sittings import back_to_sitting, sitting_address, sitting_of
from panels.views.sittings import SITTING


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def say_coming(request: StaffRequest, code: str, day: date, number: int) -> HttpResponse:
    """Say whether a member comes: oneself, or a clerk of anybody."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    each = next((one for one in selectors.expected(found) if one.membership.person_id == number), None)
    own = number == request.user.pk
    if each is None or not (own or has_permission(request.user, Permission.PREPARE_PANELS)):
        raise Http404
    initial = {"coming": "apologies" if each.apologies else "coming"}
    form = ComingForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        apologies = form.cleaned_data["coming"] == "apologies"
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.say_coming(
                    by=request.user, at=timezone.now(), sitting=found, person=each.person, apologies=apologies
                ),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        said = "sends apologies" if apologies else "is coming"
        messages.success(request, f"{each.person.name} {said}. The quorum is counted again.")
        return redirect(sitting_address(found))
    context = {"form": form, "sitting": found, "person": each.person, "back": back_to_sitting(found)}
    return render(request, "panels/say_coming.html", context)


@requires_any(*SITTING)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_for_sitting(request: StaffRequest, code: str, day: date) -> HttpResponse:
    """Declare before the papers open: whoever has a seat. Nothing of an item is shown here."""
    today = timezone.localdate()
    found = sitting_of(request, code, day, on=today)
    if selectors.agenda_of(request.user, found, on=today).seat is None:
        raise Http404
    form = DeclareForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            send_once(
                request,
                form,
                leads_to=sitting_address(found),
                do=lambda: service.declare(by=request.user, at=timezone.now(), sitting=found),
            )
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        messages.success(request, "Your declaration is kept. Tell the clerk at once if anything changes.")
        return redirect(sitting_address(found))
    context = {"form": form, "sitting": found, "back": back_to_sitting(found)}
    return render(request, "panels/declare_for_sitting.html", context)
