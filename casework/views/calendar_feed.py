from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.audit import record_reading
from casework.calendar_file import calendar_of_duties
from casework.forms.calendar_feed import CalendarFeedForm
from casework.http import StaffRequest
from casework.middleware import request_id
from casework.policy import anyone, requires
from casework.roles import Permission
from casework.selectors import calendar_feed as selectors
from casework.services import calendar_feeds, form_use
from casework.views.tables import clock_time, day_in_full


@requires(Permission.SEE_EXCLUSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: StaffRequest) -> HttpResponse:
    """Make, replace and end the person's own feed. Its address is shown in the answer that makes it, and never again."""
    form, address = CalendarFeedForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        here = reverse("casework:calendar")
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
                form_use.led_to(used, address=here)
                if form.cleaned_data["action"] == "make":
                    secret = calendar_feeds.make(by=request.user, at=timezone.now())
                    address = request.build_absolute_uri(reverse("casework:calendar-feed", args=[secret]))
                else:
                    calendar_feeds.end(by=request.user, at=timezone.now())
        except form_use.AlreadyUsed:
            return redirect(here)
        if not address:
            messages.success(request, "The calendar address is ended. Nothing can be read there any more.")
            return redirect(here)
        form = CalendarFeedForm()
    feed = selectors.current_feed(request.user)
    made = timezone.localtime(feed.made_at) if feed else None
    context = {
        "form": form,
        "address": address,
        "feed": feed,
        "made": made and f"{day_in_full(made.date())} at {clock_time(made)}",
        "days": selectors.DAYS_AHEAD,
        "back": {"text": "Account", "href": reverse("casework:account")},
    }
    return render(request, "casework/calendar.html", context)


@anyone
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar, which has no session: the secret in the address says whose duties these are."""
    today = timezone.localdate()
    owner = selectors.owner_of(token, on=today)
    if owner is None:
        raise Http404
    duties = selectors.duties_of(owner, on=today)
    record_reading(
        by=owner,
        at=timezone.now(),
        pupils=[duty.case.pupil_id for duty in duties],
        surface="calendar feed",
        request=request_id(),
    )
    body = calendar_of_duties(duties, on=today, made_at=timezone.now(), absolute=request.build_absolute_uri)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
