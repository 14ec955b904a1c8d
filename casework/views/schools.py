from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.http import StaffRequest
from casework.models import School
from casework.policy import requires
from casework.registry import school_lines
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.periods import AcademicYear
from casework.rules.terms import PHASE_LABELS
from casework.selectors.school_page import school_page
from casework.views.paging import page_links
from casework.views.tables import columns


@requires(Permission.SEE_SCHOOLS)
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    phase = request.GET.get("phase", "")
    held = School.objects.select_related("trust", "authority").order_by("name", "pk")
    if phase in PHASE_LABELS:
        held = held.filter(phase=phase)
    page = Paginator(held, 50).get_page(request.GET.get("page"))
    rows = [
        {
            "cells": [
                {"text": school.name, "href": reverse("casework:school", args=[school.urn]), "header": True},
                {"text": school.get_phase_display()},
                {"text": school.get_kind_display(), "second": school.trust.name if school.trust else ""},
                {"text": school.urn, "second": school.laestab},
                {"text": "Closed" if school.closed_on else "Open"},
            ]
        }
        for school in page
    ]
    context = {
        "columns": columns("School", "Phase", "Kind, trust", "URN, LAESTAB", "State"),
        "rows": rows,
        "page": page,
        "pagination": page_links(request, page),
        "phases": PHASE_LABELS.items(),
        "phase": phase,
    }
    return render(request, "casework/schools.html", context)


@requires(Permission.SEE_SCHOOLS)
@require_safe
def school(request: StaffRequest, urn: str) -> HttpResponse:
    try:
        found = School.objects.select_related("authority", "trust").get(urn=urn)
    except School.DoesNotExist:
        raise Http404 from None
    today = timezone.localdate()
    year = AcademicYear.of(today)
    context = {
        "school": found,
        "year": year.label,
        "lines": [line for lines_of in school_lines for line in lines_of(found, request.user, today)],
        "may_declare": has_permission(request.user, Permission.DECLARE_CLOSURES) and not found.closed_on,
    }
    return render(request, "casework/school.html", context | school_page(found, year=year))
