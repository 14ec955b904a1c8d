from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.http import StaffRequest
from casework.models import Job
from casework.policy import requires
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.periods import AcademicYear, Period, Term
from casework.typesetting import NotTypeset
from casework.views.paging import page_links
from casework.views.tables import columns
from reporting.forms.report import CoverForm, OpenReportForm, SectionForm, SignForm
from reporting.models import CommitteeReport, ReportFile
from reporting.reports.sections import BY_KEY, SECTIONS
from reporting.rules.disclosure import NotProtected
from reporting.rules.narrative import UnknownFigure
from reporting.services import committee_report as service
from reporting.views.presenting import hidden_numbers, preview_tables, steps

CONTENT_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


@requires(Permission.SEE_REPORTS)
@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    held = CommitteeReport.objects.visible_to(request.user).select_related("signed_by").defer("figures")
    page = Paginator(held.order_by("-opened_at", "-pk"), 25).get_page(request.GET.get("page"))
    rows = [
        {
            "cells": [
                {
                    "text": Period.parse(report.period).label,
                    "href": reverse("reporting:report", args=[report.public_id]),
                    "second": f"Version {report.version}",
                    "header": True,
                },
                {"text": report.committee, "second": report.meeting_on and f"{report.meeting_on:%-d %B %Y}"},
                {"text": "Signed" if report.signed_at else ("Draft" if report.built_at else "Not built")},
                {
                    "text": f"{report.signed_by.name}, {timezone.localtime(report.signed_at):%-d %B %Y}"
                    if report.signed_by
                    else ""
                },
            ]
        }
        for report in page
    ]
    context = {
        "columns": columns("Period", "Committee", "State", "Signed by"),
        "rows": rows,
        "page": page,
        "pagination": page_links(request, page),
        "open_form": OpenReportForm(periods=periods_to_choose(timezone.localdate())),
        "may_write": has_permission(request.user, Permission.WRITE_REPORTS),
    }
    return render(request, "reporting/reports.html", context)


@requires(Permission.SEE_REPORTS, Permission.WRITE_REPORTS)
@require_POST
def open_report(request: StaffRequest) -> HttpResponse:
    form = OpenReportForm(request.POST, periods=periods_to_choose(timezone.localdate()))
    if not form.is_valid():
        messages.error(request, str(form.errors["period"][0]))
        return redirect("reporting:reports")
    period = Period.parse(form.cleaned_data["period"])
    report = service.open_report(by=request.user, at=timezone.now(), period=period)
    if report.built_at or report.signed_at:
        return redirect("reporting:report", report.public_id)
    job = service.build(by=request.user, at=timezone.now(), report=report)
    return _to_job(request, job, reverse("reporting:report", args=[report.public_id]))


def _to_job(request: StaffRequest, job: Job, here: str) -> HttpResponse:
    """Go to the progress of a job; one that somebody else asked for is told of on the report's page."""
    if job.requested_by_id != request.user.pk:
        messages.info(request, "The report is being built already. It will be here in a moment.")
        return redirect(here)
    return redirect(f"{reverse('casework:job', args=[job.public_id])}?next={here}")


@requires(Permission.SEE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Show a report and its cover; POST sets the cover."""
    found = _found(request, public_id)
    today = timezone.localdate()
    may_write = has_permission(request.user, Permission.WRITE_REPORTS) and found.signed_at is None
    initial = {
        "version": found.edit_version,
        "committee": found.committee,
        "meeting_on": found.meeting_on,
        "item": found.item,
        "officer": found.responsible_officer,
    }
    form = CoverForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST":
        if not may_write:
            raise Http404
        if form.is_valid():
            form = _cover_set(request, form, found)
        if form.is_valid():
            return redirect("reporting:report", found.public_id)
    return render(request, "reporting/report.html", _report_context(request, found, form, may_write))


def _cover_set(request: StaffRequest, form: CoverForm, found: CommitteeReport) -> CoverForm:
    """Save the cover; return the form, with an error where that could not be."""
    data = form.cleaned_data
    try:
        service.set_cover(
            report=found,
            edit_version=data["version"],
            committee=data["committee"],
            meeting_on=data["meeting_on"],
            item=data["item"],
            officer=data["officer"],
        )
    except service.ChangedMeanwhile:
        found.refresh_from_db(fields=["edit_version"])
        return form.reopened(version=found.edit_version, what="this report")
    except service.AlreadySigned:
        form.add_error(None, "The report is signed, and does not change any more")
        return form
    messages.success(request, "The cover is saved. Build the report again to see it in the files.")
    return form


@requires(Permission.SEE_REPORTS, Permission.WRITE_REPORTS)
@require_POST
def build_report(request: StaffRequest, public_id: Any) -> HttpResponse:
    found = _found(request, public_id)
    here = reverse("reporting:report", args=[found.public_id])
    try:
        job = service.build(by=request.user, at=timezone.now(), report=found)
    except service.AlreadySigned:
        messages.error(request, "The report is signed: start a new version to build it again.")
        return redirect(here)
    return _to_job(request, job, here)


@requires(Permission.SEE_REPORTS, Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_section(request: StaffRequest, public_id: Any, key: str) -> HttpResponse:
    found = _found(request, public_id)
    if key not in BY_KEY or found.signed_at:
        raise Http404
    section = found.sections.get(key=key)
    form = SectionForm(request.POST or None, initial={"version": section.version, "body": section.body})
    if request.method == "POST" and form.is_valid():
        try:
            service.write_section(
                by=request.user,
                at=timezone.now(),
                section=section,
                version=form.cleaned_data["version"],
                body=form.cleaned_data["body"],
            )
        except UnknownFigure as unknown:
            form.add_error("body", str(unknown))
        except service.ChangedMeanwhile:
            section.refresh_from_db(fields=["version"])
            form = form.reopened(version=section.version, what="this report")
        except service.AlreadySigned:
            raise Http404 from None
        else:
            messages.success(request, f"“{BY_KEY[key].heading}” is saved.")
            return redirect(_after(found, key))
    context = {
        "report": found,
        "form": form,
        "section": BY_KEY[key],
        "sections": _section_links(found, current=key),
        "before": _year_before(found, key),
        "figures": _figure_names(found),
        "back": {"text": Period.parse(found.period).label, "href": reverse("reporting:report", args=[found.public_id])},
    }
    return render(request, "reporting/report_section.html", context)


@requires(Permission.SEE_REPORTS, Permission.SIGN_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_report(request: StaffRequest, public_id: Any) -> HttpResponse:
    found = _found(request, public_id)
    here = reverse("reporting:report", args=[found.public_id])
    if found.signed_at:
        return redirect(here)
    form = SignForm(request.POST or None, initial={"version": found.edit_version})
    if request.method == "POST" and form.is_valid():
        try:
            service.sign(by=request.user, at=timezone.now(), report=found, edit_version=form.cleaned_data["version"])
        except service.AlreadySigned:
            return redirect(here)
        except service.ChangedMeanwhile:
            form.add_error(None, "The report has changed since this page was opened: read it again before you sign")
        except NotTypeset:
            form.add_error(None, "The report cannot be printed: a section holds a character that the font lacks")
        except service.NotReadyToSign as not_ready:
            form.add_error(None, f"Not ready to sign: {not_ready}")
        else:
            messages.success(request, "The report is signed. Its figures and files do not change any more.")
            return redirect(here)
    context = {
        "report": found,
        "form": form,
        "missing": service.missing_to_sign(found),
        "small_numbers": service.small_numbers_typed(found),
        "title": Period.parse(found.period).label,
        "back": {"text": Period.parse(found.period).label, "href": here},
    }
    return render(request, "reporting/sign_report.html", context)


@requires(Permission.SEE_REPORTS, Permission.WRITE_REPORTS)
@require_POST
def new_version(request: StaffRequest, public_id: Any) -> HttpResponse:
    found = _found(request, public_id)
    try:
        later = service.start_new_version(by=request.user, at=timezone.now(), report=found)
    except service.NotSigned:
        messages.error(request, "This version is not signed yet: it can still be changed.")
        return redirect("reporting:report", found.public_id)
    return redirect("reporting:report", later.public_id)


@requires(Permission.SEE_REPORTS)
@require_safe
def report_file(request: StaffRequest, public_id: Any, access: str, form: str) -> HttpResponse:
    found = _found(request, public_id)
    try:
        file = ReportFile.objects.get(report=found, access=access, form=form)
    except ReportFile.DoesNotExist:
        raise Http404 from None
    response = HttpResponse(bytes(file.content), content_type=CONTENT_TYPES[form])
    if form == "pdf":
        name = f"school-exclusions-{found.period.replace('/', '-')}-{access}-version-{found.version}.pdf"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def periods_to_choose(on: date) -> list[Period]:
    """Return the terms and academic years that a report may be built for, newest first."""
    year, found = AcademicYear.of(on), []
    while year.first_year >= 2015:
        terms = [Period(year, term) for term in Term]
        found += [Period(year), *reversed([term for term in terms if term.first <= on])]
        year = year.previous()
    return found


def _found(request: StaffRequest, public_id: Any) -> CommitteeReport:
    try:
        found: CommitteeReport = CommitteeReport.objects.visible_to(request.user).get(public_id=public_id)
    except CommitteeReport.DoesNotExist:
        raise Http404 from None
    return found


def _report_context(request: StaffRequest, found: CommitteeReport, form: CoverForm, may_write: bool) -> dict[str, Any]:
    period = Period.parse(found.period)
    context: dict[str, Any] = {
        "report": found,
        "title": period.label[0].lower() + period.label[1:],
        "form": form,
        "may_write": may_write,
        "may_sign": has_permission(request.user, Permission.SIGN_REPORTS) and found.signed_at is None,
        "may_start": has_permission(request.user, Permission.WRITE_REPORTS) and found.signed_at is not None,
        "steps": steps(found),
        "sections": _section_links(found),
        "files": list(found.files.defer("content").order_by("access", "form")),
        "missing": () if found.signed_at else service.missing_to_sign(found),
        "job": Job.objects.filter(kind=service.JOB_KIND, subject=found.pk).order_by("-pk").first(),
        "back": {"text": "Reports", "href": reverse("reporting:reports")},
    }
    if found.figures:
        try:
            public, restricted = (service.composed(found, access) for access in ("public", "restricted"))
        except NotProtected as problem:
            return context | {"not_protected": str(problem)}
        context |= {
            "previews": preview_tables(restricted.document, public.document),
            "hidden": hidden_numbers(public.protected),
        }
    return context


def _section_links(found: CommitteeReport, current: str = "") -> list[dict[str, Any]]:
    states = {section.key: section for section in found.sections.all()}
    links = []
    for section in SECTIONS:
        held = states.get(section.key)
        state = "To write" if not held or not held.body.strip() else ("Carried over" if held.carried_over else "Done")
        if held and held.body == section.opening and not held.edited_at and not held.carried_over and held.body:
            state = "Opening words"
        links.append(
            {
                "text": section.heading,
                "state": state,
                "current": section.key == current,
                "href": reverse("reporting:report-section", args=[found.public_id, section.key]),
            }
        )
    return links


def _after(found: CommitteeReport, key: str) -> str:
    keys = [section.key for section in SECTIONS]
    at = keys.index(key) + 1
    if at == len(keys):
        return reverse("reporting:report", args=[found.public_id])
    return reverse("reporting:report-section", args=[found.public_id, keys[at]])


def _year_before(found: CommitteeReport, key: str) -> dict[str, str] | None:
    before = (
        CommitteeReport.objects.filter(period=Period.parse(found.period).year_before().key).order_by("-version").first()
    )
    section = before and before.sections.filter(key=key).first()
    return (
        {"label": Period.parse(before.period).label, "body": section.body}
        if before and section and section.body
        else None
    )


def _figure_names(found: CommitteeReport) -> list[tuple[str, str]]:
    from reporting.reports.cells import Shown, cells_and_sums
    from reporting.reports.committee_report import placeholders

    if not found.figures:
        return []
    cells, _ = cells_and_sums(found.figures)
    shown = Shown(cells=cells, hidden=frozenset(), public=False, council="")
    return sorted(placeholders(found.figures, shown).items())
