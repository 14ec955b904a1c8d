import re
import uuid

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.http import StaffRequest
from casework.policy import anyone, signed_in
from casework.registry import navigation_items
from casework.rights import has_permission
from casework.roles import NO_ROLE, ROLES, Permission
from casework.services import drafts

FORM_NAME = re.compile(r"^[a-z0-9-]{1,40}$")
TOO_MANY_DRAFTS = f"Not kept: you keep {drafts.MOST} drafts, the most there may be. Finish or throw away one of them"
OVERTAKEN = (
    "Not kept: another window has gone on with this draft since. Load this page again to see what it holds; copy what "
    "you typed here first"
)
WINDOW_NAME = re.compile(r"[a-z0-9-]{8,40}", re.ASCII)
KEYS = (
    ("/", "", "Search"),
    ("g", "w", "First page"),
    ("n", "", "Log a notice"),
    ("j", "", "Next row"),
    ("k", "", "Previous row"),
    ("x", "", "Select the row"),
    ("Enter", "", "Open the row"),
    ("a", "", "Next step"),
    ("f", "", "Filters"),
    ("Alt", "Enter", "Check answers, or save: also while typing"),
    ("Esc", "", "Close a list"),
)
NEVER_KEPT = {"csrfmiddlewaretoken", "token", "password", "draft", "draft_window", "draft_seen", "q"}


@signed_in
@require_safe
def account(request: StaffRequest) -> HttpResponse:
    role = ROLES.get(request.user.role, NO_ROLE)
    return render(
        request,
        "casework/account.html",
        {
            "rows": [
                {"key": {"text": "Name"}, "value": {"text": request.user.name}},
                {"key": {"text": "Email address"}, "value": {"text": request.user.email}},
                {"key": {"text": "Role"}, "value": {"text": f"{role.display_name}. {role.description}"}},
            ],
            "has_recovery_codes": Authenticator.objects.filter(
                user=request.user, type=Authenticator.Type.RECOVERY_CODES
            ).exists(),
            "permissions": sorted(role.permissions),
            "may_have_calendar": has_permission(request.user, Permission.SEE_EXCLUSIONS),
        },
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        request.user.single_keys = request.POST.get("single_keys") == "on"
        request.user.save(update_fields=["single_keys"])
        state = "on" if request.user.single_keys else "off"
        messages.success(request, f"Single keys are {state}.")
        return redirect("casework:keys")
    return render(request, "casework/keys.html", {"single_keys": request.user.single_keys, "keys": KEYS})


@signed_in
@require_POST
def stay_signed_in(request: StaffRequest) -> JsonResponse:
    return JsonResponse({"seconds": request.session.get_expiry_age()})


@signed_in
@require_POST
def keep_draft(request: StaffRequest, form: str) -> HttpResponse:
    if not FORM_NAME.match(form):
        return HttpResponseBadRequest("No form has this name.")
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in NEVER_KEPT}
    window = None
    if WINDOW_NAME.fullmatch(request.POST.get("draft_window", "")):
        window = drafts.Window(request.POST["draft_window"], request.POST.get("draft_seen", ""))
    try:
        draft = drafts.keep(
            by=request.user, at=timezone.now(), form=form, draft=_draft_of(request, form), typed=typed, window=window
        )
    except (drafts.TooLong, drafts.NotTheirs):
        return HttpResponseBadRequest("This draft is too long to keep, or is not yours.")
    except drafts.TooMany:
        return JsonResponse({"problem": TOO_MANY_DRAFTS}, status=409)
    except drafts.Overtaken:
        return JsonResponse({"problem": OVERTAKEN}, status=409)
    return JsonResponse({"kept_at": timezone.localtime(draft.kept_at).strftime("%H:%M")})


def _draft_of(request: StaffRequest, form: str) -> uuid.UUID:
    """Return which draft the form says it is; a form that keeps one alone says nothing."""
    try:
        return uuid.UUID(request.POST.get("draft", ""))
    except ValueError:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{form} of {request.user.pk}")


@anyone
@require_safe
def accessibility_statement(request: StaffRequest) -> HttpResponse:
    return render(request, "casework/accessibility_statement.html", contacts())


@anyone
@require_safe
def privacy(request: StaffRequest) -> HttpResponse:
    return render(request, "casework/privacy.html")


@signed_in
@require_safe
def help_page(request: StaffRequest) -> HttpResponse:
    return render(request, "casework/help.html", contacts())


def contacts() -> dict[str, str]:
    """Return how the service is reached."""
    return {"email": settings.COUNCIL_EMAIL, "telephone": settings.COUNCIL_TELEPHONE}


@signed_in
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    for item in navigation_items:
        if item.permission and item.is_for(request.user):
            return redirect(item.url_name)
    return redirect("casework:account")
