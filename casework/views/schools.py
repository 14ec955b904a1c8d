from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.forms.schools import SchoolFilter
from casework.http import StaffRequest
from casework.models import School
from casework.policy import requires
from casework.registry import school_lines
from casework.rights import has_permission
from casework.roles import Permission
from casework.rules.periods import AcademicYear
from casework.selectors.school_page import school_page
from casework.selectors.schools import SORTS, listed
from casework.views.paging import page_links
from casework.views.tables import day_in_full

SORTED = (("name", "School"), ("phase", "Phase"), ("trust", "Kind, trust"), ("urn", "URN, LAESTAB"))


@requires(Permission.SEE_SCHOOLS)
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = SchoolFilter(request.GET)
    sort = request.GET.get("sort", "name")
    chosen = filters.chosen()
    page = Paginator(listed(chosen, sort=sort, on=today), 50).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "sort": sort if sort in SORTS and sort != "name" else "",
        "columns": [*(_sortable(request, name, text, sort) for name, text in SORTED), {"text": "State"}],
        "rows": [{"cells": _cells(school, today)} for school in page],
        "page": page,
        "pagination": page_links(request, page),
        "chosen": chosen,
    }
    return render(request, "casework/schools.html", context)


def _sortable(request: HttpRequest, name: str, text: str, sort: str) -> dict[str, Any]:
    """Return a column whose heading sorts by it, and again the other way round."""
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if sort == name else name
    state = "ascending" if sort == name else "descending" if sort == f"-{name}" else "none"
    return {"text": text, "href": f"?{query.urlencode()}", "sort": state}


def _cells(school: School, today: date) -> list[dict[str, Any]]:
    closed = school.closed_on is not None and school.closed_on < today
    return [
        {"text": school.name, "href": reverse("casework:school", args=[school.urn]), "header": True},
        {"text": school.get_phase_display()},
        {"text": school.get_kind_display(), "second": school.trust.name if school.trust else ""},
        {"text": school.urn, "second": school.laestab},
        {"text": f"Closed {day_in_full(school.closed_on)}" if closed and school.closed_on else "Open"},
    ]


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
        "may_keep_contacts": has_permission(request.user, Permission.KEEP_CONTACTS),
        "may_declare": has_permission(request.user, Permission.DECLARE_CLOSURES) and not found.closed_on,
    }
    return render(request, "casework/school.html", context | school_page(found, year=year, on=today))
