from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework.council import council
from casework.limits import limited
from casework.models import LocalAuthority
from casework.policy import anyone
from casework.rules.calendar import SchoolCalendar
from casework.rules.periods import AcademicYear
from casework.selectors.calendars import authority_calendar
from exclusions.forms.calculator import CalculatorForm
from exclusions.rules.clock import answer
from exclusions.rules.deadlines import CannotAnswer
from exclusions.selectors.readings import rules_in_words, settings_on
from exclusions.views.dates_found import dates_found


@anyone
@limited
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    """Show what the rules make of some dates. Nothing is saved, and no record of a child is asked for."""
    today = timezone.localdate()
    calendar = _council_calendar()
    form = CalculatorForm(
        request.POST if request.method == "POST" else None,
        today=today,
        calendar=calendar,
        calendar_name=_calendar_name(calendar),
        area=council().name.removesuffix(" Council"),
    )
    found = _work_out(form) if request.method == "POST" and form.is_valid() else None
    return render(request, "exclusions/calculator.html", {"form": form, "found": found})


def _work_out(form: CalculatorForm) -> dict[str, Any] | None:
    asked = form.request(settings_on(form.cleaned_data["first_day"]))
    if asked is None:
        return None
    try:
        found = answer(asked)
    except CannotAnswer as cannot:
        form.add_problems(cannot)
        return None
    rules = found.rule_set
    return dates_found(asked, found, rules=rules_in_words(rules) if rules else "")


def _council_calendar() -> SchoolCalendar:
    """Return the council's own pattern of term dates: a public fact, like the bank holidays in it."""
    council = LocalAuthority.objects.filter(code=settings.COUNCIL_AUTHORITY_CODE).first()
    return authority_calendar(council.pk) if council else SchoolCalendar(())


def _calendar_name(calendar: SchoolCalendar) -> str:
    if not calendar.spells:
        return ""
    first, last = AcademicYear.of(calendar.spells[0].first), AcademicYear.of(calendar.spells[-1].first)
    return f"{council().name.removesuffix(' Council')} pattern, {first.label} to {last.label}"
