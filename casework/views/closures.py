from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.forms.closures import ClosureForm
from casework.http import StaffRequest
from casework.models import Closure, Job, School
from casework.policy import requires
from casework.roles import Permission
from casework.rules.calendar import NoTermDates
from casework.services import closures, form_use
from casework.views.tables import day_in_full


@requires(Permission.SEE_SCHOOLS, Permission.DECLARE_CLOSURES)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_closure(request: StaffRequest, urn: str) -> HttpResponse:
    school = _school(urn)
    form = ClosureForm(request.POST or None, today=timezone.localdate(), initial={"kind": "unplanned closure"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                jobs = closures.declare(by=request.user, at=timezone.now(), school=school, **data)
                leads_to = _leads_to(school, jobs)
                form_use.led_to(used, address=leads_to)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except closures.TooLong:
            form.add_error("last", "A closure spans 28 days at most: for more, change the term dates")
        except closures.DeclaredAlready as held:
            form.add_error("first", f"A closure on {day_in_full(held.on)} is recorded already")
        except closures.NoSchoolDay:
            form.add_error("first", "Pupils do not attend on that day in any case")
        except NoTermDates as gap:
            form.add_error("first", f"No term dates are held for {day_in_full(gap.on)}")
        else:
            messages.success(request, f"The closure of {school.name} is recorded.")
            return redirect(leads_to)
    return render(request, "casework/declare_closure.html", _context(school) | {"form": form})


@requires(Permission.SEE_SCHOOLS, Permission.DECLARE_CLOSURES)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_closure(request: StaffRequest, urn: str, on: Any) -> HttpResponse:
    school = _school(urn)
    closure = Closure.objects.filter(school=school, on=on).first()
    if closure is None:
        raise Http404
    if request.method == "POST":
        jobs = closures.take_back(by=request.user, at=timezone.now(), closure=closure)
        messages.success(request, f"The closure on {day_in_full(closure.on)} is taken back.")
        return redirect(_leads_to(school, jobs))
    return render(request, "casework/take_back_closure.html", _context(school) | {"closure": closure})


def _school(urn: str) -> School:
    try:
        found: School = School.objects.select_related("authority").get(urn=urn)
    except School.DoesNotExist:
        raise Http404 from None
    return found


def _context(school: School) -> dict[str, Any]:
    return {"school": school, "back": {"text": school.name, "href": reverse("casework:school", args=[school.urn])}}


def _leads_to(school: School, jobs: list[Job]) -> str:
    """Return where to go: to the progress of the first piece of work, and from there to the school."""
    here = reverse("casework:school", args=[school.urn])
    return f"{reverse('casework:job', args=[jobs[0].public_id])}?next={here}" if jobs else here
