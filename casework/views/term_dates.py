from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.forms.term_dates import AUTHORITY, CHOSEN, BankHolidayForm, TermDatesForm
from casework.http import StaffRequest
from casework.imports import CannotUndo
from casework.models import BankHoliday, Import, LocalAuthority, School
from casework.policy import requires, takes_up_to
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.dates import short
from casework.rules.periods import AcademicYear
from casework.rules.term_dates import BadDates, YearDates, as_lines, copied, terms_left_out
from casework.selectors import term_dates as selectors
from casework.services import bank_holidays as holidays
from casework.services import form_use
from casework.services import term_dates as service
from casework.services.term_dates import Scope
from casework.views.tables import clock_time, columns, day_in_full

MOST_NAMED = 12


@requires(Permission.SEE_SCHOOLS)
@require_safe
def term_dates(request: StaffRequest) -> HttpResponse:
    return redirect("casework:term-dates-of", AcademicYear.of(timezone.localdate()))


@requires(Permission.SEE_SCHOOLS)
@require_safe
def term_dates_of(request: StaffRequest, year: AcademicYear) -> HttpResponse:
    authority = _authority()
    this = AcademicYear.of(timezone.localdate())
    may_set = has_permission(request.user, Permission.SET_TERM_DATES)
    dates = selectors.year_dates(authority, year)
    own = list(selectors.with_own_dates(authority, year))
    missing = [
        {"year": each, "schools": list(selectors.without_dates(authority, each))}
        for each in sorted({this, AcademicYear(this.first_year + 1), year})
    ]
    context = {
        "year": year,
        "authority": authority,
        "previous": year.previous(),
        "next": AcademicYear(year.first_year + 1),
        "may_set": may_set,
        "dates": dates,
        "spells": _spell_rows(dates),
        "spell_columns": columns("Term", "First day", "Last day"),
        "own_columns": columns("School", "First day", "Last day", "Spells", *(["Change"] if may_set else [])),
        "own_rows": [{"cells": _own_cells(school, year, may_set=may_set)} for school in own],
        "missing": [each for each in missing if each["schools"]],
        "changes": [_change(row) for row in selectors.changes_of(year)[:20]],
    }
    return render(request, "casework/term_dates.html", context)


@takes_up_to(lambda: 10 * 1024**2)
@requires(Permission.SEE_SCHOOLS, Permission.SET_TERM_DATES)
@require_http_methods(["GET", "HEAD", "POST"])
def set_term_dates(request: StaffRequest, year: AcademicYear) -> HttpResponse:
    authority = _authority()
    schools = selectors.open_schools(authority, year)
    form = TermDatesForm(
        request.POST or None,
        request.FILES or None,
        year=year,
        open_schools=schools,
        initial=_prefilled(request, authority, year, schools),
    )
    here = reverse("casework:term-dates-of", args=[year])
    context = {"form": form, "year": year, "back": {"text": f"Term dates, {year.label}", "href": here}}
    if request.method == "POST" and form.is_valid() and form.dates:
        twice = form_use.used_before(by=request.user, token=form.cleaned_data["token"])
        if twice:
            return redirect(twice)
        scope = form.scope()
        insets = service.held_insets(authority=authority, year=year, dates=form.dates, scope=scope)
        checked = form.fingerprint(taken=insets.taken)
        if request.POST.get("step") == "save" and form.cleaned_data["checked"] == checked:
            saved = _save(request, form, authority, year, scope, here)
            if saved:
                return saved
        else:
            context |= _shown_for_checking(form, authority, year, scope, checked) | {"held_insets": insets}
    return render(request, "casework/set_term_dates.html", context)


@requires(Permission.SEE_SCHOOLS, Permission.SET_TERM_DATES)
@require_POST
def undo_term_dates(request: StaffRequest, year: AcademicYear, public_id: Any) -> HttpResponse:
    row = Import.objects.filter(kind=selectors.KIND, public_id=public_id, options__year=year.label).first()
    if row is None:
        raise Http404
    try:
        service.undo(by=request.user, at=timezone.now(), row=row)
    except CannotUndo as depends:
        messages.error(request, str(depends))
    else:
        messages.success(request, f"Undone: {row.file_name}. The dates are as they were before.")
    return redirect("casework:term-dates-of", year)


@requires(Permission.SEE_SCHOOLS, Permission.SET_TERM_DATES)
@require_http_methods(["GET", "HEAD", "POST"])
def bank_holidays(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    form = BankHolidayForm(request.POST or None, today=today)
    here = reverse("casework:bank-holidays")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                used = form_use.use(by=request.user, at=timezone.now(), token=data.pop("token"))
                holidays.add(by=request.user, at=timezone.now(), **data)
                form_use.led_to(used, address=here)
        except form_use.AlreadyUsed as twice:
            return redirect(twice.led_to)
        except holidays.HeldAlready:
            form.add_error("on", f"A bank holiday on {day_in_full(data['on'])} is held already")
        else:
            messages.success(request, f"{data['name']} is added. The dates of open cases are reckoned again.")
            return redirect(here)
    first = AcademicYear.of(today).previous().first
    context = {
        "form": form,
        "holidays": [
            {"row": row, "added": row.source.startswith(holidays.ADDED)}
            for row in BankHoliday.objects.filter(on__gte=first).order_by("on")
        ],
        "back": {"text": "Term dates", "href": reverse("casework:term-dates")},
    }
    return render(request, "casework/bank_holidays.html", context)


@requires(Permission.SEE_SCHOOLS, Permission.SET_TERM_DATES)
@require_POST
def take_back_bank_holiday(request: StaffRequest, on: Any) -> HttpResponse:
    if not BankHoliday.objects.filter(on=on).exists():
        raise Http404
    try:
        holidays.take_back(by=request.user, at=timezone.now(), on=on)
    except holidays.NotAdded:
        messages.error(request, "This bank holiday comes from the published list, and stays.")
    else:
        messages.success(request, "The bank holiday is taken back. The dates of open cases are reckoned again.")
    return redirect("casework:bank-holidays")


def _authority() -> LocalAuthority:
    try:
        found: LocalAuthority = LocalAuthority.objects.get(code=settings.COUNCIL_AUTHORITY_CODE)
    except LocalAuthority.DoesNotExist:
        raise Http404 from None
    return found


def _prefilled(
    request: StaffRequest, authority: LocalAuthority, year: AcademicYear, schools: QuerySet[School]
) -> dict[str, Any]:
    """Return what to begin with: the dates held, last year's carried forward, or those of a school with its own."""
    if request.GET.get("copy") == "1":
        before = selectors.year_dates(authority, year.previous())
        return {"lines": as_lines(YearDates(copied(before.spells, to=year)))}
    school = schools.filter(urn=request.GET.get("school", "")).first()
    if school is None:
        return {"lines": as_lines(selectors.year_dates(authority, year)), "prefilled": AUTHORITY}
    theirs = selectors.year_dates(authority, year, school=school)
    return {"lines": as_lines(theirs), "prefilled": school.urn, "whom": CHOSEN, "schools": [school.urn]}


def _save(
    request: StaffRequest,
    form: TermDatesForm,
    authority: LocalAuthority,
    year: AcademicYear,
    scope: Scope,
    here: str,
) -> HttpResponse | None:
    """Set the dates; return where to go, or None with the form's errors."""
    assert form.dates is not None  # noqa: S101 - a form without errors has read its dates
    try:
        with transaction.atomic():
            used = form_use.use(by=request.user, at=timezone.now(), token=form.cleaned_data["token"])
            jobs = service.set_year(
                by=request.user, at=timezone.now(), authority=authority, year=year, dates=form.dates, scope=scope
            )
            form_use.led_to(used, address=here)
    except form_use.AlreadyUsed as twice:
        return redirect(twice.led_to)
    except BadDates as bad:
        _add_faults(form, bad)
        return None
    said = "The dates are set." if jobs else "These dates are held already: nothing was changed."
    messages.success(request, f"{scope.label}: {said[0].lower()}{said[1:]}")
    return redirect(here)


def _shown_for_checking(
    form: TermDatesForm, authority: LocalAuthority, year: AcademicYear, scope: Scope, checked: str
) -> dict[str, Any]:
    """Return the dates as they were understood and whom they concern; or nothing, with the form's errors."""
    assert form.dates is not None  # noqa: S101 - a form without errors has read its dates
    try:
        service.check(authority=authority, year=year, dates=form.dates, scope=scope)
    except BadDates as bad:
        _add_faults(form, bad)
        return {}
    own = list(selectors.with_own_dates(authority, year))
    theirs = [school.name for school in own if not scope.schools or school in scope.schools]
    data: Any = copy(form.data)
    data["checked"] = checked
    if form.from_file:
        data["lines"], data["prefilled"] = form.from_file, ""
    form.data = data
    return {
        "spell_columns": columns("Term", "First day", "Last day"),
        "spells": _spell_rows(form.dates),
        "dates": form.dates,
        "left_out": " or ".join(term.value for term in terms_left_out(form.dates, terms_in_year=scope.terms_in_year)),
        "scope": scope,
        "concerned": len(scope.schools) or selectors.open_schools(authority, year).count() - len(own),
        "own": theirs[:MOST_NAMED],
        "own_more": len(theirs) - MOST_NAMED if len(theirs) > MOST_NAMED else 0,
    }


def _add_faults(form: TermDatesForm, bad: BadDates) -> None:
    for fault in bad.faults[:10]:
        form.add_error("lines", str(fault))


def _spell_rows(dates: YearDates) -> list[dict[str, Any]]:
    return [
        {
            "cells": [
                {"text": each.term.value.capitalize(), "header": True},
                {"text": f"{short(each.first)} {each.first.year}"},
                {"text": f"{short(each.last)} {each.last.year}"},
            ]
        }
        for each in dates.spells
    ]


def _own_cells(school: Any, year: AcademicYear, *, may_set: bool) -> list[dict[str, Any]]:
    to_set = f"{reverse('casework:set-term-dates', args=[year])}?school={school.urn}"
    change = {"text": "Set its dates", "href": to_set, "hidden_text": school.name}
    return [
        {"text": school.name, "href": reverse("casework:school", args=[school.urn]), "header": True},
        {"text": f"{short(school.first_day)} {school.first_day.year}"},
        {"text": f"{short(school.last_day)} {school.last_day.year}"},
        {"text": str(school.terms)},
        *([change] if may_set else []),
    ]


def _change(row: Import) -> dict[str, Any]:
    def said(at: Any, by: Any) -> str:
        local = timezone.localtime(at)
        return f"{day_in_full(local.date())}, {clock_time(local)}, by {by.name if by else 'nobody'}"

    return {
        "what": row.file_name,
        "made": said(row.applied_at, row.applied_by),
        "undone": said(row.undone_at, row.undone_by) if row.undone_at else "",
        "public_id": row.public_id,
    }
