from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.council import council
from casework.forms.council import CouncilForm
from casework.http import StaffRequest
from casework.models import CouncilProfile
from casework.policy import anyone, requires, takes_up_to
from casework.roles import Permission
from casework.rules.colours import tint
from casework.services import council as service
from casework.services import form_use

A_DAY = "public, max-age=86400"


@takes_up_to(lambda: 10 * 1024**2)
@requires(Permission.SET_LISTS)
@require_http_methods(["GET", "HEAD", "POST"])
def council_profile(request: StaffRequest) -> HttpResponse:
    now = council()
    held = {"name": now.name, "colour": now.colour, "version": now.version}
    form = CouncilForm(request.POST or None, request.FILES or None, initial=held)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        logo, logo_type = data["logo"] or (None, "")
        try:
            with transaction.atomic():
                form_use.use(by=request.user, at=timezone.now(), token=data["token"])
                service.set_profile(
                    by=request.user,
                    at=timezone.now(),
                    version=data["version"],
                    name=data["name"],
                    colour=data["colour"],
                    logo=logo,
                    logo_type=logo_type,
                    keep_logo=logo is None and not data["no_logo"],
                )
        except form_use.AlreadyUsed:
            return redirect("casework:council-profile")
        except service.ChangedMeanwhile:
            version = CouncilProfile.objects.values_list("version", flat=True).first() or 0
            form = form.reopened(version=version, what="the council’s name and colour")
        else:
            messages.success(request, "The council’s name, colour and logo are saved.")
            return redirect("casework:council-profile")
    return render(request, "casework/council_profile.html", {"form": form, "now": now})


@anyone
@require_safe
def council_colours(request: StaffRequest, version: int) -> HttpResponse:
    """Return the council's colour as a style sheet. The version stands in the address, so browsers may keep it."""
    colour = council().colour
    css = f":root {{ --app-council: {colour}; --govuk-brand-colour: {colour}; --app-council-tint: {tint(colour)}; }}\n"
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = A_DAY
    return response


@anyone
@require_safe
def council_logo(request: StaffRequest, version: int) -> HttpResponse:
    row = CouncilProfile.objects.exclude(logo_type="").values_list("logo", "logo_type").first()
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row[0] or b""), content_type=f"image/{row[1]}")
    response.headers["Cache-Control"] = A_DAY
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
